"""The grid of units × indicators with its figures, and a read-only sheet of the last period's. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from indicators.printed.looks import NUMBERS, printed
from spreadsheets.write.entry_controls import Filling
from spreadsheets.write.sheet import Block, BodyRow, Formula, Look, Paper, Sheet, Value
from spreadsheets.write.text_metrics import line_count, row_height
from submissions.choices import UNIT_TURN, State
from submissions.core.check_context import Desk
from submissions.core.texts import heads_of
from submissions.filling.sheet import SheetLine
from submissions.workbooks import styles
from submissions.workbooks.grid_cells import in_row
from submissions.workbooks.grid_frame import (
    NAME_WIDTH,
    ROW_HEIGHT,
    STUB,
    WARNING_WIDTH,
    GridColumn,
    GridFrame,
    grid_frame,
    grid_look,
)
from submissions.workbooks.texts import HEAD_ROWS, WorkbookContext, WorkbookHead, head_blocks, head_heights
from submissions.workbooks.unit_data import UnitData, WorkbookUnit
from submissions.workbooks.unit_sheet import figure_value

_STUB_HEADS = (("code", "甲"), ("name", "乙"), ("state", "丙"))


def grid_sheets(data: UnitData, occasion: WorkbookContext, head: WorkbookHead) -> list[Sheet]:
    """The sheet to fill, stamped, and the sheet of last period's figures in the same places."""
    heads = heads_of(occasion.form.frequency)
    frame = grid_frame(
        data.bench.layout, frozenset(unit.submission.unit_category for unit in data.units), data.bench.rules,
        len(data.units), heads.previous, heads.carried, get_language(), starts_year=_starts_year(data),
    )  # fmt: skip
    rows = [(unit, {line.key: line for line in data.lines(unit)}) for unit in data.units]
    to_fill = _sheet(occasion.form.code.lstrip("_"), occasion, head, frame, _body(rows, data, frame), _looks(data, frame))
    reading = WorkbookHead(
        "", head.whose, head.back_to, _("%(period)s: to look at; nothing is typed here.") % {"period": heads.previous}
    )
    before = _sheet(heads.previous, occasion, reading, frame, _before(rows, frame), {"unit": _reading_look(frame)})
    return [to_fill, _without_typing(before)]


def _starts_year(data: UnitData) -> bool:
    return not data.bench.earlier_of(data.units[0].submission).year


def _looks(data: UnitData, frame: GridFrame) -> dict[str, Look]:
    kinds = {(unit.submission.unit_category, unit.submission.state in UNIT_TURN) for unit in data.units}
    return {f"{category}/{is_open}": grid_look(frame.columns, category, is_open=is_open) for category, is_open in sorted(kinds)}


def _body(rows: Sequence[tuple[WorkbookUnit, dict[str, SheetLine]]], data: UnitData, frame: GridFrame) -> Iterator[BodyRow]:
    for number, (unit, lines) in enumerate(rows, frame.first_row):
        submission, desk = unit.submission, data.desk(unit)
        warning_text = "".join(f"{rule.text}　" for rule in frame.rules if rule.is_broken(desk))
        figures = [_cell(column, lines.get(column.line.key), number, desk, frame.na) for column in frame.columns]
        warning = Formula(in_row(frame.warning, number), warning_text) if frame.warning else None
        yield BodyRow(
            f"{submission.unit_category}/{submission.state in UNIT_TURN}",
            (*_stub(unit), *figures, warning),
            _height(unit, warning_text),
        )


def _stub(unit: WorkbookUnit) -> tuple[Value, ...]:
    organization = unit.submission.organization
    return organization.code, organization.code, organization.name, str(State(unit.submission.state).label)


def _cell(column: GridColumn, shown: SheetLine | None, row: int, desk: Desk, na: str) -> Value:
    if shown is None:
        return None
    if not column.line.is_computed:
        return printed(shown.text)
    figure = figure_value(desk.leaf.figure(column.line.key), na)
    if column.is_carried:
        return figure
    return Formula(in_row(column.formula, row), figure) if column.formula else None


def _before(rows: Sequence[tuple[WorkbookUnit, dict[str, SheetLine]]], frame: GridFrame) -> Iterator[BodyRow]:
    for unit, lines in rows:
        shown = (lines.get(column.line.key) for column in frame.columns)
        figures = [printed(line.previous) if line else None for line in shown]
        yield BodyRow("unit", (None, *_stub(unit)[1:3], None, *figures, None), _height(unit))


