"""How the printed tables look: fonts, sizes, number formats, and a cell's printed text as a value."""

import re
from dataclasses import replace
from decimal import Decimal

from spreadsheets.write.sheet import Look, Style, Value

# GB/T 9704 names these; where a machine lacks one, Excel and WPS take another Chinese font by the charset.
TITLE_FONT = "方正小标宋简体"
TEXT_FONT = "宋体"

TITLE = Style(font=TITLE_FONT, size=22, wrap=True)  # 二号
SIDE = Style(font=TEXT_FONT, size=10.5, horizontal="left")
MIDDLE = replace(SIDE, horizontal="center")
NOTE = Style(font=TEXT_FONT, size=9, horizontal="left", vertical="top", wrap=True)
SIGNATURES = replace(SIDE, wrap=True)

HEAD = Style(font=TEXT_FONT, size=10.5, lines=True, wrap=True)
NUMBERS = Style(font=TEXT_FONT, size=9, lines=True)  # the row 甲 乙 丙 1 2 3
NAME = Style(font=TEXT_FONT, size=10.5, lines=True, wrap=True, horizontal="left")
SHORT = Style(font=TEXT_FONT, size=10.5, lines=True, shrink=True)
CODE = replace(SHORT, size=9, color="595959")
FIGURE = Style(font=TEXT_FONT, size=10.5, lines=True, horizontal="right", shrink=True)
SECTION = replace(NAME, bold=True, wrap=False)
SHADED = "F2F2F2"  # of total and subtotal rows: survives a black and white printer

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


def figure(decimals: int) -> Style:
    """Numbers as they are printed: no thousands separator, zeros kept (80.0), 0 shown."""
    return replace(FIGURE, number_format=f"0.{'0' * decimals}" if decimals else "0")


def bold(look: Look) -> Look:
    """The same look for a total or subtotal row."""
    return replace(look, styles=tuple(replace(style, bold=True, fill=SHADED) for style in look.styles))


def printed(text: str) -> Value:
    """A cell's printed text -> what stands in the workbook: a number where it is one, nothing for "", else the text ("—")."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        return text
    return Decimal(text) if "." in text else int(text)
