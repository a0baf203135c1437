"""A sheet seen so that figures' heads always run across and entries down: a table with its lines in rows is seen turned.

Knows which cell stands where, merged ranges spread; knows no meaning.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from spreadsheets.reading.workbook import Cell, Content, ReadSheet
from submissions.intake.tables.words import looks_like_figure

Spot = tuple[int, int]  # (down, across) as this view sees it, both from 1
_MOST_SPREAD = 20_000  # cells that merged ranges of one sheet are spread over


class Area:
    """One sheet, as it is or turned. `cells` are its own cells; `at` also finds the cell of a merged range."""

    def __init__(self, sheet: ReadSheet, *, turned: bool):
        self.sheet, self.turned = sheet, turned
        self.cells: dict[Spot, Cell] = {self._seen(place): cell for place, cell in sheet.cells.items() if cell.text.strip()}
        self.height = max((down for down, _across in self.cells), default=0)
        self.width = max((across for _down, across in self.cells), default=0)
        self.origin: dict[Spot, Spot] = dict(self._spread())

    def at(self, down: int, across: int) -> Cell | None:
        return self.cells.get(self.origin.get((down, across), (down, across)))

    def words(self, down: int, across: int) -> str:
        """The text that stands over or beside this spot; "" for none and for a figure."""
        cell = self.at(down, across)
        return cell.text.strip() if cell is not None and cell.content == Content.TEXT else ""

    def label(self, down: int, across: int) -> str:
        """The same, also where it is a whole number: a code."""
        cell = self.at(down, across)
        is_label = cell is not None and (
            cell.content == Content.TEXT or (cell.content == Content.NUMBER and cell.text.isdigit() and not cell.is_formula)
        )
        return cell.text.strip() if is_label else ""

    def figure(self, down: int, across: int) -> Cell | None:
        """What stands in the spot itself, whatever it is; the covered spots of a merged range hold nothing."""
        return self.cells.get((down, across))

    def is_figure(self, down: int, across: int) -> bool:
        cell = self.cells.get((down, across))
        return cell is not None and (cell.content != Content.TEXT or looks_like_figure(cell.text))

    def spot_of(self, down: int, across: int) -> Spot:
        """Where the cell that is seen here has its value."""
        return self.origin.get((down, across), (down, across))

    def spread_from(self, spot: Spot) -> list[tuple[Spot, Spot]]:
        """The spots that a merged cell covers, with its own: empty where it is not merged."""
        return self._covered.get(spot, [])

    def address(self, spot: Spot) -> str:
        return self.sheet.address(*self._seen(spot))

    def is_hidden(self, spot: Spot) -> bool:
        row, column = self._seen(spot)
        return row in self.sheet.hidden_rows or column in self.sheet.hidden_columns

    @cached_property
    def _covered(self) -> dict[Spot, list[tuple[Spot, Spot]]]:
        found: dict[Spot, list[tuple[Spot, Spot]]] = defaultdict(list)
        for seen, origin in self.origin.items():
            found[origin].append((seen, origin))
        return found

    @cached_property
    def rows(self) -> dict[int, list[int]]:
        """down -> the across of the own cells in it, in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for down, across in sorted(self.cells):
            found[down].append(across)
        return found

    def own_words(self) -> Iterator[tuple[Spot, str]]:
        """Every text of the sheet at its own cell; whole numbers too, which may be codes."""
        for spot in sorted(self.cells):
            if text := self.label(*spot):
                yield spot, text

    def _seen(self, place: Spot) -> Spot:
        return (place[1], place[0]) if self.turned else place

    def _spread(self) -> Iterator[tuple[Spot, Spot]]:
        left = _MOST_SPREAD
        for top, first, bottom, last in self.sheet.merged:
            start = self._seen((top, first))
            end = self._seen((bottom, last))
            end = (min(end[0], self.height), min(end[1], self.width))
            size = (end[0] - start[0] + 1) * (end[1] - start[1] + 1)
            if start not in self.cells or size <= 1 or size > left:
                continue
            left -= size
            for down in range(start[0], end[0] + 1):
                for across in range(start[1], end[1] + 1):
                    yield (down, across), start
