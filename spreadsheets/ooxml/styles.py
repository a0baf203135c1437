"""The number format of each cell style, from styles.xml. Knows no cell."""

from functools import lru_cache
from typing import NamedTuple

from spreadsheets.ooxml.numbers import is_date_format
from spreadsheets.ooxml.xml_elements import elements

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'h"时"mm"分"', 56: 'h"时"mm"分"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_SMALL = 1 << 16
_NO_FORMAT = ("general", "@", "g/通用格式", "standard")


class Format(NamedTuple):
    """`code` is "" for General and @."""

    code: str = ""
    is_date: bool = False


PLAIN = Format()


def formats_of(styles: bytes) -> tuple[Format, ...]:
    """styles.xml -> the format of each style that a cell's `s` names."""
    return _remembered(styles) if len(styles) <= _SMALL else _formats_of(styles)


def _formats_of(styles: bytes) -> tuple[Format, ...]:
    codes, chosen, is_inside = dict(BUILT_IN), [], False
    for name, attributes in elements(styles):
        if name == "numFmt" and not chosen:
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            is_inside = name == "cellXfs"
        elif name == "xf" and is_inside:
            chosen.append(codes.get(_number(attributes.get("numFmtId")), ""))
    return tuple(map(format_of, chosen))


# The styles of a form are the same in every copy of it.
_remembered = lru_cache(maxsize=16)(_formats_of)


@lru_cache(maxsize=4096)
def format_of(code: str) -> Format:
    if code.lower() in _NO_FORMAT or not code:
        return PLAIN
    return Format(code, is_date_format(code))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
