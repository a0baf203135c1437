"""The texts around the table of a form workbook: head, how to fill it in, prompts and errors of its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from indicators.layout import Line
from indicators.models import Form
from indicators.periods import Period
from orgs.models import User
from spreadsheets.write.sheet import Block
from spreadsheets.write.text_metrics import line_count, row_height
from submissions.models import Task
from submissions.workbooks.styles import FORM_TITLE, HIDDEN, LEFT, MIDDLE, NOTES, RIGHT, URGENT

HEAD_ROWS = 6  # stamp, title, two lines about the form, two lines of how to fill it in
_HEIGHTS = {2: 36.0, 3: 18.0, 4: 18.0, 5: 16.0, 6: 16.0}


@dataclass(frozen=True)
class WorkbookContext:
    """Data that are the same for every sheet of a workbook, and for all workbooks made in one run."""

    task: Task
    form: Form
    period: Period
    by: User
    at: datetime
    edition: str

    @property
    def made(self) -> str:
        return _("Made by %(name)s, %(at)s; edition %(edition)s") % {
            "name": self.by.name, "at": timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M"), "edition": self.edition,
        }  # fmt: skip


@dataclass(frozen=True)
class WorkbookHead:
    """Data of one sheet's head: its unit, the receiver of the file, and why nothing can be typed ("" = it can)."""

    stamp: str
    whose: str
    back_to: str
    closed: str = ""


def head_blocks(
    occasion: WorkbookContext, head: WorkbookHead, columns: Sequence[int], *, with_choice: bool
) -> tuple[Block, ...]:
    """Rows 1 to HEAD_ROWS; `columns`: the first of the left, middle and right part, and the last of all."""
    form, last = occasion.form, columns[-1]
    first = columns[0]
    due = to_be_sent(date_format(occasion.task.due_on, "DATE_FORMAT"))
    rows = {
        3: (head.whose, occasion.period.label, form_number(form.code)),
        4: (_issued(form), due, _valid(form)),
    }
    blocks = [Block(1, 1, head.stamp, HIDDEN), Block(2, first, form.title, FORM_TITLE, columns=last - first + 1)]
    for row, texts in rows.items():
        for text, style, start, end in zip(texts, (LEFT, MIDDLE, RIGHT), columns, (*columns[1:3], last + 1), strict=False):
            blocks.append(Block(row, start, text or None, style, columns=end - start))
    notes = (head.closed or how_to_fill(with_choice=with_choice), how_to_send(head.back_to))
    for row, text in enumerate(notes, 5):
        blocks.append(Block(row, first, text, URGENT if head.closed and row == 5 else NOTES, columns=last - first + 1))
    return tuple(blocks)


def head_heights(occasion: WorkbookContext, room: float) -> dict[int, float]:
    """Heights of rows 2 to HEAD_ROWS if the table is `room` wide."""
    title = row_height(line_count(occasion.form.title, room, FORM_TITLE.size), FORM_TITLE.size)
    longest = max(line_count(how_to_fill(with_choice=True), room, NOTES.size), 1)
    return {**_HEIGHTS, 2: max(title, _HEIGHTS[2]), 5: max(row_height(longest, NOTES.size), _HEIGHTS[5])}


def how_to_fill(*, with_choice: bool) -> str:
    na = _("N/A, chosen at the right of the figure: not applicable") if with_choice else _("N/A, written out: not applicable")
    return _(
        "Fill in the cells on the yellow ground only. Blank: not reported, what was reported before stays; 0: there is none; "
        "%(na)s; “清空” takes back a figure that was reported by mistake."
    ) % {"na": na}


def how_to_send(back_to: str) -> str:
    sentence = _("Save it as .xlsx and send it back to %(to)s.") if back_to else _("Save it as .xlsx and send it back.")
    rest = _("It belongs to this unit and this period: for another one, download another form.")
    return f"{sentence % {'to': back_to}} {rest}"


def wanted_of(line: Line) -> str:
    """The values that the cell of a line accepts, in words."""
    answers = kind_of(line).answers()
    if answers:
        return _("%(yes)s or %(no)s") % {"yes": answers[0], "no": answers[1]}
    limits = [_("a whole number") if line.decimals == 0 else _("a number of at most %(n)s decimals") % {"n": line.decimals}]
    if not line.negative_allowed:
        limits.append(_("not below 0"))
    return _(", ").join(limits)


def prompt_of(line: Line, *, with_choice: bool) -> str:
    blank = (
        _("Blank where it is not known.") if kind_of(line).is_word else _("0 where there is none; blank where it is not known.")
    )
    sentences = [_("Wanted: %(what)s.") % {"what": wanted_of(line)}, blank]
    if line.na_allowed:
        sentences.append(_("Not applicable: choose it at the right.") if with_choice else _("Not applicable: write N/A."))
    return " ".join(sentences)


def whose_unit(name: str) -> str:
    return _("Reporting unit (seal): %(name)s") % {"name": name}


def whose_units(name: str, count: int) -> str:
    return _("For the units of: %(name)s (%(count)s units)") % {"name": name, "count": count}


def form_number(code: str) -> str:
    return _("Form number: %(text)s") % {"text": code}


def to_be_sent(day: str) -> str:
    return _("To be sent by %(day)s") % {"day": day}


def issuing_body(name: str) -> str:
    return _("Issuing body: %(text)s") % {"text": name}


def document_number(number: str) -> str:
    return _("Document number: %(text)s") % {"text": number}


def valid_until(month: str) -> str:
    return _("Valid until: %(text)s") % {"text": month}


def _issued(form: Form) -> str:
    parts = []
    if form.issuer:
        parts.append(issuing_body(form.issuer))
    if form.document_number:
        parts.append(document_number(form.document_number))
    return "　".join(parts)


def _valid(form: Form) -> str:
    return valid_until(date_format(form.valid_until, "YEAR_MONTH_FORMAT")) if form.valid_until else ""
