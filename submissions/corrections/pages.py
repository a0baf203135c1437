"""Data of the correction pages: the cells to correct, one correction cell by cell, and the chain of its acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from indicators.layout import Line
from indicators.measures.history import Document
from indicators.values.documents import NA, Figure
from indicators.values.number_parser import Reading, format_figure
from orgs.models import User
from submissions.core.check_context import Finding
from submissions.corrections import access
from submissions.corrections.states import COLOURS, CorrectionAct, why_not
from submissions.filling.sheet import is_carried, level_of
from submissions.models import Correction, Submission
from submissions.review.report_page import texts_of

DASH = "—"


@dataclass(frozen=True)
class CellToCorrect:
    """One line of the form with what stands in it, and what was typed."""

    line: Line
    level: int
    standing: str
    typed: str
    error: str
    closed: str  # why nothing is typed here; "" where something is


@dataclass(frozen=True)
class CorrectedCell:
    """One corrected cell as texts."""

    code: str
    label: str
    unit: str
    old: str
    new: str
    difference: str  # "" where one of both is no number


@dataclass(frozen=True)
class Step:
    """One act on a correction. `at`: None where it is still to come."""

    label: str
    who: str
    at: datetime | None
    text: str = ""


@dataclass(frozen=True)
class CorrectionDoors:
    """What this person may do with the correction, and why a button cannot be pressed now ("" = it can)."""

    decides: bool
    withdraws: bool
    why_not_decide: str
    why_not_withdraw: str
    is_last: bool  # the decision puts it into force


def cells_to_correct(
    submission: Submission, typed: Mapping[str, str] | None = None, readings: Mapping[str, Reading] | None = None
) -> list[CellToCorrect]:
    """Every line of the form; computed ones say that they follow. `typed`: what was posted, to be shown again."""
    layout, texts = submission.task.layout, texts_of(submission, submission.standing)
    cells = []
    for line in layout.asked_of(submission.unit_category):
        reading = (readings or {}).get(line.key)
        cells.append(CellToCorrect(
            line, level_of(line, layout), texts.get(line.key, ""), (typed or {}).get(line.key, ""), reading.error if reading else "",
            _why_closed(line),
        ))  # fmt: skip
    return cells


def _why_closed(line: Line) -> str:
    if is_carried(line):
        return _("Carried over from the last period; correct it there.")
    return _("Computed; it follows by itself.") if line.is_computed else ""


def corrected_cells(correction: Correction) -> list[CorrectedCell]:
    """In the order of the form."""
    layout, changes, base = correction.submission.task.layout, correction.changes, correction.base.figures
    return [
        CorrectedCell(
            line.code, f"{line.name} · {line.item}" if line.item else line.name, line.unit, _text(line, base) or DASH,
            _text(line, changes) or DASH, _difference(line, base.get(line.key), changes[line.key]),
        )
        for line in layout.typed
        if line.key in changes
    ]  # fmt: skip


def _text(line: Line, figures: Document | Mapping[str, Figure | None]) -> str:
    return kind_of(line).text(figures.get(line.key), line.decimals)


def _difference(line: Line, old: Figure | None, new: Figure | None) -> str:
    if None in (old, new) or NA in (old, new) or kind_of(line).is_word:
        return ""
    more = Decimal(new) - Decimal(old)
    return ("+" if more > 0 else "") + format_figure(more, line.decimals)


def steps_of(correction: Correction) -> list[Step]:
    """Requested, passed, decided; what is still to come without a time."""
    behalf = _("on behalf of the unit: %(paper)s") % {"paper": correction.on_behalf} if correction.on_behalf else ""
    steps = [Step(_("Requested"), correction.requested_by.name, correction.requested_at, behalf)]
    if correction.passed_at:
        steps.append(Step(_("Passed below"), correction.passed_by.name, correction.passed_at))
    if correction.decided_at:
        label = str(correction.get_state_display())
        steps.append(Step(label, correction.decided_by.name, correction.decided_at, correction.opinion))
    elif correction.reviewer_org:
        steps.append(Step(_("Waits for a decision"), str(correction.reviewer_org), None))
    return steps


def doors_of(user: User, correction: Correction, day: date) -> CorrectionDoors:
    return CorrectionDoors(
        decides=access.reviews(user, correction, day),
        withdraws=access.requests(user, correction, day),
        why_not_decide=access.why_not_deciding(user, correction, day),
        why_not_withdraw=why_not(CorrectionAct.WITHDRAW, correction.state),
        is_last=correction.reviewer_org_id == correction.county_id,
    )


def colour_of(correction: Correction) -> str:
    return COLOURS[correction.state]


def to_explain(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that stop a request: mandatory ones, and those that an explanation settles."""
    return [finding for finding in findings if finding.blocks]
