"""Reads the address of a table of figures into a query, with a sentence for everything that cannot be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.periods import BadPeriod, Period, read_period
from orgs.models import Organization, User
from reports.figures.answers.change_texts import COMPARE_LABELS
from reports.figures.answers.figure_query import EVERY_ROW, figures
from reports.figures.output.cells import APPROVED
from reports.figures.output.grid import Grid
from reports.figures.plan.query_plan import PERIOD_VIEW, SINCE, YEAR_TO_DATE, BadQuestion, View, read_view
from reports.figures.plan.report_trees import counties_below
from reports.figures.plan.rows import CATEGORY, CHILDREN, DISTRICT, LINE, SELF, UNITS
from reports.figures.sums.aggregation import NOW, THEN
from reports.scope.headlines import headlines_for
from reports.scope.opening_period import Opening, opening_of
from reports.scope.page_scope import BASIS_LABELS, Option, Posts, choice_asked, options_of, organization_asked
from reports.scope.task_queries import codes_of_form

BY_LABELS = {
    CHILDREN: gettext_lazy("By the organizations directly below"),
    UNITS: gettext_lazy("By unit, with subtotals"),
    DISTRICT: gettext_lazy("By district"),
    LINE: gettext_lazy("By line of industry"),
    CATEGORY: gettext_lazy("By unit category"),
    SELF: gettext_lazy("Only the total"),
}
VIEW_LABELS = {
    PERIOD_VIEW: gettext_lazy("The period itself"),
    YEAR_TO_DATE: gettext_lazy("The year up to then"),
    SINCE: gettext_lazy("Since a day"),
}
TREE_LABELS = {THEN: gettext_lazy("As organizations stood then"), NOW: gettext_lazy("As organizations stand today")}
MOST_COLUMNS = 200  # codes × periods
BETWEEN = re.compile(r"[\s,，、;；]+")


class Counted:
    """What a page offers where a basis and a tree are chosen."""

    basis: str
    tree: str

    @property
    def bases(self) -> list[Option]:
        return options_of(BASIS_LABELS, self.basis)

    @property
    def trees(self) -> list[Option]:
        return options_of(TREE_LABELS, self.tree)


@dataclass(frozen=True)
class FigureQuestion(Counted):
    """What is asked of `reports.figures.answers.figure_query`. `refused`: sentences; where there are any, nothing is answered."""

    organization: Organization
    opening: Opening
    codes: tuple[str, ...] = ()
    form: str = ""
    periods: tuple[Period, ...] = ()
    by: str = CHILDREN
    view: View = field(default_factory=View)
    tree: str = THEN
    basis: str = APPROVED
    compare: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is asked, because nothing has ever been asked of anybody here."""
        return not self.codes or not self.periods

    @property
    def address(self) -> str:
        """The same question as the query of an address."""
        pairs = [("codes", ",".join(self.codes)), ("period", ",".join(map(str, self.periods))), ("org", self.organization.id)]
        pairs += [("by", self.by), ("view", self.view), ("tree", self.tree), ("basis", self.basis)]
        return urlencode([*pairs, *(("compare", name) for name in self.compare)])

    def answer(self, today: date, shown: slice = EVERY_ROW) -> Grid:
        """Raises BadQuestion with a sentence."""
        return figures(
            self.codes, periods=self.periods, org=self.organization, by=self.by, basis=self.basis, view=self.view,
            tree=self.tree, compare=self.compare, today=today, shown=shown,
        )  # fmt: skip


def question_of(asked: QueryDict, user: User, posts: Posts, today: date, kept: str = "") -> FigureQuestion:
    """Codes, or a form for all its lines, or neither for the headline figures. `kept`: the period this person chose last.

    Raises Refused for another's organization.
    """
    organization, org_refusal = organization_asked(asked.get("org", ""), user, posts, today)
    periods, period_refusal = _periods(_texts(asked, "period"))
    opening = opening_of(next(iter(periods), None), kept, organization, posts, today, asked)
    if not periods and not period_refusal and opening.known:
        periods = (opening.period,)
    by, by_refusal = choice_asked(asked.get("by", ""), BY_LABELS, CHILDREN)
    tree, tree_refusal = choice_asked(asked.get("tree", ""), TREE_LABELS, THEN)
    basis, basis_refusal = choice_asked(asked.get("basis", ""), BASIS_LABELS, APPROVED)
    view, view_refusal = _view(asked.get("view", ""), asked.get("since", ""))
    compare, compare_refusal = _compare(_texts(asked, "compare"))
    form = asked.get("form", "")
    question = FigureQuestion(organization, opening, (), form, periods, by, view, tree, basis, compare)
    codes, codes_refusal = _codes(_texts(asked, "codes"), question, today)
    refusals = (
        org_refusal,
        period_refusal,
        by_refusal,
        tree_refusal,
        basis_refusal,
        view_refusal,
        compare_refusal,
        codes_refusal,
    )
    return replace(question, codes=codes, refused=tuple(filter(None, refusals)))


def _texts(asked: QueryDict, name: str) -> list[str]:
    """Every value of a repeated name, each of which may be a list itself; without repeats, in order."""
    return list(dict.fromkeys(part for text in asked.getlist(name) for part in BETWEEN.split(text) if part))


def _periods(texts: Sequence[str]) -> tuple[tuple[Period, ...], str]:
    try:
        return tuple(read_period(text) for text in texts), ""
    except BadPeriod as error:
        return (), str(error)


def _view(text: str, since: str) -> tuple[View, str]:
    """`since:2026-04-01`, or `since` with the day beside it, as the page sends it."""
    try:
        return read_view(f"{SINCE}:{since}" if text == SINCE else text or PERIOD_VIEW), ""
    except BadQuestion as error:
        return View(), str(error)


def _compare(names: Sequence[str]) -> tuple[tuple[str, ...], str]:
    refusal = next((refusal for name in names if (refusal := choice_asked(name, COMPARE_LABELS, "")[1])), "")
    return tuple(name for name in names if name in COMPARE_LABELS), refusal


def _codes(codes: Sequence[str], question: FigureQuestion, today: date) -> tuple[tuple[str, ...], str]:
    if not codes and question.form:
        codes = codes_of_form(question.form, counties_below(question.organization, today))
        if not codes:
            return (), _("There is no form “%(form)s” with lines; choose one of the list.") % {"form": question.form[:40]}
    elif not codes and question.periods:
        county_ids = counties_below(question.organization, today)
        headlines = headlines_for(question.organization.county_id, county_ids, question.periods[0])
        codes = [headline.code for headline in headlines]
    if len(codes) * len(question.periods) > MOST_COLUMNS:
        sentence = _("%(n)s columns are asked, at most %(most)s fit one table; choose fewer indicators or periods.")
        return (), sentence % {"n": len(codes) * len(question.periods), "most": MOST_COLUMNS}
    return tuple(codes), ""
