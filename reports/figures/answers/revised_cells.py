"""Finds the cells in which an approved correction stands: the unit's own, every sum above it, and what leans on it over time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from indicators.measures.cells_behind import cells_behind
from indicators.measures.document_measures import plan_of
from indicators.periods import Period
from indicators.values.documents import NA, Figure
from reports.figures.changes.change_columns import Answered
from reports.figures.output.cells import APPROVED
from reports.figures.plan.column_plan import ColumnPart, ColumnPlan
from reports.figures.plan.joined_forms import tasks_behind
from reports.figures.plan.report_trees import lines_on
from reports.figures.plan.rows import CHILDREN, SELF, Key, keys_for
from reports.figures.sums.aggregation import THEN, placing_of
from submissions.choices import STANDING, CorrectionState, State
from submissions.core.packed_measures import Packed
from submissions.models import Correction, Submission

Place = tuple[int, int, Period, str]  # form, county, period, key of a typed cell


@dataclass(frozen=True)
class RevisedFigure:
    """One cell of one report that an approved correction changed."""

    task_id: int
    place: Place
    organization_id: int
    organization: str
    unit_category: str
    old: Figure | None
    new: Figure | None
    on: date
    reason: str


@dataclass
class RevisedCells:
    """The cells of a Grid in which corrections stand (row, number of the column), and the corrected figures behind them."""

    cells: set[tuple[Key, int]] = field(default_factory=set)
    figures: list[RevisedFigure] = field(default_factory=list)


def revised_cells(now: Answered) -> RevisedCells:
    """Asks nothing of the database where no correction stands in a task of the columns, nor in one on which these lean."""
    columns = now.columns
    parts = [part for column in columns for part in (*column.parts, *column.baseline)]
    if not any(task.has_corrections for part in parts for task in tasks_behind(part.task)):
        return RevisedCells()
    wanted = [_places_of(column) for column in columns]
    figures = _approved_figures(set().union(*wanted))
    return _placed(now, wanted, figures) if figures else RevisedCells()


# --- which cells of which reports a column is made of ----------------------------------------------------------------


def _places_of(column: ColumnPlan) -> dict[Place, list[ColumnPart]]:
    """Cell of a report -> the parts of the column that are made of it."""
    found: dict[Place, list[ColumnPart]] = defaultdict(list)
    for part, role in _sources(column):
        for place in _behind(part, role):
            found[place].append(part)
    return found


def _sources(column: ColumnPlan) -> Iterator[tuple[ColumnPart, str]]:
    """Of a running total over a stretch: its totals, among which a unit's last is found later; else its lanes."""
    if not column.parts:
        return
    if _ends_with_last(column):
        yield from ((part, "total") for part in (*column.parts, *column.baseline))
        return
    yield from ((lane.part, lane.measure.role) for lanes in column.lanes for lane in lanes)


def _ends_with_last(column: ColumnPlan) -> bool:
    return column.adds_year or (column.is_running and column.follows_units)


def _behind(part: ColumnPart, role: str) -> Iterator[Place]:
    for task in tasks_behind(part.task):
        for period, key in cells_behind(part.task.layout, part.measure(role), part.period):
            yield task.form_id, task.county_id, period, key


# --- what was corrected ----------------------------------------------------------------------------------------------


def _approved_figures(places: set[Place]) -> list[RevisedFigure]:
    """The corrected figures of these cells, in the order of approval; in one query."""
    rows = Correction.objects.filter(
        county_id__in={county for _form, county, _period, _key in places}, state=CorrectionState.APPROVED,
        submission__task__form_id__in={form for form, *_rest in places},
        submission__task__period__in={period for _form, _county, period, _key in places},
    ).select_related("submission__task", "submission__organization", "base")  # fmt: skip
    rows = rows.defer("submission__task__layout", "base__measures", "base__approved_measures").order_by("decided_at", "pk")
    return [one for row in rows for one in _figures_of(row) if one.place in places]


def _figures_of(row: Correction) -> Iterator[RevisedFigure]:
    submission, task = row.submission, row.submission.task
    for key, new in sorted(row.changes.items()):
        yield RevisedFigure(
            task.id, (task.form_id, task.county_id, task.period, key), submission.organization_id, submission.organization.name,
            submission.unit_category, row.base.figures.get(key), new, timezone.localdate(row.decided_at), row.reason,
        )  # fmt: skip


# --- where it stands -------------------------------------------------------------------------------------------------


