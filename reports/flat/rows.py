"""Figures as the units gave them, one row per value, for programs that add up themselves.

The same rows stand in the database view `flat_figures` (docs/flat-data.md). What was not reported has no row; what is computed
(ratios, formulas) is no value of a report and has none either.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from indicators.layout import Line
from indicators.periods import Period
from indicators.values.documents import NA, Figure
from orgs.models import Organization, Placement
from orgs.tree.former_names import former_names_in
from orgs.tree.trees import ids_of
from reports.figures.output.cells import APPROVED
from reports.figures.plan.report_trees import counties_below
from submissions.choices import STANDING, State
from submissions.models import Submission, Task
from submissions.tasks.progress import placed_below, standing_paths

COLUMNS = (
    "county", "form", "period", "period_end", "org", "org_name", "unit_category", "township", "township_name",
    "indicator", "item", "indicator_name", "unit", "kind", "over_units", "over_time", "value", "is_na",
    "state", "version", "submitted_at", "approved_at",
)  # fmt: skip
VALUE = COLUMNS.index("value")
_READ_AT_ONCE = 500  # documents of sixty figures: about a megabyte

# One per column, in their order. `value` is the figure itself, None for 不适用; all others are texts, `is_na` and `version` int.
FlatRow = tuple[str | Figure | None, ...]


def tasks_asked(periods: Sequence[Period], top: Organization, form_code: str = "") -> list[Task]:
    """The tasks that ask somebody in the branch of `top`, by period, form and county."""
    found: list[Task] = []
    for period in in_time(periods):
        tasks = Task.objects.filter(period=period, county_id__in=counties_below(top, period.last_day))
        if form_code:
            tasks = tasks.filter(form__code=form_code)
        found += tasks.select_related("form", "county").order_by("form__sort_order", "form__code", "county_id")
    return found


def in_time(periods: Sequence[Period]) -> list[Period]:
    return sorted(periods, key=lambda period: (period.last_day, period.first_day))


def flat_rows(tasks: Sequence[Task], top: Organization, basis: str = APPROVED) -> Iterator[FlatRow]:
    """Every value of every report that counts (approved, or sent in) of the units that stood in the branch of `top`.

    Task by task, unit by unit in the order of their keys, the lines in the order of the form. `township` is the organization
    directly below the county on the unit's line that day; both under the names of then. Constant memory; a query a task and
    three for all.
    """
    townships, former = _townships(tasks), former_names_in({task.county_id for task in tasks})
    for task, answers in _answers(tasks, top, basis):
        lines = {line.key: _line_part(line) for line in task.layout.typed}
        day = task.period.last_day
        head = (task.county.code, task.form.code, str(task.period), day.isoformat())
        for org_id, org, name, category, path, figures, *tail in answers:
            township_id = _below_county(path, task.county_id)
            code, present = townships.get(township_id, ("", ""))
            named = former.name_on(org_id, day, name), category, code, former.name_on(township_id, day, present)
            unit = (*head, org, *named)
            end = (tail[0], tail[1], _local(tail[2]), _local(tail[3]))
            for key, line in lines.items():
                if key in figures:
                    figure = figures[key]
                    yield (*unit, *line, *((None, 1) if figure == NA else (figure, 0)), *end)


def count_rows(tasks: Sequence[Task], top: Organization, basis: str = APPROVED) -> int:
    """How many rows there are; reads the documents, keeps none."""
    return sum(
        len(figures) for _task, answers in _answers(tasks, top, basis) for _0, _1, _2, _3, _4, figures, *_tail in answers
    )


def most_rows(tasks: Sequence[Task], top: Organization, basis: str = APPROVED) -> int:
    """A number that the rows do not exceed, without reading any document."""
    return sum(answers.count() * len(task.layout.typed) for task, answers in _standing(tasks, top, basis))


def _answers(tasks: Sequence[Task], top: Organization, basis: str) -> Iterator[tuple[Task, Iterator[tuple]]]:
    for task, submissions in _standing(tasks, top, basis):
        rows = submissions.order_by("organization_id").values_list(
            "organization_id", "organization__code", "organization__name", "unit_category", "placed_at", "standing__figures",
            "state", "standing__number", "submitted_at", "approved_at",
        )  # fmt: skip
        yield task, rows.iterator(chunk_size=_READ_AT_ONCE)


def _standing(tasks: Sequence[Task], top: Organization, basis: str) -> Iterator[tuple[Task, QuerySet[Submission]]]:
    """The reports that count, of the units that stood in the branch on the task's day: those that reports add up."""
    days = {task.id: task.period.last_day for task in tasks}
    paths = standing_paths(top.id, set(days.values()))
    states = (State.APPROVED,) if basis == APPROVED else STANDING
    for task in tasks:
        day = days[task.id]
        if day in paths:
            below = placed_below(paths[day], day)
            rows = Submission.objects.filter(below, county_id=task.county_id, task=task, state__in=states)
            yield task, rows.filter(standing__isnull=False).annotate(placed_at=F("organization__placements__path"))


def _line_part(line: Line) -> tuple[str, ...]:
    return line.code, line.item, line.name, line.unit, line.kind, line.org_rule, line.period_rule


def _local(at: datetime | None) -> str:
    """As `2026-10-08 10:00:00` in the county's own time; "" for what did not happen."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def _townships(tasks: Sequence[Task]) -> dict[int, tuple[str, str]]:
    """Code and name of every organization that ever stood directly below one of the counties."""
    parents = {task.county_id for task in tasks}
    rows = Placement.objects.filter(parent_id__in=parents).order_by()
    return {
        org_id: (code, name)
        for org_id, code, name in rows.values_list("organization_id", "organization__code", "organization__name").distinct()
    }


def _below_county(path: str, county_id: int) -> int:
    """The organization directly below the county on a path: a township, most often; 0 for the county's own report."""
    line = ids_of(path)
    below = line[line.index(county_id) + 1 :] if county_id in line else []
    return below[0] if below else 0
