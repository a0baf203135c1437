"""The page setup of a table: A4 or A3, one page across or several, with page breaks between groups of columns."""

from collections.abc import Sequence
from dataclasses import dataclass

# Column units across a landscape page at full size (148 and 214 in Excel; LibreOffice draws columns 6 % wider), and how
# far a table may be shrunk before it goes on a second page.
_ACROSS = {"A4": 134.0, "A3": 196.0}
_ACROSS_UPRIGHT = 91.5  # of A4
# Several pages across are printed at a scale of their own, which no program corrects: room for LibreOffice without Arial, where
# the substitute draws columns a fifth wider than Excel. Else the last columns of every page go on a page more.
_ACROSS_SEVERAL = 174.0
_SMALLEST = {"A4": 0.72, "A3": 0.62}
_STEP = 4.0
ACROSS_A4 = _ACROSS["A4"]
SHRUNK_ACROSS_A4 = ACROSS_A4 / _SMALLEST["A4"]  # column units of a table at the smallest scale


@dataclass(frozen=True)
class Paging:
    """`pages`: the last column of each page across. `scale` in per cent, for more pages than one."""

    paper: str
    pages: tuple[int, ...]
    scale: int = 100
    is_landscape: bool = True

    @property
    def breaks(self) -> tuple[int, ...]:
        return self.pages[:-1]


def paging(widths: Sequence[float], stub: int, groups: Sequence[int], *, may_stand: bool = False) -> Paging:
    """The smallest paper that holds the table on one page across; else A3 with as few pages as possible, filled evenly.

    `groups`: how many columns are under each head that must not be split. The stub is repeated on every page. `may_stand`:
    upright A4 is used if the table fits it at full size.
    """
    if may_stand and sum(widths) <= _ACROSS_UPRIGHT:
        return Paging("A4", (len(widths),), is_landscape=False)
    for paper, across in _ACROSS.items():
        if sum(widths) <= across / _SMALLEST[paper]:
            return Paging(paper, (len(widths),))
    stub_width = sum(widths[:stub])
    most = _ACROSS_SEVERAL / _SMALLEST["A3"] - stub_width
    fewest = len(_cut(widths, stub, groups, most))
    room = sum(widths[stub:]) / fewest
    while len(pages := _cut(widths, stub, groups, room)) > fewest:
        room += _STEP
    widest = max(sum(widths[start:end]) for start, end in zip((stub, *pages), pages, strict=False))
    return Paging("A3", pages, min(100, int(100 * _ACROSS_SEVERAL / (stub_width + widest))))


def _cut(widths: Sequence[float], stub: int, groups: Sequence[int], room: float) -> tuple[int, ...]:
    """The last columns of pages that each hold at most `room`, or one group that is wider."""
    pages, start, end = [], stub, stub
    for count in groups:
        if end > start and sum(widths[start : end + count]) > room:
            pages.append(end)
            start = end
        end += count
    return (*pages, end)


def widened(widths: Sequence[float], stub: int, most: float, page_setup: Paging) -> tuple[float, ...]:
    """A narrow table widened to its A4 page: figure columns up to `most` each, then the widest stub column."""
    figures = len(widths) - stub
    across = _ACROSS["A4"] if page_setup.is_landscape else _ACROSS_UPRIGHT
    spare = max(across - sum(widths), 0)
    more = min(spare / figures, max(most - max(widths[stub:]), 0)) if figures else 0
    spread = [*widths[:stub], *(round(width + more, 1) for width in widths[stub:])]
    name = max(range(stub), key=lambda place: widths[place])
    spread[name] = round(spread[name] + min(max(across - sum(spread), 0), 24), 1)
    return tuple(spread)
