"""Turns sums into one printed cell: rules over organizations and time, ratios after adding, coverage."""

from collections.abc import Sequence
from decimal import Decimal

from indicators.measures.document_measures import ratio_figure
from indicators.values.documents import NA
from indicators.values.exact_numbers import as_decimal
from indicators.values.number_parser import format_figure, round_half_up
from reports.figures.output.grid import FigureCell
from reports.figures.plan.column_plan import ColumnPlan
from reports.figures.plan.rows import RowHead
from reports.figures.sums.aggregation import APPROVED, SUBMITTED, RowSums
from reports.figures.sums.amounts import Amount, amount_of, is_divided
from reports.figures.sums.unit_values import divided, is_silent, over_units, running_coverage

BASES = (APPROVED, SUBMITTED)
DASH = "—"
EMPTY = FigureCell(None, "")

__all__ = ["APPROVED", "BASES", "DASH", "EMPTY", "SUBMITTED", "at_precision", "cell", "counted", "divided", "printed", "ranks"]


def counted(cell: FigureCell, basis: str) -> int:
    """The number of answers in the figure."""
    return cell.approved if basis == APPROVED else cell.reported


def cell(column: ColumnPlan, head: RowHead, row_sums: RowSums, basis: str) -> FigureCell:
    """The cell of a row and a column; empty where nobody was asked."""
    if not column.parts:
        return EMPTY
    amounts = [amount_of(column, lanes, head.key, row_sums, basis) for lanes in column.lanes]
    value, is_computable = (None, False) if column.is_broken else _value(column, amounts, head, row_sums, basis)
    first = running_coverage(column, head.key, row_sums, basis) if column.is_running and column.follows_units else amounts[0]
    if value is None and not column.is_broken and head.key in row_sums.emptied and column.kind.is_sum(column.line):
        value = Decimal(0)
    is_na = value is None and bool(first.na) and not first.expected and not first.reported
    text = _text(value, is_computable, column, head, is_na, first.expected)
    return FigureCell(
        value, text, first.expected, first.reported, first.approved, first.na, first.returned,
        is_complete=_is_complete(column, amounts, first), is_not_applicable=is_na and head.is_unit,
        is_estimated=_is_estimated(column, head, row_sums),
    )  # fmt: skip


def _is_estimated(column: ColumnPlan, head: RowHead, row_sums: RowSums) -> bool:
    """Whether an answer of any period behind the cell came into the row from another one."""
    parts = column.last_parts if column.takes_last and not column.is_running else (*column.parts, *column.baseline)
    return any((head.key, part.period.last_day) in row_sums.estimated for part in parts)


def _is_complete(column: ColumnPlan, amounts: list[Amount], first: Amount) -> bool:
    """Whether the cell is complete: for a running total, the last one of all who owe it is known; for others, every measure."""
    return first.is_complete if column.is_running else all(amount.is_complete for amount in amounts)


def _value(
    column: ColumnPlan, amounts: list[Amount], head: RowHead, row_sums: RowSums, basis: str
) -> tuple[Decimal | None, bool]:
    """The unrounded value, and whether it could be computed at all (False prints a dash)."""
    line, first = column.line, amounts[0]
    if is_divided(column, head.key, row_sums, basis):
        return None, False
    if column.follows_units and not _lacks_time_rule(column):
        is_kept = (
            head.is_unit and column.starts_with_year and column.is_running and is_silent(column, head.key, row_sums, basis)
        )
        return (None if is_kept else over_units(column, head.key, row_sums, basis)), True
    if column.adds_year:
        return _year_of_running(amounts, head), True
    if not first.answered:
        return None, True
    if column.is_divided:
        value = ratio_figure(line, amounts[0].value, amounts[1].value)
        return value, value is not None
    if _not_addable(column, head, first):
        return None, False
    return (divided(first.value, first.answered) if column.kind.is_mean(line) else as_decimal(first.value)), True


def _year_of_running(amounts: list[Amount], head: RowHead) -> Decimal | None:
    """The value of a running total over the year: for a group the sum of its units' parts and rests.

    For one unit its running total, none where it owes the last one.
    """
    total, part, rest = amounts
    if head.is_unit and not total.answered and (total.expected or total.na):
        return None
    return as_decimal(part.value + rest.value) if part.answered or rest.answered else None


def _not_addable(column: ColumnPlan, head: RowHead, amount: Amount) -> bool:
    """A sentence instead of a sum, for 人数 over several quarters or a figure that is not added over organizations."""
    over_units = column.kind.is_of_one_unit(column.line) and head.kind != "unit" and amount.reported + amount.na > 1
    return over_units or _lacks_time_rule(column)


def _lacks_time_rule(column: ColumnPlan) -> bool:
    return column.spans_periods and not column.kind.has_time_rule(column.line) and not column.line.formula


# --- printing -------------------------------------------------------------------------------------------------------


def _text(value: Decimal | None, is_computable: bool, column: ColumnPlan, head: RowHead, is_na: bool, expected: int) -> str:
    """The text of a cell: "" where nothing was reported, "—" where it cannot be computed or everybody answered 不适用.

    For one unit its own 不适用.
    """
    if value is not None:
        kind, decimals = column.kind, column.line.decimals
        is_one_answer = head.is_unit and (not column.spans_periods or kind.is_last_over_time(column.line))
        return kind.text(value, decimals) if is_one_answer else kind.sum_text(value, decimals, expected)
    if is_na:
        return format_figure(NA, 0) if head.is_unit else DASH
    return "" if is_computable else DASH


def printed(value: Decimal, decimals: int) -> str:
    """The number at the declared precision, half up; never "-0"."""
    return format_figure(value, decimals)


def at_precision(value: Decimal, decimals: int) -> Decimal:
    """The value as printed: ranks and colours use it, sums the unrounded one."""
    return round_half_up(value, decimals)


def ranks(values: Sequence[Decimal | None], decimals: int) -> list[int | None]:
    """Ranks 1, 2, 2, 4: greatest first, ties share a rank at the printed precision; None for who did not report."""
    shown = [None if value is None else at_precision(value, decimals) for value in values]
    return [None if value is None else 1 + sum(other is not None and other > value for other in shown) for value in shown]
