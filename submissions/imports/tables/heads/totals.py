"""Compares total rows with the sum of their parts and reports each difference at its cell."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from orgs.names.name_similarity import folded
from spreadsheets.read.workbook import Cell, Content
from submissions.imports.report.import_report import Remark, Weight
from submissions.imports.tables.heads.head_matcher import HeadMatcher
from submissions.imports.tables.heads.placement import TableFigures
from submissions.imports.tables.heads.rows import DataRow
from submissions.imports.tables.heads.sheet_tables import SheetTable, TableFigure

_MEAN = re.compile("平均|均值|占比|比例|率|mean|average")


def total_remarks(figures: TableFigures, matcher: HeadMatcher) -> list[Remark]:
    """One remark for each total that is not the sum of its parts, with both numbers."""
    found: list[Remark] = []
    for table in figures.tables:
        sums = [_sums(table.table, rows) for rows in table.table.sections]
        for number, rows in enumerate(table.table.sections):
            others = _Others(_added(sums[:number]), _added(sums[:number] + sums[number + 1 :]), _heads(table.table, rows))
            found += _of_list(table.table, rows, matcher, others)
    return found


@dataclass(frozen=True)
class _Others:
    """The sums of the other lists of the sheet, line by line: of those above, and of all.

    `continued`: the columns whose head is repeated over another list, as after a page break: a total may be of both.
    """

    above: Mapping[str, Decimal]
    all: Mapping[str, Decimal]
    continued: frozenset[int]


def _sums(table: SheetTable, numbers: range) -> dict[str, Decimal]:
    """Line -> sum of the open rows of a list."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in table.figures:
        row = table.rows[one.row]
        if one.row in numbers and not row.is_total and not row.left_out:
            sums[table.columns[one.column].line.target] += _number(one.cell) or Decimal()
    return sums


def _added(several: Sequence[Mapping[str, Decimal]]) -> Mapping[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in several:
        for key, value in one.items():
            sums[key] += value
    return sums


def _heads(table: SheetTable, numbers: range) -> frozenset[int]:
    """The columns of a list whose texts are at the same place over another list too."""
    own = {one.column for one in table.figures if one.row in numbers}
    texts = Counter((column.across, column.own_texts) for column in table.columns)
    return frozenset(column for column in own if texts[table.columns[column].across, table.columns[column].own_texts] > 1)


def _of_list(table: SheetTable, numbers: range, matcher: HeadMatcher, others: _Others) -> Iterator[Remark]:
    totals = [number for number in numbers if _is_total(table.rows[number])]
    if not totals:
        return
    cells: dict[int, dict[int, TableFigure]] = {}
    for found in table.figures:
        if found.row in numbers:
            cells.setdefault(found.column, {})[found.row] = found
    spread = {found.column for found in (*table.spread, *table.covered) if found.row in numbers}
    for column, of_column in cells.items():
        if column in spread or not _is_additive(table, column, matcher):
            continue
        for total in totals:
            if total in of_column and (remark := _difference(table, of_column, total, totals, numbers, others)) is not None:
                yield remark


def _is_total(row: DataRow) -> bool:
    return row.is_total and not _MEAN.search(folded(row.text))


def _is_additive(table: SheetTable, column: int, matcher: HeadMatcher) -> bool:
    line = matcher.layout.by_key.get(table.columns[column].line.target)
    return line is not None and not line.is_computed and kind_of(line).adds_in_tables


def _difference(
    table: SheetTable,
    of_column: Mapping[int, TableFigure],
    total: int,
    totals: Sequence[int],
    numbers: range,
    others: _Others,
) -> Remark | None:
    """The difference.

    None if the total is one of the sums that tables have: of all rows, of those since or up to another total, of totals.
    """
    stated = _number(of_column[total].cell)
    parts = {number: _number(found.cell) for number, found in of_column.items() if not table.rows[number].is_total}
    column = of_column[total].column
    key, is_continued = table.columns[column].line.target, column in others.continued
    above, elsewhere = others.above.get(key, Decimal()), others.all.get(key, Decimal())
    if stated is None or not (parts or is_continued) or any(value is None for value in parts.values()):
        return None
    before = max((other for other in totals if other < total), default=numbers.start - 1)
    after = min((other for other in totals if other > total), default=numbers.stop)
    beside = [value for other in totals if other != total and other in of_column and (value := _number(of_column[other].cell))]
    whole = sum(parts.values(), Decimal())
    open_parts = {number: value for number, value in parts.items() if not _is_sum_row(table.rows[number])}
    sums = {
        whole,
        sum(open_parts.values(), Decimal()),
        sum((value for number, value in parts.items() if before < number < total), Decimal()),
        sum((value for number, value in parts.items() if total < number < after), Decimal()),
        sum(beside, Decimal()),
    }
    if stated in sums or stated - above in sums or stated - elsewhere in sums:
        return None
    total_of_parts = sum(open_parts.values(), elsewhere if is_continued else Decimal())
    sentence = _(
        "%(total)s says %(stated)s here, its parts come to %(parts)s. Correct whichever is wrong; totals are not taken."
    )
    words = {"total": table.rows[total].text, "stated": f"{stated:f}", "parts": f"{total_of_parts:f}"}
    return Remark(table.cells.address(of_column[total].spot), Weight.VERIFY, sentence % words, key=key)


def _is_sum_row(row: DataRow) -> bool:
    """Whether the row is a township above its villages, whose figures are the sums of theirs."""
    return bool(row.left_out)


def _number(cell: Cell) -> Decimal | None:
    """The number of a cell, also one written as a text; None for any other."""
    if cell.content not in (Content.NUMBER, Content.TEXT):
        return None
    try:
        value = Decimal(folded(cell.text).replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
