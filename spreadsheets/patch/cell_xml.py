"""One cell of a sheet's XML written anew around what stays of it: its other attributes, its formula. Knows no sheet."""

import re
from decimal import Context, Decimal
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from spreadsheets.formulas.values import Fault, Scalar, plain
from spreadsheets.ooxml.xml_offsets import CellOffsets
from spreadsheets.safe_text import workbook_text

_NAME = re.compile(rb"<([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_STORED = Context(prec=17)  # digits with which spreadsheet programs store a number


def tag_name(content: bytes, start: int) -> bytes:
    """The name of the element that begins here, with its prefix."""
    return _NAME.match(content, start)[1]


def prefix_of(name: bytes) -> bytes:
    """`x:c` -> `x:`."""
    return name[: name.rfind(b":") + 1]


def opened(tag: bytes) -> bytes:
    """The start tag of an element that was closed at once, now with something inside."""
    return tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag


def cell_anew(content: bytes, mark: CellOffsets, value: Scalar, *, keeps_formula: bool) -> bytes:
    """The whole element with another value. A formula's result is written beside the formula, anything else instead of all."""
    name = tag_name(content, mark.start)
    kind, inside = value_inside(value, prefix_of(name), is_result=keeps_formula)
    if keeps_formula:
        formula = mark.children["f"]
        inside = content[formula.start : formula.end] + inside
    if "extLst" in mark.children:
        inside += content[mark.children["extLst"].start : mark.children["extLst"].end]
    tag = _with_kind(content[mark.start : mark.tag_end], kind)
    if not inside:
        return opened(tag)[:-1] + b"/>"
    return opened(tag) + inside + b"</" + name + b">"


def new_cell(row: int, column: int, style: str, value: Scalar, prefix: bytes) -> bytes:
    """A cell where none stood. `style` is the number of its format, "" for the usual one."""
    kind, inside = value_inside(value, prefix, is_result=False)
    said = f' r="{get_column_letter(column)}{row}"' + (f' s="{style}"' if style else "")
    said += f' t="{kind}"' if kind else ""
    return b"<" + prefix + b"c" + said.encode() + b">" + inside + b"</" + prefix + b"c>"


def value_inside(value: Scalar, prefix: bytes, *, is_result: bool) -> tuple[str, bytes]:
    """The cell's kind and what stands in it. ASCII throughout, so that it fits whatever encoding the part has."""
    if value is None:
        return "", b""
    if isinstance(value, bool):
        return "b", _element(prefix, "v", "1" if value else "0")
    if isinstance(value, Fault):
        return "e", _element(prefix, "v", value.code)
    if isinstance(value, int | Decimal):
        return "", _element(prefix, "v", stored(Decimal(value)))
    if is_result:
        return "str", _element(prefix, "v", value)
    return "inlineStr", b"<" + prefix + b"is>" + _element(prefix, "t", value) + b"</" + prefix + b"is>"


def stored(number: Decimal) -> str:
    """At 17 digits, without exponent where that stays short."""
    kept = _STORED.plus(number)
    return plain(kept) if -20 < kept.adjusted() < 21 else f"{kept.normalize():E}"


def _element(prefix: bytes, name: str, text: str) -> bytes:
    said = escape(workbook_text(text)).encode("ascii", "xmlcharrefreplace")
    space = b' xml:space="preserve"' if said != said.strip() or b"\n" in said or b"  " in said else b""
    tag = prefix + name.encode()
    return b"<" + tag + space + b">" + said + b"</" + tag + b">"


def _with_kind(tag: bytes, kind: str) -> bytes:
    """The start tag with another t attribute, everything else as it stands."""
    name = _NAME.match(tag)
    kept = [match[0] for match in _ATTRIBUTE.finditer(tag, name.end()) if match[1] != b"t"]
    end = b"/>" if tag.endswith(b"/>") else b">"
    return name[0] + b"".join(kept) + (f' t="{kind}"'.encode() if kind else b"") + end
