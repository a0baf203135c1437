"""Writes rows as sheet XML, fast: numbers as numbers, text as text, a formula only where one was meant. Knows no style."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Context, Decimal

from spreadsheets.harmless import workbook_text
from spreadsheets.sheet import Formula, Value

# Text without any of these is written as it stands; most texts are.
_NEEDS_CARE = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x")
_SHORT = 8_000  # characters: far below what a cell holds, whatever the planes
_EXACT_DIGITS = 15  # a spreadsheet keeps numbers as binary doubles
_EPOCH = date(1899, 12, 30)
_AS_KEPT = Context(prec=_EXACT_DIGITS)


def text_xml(text: str) -> str:
    """Text -> its XML inside <t>."""
    if len(text) < _SHORT and not _NEEDS_CARE.search(text):
        return text
    return workbook_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def number_literal(number: int | Decimal) -> str | None:
    """The number in plain digits, or None where a spreadsheet could not hold it exactly (over 15 digits, not finite)."""
    literal = str(number)
    if len(literal) <= _EXACT_DIGITS and literal.lstrip("-").replace(".", "", 1).isdigit():
        return literal
    if isinstance(number, Decimal):
        if not number.is_finite():
            return None
        literal = f"{number:f}"
        if "." in literal:
            literal = literal.rstrip("0").rstrip(".")
    digits = literal.lstrip("-").replace(".", "").lstrip("0")
    return literal if len(digits) <= _EXACT_DIGITS else None


def _number(start: str, number: int | Decimal) -> str:
    literal = number_literal(number)
    return _text(start, str(number)) if literal is None else f"{start}><v>{literal}</v></c>"


def _integer(start: str, number: int) -> str:
    return f"{start}><v>{number}</v></c>" if -(10**15) < number < 10**15 else _text(start, str(number))


def _text(start: str, text: str) -> str:
    inner = text_xml(text)
    return f'{start} t="inlineStr"><is><t xml:space="preserve">{inner}</t></is></c>' if inner else f"{start}/>"


def _date(start: str, day: date) -> str:
    return f"{start}><v>{(day - _EPOCH).days}</v></c>"


def _nothing(start: str, _value: None) -> str:
    return f"{start}/>"


def _formula(start: str, formula: Formula) -> str:
    """With its cached value; one that comes to nothing or to a text says so, or readers would take it for never computed."""
    result, text = formula.result, text_xml(formula.text)
    if result is None or isinstance(result, str):
        return f'{start} t="str"><f>{text}</f><v>{text_xml(result or "")}</v></c>'
    return f"{start}><f>{text}</f><v>{_AS_KEPT.create_decimal(result):f}</v></c>"


_CELLS: dict[type, Callable[[str, Value], str]] = {
    int: _integer,
    Decimal: _number,
    str: _text,
    date: _date,
    Formula: _formula,
    type(None): _nothing,
}


def row_xml(
    number: int,
    values: Sequence[Value],
    letters: Sequence[str],
    ids: Sequence[int],
    height: float | None,
    *,
    hidden: bool = False,
) -> str:
    """One <row>: a value, a column letter and a style number per cell. Raises TypeError for a value that is none of `Value`.

    A float is refused on purpose: figures are exact.
    """
    try:
        cells = [
            _CELLS[type(value)](f'<c r="{letter}{number}" s="{style}"', value)
            for value, letter, style in zip(values, letters, ids, strict=True)
        ]
    except KeyError as error:
        raise TypeError(f"not a value of a sheet: {error.args[0]}") from error
    size = f' ht="{height:g}" customHeight="1"' if height else ""
    state = ' hidden="1"' if hidden else ""
    return f'<row r="{number}"{size}{state}>{"".join(cells)}</row>'
