"""The styles of a form workbook's sheets: warm fill for cells to type in, grey for computed ones."""

from dataclasses import replace

from indicators.printed.looks import CODE, FIGURE, HEAD, NAME, NOTE, SECTION, SHORT, SIDE, TITLE, figure
from spreadsheets.write.entry_controls import Highlight
from spreadsheets.write.sheet import Style

WARM, GREY = "FFF6DA", "F2F2F2"
RED, AMBER, BLUE = ("FFC7CE", "9C0006"), ("FFEB9C", "7F6000"), ("DDEBF7", "1F4E79")

FORM_TITLE = replace(TITLE, size=20)
HIDDEN = Style(size=8, color="808080", horizontal="left")
NOTES = replace(NOTE, vertical="center", color="404040")
URGENT = replace(NOTES, bold=True, color="C00000")
LEFT, MIDDLE, RIGHT = SIDE, replace(SIDE, horizontal="center"), replace(SIDE, horizontal="right")
INPUT_HEAD = replace(HEAD, bold=True, fill=WARM)

# Typed figures are shown as typed: a format with fixed decimals would hide extra digits.
INPUT = replace(FIGURE, fill=WARM, locked=False, shrink=False)
CHOOSE = replace(SHORT, size=9, fill=WARM, locked=False)
REMARK = replace(NAME, size=9, locked=False)
# Wrapped, or it would run over the edge of the page; aligned at the top, so that its sign is visible however long it is.
WARNING = replace(NAME, size=9, color="C00000", vertical="top")
NOT_ASKED = replace(FIGURE, fill="D9D9D9")
__all__ = ["CODE", "HEAD", "NAME", "SECTION", "SHORT", "computed", "earlier", "held", "highlights", "name"]

# The signs with which a warning begins, by which its cell is coloured.
WRONG, DOUBTFUL, NOTICED = "×", "△", "○"


def computed(decimals: int) -> Style:
    """The style of a computed line: locked, on grey."""
    return replace(figure(decimals), fill=GREY, color="404040")


def held(decimals: int) -> Style:
    """The style of a cell that can not be typed into now."""
    return figure(decimals)


def earlier(decimals: int) -> Style:
    """The style of a figure of another period."""
    return replace(figure(decimals), color="7F7F7F")


def name(level: int) -> Style:
    return replace(NAME, indent=level)


def highlights(area: str, warning: str) -> tuple[Highlight, ...]:
    """Colours for cells by the sign at the start of the text in the cell `warning`, for the area's first row."""
    return tuple(
        Highlight(area, f'LEFT({warning},1)="{sign}"', fill, color)
        for sign, (fill, color) in ((WRONG, RED), (DOUBTFUL, AMBER), (NOTICED, BLUE))
    )
