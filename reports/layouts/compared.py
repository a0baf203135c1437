"""A cell's other periods as they are printed: the other value, the difference, the growth. Knows no column and no sheet."""

from indicators.printed.looks import printed
from reports.cells import DASH
from reports.cells import printed as shown
from reports.comparing import as_printed
from reports.grid import Cell, Change
from spreadsheets.sheet import Value


def _change(cell: Cell, compared: str) -> Change:
    return cell.compare.get(compared) or Change(None, None, None)


def other(cell: Cell, compared: str, decimals: int) -> Value:
    """The other period's figure; nothing where it was not reported."""
    value = _change(cell, compared).value
    return None if value is None else printed(shown(value, decimals))


def difference(cell: Cell, compared: str, decimals: int) -> Value:
    """In the figure's own unit, 百分点 for a ratio; a dash where there is nothing to compare."""
    change = as_printed(_change(cell, compared), decimals).change
    return DASH if change is None else printed(shown(change, decimals))


def growth(cell: Cell, compared: str, decimals: int) -> Value:
    """In per cent with one decimal; a dash for a ratio and where the base is missing, 0 or negative."""
    percent = as_printed(_change(cell, compared), decimals).percent
    return DASH if percent is None else printed(shown(percent, 1))
