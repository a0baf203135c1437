"""Stage 3, paths of heads: the cells over each place of a band, from the top down."""

from collections.abc import Sequence

from indicators.values.unit_of_measure_words import is_measure
from submissions.imports.tables.geometry.cells import SheetCells, Spot
from submissions.imports.tables.geometry.header_rows import HeaderBand
from submissions.imports.tables.geometry.words import is_numbered


def head_paths(cells: SheetCells, band: HeaderBand) -> dict[int, list[Spot]]:
    """across -> the cells over it: its own, merged ones, and a group's name that was written once. Empty if there are none."""
    reader = _PathReader(cells, band.heads)
    return {across: reader.path(across) for across in range(1, cells.width + 1)}


class _PathReader:
    """Follows the heads of one band. `downs`: its rows of heads."""

    def __init__(self, cells: SheetCells, downs: Sequence[int]):
        self.cells, self.downs = cells, downs

    def path(self, across: int) -> list[Spot]:
        path: list[Spot] = []
        for down in self.downs:
            spot = self.cells.spot_of(down, across)
            if not self.cells.label(*spot):
                spot = self._group_before(down, across)
            if spot and spot not in path:
                path.append(spot)
        return path

    def _group_before(self, down: int, across: int) -> Spot | None:
        """The text to the left that extends over this blank, if both have heads of their own below."""
        left = next((place for place in range(across - 1, 0, -1) if self.cells.label(down, place)), 0)
        if left and self.cells.spread_from(self.cells.spot_of(down, left)):
            return None  # a merged cell extends only over its range
        lower = [below for below in self.downs if below > down]
        if not left or not all(self._has_head(lower, place) for place in range(left, across + 1)):
            return None
        return self.cells.spot_of(down, left)

    def _has_head(self, downs: Sequence[int], across: int) -> bool:
        """Whether it has a head of its own in one of the rows, other than column numbers or measures."""
        return any(
            (text := self.cells.label(down, across)) and not is_numbered(text) and not is_measure(text) for down in downs
        )
