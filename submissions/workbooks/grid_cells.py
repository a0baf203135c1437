"""The column of each line on the grid of units × indicators, and the live formulas of a row. Pure.

Formulas are written for one row with ROW in the place of its number, so that a thousand rows cost a thousand replacements.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.formulas import Reference
from indicators.layout import Layout, Line
from submissions.workbooks.unit_cells import answer, as_number

ROW = "§"


@dataclass(frozen=True)
class GridCells:
    """`letters`: figure key -> column letter, the same on the sheet of last period's figures, whose title is `before`."""

    layout: Layout
    letters: Mapping[str, str]
    before: str
    na: str

    def cell_of(self, reference: Reference) -> str | None:
        line = self.layout.by_key.get(reference.key)
        if line is None or reference.key not in self.letters:
            return None
        cell = f"${self.letters[reference.key]}{ROW}"
        if not reference.shift:
            return as_number(line, cell)
        return as_number(line, f"'{self.before}'!{cell}") if reference.shift == "prev" and not line.is_computed else None

    def formula(self, line: Line) -> str:
        """The formula of a computed line; "" where it needs a figure that is not on the sheets."""
        return answer(line, self.cell_of, self.na)


def in_row(formula: str, row: int) -> str:
    return formula.replace(ROW, str(row))


def numbered(reference: Reference, numbers: Mapping[str, str]) -> str:
    """The number of the column of a rule's figure."""
    number = f"[{numbers[reference.key]}]"
    return _("last period's %(number)s") % {"number": number} if reference.shift else number