def _reading_look(frame: GridFrame) -> Look:
    stub = (styles.HIDDEN, styles.CODE, styles.NAME, styles.SHORT)
    return Look((*stub, *(styles.earlier(column.line.decimals) for column in frame.columns), styles.WARNING), ROW_HEIGHT)


def _height(unit: WorkbookUnit, warning_text: str = "") -> float | None:
    lines = line_count(unit.submission.organization.name, NAME_WIDTH, styles.NAME.size)
    warning_lines = line_count(warning_text, WARNING_WIDTH, styles.WARNING.size)
    if max(lines, warning_lines) == 1:
        return None
    return max(row_height(lines, styles.NAME.size), row_height(warning_lines, styles.WARNING.size), ROW_HEIGHT)


def _without_typing(sheet: Sheet) -> Sheet:
    return replace(sheet, filling=Filling(is_protected=True, hidden_columns=(1, STUB), hidden_rows=frozenset({1})))


def _sheet(
    title: str, occasion: WorkbookContext, head: WorkbookHead, frame: GridFrame, body: Iterator[BodyRow], kinds: dict[str, Look]
) -> Sheet:
    widths, first = frame.widths, frame.first_row
    last = len(widths)
    middle = max(min(last // 2, last - 2), 4)
    parts = (2, middle, max(last - 3, middle + 1), last)
    room = sum(widths[1:])
    return Sheet(
        title=title,
        widths=widths,
        head=(*_ids(head, frame), *head_blocks(occasion, head, parts, with_choice=False), *_heads(frame)),
        heights={**head_heights(occasion, room), **_heights(frame)},
        looks=kinds,
        body=body,
        freeze=(first - 1, 3),
        paper=Paper(
            size="A3" if room > 200 else "A4", repeat_rows=(HEAD_ROWS + 1, first - 1), repeat_columns=3,
            head_of_later_pages=f"{occasion.form.title}　{occasion.period.label}", foot=occasion.made,
        ),
        filling=frame.filling,
    )  # fmt: skip


def _ids(head: WorkbookHead, frame: GridFrame) -> list[Block]:
    """Row 1; a sheet without a stamp has no keys of columns either."""
    if not head.stamp:
        return []
    names = ["code", "name", "state", *(column.line.key for column in frame.columns), "warning"]
    return [Block(1, number, name, styles.HIDDEN) for number, name in enumerate(names, 2)]


def _heads(frame: GridFrame) -> list[Block]:
    """Sections over their columns, names with units, and the row of numbers that the warnings use for columns."""
    top, names = HEAD_ROWS + 1, frame.first_row - 2
    deep = names - top + 1
    blocks = [Block(top, at, text, styles.HEAD, rows=deep) for at, text in enumerate((_("Code"), _("Unit"), _("State")), 2)]
    blocks += [Block(names + 1, at, letter, NUMBERS) for at, (_name, letter) in enumerate(_STUB_HEADS, 2)]
    blocks += [Block(top, at, section or None, styles.HEAD, columns=count) for section, at, count in _sections(frame)]
    for column in frame.columns:
        style = styles.HEAD if column.line.is_computed else styles.INPUT_HEAD
        blocks.append(Block(names, STUB + column.number, _head_text(column), style))
        blocks.append(Block(names + 1, STUB + column.number, f"[{column.number}]", NUMBERS))
    last = len(frame.widths)
    return [*blocks, Block(top, last, "⚠", styles.HEAD, rows=deep), Block(names + 1, last, None, NUMBERS)]


def _sections(frame: GridFrame) -> list[tuple[str, int, int]]:
    """(section, its first column, how many columns) in order; none where no line has one."""
    runs, at = [], STUB + 1
    for section, run in groupby(frame.columns if frame.has_sections else (), lambda column: column.line.section):
        runs.append((section, at, len(list(run))))
        at += runs[-1][2]
    return runs


def _head_text(column: GridColumn) -> str:
    must = "＊" if column.line.required and not column.line.is_computed else ""
    return f"{column.label}{must}\n（{column.line.unit}）" if column.line.unit else column.label + must


def _heights(frame: GridFrame) -> dict[int, float]:
    names, widths = frame.first_row - 2, frame.widths
    most = max((line_count(_head_text(column), column.width, styles.HEAD.size) for column in frame.columns), default=1)
    heights = {names: max(row_height(most, styles.HEAD.size), 30.0), names + 1: 14.5}
    if frame.has_sections:
        rooms = [(section, sum(widths[at - 1 : at - 1 + count])) for section, at, count in _sections(frame)]
        most = max(line_count(section, room, styles.HEAD.size) for section, room in rooms)
        heights[HEAD_ROWS + 1] = row_height(most, styles.HEAD.size)
    return heights
