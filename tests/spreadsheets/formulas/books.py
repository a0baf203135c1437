"""A small workbook in memory for formulas to look at: no file, no patching."""

from collections.abc import Mapping
from decimal import Decimal

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from spreadsheets.formulas.nodes import Scope
from spreadsheets.formulas.parser import parse
from spreadsheets.formulas.values import Area, Failed, Scalar

StoredValues = Mapping[str, int | str | bool | Decimal | None]


class Book:
    """Cells of the sheets "S" and "T 2" by address ("B3", "T 2!A1"); names by name."""

    def __init__(self, cells: StoredValues, names: Mapping[str, str] | None = None, hidden: tuple[int, ...] = ()):
        self.cells = {_spot(address): _value(stored) for address, stored in cells.items()}
        self.names = names or {}
        self.hidden = hidden

    def sheet(self, title: str) -> str | None:
        return next((known for known in ("S", "T 2") if known.casefold() == title.casefold()), None)

    def defined(self, name: str, sheet: str) -> str | None:
        return self.names.get(name)

    def value(self, sheet: str, row: int, column: int) -> Scalar:
        return self.cells.get((sheet, row, column))

    def filled(self, area: Area):
        for sheet, row, column in sorted(self.cells):
            inside = area.top <= row <= area.bottom and area.left <= column <= area.right
            if sheet == area.sheet and inside and self.cells[sheet, row, column] is not None:
                yield row, column

    def used(self, area: Area) -> Area:
        bottom = max((row for sheet, row, _column in self.cells if sheet == area.sheet), default=0)
        right = max((column for sheet, _row, column in self.cells if sheet == area.sheet), default=0)
        return Area(area.sheet, area.top, area.left, min(area.bottom, bottom), min(area.right, right))

    def is_hidden(self, sheet: str, row: int) -> bool:
        return row in self.hidden

    def is_filtered(self, sheet: str) -> bool:
        return False

    def is_subtotal(self, sheet: str, row: int, column: int) -> bool:
        return False

    def work_out(self, formula: str, at: str = "Z1") -> Scalar:
        """The formula's result as it would stand in its cell; an error value by its code. Raises Uncomputable."""
        spot = _spot(at)
        scope = Scope(self, *spot)
        try:
            value = scope.scalar(parse(formula, spot[0], self).node.value(scope))
        except Failed as failed:
            return failed.fault.code
        return Decimal(0) if value is None else value


def _spot(address: str) -> tuple[str, int, int]:
    sheet, _mark, cell = address.rpartition("!")
    letters, row = coordinate_from_string(cell)
    return sheet or "S", row, column_index_from_string(letters)


def _value(stored) -> Scalar:
    return Decimal(stored) if isinstance(stored, int) and not isinstance(stored, bool) else stored
