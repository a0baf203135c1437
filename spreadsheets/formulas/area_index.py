"""Things at cells of a workbook, such as its formulas, found by the area that they lie in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from spreadsheets.formulas.values import Area

Thing = TypeVar("Thing")
Spot = tuple[str, int, int]  # sheet, row, column


class AreaIndex(Generic[Thing]):
    """Takes each thing with its cell; a cell may have several."""

    def __init__(self, things: Iterable[tuple[Spot, Thing]]):
        self._rows: dict[str, dict[int, list[tuple[int, Thing]]]] = defaultdict(lambda: defaultdict(list))
        for (sheet, row, column), thing in things:
            self._rows[sheet][row].append((column, thing))

    def inside(self, area: Area) -> Iterator[Thing]:
        """Row by row or, in an area of more rows than hold anything, over the rows that do."""
        rows = self._rows.get(area.sheet, {})
        wanted = range(area.top, area.bottom + 1)
        for row in wanted if len(wanted) <= len(rows) else [row for row in rows if row in wanted]:
            for column, thing in rows.get(row, ()):
                if area.left <= column <= area.right:
                    yield thing
