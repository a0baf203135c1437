"""Stage 1, cells: turns a sheet so that heads of figures run across and rows of figures run down.

A cell of a merged range is found from every spot that the range covers. A value of its own under a merged range is not visible
on a screen: it is no cell of the table and goes into `covered`. An empty cell that asks for a figure is treated like one with a
figure.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from spreadsheets.read.workbook import Cell, Content, ReadSheet
from submissions.imports.tables.geometry.words import looks_like_figure

Spot = tuple[int, int]  # (down, across) as this view sees it, both from 1
_MOST_SPREAD = 20_000  # cells that merged ranges of one sheet are spread over


class SheetCells:
    """One sheet, as it is or turned. `cells`: by their spot; `covered`: values that a merged range hides; `at` sees through merges."""

    def __init__(self, sheet: ReadSheet, *, turned: bool):
        self.sheet, self.turned = sheet, turned
        filled: dict[Spot, Cell] = {self._seen(place): cell for place, cell in sheet.cells.items() if _is_there(cell)}
        self.height = max((down for down, _across in filled), default=0)
        self.width = max((across for _down, across in filled), default=0)
        self.origin: Mapping[Spot, Spot] = dict(self._spread())
        under = {spot for spot, start in self.origin.items() if spot != start}
        self.covered: Mapping[Spot, Cell] = {spot: cell for spot, cell in filled.items() if spot in under}
        self.cells: Mapping[Spot, Cell] = (
            {spot: cell for spot, cell in filled.items() if spot not in under} if self.covered else filled
        )

    def at(self, down: int, across: int) -> Cell | None:
        return self.cells.get(self.origin.get((down, across), (down, across)))

    def words(self, down: int, across: int) -> str:
        """The text above or beside this spot; "" for none and for a figure."""
        cell = self.at(down, across)
        return cell.text.strip() if cell is not None and cell.content == Content.TEXT else ""

    def label(self, down: int, across: int) -> str:
        """Like `words`, but also for a whole number, which may be a code."""
        cell = self.at(down, across)
        is_label = cell is not None and (
            cell.content == Content.TEXT or (cell.content == Content.NUMBER and cell.text.isdigit() and not cell.is_formula)
        )
        return cell.text.strip() if is_label else ""

    def figure(self, down: int, across: int) -> Cell | None:
        """The cell in the spot itself; the covered spots of a merged range are empty."""
        return self.cells.get((down, across))

    def is_figure(self, down: int, across: int) -> bool:
        cell = self.cells.get((down, across))
        return cell is not None and (cell.content != Content.TEXT or looks_like_figure(cell.text))

    def spot_of(self, down: int, across: int) -> Spot:
        """The spot of the cell whose value is shown here."""
        return self.origin.get((down, across), (down, across))

    def spread_from(self, spot: Spot) -> list[Spot]:
        """The spots that a merged cell covers, its own included; empty if it is not merged."""
        return self._reach.get(spot, [])

    def address(self, spot: Spot) -> str:
        return self.sheet.address(*self._seen(spot))

    def is_hidden(self, spot: Spot) -> bool:
        row, column = self._seen(spot)
        return row in self.sheet.hidden_rows or column in self.sheet.hidden_columns

    @cached_property
    def _reach(self) -> Mapping[Spot, list[Spot]]:
        found: dict[Spot, list[Spot]] = defaultdict(list)
        for seen, origin in self.origin.items():
            found[origin].append(seen)
        return found

    @cached_property
    def rows(self) -> Mapping[int, list[int]]:
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
            if size <= 1 or size > left:
                continue
            left -= size
            for down in range(start[0], end[0] + 1):
                for across in range(start[1], end[1] + 1):
                    yield (down, across), start


def _is_there(cell: Cell) -> bool:
    return bool(cell.text.strip()) or cell.content == Content.ASKED
