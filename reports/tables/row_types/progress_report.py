"""R12: reports that need a reminder, how many days overdue they are and whom to call, as rows of a Grid."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indicators.values.number_parser import round_half_up
from orgs.tree.trees import Node, Tree
from reports.figures.output.cells import DASH
from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.figures.plan.report_trees import forest_on
from reports.tables.subjects.export_context import ExportContext
from submissions.choices import UNIT_TURN, State
from submissions.models import Submission, Task
from submissions.tasks.progress import (
    NOTHING,
    Place,
    Progress,
    added_up,
    placed_below,
    progress_below,
    progress_of,
    standing_paths,
)

_MOBILE = re.compile(r"(?<![0-9])(1[0-9]{2})[0-9]{4}([0-9]{4})(?![0-9])")
_EMPTY = FigureCell(None, "")
_UNIT_FIELDS = ("organization__code", "organization__name", "organization__contact", "organization__telephone")


@dataclass(frozen=True)
class _Report:
    """The report that one unit owes for one task."""

    org_id: int
    task: Task
    state: str
    first_submitted_on: date | None
    due_on: date
    code: str
    name: str
    contact: str
    telephone: str

    @property
    def progress(self) -> Progress:
        """The counts of this one report."""
        is_sent = self.first_submitted_on is not None
        return progress_of(self.state, sent=int(is_sent), in_time=int(is_sent and self.first_submitted_on <= self.due_on))

    def days_over(self, today: date) -> int:
        """Days overdue when it was first sent, or today; a report that was sent in time and returned is not overdue."""
        if self.state == State.EXEMPT:
            return 0
        end = self.first_submitted_on or (today if self.state in UNIT_TURN else self.due_on)
        return max((end - self.due_on).days, 0)


def reminder_grid(tasks: Sequence[Task], occasion: ExportContext) -> Grid:
    """A row per unit and form whose report is the unit's turn, with a subtotal per organization below, and a total.

    Rows are in the county's order. Sums count every report, listed or not. `occasion.with_settled`: reports that need no
    reminder are listed too.
    """
    tree = forest_on(occasion.org, occasion.period.last_day)
    reports: dict[int, list[_Report]] = defaultdict(list)
    left_out = 0
    for report in _reports(tasks, occasion):
        if report.state in UNIT_TURN or occasion.with_settled:
            name = tree[report.org_id].name if report.org_id in tree else report.name
            reports[report.org_id].append(replace(report, name=name))
        else:
            left_out += 1
    counts = progress_below(tasks, occasion.org)
    is_one_form = len({(task.form.family_id, task.period) for task in tasks}) < 2
    rows = [FigureRow(occasion.org.code, occasion.org.name, "total", _sum_cells(added_up(counts), is_one_form), 0)]
    rows += _rows(tree, occasion, reports, counts, is_one_form)
    notes = tuple(_notes(occasion, left_out, is_one_form, is_empty=len(rows) == 1))
    return Grid(
        str(occasion.period),
        occasion.org.code,
        occasion.basis,
        "period",
        occasion.tree,
        _columns(),
        tuple(rows),
        notes,
        len(rows),
    )


def _notes(occasion: ExportContext, left_out: int, is_one_form: bool, *, is_empty: bool) -> Iterator[str]:
    if is_empty:
        yield _("No report has to be chased.")
    if left_out:
        yield _(
            "Listed are the reports to be chased: not sent or returned. With the reviewers, approved or exempt and not listed:"
            " %(n)d; the sums count them."
        ) % {"n": left_out}
    yield _("Sent in: sent at least once, also where it was returned since; of which on time: first sent by the due day.")
    yield _("Sent in + not sent = expected; what was returned is sent in and has to be sent again.")
    if not is_one_form:
        yield _("The sums are reports of several forms together; a rate is of one form, so choose a form for the rates.")
    yield _("Days over: until the report was first sent, or until %(day)s for one that was not.") % {
        "day": date_format(occasion.day, "DATE_FORMAT")
    }
    yield _("Names of contacts and mobile numbers are partly hidden; the whole stands in the system.")


def _columns() -> tuple[FigureColumn, ...]:
    def column(key: str, name: str, unit: str = "", decimals: int = 0, *, is_text: bool = False) -> FigureColumn:
        return FigureColumn(key, None, name, unit, decimals, "flow", is_text=is_text)

    return (
        column("form", _("Form number"), is_text=True),
        column("expected", _("Expected"), _("reports")),
        column("reported", _("Sent in"), _("reports")),
        column("on_time", _("Of which on time"), _("reports")),
        column("returned", _("Returned"), _("reports")),
        column("unreported", _("Not sent"), _("reports")),
        column("submitted_rate", _("Reporting rate"), "%", 1),
        column("on_time_rate", _("On-time rate"), "%", 1),
        column("due", _("Due"), is_text=True),
        column("days_over", _("Days over"), _("days")),
        column("state", _("State"), is_text=True),
        column("contact", _("Contact"), is_text=True),
        column("telephone", _("Telephone"), is_text=True),
    )


def _reports(tasks: Sequence[Task], occasion: ExportContext) -> Iterator[_Report]:
    """The reports of the branch, each unit at its place on its task's day, in two queries."""
    by_id = {task.id: task for task in tasks}
    by_day: dict[date, list[int]] = defaultdict(list)
    for task in tasks:
        by_day[task.period.last_day].append(task.id)
    wanted = Q(pk__in=())
    for day, path in standing_paths(occasion.org.id, by_day).items():
        wanted |= Q(task_id__in=by_day[day]) & placed_below(path, day)
    rows = Submission.objects.filter(wanted, county_id__in={task.county_id for task in tasks})
    order = {task.id: number for number, task in enumerate(tasks)}
    found = rows.values_list("organization_id", "task_id", "state", "first_submitted_at", "due_on", *_UNIT_FIELDS)
    for org_id, task_id, state, first, own_day, *unit in sorted(found, key=lambda row: order[row[1]]):
        task, sent_on = by_id[task_id], timezone.localdate(first) if first else None
        yield _Report(org_id, task, state, sent_on, own_day or task.due_on, *unit)


