"""The sheet of one unit: its figures in the frame of its category. Pure."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from indicators.printed.looks import NUMBERS, SIGNATURES, printed
from indicators.printed.signature_line import signatures
from indicators.values.documents import NA, Figure
from spreadsheets.write.sheet import Block, BodyRow, Formula, Paper, Sheet, Value
from spreadsheets.write.text_metrics import line_count, row_height
from submissions.core.check_context import Desk
from submissions.core.texts import heads_of
from submissions.core.year_to_date import before_now, has_year, to_date
from submissions.filling.sheet import NOTHING, SheetLine
from submissions.workbooks import stamps
from submissions.workbooks import styles as looks
from submissions.workbooks.texts import HEAD_ROWS, WorkbookContext, WorkbookHead, head_blocks, head_heights
from submissions.workbooks.unit_frame import FIRST_ROW, WIDTHS, FrameLine, UnitFrame

_COLUMNS = ("code", "name", "unit", stamps.NOW, stamps.CHOICE, "previous", "last_year", "year", "note", "warning")
_PARTS = (2, 5, 10, len(WIDTHS))  # first columns of the left, middle and right part of the head, and the last of all
_HEADS_AT = HEAD_ROWS + 1
# In brackets: a bare number under the column to fill would look like a figure typed outside the table.
_LETTERS = ("甲", "乙", "丙", "[1]", "丁", "[2]", "[3]", "[4]", "戊", None)


def unit_sheet(
    title: str, occasion: WorkbookContext, head: WorkbookHead, frame: UnitFrame, lines: Sequence[SheetLine], desk: Desk
) -> Sheet:
    """The sheet of a unit. `lines` as the fill page shows them; `desk` with the document as it is now."""
    room = sum(WIDTHS[1:])
    return Sheet(
        title=title,
        widths=WIDTHS,
        head=(*_columns(), *head_blocks(occasion, head, _PARTS, with_choice=True), *_heads(occasion)),
        heights={**head_heights(occasion, room), _HEADS_AT: 30.0, _HEADS_AT + 1: 14.5},
        looks=frame.looks,
        body=_body(frame, {line.key: line for line in lines}, desk),
        foot=(Block(1, 2, signatures(room), SIGNATURES, columns=len(WIDTHS) - 1),),
        foot_heights={1: 30.0},
        freeze=(FIRST_ROW - 1, 3),
        paper=Paper(
            repeat_rows=(_HEADS_AT, FIRST_ROW - 1),
            head_of_later_pages=f"{occasion.form.title}　{occasion.period.label}",
            foot=occasion.made,
        ),
        filling=frame.filling,
    )


def _columns() -> list[Block]:
    return [Block(1, number, name, looks.HIDDEN) for number, name in enumerate(_COLUMNS, 2)]


def _heads(occasion: WorkbookContext) -> list[Block]:
    heads = heads_of(occasion.form.frequency)
    names = (
        _("Code"), _("Indicator"), _("Unit of measure"), heads.now, _("Choice"), heads.previous, heads.last_year,
        _("Year to date"), _("Remark (stays in this file)"), "⚠",
    )  # fmt: skip
    styles = [looks.INPUT_HEAD if name in (heads.now, _("Choice")) else looks.HEAD for name in names]
    blocks = [Block(_HEADS_AT, at, name, style) for at, (name, style) in enumerate(zip(names, styles, strict=True), 2)]
    return blocks + [Block(FIRST_ROW - 1, at, letter, NUMBERS) for at, letter in enumerate(_LETTERS, 2)]


def _body(frame: UnitFrame, lines: dict[str, SheetLine], desk: Desk) -> Iterator[BodyRow]:
    for one in frame.lines:
        if one.section:
            yield BodyRow("section", (None, one.section, *(None,) * (len(WIDTHS) - 2)))
        shown = lines[one.line.key]
        warning = "".join(f"{rule.text}　" for rule in one.rules if rule.is_broken(desk))
        yield BodyRow(one.look, _values(one, shown, warning, frame.na, desk), _height(one, warning, _returned(shown)))


def _height(one: FrameLine, warning: str, returned: str | None) -> float | None:
    """The height for the line's present warning; a warning that appears while typing is read by clicking on it."""
    texts = ((warning, WIDTHS[-1]), (returned or "", WIDTHS[-2]))
    lines = max(line_count(text, width, looks.WARNING.size) for text, width in texts)
    needed = row_height(lines, looks.WARNING.size) if lines > 1 else 0.0
    return max(one.height or 0.0, needed) or None


def _values(one: FrameLine, shown: SheetLine, warning: str, na: str, desk: Desk) -> tuple[Value, ...]:
    return (
        one.line.key, None if one.line.item else one.line.code, one.label, one.line.unit, _now(one, shown, na, desk), None,
        printed(shown.previous), printed(shown.last_year), _year(one, na, desk), _returned(shown),
        Formula(one.warning, warning) if one.warning else None,
    )  # fmt: skip


def _returned(shown: SheetLine) -> str | None:
    return _("Returned: %(reason)s") % {"reason": shown.returned} if shown.returned else None


def _now(one: FrameLine, shown: SheetLine, na: str, desk: Desk) -> Value:
    """The content of the cell to fill: a typed figure, a carried figure, a live formula.

    Blank if only the system can compute it.
    """
    if not one.line.is_computed:
        return printed(shown.text)
    figure = desk.leaf.figure(one.line.key)
    if one.is_carried:
        return figure_value(figure, na)
    return Formula(one.formula, figure_value(figure, na)) if one.formula else None


def _year(one: FrameLine, na: str, desk: Desk) -> Value:
    if not one.year or not has_year(one.line, desk.year):
        return NOTHING
    figure = to_date(desk.leaf, one.line, desk.year)
    kind = kind_of(one.line)
    if kind.is_word:
        value = printed(kind.year_text(figure, one.line))
    else:
        value = "" if figure is None and not one.line.is_computed else figure_value(figure, na)
    before = before_now(one.line, desk.year) if one.year_onto else None
    return Formula(one.year if before is None else one.year_onto.format(base=before.total, count=before.count), value)


def figure_value(figure: Figure | None, na: str) -> Value:
    """The cell's value for a figure."""
    return NOTHING if figure is None else na if figure == NA else figure
