"""Reads the query of the page of flat data: periods, form, organization, basis, kind of file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.models import Form
from indicators.periods import BadPeriod, Period, read_period
from orgs.models import User
from reports.figures.output.cells import APPROVED
from reports.figures.plan.report_trees import counties_below
from reports.flat.files import CSV, WORKBOOK, FlatRequest
from reports.scope.opening_period import Opening, opening_of
from reports.scope.page_scope import BASIS_LABELS, Option, Posts, choice_asked, options_of, organization_asked
from reports.scope.task_queries import forms_asked
from reports.tables.pages import form_asked

ENDING_LABELS = {
    CSV: gettext_lazy("Comma file (.csv, UTF-8)"),
    WORKBOOK: gettext_lazy("Workbook (.xlsx)"),
}


@dataclass(frozen=True)
class FlatPage:
    """One file. `refused`: sentences; then nothing is exported."""

    asked: FlatRequest
    ending: str
    forms: tuple[Form, ...]
    periods: tuple[Option, ...]
    refused: tuple[str, ...]

    @property
    def endings(self) -> list[Option]:
        return options_of(ENDING_LABELS, self.ending)

    @property
    def bases(self) -> list[Option]:
        return options_of(BASIS_LABELS, self.asked.basis)


def wanted(asked: QueryDict, user: User, posts: Posts, today: date, kept: str = "") -> FlatPage:
    """`period` may come several times; without any it is where other pages open. Raises Refused for another's organization."""
    organization, org_refusal = organization_asked(asked.get("org", ""), user, posts, today)
    county_ids = counties_below(organization, today)
    opening = opening_of(None, kept, organization, posts, today, asked)
    forms = forms_asked(county_ids)
    periods, period_refusal = _periods(asked.getlist("period"), opening)
    form, form_refusal = form_asked(asked.get("form", ""), forms)
    basis, basis_refusal = choice_asked(asked.get("basis", ""), BASIS_LABELS, APPROVED)
    ending, ending_refusal = choice_asked(asked.get("ending", ""), ENDING_LABELS, CSV)
    refused = tuple(filter(None, (org_refusal, period_refusal, form_refusal, basis_refusal, ending_refusal)))
    return FlatPage(
        FlatRequest(periods, organization, form, basis), ending, tuple(forms), _options(opening.known, periods), refused
    )


def _periods(texts: Sequence[str], opening: Opening) -> tuple[tuple[Period, ...], str]:
    try:
        chosen = tuple(dict.fromkeys(read_period(text) for text in texts))
    except BadPeriod as error:
        return (opening.period,), str(error)
    if chosen or opening.known:
        return chosen or (opening.period,), ""
    return (), _("Nothing has been asked for any period yet, so there are no figures.")


def _options(known: Sequence[Period], chosen: Collection[Period]) -> tuple[Option, ...]:
    shown = [*(period for period in chosen if period not in known), *known]
    return tuple(Option(str(period), period.label, period in chosen) for period in shown)
