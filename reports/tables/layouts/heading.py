"""The texts above and below a printed table: title, form number block, unit of measure, period, signatures, notes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from indicators.printed.looks import MIDDLE, NOTE, SIDE, SIGNATURES, TITLE
from indicators.printed.signature_line import signatures
from reports.figures.output.cells import APPROVED
from spreadsheets.write.sheet import Block
from spreadsheets.write.text_metrics import line_count, row_height, text_width

_BLOCK_WIDTH = 38  # width of the block at the right, in column units: 制定机关：中共××县委组织部
HEADING_ROWS = 6
_CAREFUL = 0.94  # of a line: a program that draws characters a little wider would wrap it


@dataclass(frozen=True)
class Heading:
    """All texts around a table. Dates are in their printed form."""

    title: str
    form_code: str
    period: str
    organization: str
    is_unit: bool  # 填报单位（盖章） of one unit, else 综合机关名称
    issuer: str = ""
    document_number: str = ""
    valid_until: str = ""
    status: str = ""  # 数据状态
    made: str = ""  # who made the export, when, on which basis; with its digest in the page foot
    scope: str = ""  # 统计范围
    due: str = ""  # 报送时间
    telephone: str = ""
    reported_on: str = ""
    checks: tuple[str, ...] = ()  # expressions over figure keys
    notes: tuple[str, ...] = ()
    sheet_title: str = ""  # title of the sheet, unless it is the form's number


def heading_blocks(heading: Heading, widths: Sequence[float], units: Sequence[str], first: int = 1) -> tuple[Block, ...]:
    """Rows 1 to HEADING_ROWS over columns of these widths from `first` on: title, block at the right, unit, period."""
    last = len(widths)
    right = _first_of_last(widths, _BLOCK_WIDTH)
    left = min(max(_columns_for(widths, max(_BLOCK_WIDTH, text_width(_organization(heading)) + 2)), 1), max(right - 2, 1))
    measured = "、".join(dict.fromkeys(filter(None, units)))
    lines = (
        _("Form number: %(text)s") % {"text": heading.form_code},
        _("Issuing body: %(text)s") % {"text": heading.issuer},
        _("Document number: %(text)s") % {"text": heading.document_number},
        _("Valid until: %(text)s") % {"text": heading.valid_until},
        _("Units of measure: %(text)s") % {"text": measured} if measured else "",  # a table of words has no unit
    )
    blocks = [Block(1, 1, heading.title, TITLE, columns=last)]
    blocks += [Block(row, right, line, SIDE, columns=last - right + 1) for row, line in enumerate(lines, 2) if line]
    organization, room = _organization(heading), sum(widths[left : right - 1])
    if room >= text_width(heading.period) and sum(widths[:left]) >= text_width(organization):
        blocks.append(Block(5, 1, organization, SIDE, columns=left))
        blocks.append(Block(5, left + 1, heading.period, MIDDLE, columns=right - left - 1))
    else:  # a narrow table: one text below the other
        blocks.append(Block(5, 1, organization, SIDE, columns=max(right - 1, 1)))
        blocks.append(Block(6, 1, heading.period, SIDE, columns=max(right - 1, 1)))
    return tuple(replace(block, column=block.column + first - 1) for block in blocks)


def heading_heights(heading: Heading, widths: Sequence[float]) -> dict[int, float]:
    lines = line_count(heading.title, sum(widths), TITLE.size)
    return {1: max(row_height(lines, TITLE.size), 38), **dict.fromkeys(range(2, HEADING_ROWS + 1), 16.5)}


def foot_blocks(
    heading: Heading,
    widths: Sequence[float],
    relations: Sequence[str],
    notes: Sequence[str],
    first: int = 1,
    *,
    basis: str = "",
) -> tuple[Block, ...]:
    """Signatures, the numbered notes, the data status and who made the export: one merged row each, from column `first`.

    `basis`: the basis of the figures, which explains blanks and zeros; "" for a table without figures.
    """
    lines = [
        (signatures(sum(widths) * _CAREFUL, heading.telephone, heading.reported_on), SIGNATURES),
        (_notes_line(heading, relations, (*(_blanks(basis) if basis else ()), *notes)), NOTE),
    ]
    lines += [(text, NOTE) for text in (heading.status, heading.made) if text]
    return tuple(Block(row, first, text, style, columns=len(widths)) for row, (text, style) in enumerate(lines, 1))


def foot_heights(blocks: Sequence[Block], widths: Sequence[float]) -> dict[int, float]:
    heights = {block.row: row_height(_lines(block, sum(widths)), block.style.size) for block in blocks}
    return {**heights, 1: max(heights[1], 26)}


def _lines(block: Block, room: float) -> int:
    """The lines of a paragraph.

    Long formulas break early, at operators, and one line is kept spare, or the last note is cut off.
    """
    counts = [line_count(paragraph, room, block.style.size) for paragraph in str(block.value).split("\n")]
    return sum(count + (count > 2) for count in counts)


def _notes_line(heading: Heading, relations: Sequence[str], notes: Sequence[str]) -> str:
    sentences = []
    if heading.scope:
        sentences.append(_("Scope: %(text)s.") % {"text": heading.scope})
    if heading.due:
        sentences.append(_("Due: %(text)s.") % {"text": heading.due})
    if relations:
        sentences.append(_("Checks: %(text)s.") % {"text": "；".join(relations)})
    sentences += [*notes, *heading.notes]
    return _("Notes: %(text)s") % {"text": "\n".join(f"{number}．{text}" for number, text in enumerate(sentences, 1))}


def _blanks(basis: str) -> tuple[str, ...]:
    """The note on blanks.

    If only approved figures are printed, a unit whose report is with a reviewer is blank too and needs no reminder.
    """
    if basis == APPROVED:
        return (
            _(
                "Blank: not sent, returned to be corrected, or not approved yet; 0: reported as none; —: can not be computed, "
                "or applies to nobody."
            ),
        )
    return (
        _("Blank: not sent, or returned to be corrected; 0: reported as none; —: can not be computed, or applies to nobody."),
    )


def rounding_note() -> str:
    """The official sentence about rounding in statistical communiqués."""
    return _("Parts may not add up to totals because of rounding; they were not adjusted.")


def star_note(*, is_adjusted: bool = False) -> str:
    if is_adjusted:
        return _("*: adjusted by the rounding, estimated or revised.")
    return _("*: estimated or revised.")


def _organization(heading: Heading) -> str:
    if heading.is_unit:
        return _("Reporting unit (seal): %(name)s") % {"name": heading.organization}
    return _("Summarised by: %(name)s") % {"name": heading.organization}


def _columns_for(widths: Sequence[float], wanted: float) -> int:
    """How many columns from the left are together at least this wide."""
    room = 0.0
    for number, width in enumerate(widths, 1):
        room += width
        if room >= wanted:
            return number
    return len(widths)


def _first_of_last(widths: Sequence[float], wanted: float) -> int:
    """The first of the columns at the right that are together at least this wide; never the first column of several."""
    return max(len(widths) - _columns_for(widths[::-1], wanted) + 1, min(2, len(widths)))
