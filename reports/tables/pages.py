"""Reads the query of the export page: layout, form, period, organization, basis, tree, options."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.models import Form
from indicators.periods import Period
from orgs.models import Organization, User
from reports.figures.output.cells import APPROVED
from reports.figures.plan.report_trees import counties_below
from reports.figures.sums.aggregation import THEN
from reports.scope.figure_address import TREE_LABELS, Counted
from reports.scope.opening_period import Opening, named_period, opening_of
from reports.scope.page_scope import BASIS_LABELS, Option, Posts, choice_asked, options_of, organization_asked
from reports.scope.task_queries import forms_asked
from reports.tables.export import Options, occasion_of
from reports.tables.known_layouts import layouts_of
from reports.tables.layouts.definition import LayoutDefinition, Rounding
from reports.tables.row_types.registry import row_type_of
from reports.tables.subjects.export_context import ExportContext

USUAL = "R2"
AS_LAID_OUT = "layout"
ROUNDING_LABELS = {
    AS_LAID_OUT: gettext_lazy("As the layout has it"),
    str(Rounding.NONE): gettext_lazy("Each number rounded by itself"),
    str(Rounding.BALANCED): gettext_lazy("Parts adjusted to add up (balanced)"),
}


@dataclass(frozen=True)
class ExportPage(Counted):
    """One workbook to export.

    `form` "" = every form of the period, a sheet each. `refused`: sentences; if there are any, nothing is exported.
    """

    organization: Organization
    layout: str
    form: str
    opening: Opening
    basis: str
    tree: str
    rounding: str
    with_formulas: bool
    with_settled: bool
    known: Mapping[str, LayoutDefinition]
    forms: tuple[Form, ...]
    refused: tuple[str, ...]

    @property
    def period(self) -> Period:
        return self.opening.period

    @property
    def definition(self) -> LayoutDefinition:
        return self.known[self.layout]

    @property
    def layouts(self) -> list[Option]:
        return options_of(labels_of(self.known), self.layout)

    @property
    def roundings(self) -> list[Option]:
        return options_of(ROUNDING_LABELS, self.rounding)

    @property
    def options(self) -> Options:
        rounding = None if self.rounding == AS_LAID_OUT else Rounding(self.rounding)
        return Options(self.basis, self.tree, self.with_formulas, rounding, self.with_settled and self.lists_reports)

    @property
    def lists_reports(self) -> bool:
        """Whether the layout is a list of reports, such as R12: those that need a reminder, or all."""
        return row_type_of(self.definition).lists_reports

    @property
    def fields(self) -> dict[str, str]:
        """The same choice as fields of a form."""
        fields = {
            "layout": self.layout, "form": self.form, "period": str(self.period), "org": str(self.organization.id),
            "basis": self.basis, "tree": self.tree, "rounding": self.rounding,
        }  # fmt: skip
        ticked = {"formulas": self.with_formulas, "settled": self.with_settled}
        return {**fields, **{name: "1" for name, is_ticked in ticked.items() if is_ticked}}

    @property
    def address(self) -> str:
        """The same choice as the query of an address."""
        return urlencode(self.fields)

    def occasion(self, by: User, at: datetime) -> ExportContext:
        return occasion_of(self.definition, self.period, self.organization, self.options, by=by, at=at)


def labels_of(known: Mapping[str, LayoutDefinition]) -> dict[str, str]:
    return {code: f"{code} {layout.title}" for code, layout in known.items()}


def wanted(asked: QueryDict, user: User, posts: Posts, today: date, kept: str = "") -> ExportPage:
    """The export that the query asks for.

    `kept`: the period that this person chose last. Raises Refused for another's organization.
    """
    organization, org_refusal = organization_asked(asked.get("org", ""), user, posts, today)
    county_ids = counties_below(organization, today)
    forms = forms_asked(county_ids)
    known = layouts_of(organization.county_id)
    layout, layout_refusal = choice_asked(asked.get("layout", ""), labels_of(known), USUAL)
    form, form_refusal = form_asked(asked.get("form", ""), forms)
    named, period_refusal = named_period(asked.get("period", ""))
    opening = opening_of(named, kept, organization, posts, today, asked)
    basis, basis_refusal = choice_asked(asked.get("basis", ""), BASIS_LABELS, known[layout].basis or APPROVED)
    tree, tree_refusal = choice_asked(asked.get("tree", ""), TREE_LABELS, THEN)
    rounding, rounding_refusal = choice_asked(asked.get("rounding", ""), ROUNDING_LABELS, AS_LAID_OUT)
    refusals = (org_refusal, layout_refusal, form_refusal, period_refusal, basis_refusal, tree_refusal, rounding_refusal)
    return ExportPage(
        organization, layout, form, opening, basis, tree, rounding, bool(asked.get("formulas")),
        bool(asked.get("settled")), known, tuple(forms), tuple(filter(None, refusals)),
    )  # fmt: skip


def form_asked(code: str, forms: list[Form]) -> tuple[str, str]:
    if not code or any(form.code == code for form in forms):
        return code, ""
    return "", _("Form “%(form)s” has never been asked here; choose one of the list, or all forms.") % {"form": code[:40]}
