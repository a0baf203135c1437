"""The printed cells of a figure's other periods: the other value, the difference, the growth."""

from decimal import Decimal

from indicators.printed.looks import printed
from reports.figures.changes.change import as_printed, difference_decimals, other_decimals
from reports.figures.output.cells import DASH
from reports.figures.output.cells import printed as shown
from reports.figures.output.grid import Change, FigureCell
from spreadsheets.write.sheet import Value


def _change(cell: FigureCell, compared: str) -> Change:
    return cell.compare.get(compared) or Change(None, None, None)


def other(cell: FigureCell, compared: str, decimals: int) -> Value:
    """The other period's figure with its own decimals; empty if it was not reported, — if it could not be computed."""
    found = _change(cell, compared)
    return printed(found.text if found.text or found.value is None else shown(found.value, other_decimals(found, decimals)))


def difference(cell: FigureCell, compared: str, decimals: int) -> Value:
    """The difference in the figure's own unit, 百分点 for a ratio.

    A dash where there is nothing to compare; empty where it is withheld.
    """
    if is_withheld(cell, compared):
        return None
    found = _change(cell, compared)
    return _number(as_printed(found, decimals).change, difference_decimals(found, decimals))


def growth(cell: FigureCell, compared: str, decimals: int) -> Value:
    """The growth in per cent with one decimal; a dash for a ratio and where the base is missing, 0 or negative."""
    return None if is_withheld(cell, compared) else _number(as_printed(_change(cell, compared), decimals).percent, 1)


def is_withheld(cell: FigureCell, compared: str) -> bool:
    """Whether one of the two sums is not complete, so that they are not compared."""
    return _change(cell, compared).same_units is not None


def over_same_units(cell: FigureCell, compared: str, decimals: int) -> tuple[Value, Value, Value]:
    """同口径: how many units answered in both periods, their difference and growth; empty where the sums are compared."""
    same = _change(cell, compared).same_units
    if same is None:
        return None, None, None
    return printed(str(same.units)), _number(same.change, decimals), _number(same.percent, 1)


def _number(value: Decimal | None, decimals: int) -> Value:
    return DASH if value is None else printed(shown(value, decimals))