def _placed(now: Answered, wanted: Sequence[dict[Place, list[ColumnPart]]], figures: Sequence[RevisedFigure]) -> RevisedCells:
    found, standing = RevisedCells(), _Standing(now, figures)
    needed = {part.period.last_day for places in wanted for one in figures for part in places.get(one.place, ())}
    rows = _rows_of(now, needed, figures)
    for one in figures:
        is_shown = False
        for number, (column, places) in enumerate(zip(now.columns, wanted, strict=True)):
            for part in places.get(one.place, ()):
                if one.organization_id in part.excluded or not standing.holds(column, part, one):
                    continue
                keys = rows.of(part, one)
                found.cells |= {(key, number) for key in keys}
                is_shown = is_shown or bool(keys)
        if is_shown:
            found.figures.append(one)
    return found


class _Standing:
    """Which reports of the corrected units count under the basis, and what they hold; read in one query."""

    def __init__(self, now: Answered, figures: Sequence[RevisedFigure]):
        states = (State.APPROVED,) if now.basis == APPROVED else STANDING
        tasks = {
            task.id for column in now.columns for part in (*column.parts, *column.baseline) for task in tasks_behind(part.task)
        }
        units = {one.organization_id for one in figures}
        rows = Submission.objects.filter(task_id__in=tasks, organization_id__in=units, state__in=states, standing__isnull=False)
        fields = ("organization_id", "task_id", "standing__figures")
        self._documents = {(org_id, task_id): document for org_id, task_id, document in rows.values_list(*fields)}

    def holds(self, column: ColumnPlan, part: ColumnPart, one: RevisedFigure) -> bool:
        """Whether the unit's report that is made of the corrected figure counts in the column."""
        if not any((one.organization_id, task.id) in self._documents for task in tasks_behind(part.task)):
            return False
        if not _ends_with_last(column) or part in column.baseline:
            return True
        last = self._last(column, one.organization_id)
        return last is None or part.period.last_day >= last.period.last_day  # later: a last total that was taken out

    def _last(self, column: ColumnPlan, org_id: int) -> ColumnPart | None:
        """The part in which the unit gave its last running total."""
        given = [part for part in column.parts if org_id not in part.excluded and self._is_given(part, org_id)]
        return max(given, key=lambda part: part.period.last_day, default=None)

    def _is_given(self, part: ColumnPart, org_id: int) -> bool:
        documents = [self._documents.get((org_id, task.id)) for task in tasks_behind(part.task)]
        if part.line.is_computed:
            return any(document is not None for document in documents)
        return any(document and document.get(part.line.key) not in (None, NA) for document in documents)


def _rows_of(now: Answered, needed: set[date], figures: Sequence[RevisedFigure]) -> "_Rows | _LineRows":
    """`needed`: the last days of the parts that are made of corrected figures; the trees of other days are not read."""
    is_short = now.grouping.tree == THEN and now.grouping.by in (SELF, CHILDREN)
    return _LineRows(now, needed, figures) if is_short else _Rows(now, needed)


class _LineRows:
    """The same for rows that the line above a unit decides: no tree of the whole county is read, as on every dashboard."""

    def __init__(self, now: Answered, needed: set[date], figures: Sequence[RevisedFigure]):
        units = frozenset(one.organization_id for one in figures)
        counties = frozenset(county for one in figures for _form, county, _period, _key in (one.place,))
        by, top = now.grouping.by, now.grouping.top.pk
        self._keys = {day: keys_for(by, lines_on(counties, units, day), top) for day in needed}

    def of(self, part: ColumnPart, one: RevisedFigure) -> set[Key]:
        return set(self._keys[part.period.last_day](one.organization_id))


class _Rows:
    """In which rows a unit's answer to a part stands, as the sums place it."""

    def __init__(self, now: Answered, needed: set[date]):
        grouping = now.grouping
        days = {part.period.last_day for column in now.columns for part in column.parts}
        baseline = {part.period.last_day for column in now.columns for part in column.baseline}
        inner = grouping.inner
        if grouping.tree == THEN:
            days, baseline, inner = days & needed, baseline & needed, grouping.inner | now.row_sums.inner
        self._placing = placing_of(grouping.top, grouping.by, grouping.tree, grouping.today, days, inner, baseline - days)

    def of(self, part: ColumnPart, one: RevisedFigure) -> set[Key]:
        plan = plan_of(part.task.layout)
        places = self._placing.places(part.period.last_day, one.organization_id, one.unit_category, Packed(), plan)
        return {place.key for place in places}
