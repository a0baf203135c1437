"""What the export page asks for: layout, form, period, organization, basis, tree. Draws no workbook."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.models import Form
from indicators.periods import Period
from orgs.models import Organization, User
from reports.cells import APPROVED
from reports.gathering import THEN
from reports.pages.choosing import (
    BASIS_LABELS,
    Option,
    Posts,
    choice_asked,
    known_periods,
    options_of,
    organization_asked,
    period_asked,
    period_options,
)
from reports.pages.question import TREE_LABELS
from reports.queries import forms_asked
from reports.trees import counties_below

LAYOUT_LABELS = {
    "R1": gettext_lazy("R1 One unit's report"),
    "R2": gettext_lazy("R2 Summary by unit, with subtotals"),
    "R3": gettext_lazy("R3 Comparison with last quarter and last year"),
}


@dataclass(frozen=True)
class Wanted:
    """One workbook. `form` "" = every form of the period, a sheet each. `refused`: sentences; then nothing is exported."""

    organization: Organization
    layout: str
    form: str
    period: Period
    basis: str
    tree: str
    forms: tuple[Form, ...]
    periods: tuple[Option, ...]
    refused: tuple[str, ...]

    @property
    def layouts(self) -> list[Option]:
        return options_of(LAYOUT_LABELS, self.layout)

    @property
    def bases(self) -> list[Option]:
        return options_of(BASIS_LABELS, self.basis)

    @property
    def trees(self) -> list[Option]:
        return options_of(TREE_LABELS, self.tree)


def wanted(asked: QueryDict, user: User, posts: Posts, today: date) -> Wanted:
    """Raises Refused for another's organization."""
    organization, said_org = organization_asked(asked.get("org", ""), user, posts, today)
    county_ids = counties_below(organization, today)
    known = known_periods(county_ids, today)
    forms = forms_asked(county_ids)
    layout, said_layout = choice_asked(asked.get("layout", ""), LAYOUT_LABELS, "R2")
    form, said_form = form_asked(asked.get("form", ""), forms)
    period, said_period = period_asked(asked.get("period", ""), known, today)
    basis, said_basis = choice_asked(asked.get("basis", ""), BASIS_LABELS, APPROVED)
    tree, said_tree = choice_asked(asked.get("tree", ""), TREE_LABELS, THEN)
    refused = tuple(filter(None, (said_org, said_layout, said_form, said_period, said_basis, said_tree)))
    return Wanted(organization, layout, form, period, basis, tree, tuple(forms), tuple(period_options(known, period)), refused)


def form_asked(code: str, forms: list[Form]) -> tuple[str, str]:
    if not code or any(form.code == code for form in forms):
        return code, ""
    return "", _("Form “%(form)s” has never been asked here; choose one of the list, or all forms.") % {"form": code[:40]}
