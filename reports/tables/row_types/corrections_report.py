"""R14: the corrections of reports after the lock, cell by cell, with reason, people and times, as rows of a Grid."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from orgs.tree.former_names import former_names_of
from reports.figures.output.cells import APPROVED
from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.figures.sums.aggregation import THEN
from reports.tables.subjects.export_context import ExportContext
from submissions.choices import OPEN_CORRECTION, CorrectionState
from submissions.core.check_context import label_of
from submissions.models import Correction, Task
from submissions.tasks.progress import placed_below, standing_paths

OLD, NEW = "old", "new"


def listed_corrections(tasks: Sequence[Task], occasion: ExportContext) -> Grid:
    """A row per corrected cell, in the order of forms, units and corrections; the first row counts corrections and reports.

    On the approved basis what is in force; on the other also what is under way.
    """
    corrections = [found for task in tasks for found in _corrections(task, occasion)]
    rows = [row for correction in corrections for row in _rows(correction)]
    reports = len({correction.submission_id for correction in corrections})
    count = _("%(corrections)d corrections of %(reports)d reports") % {"corrections": len(corrections), "reports": reports}
    head = FigureRow(occasion.org.code, occasion.org.name, "total", (_text(""), _text(""), _text(count), *[_text("")] * 7), 0)
    notes = () if rows else (_("No approved report was corrected."),)
    return Grid(
        str(occasion.period), occasion.org.code, occasion.basis, "period", occasion.tree, _columns(corrections), (head, *rows),
        notes, len(rows) + 1,
    )  # fmt: skip


def _columns(corrections: Sequence[Correction]) -> tuple[FigureColumn, ...]:
    """Old and new figures are numbers where all of them have the same decimals, else words as printed."""
    names = {
        "form": _("Form number"),
        "period": _("Period"),
        "figure": _("Indicator"),
        OLD: _("Old figure"),
        NEW: _("New figure"),
        "reason": _("Reason and evidence"),
        "requested": _("Requested by"),
        "passed": _("Passed by"),
        "approved": _("Approved by"),
        "state": _("State"),
    }
    lines = [correction.submission.task.layout.by_key[key] for correction in corrections for key in correction.changes]
    decimals = {line.decimals for line in lines}
    are_numbers = len(decimals) == 1 and not any(kind_of(line).is_word for line in lines)
    return tuple(
        FigureColumn(
            key, None, name, "", next(iter(decimals)) if are_numbers else 0, "flow",
            is_text=not (are_numbers and key in (OLD, NEW)),
        )
        for key, name in names.items()
    )  # fmt: skip


def _corrections(task: Task, occasion: ExportContext) -> list[Correction]:
    day = task.period.last_day
    path = standing_paths(occasion.org.id, [day]).get(day)
    states = [CorrectionState.APPROVED, *(() if occasion.basis == APPROVED else OPEN_CORRECTION)]
    below = task.submissions.filter(placed_below(path, day) if path else Q(pk__in=()))
    rows = Correction.objects.filter(county_id=task.county_id, submission__in=below, state__in=states)
    rows = rows.select_related("submission__organization", "base", "requested_by", "passed_by", "decided_by")
    organization = "submission__organization__"
    found = list(rows.order_by(f"{organization}sort_order", f"{organization}code", "submission_id", "number"))
    former = former_names_of([one.submission.organization_id for one in found]) if occasion.tree == THEN and found else None
    for one in found:
        one.submission.task = task
        if former is not None:
            one.submission.organization = former.as_called(one.submission.organization, day)
    return found


def _rows(correction: Correction) -> Iterator[FigureRow]:
    """One row per cell, in the order of the form."""
    submission, task = correction.submission, correction.submission.task
    changes = correction.changes
    for line in (line for line in task.layout.typed if line.key in changes):
        texts = (
            task.form.code,
            task.period.label,
            f"{line.code} {label_of(task.layout, line.key)}",
            kind_of(line).text(correction.base.figures.get(line.key), line.decimals),
            kind_of(line).text(changes[line.key], line.decimals),
            "；".join(filter(None, (correction.reason, correction.evidence, correction.on_behalf))),
            _person(correction.requested_by, correction.requested_at),
            _person(correction.passed_by, correction.passed_at),
            _person(correction.decided_by, correction.decided_at),
            str(correction.get_state_display()),
        )
        yield FigureRow(submission.organization.code, submission.organization.name, "unit", tuple(map(_text, texts)), 1)


def _person(user, at: datetime | None) -> str:
    return f"{user.name} {timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _text(text: str) -> FigureCell:
    return FigureCell(None, text)
