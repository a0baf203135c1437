"""Finds the row where the last page of a printed sheet begins, so that no page has only heads and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from spreadsheets.write.sheet import Paper

# Points of paper down a page without its margins, and column units across it at full size: in Excel, and in a program that
# lacks Arial and draws columns wider (LibreOffice with DejaVu: a fifth). What is shrunk more to fit across has more room down.
MARGIN_TOP, MARGIN_BOTTOM = 0.6, 0.65  # inches
_DOWN = {("A4", True): 8.27, ("A4", False): 11.69, ("A3", True): 11.69, ("A3", False): 16.54}
_ACROSS = {("A4", True): 148.0, ("A4", False): 101.0, ("A3", True): 214.0, ("A3", False): 148.0}
_WIDER = (1.0, 1.05, 1.1, 1.15, 1.2)  # programs and fonts between
_POINTS = 72
_SPARE = 0.97  # no two programs draw a row equally high
_SMALLEST = 0.7  # a table that fits on one page at this scale is printed on one
_SURE_PAGES = 3  # as far as the end of a page can be estimated row by row
_DRIFT = 4  # rows that one page may hold more than estimated
_USUAL_HEIGHT = 13.5
_WITH_FOOT = (5, 6, 4, 7, 3, 8, 9, 10)  # rows that may move to the page of the foot, the best first
_FEW_ROWS = 4  # a page before it should hold more


@dataclass(frozen=True)
class Ending:
    """How a sheet ends: on one page, shrunk to fit; with a last page after `row_break`; or as the program breaks it."""

    is_one_page: bool = False
    row_break: int = 0  # the last row before the last page; 0: no break is set


@dataclass(frozen=True)
class _Pages:
    """Rows of the body on pages of this many points: the row that begins each page, and the points used on the last."""

    starts: tuple[int, ...]
    used: float


def ending(
    head: Sequence[float | None], body: Sequence[float | None], foot: Sequence[float | None], paper: Paper, width: float
) -> Ending:
    """The ending of a sheet `width` column units wide; each list holds heights of rows in points, from the top."""
    heads, rows, feet = ([_USUAL_HEIGHT if height is None else height for height in part] for part in (head, body, foot))
    rooms = _rooms(paper, width)
    whole = sum(heads) + sum(rows) + sum(feet)
    if not rows or whole <= min(rooms):
        return Ending()
    if not paper.column_breaks and whole <= _room(paper, _SMALLEST):
        return Ending(is_one_page=True)
    first, last = paper.repeat_rows or (1, 0)
    repeated = sum(heads[first - 1 : last])
    found = [_pages(rows, room, sum(heads), repeated) for room in rooms]
    if all(_is_safe(pages, len(rows), room, sum(feet)) for pages, room in zip(found, rooms, strict=True)):
        return Ending()
    count = _with_foot(rows, repeated + sum(feet), min(rooms), found)
    return Ending(row_break=len(heads) + len(rows) - count) if count < len(rows) else Ending()


def _rooms(paper: Paper, width: float) -> list[float]:
    """Points for rows on a page, in every program."""
    across = _ACROSS[paper.size, paper.is_landscape]
    fitted = (min(1.0, across / wider / max(width, 1.0)) for wider in _WIDER)
    return [_room(paper, scale) for scale in ([paper.scale / 100] if paper.column_breaks else fitted)]


def _room(paper: Paper, scale: float) -> float:
    return (_DOWN[paper.size, paper.is_landscape] - MARGIN_TOP - MARGIN_BOTTOM) * _POINTS / scale * _SPARE


def _pages(rows: Sequence[float], room: float, used: float, repeated: float) -> _Pages:
    starts = [0]
    for number, height in enumerate(rows):
        if number and used + height > room:
            starts.append(number)
            used = repeated
        used += height
    return _Pages(tuple(starts), used)


def _is_safe(pages: _Pages, count: int, room: float, foot: float) -> bool:
    """Whether rows surely come before the foot on its page.

    There must be so many that one or two more rows on each page before do not take them all.
    """
    on_last = count - pages.starts[-1]
    drift = _DRIFT * (len(pages.starts) - 1)
    return len(pages.starts) <= _SURE_PAGES and on_last > drift and pages.used + foot <= room * _SPARE


def _with_foot(rows: Sequence[float], taken: float, room: float, found: Sequence[_Pages]) -> int:
    """How many last rows move to the page of the foot: as many as fit, without leaving a page of few rows before it."""
    heights = [0.0, *accumulate(rows[::-1])]
    fitting = [count for count in _WITH_FOOT if count < len(heights) and taken + heights[count] <= room] or [_WITH_FOOT[-4]]
    for count in fitting:
        start = len(rows) - count
        if all(start - max(at for at in pages.starts if at < start or at == 0) >= _FEW_ROWS for pages in found):
            return count
    return fitting[0]
