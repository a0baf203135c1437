"""Answers the bindings of a table from the reports, with as few queries as possible."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from indicators.catalogue.queries import known_figures
from indicators.periods import Period
from orgs.models import Organization
from orgs.tree.trees import Tree
from reports.external.bindings.bindings import AT_YEAR_END, BRANCH, OWN, THIS, VALUE, Binding
from reports.figures.answers.figure_query import figures
from reports.figures.changes.change import COMPARED
from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.figures.plan.query_plan import View
from reports.figures.plan.report_trees import forest_on
from reports.figures.plan.rows import CATEGORY, CHILDREN, DISTRICT, LINE, SELF, UNITS
from reports.figures.sums.aggregation import NOW

_GROUPED = (DISTRICT, LINE, CATEGORY)


@dataclass(frozen=True)
class FillContext:
    """The question for which a table is filled: period, organization, basis, tree."""

    period: Period
    org: Organization
    basis: str
    tree: str
    today: date

    def shifted(self, shift: str) -> Period | None:
        return self.period if shift == THIS else COMPARED[shift](self.period)

    def day_of(self, period: Period) -> date:
        """The day whose tree is used for the figures of a period."""
        return self.today if self.tree == NOW else period.last_day


@dataclass(frozen=True)
class BindingAnswer:
    """The answer for a cell: its column and cell in the Grid that answers it, or a sentence why there is none."""

    column: FigureColumn | None = None
    cell: FigureCell | None = None
    refusal: str = ""


@dataclass(frozen=True)
class BindingQuestion:
    """A question that one Grid answers for all its cells. `top`: the code of the organization asked about."""

    top: str
    by: str
    view: str
    basis: str


class BindingAnswers:
    """All answers, by address, with the Grids that contain them."""

    def __init__(self, bindings: Mapping[str, Binding], occasion: FillContext):
        self.occasion = occasion
        self._known = known_figures(occasion.org.county_id)
        self._trees: dict[date, Tree] = {}
        self.organizations = _organizations(bindings, occasion)
        self.found: dict[str, BindingAnswer] = {}
        self.grids: dict[BindingQuestion, Grid] = {}
        self.questions: dict[str, BindingQuestion] = {}  # by address
        cells_by_question: dict[BindingQuestion, dict[str, Binding]] = defaultdict(dict)
        for address, binding in bindings.items():
            refusal = self._refused(binding)
            if refusal:
                self.found[address] = BindingAnswer(refusal=refusal)
            else:
                cells_by_question[self._question(binding)][address] = binding
        self._widen(cells_by_question)
        for question, cells in cells_by_question.items():
            self._ask(question, cells)

    def tree_of(self, period: Period) -> Tree:
        day = self.occasion.day_of(period)
        if day not in self._trees:
            self._trees[day] = forest_on(self.occasion.org, day)
        return self._trees[day]

    def place_of(self, code: str, period: Period) -> int | None:
        """The id of an organization placed at or below the one asked about; None for any other."""
        org = self.organizations.get(code)
        return org.id if org is not None and (org.id == self.occasion.org.id or org.id in self.tree_of(period)) else None

    def _refused(self, binding: Binding) -> str:
        """The reason why a figure can not be asked for; "" where it can."""
        code, _colon, item = binding.key.partition(":")
        if code not in self._known or (item and item not in self._known[code]):
            return _("there is no indicator %(key)s") % {"key": binding.key}
        period = self.occasion.shifted(binding.period)
        if period is None:
            return _("there is no such period to compare with")
        if not _is_of_length(self.occasion.period, binding.length):
            return _("the head speaks of a time that %(period)s is not") % {"period": self.occasion.period.label}
        if not binding.org or binding.by == CATEGORY or self.place_of(binding.org, period) is not None:
            return ""
        org = self.organizations.get(binding.org)
        if org is None:
            return _("there is no organization with code %(code)s in this county") % {"code": binding.org}
        sentence = _("%(name)s does not stand below %(top)s on %(day)s: it is closed, not yet founded, or stands elsewhere")
        day = self.occasion.day_of(period).isoformat()
        return sentence % {"name": org.name, "top": self.occasion.org.name, "day": day}

    def _question(self, binding: Binding) -> BindingQuestion:
        top, by = self._rows_of(binding)
        return BindingQuestion(top, by, binding.view, binding.basis or self.occasion.basis)

    def _rows_of(self, binding: Binding) -> tuple[str, str]:
        """The organization asked about, and the grouping of its rows: its children where they are enough."""
        top = self.occasion.org
        if binding.by in _GROUPED:
            return top.code, binding.by
        if not binding.org or binding.org == top.code:
            return top.code, CHILDREN if binding.by == OWN else SELF
        tree = self.tree_of(self.occasion.shifted(binding.period))
        org_id = self.organizations[binding.org].id
        is_inner = tree.is_inner(org_id)
        if tree[org_id].parent_id == top.id and (binding.by == BRANCH or not is_inner):
            return top.code, CHILDREN
        if is_inner and tree[org_id].parent_id != top.id:
            return binding.org, CHILDREN if binding.by == OWN else SELF
        return top.code, UNITS

    def _widen(self, cells_by_question: dict[BindingQuestion, dict[str, Binding]]) -> None:
        """Merges questions that one Grid can answer: a Grid by units holds the children too, and every Grid holds the total."""
        for finer, coarser in ((UNITS, CHILDREN), (UNITS, SELF), (CHILDREN, SELF)):
            for question in [question for question in cells_by_question if question.by == coarser]:
                other = BindingQuestion(question.top, finer, question.view, question.basis)
                if other in cells_by_question:
                    cells_by_question[other] |= cells_by_question.pop(question)

    def _ask(self, question: BindingQuestion, cells: Mapping[str, Binding]) -> None:
        occasion = self.occasion
        grid = figures(
            sorted({binding.key for binding in cells.values()}),
            periods=sorted({occasion.shifted(binding.period) for binding in cells.values()}),
            org=self.organizations[question.top], by=question.by, basis=question.basis, view=View(question.view),
            tree=occasion.tree, today=occasion.today,
            compare=sorted({binding.against for binding in cells.values() if binding.measure != VALUE}),
        )  # fmt: skip
        self.grids[question] = grid
        self.questions |= dict.fromkeys(cells, question)
        columns = {(column.period, column.key): number for number, column in enumerate(grid.columns)}
        rows = {key: row for row in grid.rows for key in _keys_of(row, question.top)}
        for address, binding in cells.items():
            period = str(occasion.shifted(binding.period))
            number = columns[period, binding.key]
            row = rows.get((OWN if binding.by == OWN else BRANCH, binding.org or question.top))
            self.found[address] = _answer(grid, number, row, period)


def _is_of_length(period: Period, length: str) -> bool:
    if length == AT_YEAR_END:
        return period.last_day.month == 12
    return length in ("", period.frequency)


def _keys_of(row: FigureRow, top: str) -> list[tuple[str, str]]:
    """The keys that a row answers: an organization with its branch, or by itself; both, if nobody is below it."""
    if row.kind == "own":
        return [(OWN, row.org)]
    if row.kind == "unit":
        return [(BRANCH, row.org), (OWN, row.org)]
    return [(BRANCH, top if row.kind == "total" else row.org)]


def _answer(grid: Grid, number: int, row: FigureRow | None, period: str) -> BindingAnswer:
    column = grid.columns[number]
    if not any(_is_asked(other.cells[number]) for other in grid.rows):
        refusal = _("%(key)s %(name)s was not asked in %(period)s") % {"key": column.key, "name": column.name, "period": period}
        return BindingAnswer(column, refusal=refusal)
    return BindingAnswer(column, row.cells[number] if row is not None else None)


def _is_asked(cell: FigureCell) -> bool:
    return bool(cell.expected or cell.reported or cell.na or cell.text)


def _organizations(bindings: Mapping[str, Binding], occasion: FillContext) -> dict[str, Organization]:
    """The organizations that the bindings name; the county of the one asked about comes first where codes are the same."""
    codes = {binding.org for binding in bindings.values() if binding.org and binding.by != CATEGORY}
    found = Organization.objects.filter(code__in=codes, county_id=occasion.org.county_id)
    return {org.code: org for org in found} | {occasion.org.code: occasion.org}


def keys_shown(bindings: Iterable[Binding]) -> list[str]:
    """The figures that a table has for its own period, in the order of its cells."""
    return list(dict.fromkeys(binding.key for binding in bindings if binding.period == THIS and binding.measure == VALUE))
