"""Rewrites one cell of a sheet's XML and keeps its other attributes and its formula."""

from decimal import Context, Decimal

from spreadsheets.formulas.values import Fault, Scalar
from spreadsheets.ooxml.addresses import address_of
from spreadsheets.ooxml.numbers import plain_digits
from spreadsheets.ooxml.xml_edits import element, opened, prefix_of, tag_name, with_attributes
from spreadsheets.ooxml.xml_offsets import CellOffsets
from spreadsheets.safe_text import text_xml

_STORED = Context(prec=17)  # digits with which spreadsheet programs store a number


def cell_anew(content: bytes, mark: CellOffsets, value: Scalar, *, keeps_formula: bool) -> bytes:
    """The whole element with another value. A formula's result is added to the formula; anything else replaces the content."""
    name = tag_name(content, mark.start)
    kind, inside = value_inside(value, prefix_of(name), is_result=keeps_formula)
    if keeps_formula:
        formula = mark.children["f"]
        inside = content[formula.start : formula.end] + inside
    if "extLst" in mark.children:
        inside += content[mark.children["extLst"].start : mark.children["extLst"].end]
    tag = with_attributes(content[mark.start : mark.tag_end], {"t": kind or None})
    if not inside:
        return opened(tag)[:-1] + b"/>"
    return opened(tag) + inside + b"</" + name + b">"


def new_cell(row: int, column: int, style: str, value: Scalar, prefix: bytes) -> bytes:
    """A new cell. `style` is the number of its format, "" for the usual one."""
    kind, inside = value_inside(value, prefix, is_result=False)
    return element(prefix + b"c", {"r": address_of((row, column)), "s": style or None, "t": kind or None}, inside)


def value_inside(value: Scalar, prefix: bytes, *, is_result: bool) -> tuple[str, bytes]:
    """The cell's type and content. ASCII throughout, so that it fits whatever encoding the part has."""
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
    return "inlineStr", element(prefix + b"is", {}, _element(prefix, "t", value))


def stored(number: Decimal) -> str:
    """A number with 17 digits, without exponent where that stays short."""
    kept = _STORED.plus(number)
    return plain_digits(kept) if -20 < kept.adjusted() < 21 else f"{kept.normalize():E}"


def _element(prefix: bytes, name: str, text: str) -> bytes:
    inside = text_xml(text).encode("ascii", "xmlcharrefreplace")
    has_spaces = inside != inside.strip() or b"\n" in inside or b"  " in inside
    return element(prefix + name.encode(), {"xml:space": "preserve" if has_spaces else None}, inside)
