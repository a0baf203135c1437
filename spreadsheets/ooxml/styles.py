"""The formats of a workbook, from styles.xml: number formats, and the visible properties that a reader needs."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from spreadsheets.ooxml.numbers import is_date_format
from spreadsheets.ooxml.xml_elements import elements, whole_number

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'h"时"mm"分"', 56: 'h"时"mm"分"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_GROUPS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors")
_PERCENT_NUMBERS = (9, 10)  # formats every workbook has: 0% and 0.00%
_ALIGNED = ("left", "center", "right")
_SMALL = 1 << 16
_NO_FORMAT = ("general", "@", "g/通用格式", "standard")


class Format(NamedTuple):
    """The format of a cell for a reader of values. `code` is "" for General and @."""

    code: str = ""
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class CellLook:
    """The visible properties of a cell's format.

    `is_general`: it does not determine how a number is shown; `code`: as the workbook writes it, "" for a built-in one.
    """

    is_general: bool = True
    is_percent: bool = False
    is_bold: bool = False
    align: str = ""  # left, center, right
    code: str = ""


PLAIN, PLAIN_LOOK = Format(), CellLook()


def formats_of(styles: bytes) -> tuple[Format, ...]:
    """The format of each style in styles.xml, by the number that a cell's `s` has."""
    return _remembered(styles) if len(styles) <= _SMALL else _formats_of(styles)


def looks_of(styles: bytes) -> list[CellLook]:
    """The look of each style in styles.xml, by the number that a cell's `s` has."""
    found = _Styles(styles)
    return [found.look(number) for number in range(len(found.styles))]


class _Styles:
    """Handlers for styles.xml: number formats, whether each font is bold, and the attributes and alignment of each cell style."""

    def __init__(self, content: bytes):
        self.codes: dict[int, str] = {}
        self.bold: list[bool] = []
        self.styles: list[dict[str, str]] = []
        self.aligned: dict[int, str] = {}
        group = ""
        for name, attributes in elements(content):
            if name in _GROUPS:
                group = name
            elif group == "cellXfs":
                self._style(name, attributes)
            elif group == "numFmts" and name == "numFmt":
                self.codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            elif group == "fonts":
                self._font(name, attributes)

    def _style(self, name: str, attributes: dict[str, str]) -> None:
        if name == "xf":
            self.styles.append(attributes)
        elif name == "alignment":
            self.aligned[len(self.styles) - 1] = attributes.get("horizontal", "")

    def _font(self, name: str, attributes: dict[str, str]) -> None:
        if name == "font":
            self.bold.append(False)
        elif name == "b" and self.bold:
            self.bold[-1] = attributes.get("val", "1") not in ("0", "false")

    def format(self, style: dict[str, str]) -> Format:
        number = _number(style.get("numFmtId"))
        return format_of(self.codes.get(number) or BUILT_IN.get(number, ""))

    def look(self, number: int) -> CellLook:
        style, align = self.styles[number], self.aligned.get(number, "")
        font, code_number = _number(style.get("fontId")), _number(style.get("numFmtId"))
        code = self.codes.get(code_number, "")
        return CellLook(
            code_number == 0,
            code_number in _PERCENT_NUMBERS or "%" in code,
            font < len(self.bold) and self.bold[font],
            align if align in _ALIGNED else "center" if align == "centerContinuous" else "",
            code,
        )


def _formats_of(styles: bytes) -> tuple[Format, ...]:
    found = _Styles(styles)
    return tuple(map(found.format, found.styles))


# The styles of a form are the same in every copy of it.
_remembered = lru_cache(maxsize=16)(_formats_of)


@lru_cache(maxsize=4096)
def format_of(code: str) -> Format:
    if code.lower() in _NO_FORMAT or not code:
        return PLAIN
    return Format(code, is_date_format(code))


def _number(text: str | None) -> int:
    return whole_number(text) or 0
