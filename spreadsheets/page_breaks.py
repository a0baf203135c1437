"""Where the pages of a printed sheet end, so that no page holds heads and notes alone. Pure; knows no file and no content."""

from collections.abc import Sequence

from spreadsheets.sheet import Paper

# Inches of paper down a landscape page, and column units across it at full size in Excel (LibreOffice shrinks a little more).
_DOWN = {("A4", True): 8.27, ("A4", False): 11.69, ("A3", True): 11.69, ("A3", False): 16.54}
_ACROSS = {("A4", True): 148.0, ("A4", False): 101.0, ("A3", True): 214.0, ("A3", False): 148.0}
MARGIN_TOP, MARGIN_BOTTOM = 0.6, 0.65  # inches
_POINTS = 72
_SPARE = 0.97  # no two programs draw a row equally high
_USUAL_HEIGHT = 13.5
_WITH_FOOT = 3  # rows that the foot takes along
_MOST = 1000  # breaks of one sheet; Excel takes 1026


def room_down(paper: Paper, width: float) -> float:
    """Points of rows that fit on one page of a sheet `width` column units wide."""
    kind = (paper.size, paper.is_landscape)
    scale = paper.scale / 100 if paper.column_breaks else min(1.0, _ACROSS[kind] / max(width, 1.0))
    return (_DOWN[kind] - MARGIN_TOP - MARGIN_BOTTOM) * _POINTS / scale * _SPARE


def row_breaks(
    head: Sequence[float | None], body: Sequence[float | None], foot: Sequence[float | None], paper: Paper, width: float
) -> tuple[int, ...]:
    """The last row of every page but the last, counted from 1; each list holds heights in points from above.

    The foot keeps some rows of the body with it. Nothing is said of a table of one page, or of more pages than a program takes.
    """
    heights = [[_USUAL_HEIGHT if height is None else height for height in part] for part in (head, body, foot)]
    room = room_down(paper, width)
    first, last = paper.repeat_rows or (1, 0)
    repeated = sum(heights[0][first - 1 : last])
    starts, used = _starts(heights[1], room, sum(heights[0]), repeated)
    if used + sum(heights[2]) > room:
        start = len(body) - _WITH_FOOT
        if start > (starts[-1] if starts else 0):
            starts.append(start)
    return tuple(len(head) + start for start in starts) if len(starts) <= _MOST else ()


def _starts(heights: Sequence[float], room: float, used: float, repeated: float) -> tuple[list[int], float]:
    """The rows that begin a page, and how much of the last page is used."""
    starts = []
    for number, height in enumerate(heights):
        if number and used + height > room:
            starts.append(number)
            used = repeated
        used += height
    return starts, used