def _rows(
    tree: Tree,
    occasion: ExportContext,
    reports: Mapping[int, list[_Report]],
    counts: Mapping[Place, Progress],
    is_one_form: bool,
) -> Iterator[FigureRow]:
    top = occasion.org.id
    shown: set[int] = set()
    if top in reports:
        shown.add(top)
        yield from _unit_rows(reports[top], occasion, 1, "own" if tree.is_inner(top) else "unit")
    for child in tree.children(top):
        units = [node for node in tree.walk(child.id) if node.id in reports]
        has_subtotal = tree.is_inner(child.id) and bool(units)
        if has_subtotal:
            yield _subtotal(child, counts, is_one_form)
        for node in units:
            shown.add(node.id)
            kind = "own" if tree.is_inner(node.id) else "unit"
            yield from _unit_rows(reports[node.id], occasion, 2 if has_subtotal else 1, kind)
    for org_id in reports.keys() - shown:  # it was here on the day of an earlier task of the period
        yield from _unit_rows(reports[org_id], occasion, 1, "unit")


def _subtotal(child: Node, counts: Mapping[Place, Progress], is_one_form: bool) -> FigureRow:
    name = _("%(name)s, subtotal") % {"name": child.name}
    return FigureRow(child.code, name, "subtotal", _sum_cells(added_up(counts, child=child.id) or NOTHING, is_one_form), 1)


def _unit_rows(reports: Sequence[_Report], occasion: ExportContext, level: int, kind: str) -> Iterator[FigureRow]:
    for report in reports:
        yield FigureRow(report.code, report.name, kind, _unit_cells(report, occasion.day), level)


def _sum_cells(counts: Progress, is_one_form: bool) -> tuple[FigureCell, ...]:
    """The cells of a sum.

    Reports of several forms are counted together but have no rate: 95 % of one and 20 % of another are no 61 % (decision 183).
    """
    rates = (
        (_rate(counts.submitted, counts.expected), _rate(counts.on_time, counts.expected)) if is_one_form else (_EMPTY, _EMPTY)
    )
    return (_EMPTY, *_counts(counts), *rates, *(_EMPTY,) * 5)


def _counts(counts: Progress) -> tuple[FigureCell, ...]:
    """The cells 应报, 已报, 其中按期, 退回修改, 未报."""
    return tuple(map(_count, (counts.expected, counts.submitted, counts.on_time, counts.returned, counts.missing)))


def _unit_cells(report: _Report, today: date) -> tuple[FigureCell, ...]:
    over = report.days_over(today)
    return (
        _text(report.task.form.code),
        *_counts(report.progress),
        _EMPTY,
        _EMPTY,
        _text(date_format(report.due_on, "Y-m-d")),
        _count(over) if over else _EMPTY,
        _text(str(State(report.state).label)),
        _text(masked_name(report.contact)),
        _text(masked_telephone(report.telephone)),
    )


def _count(number: int) -> FigureCell:
    return FigureCell(Decimal(number), str(number))


def _rate(part: int, whole: int) -> FigureCell:
    value = Decimal(100 * part) / whole if whole else None
    return FigureCell(value, DASH if value is None else str(round_half_up(value, 1)))


def _text(text: str) -> FigureCell:
    return FigureCell(None, text)


def masked_name(name: str) -> str:
    """The name with only its family name: enough to ask for the person, too little for a list of people."""
    return name[:1] + "*" * len(name[1:])


def masked_telephone(number: str) -> str:
    """The number with a mobile number masked, because it belongs to a person; the telephone of an office stays."""
    return _MOBILE.sub(r"\1****\2", number)
