"""Writes rows as sheet XML, fast: numbers as numbers, text as text, a formula only where one is meant."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Context, Decimal
from functools import lru_cache

from spreadsheets.ooxml.numbers import plain_digits
from spreadsheets.safe_text import text_xml
from spreadsheets.write.sheet import Formula, Value

_OFTEN_AGAIN = 60  # characters: longer texts are not remembered
_EXACT_DIGITS = 15  # a spreadsheet keeps numbers as binary doubles
_LONG = 10**_EXACT_DIGITS
_EPOCH = date(1899, 12, 30)
_AS_KEPT = Context(prec=_EXACT_DIGITS)


def number_literal(number: int | Decimal) -> str | None:
    """The number in plain digits, or None where a spreadsheet could not store it exactly (over 15 digits, not finite)."""
    literal = str(number)
    if len(literal) <= _EXACT_DIGITS and literal.lstrip("-").replace(".", "", 1).isdigit():
        return literal
    if isinstance(number, Decimal):
        if not number.is_finite():
            return None
        literal = plain_digits(number)
    digits = literal.lstrip("-").replace(".", "").lstrip("0")
    return literal if len(digits) <= _EXACT_DIGITS else None


def _number(number: int | Decimal) -> str:
    literal = number_literal(number)
    return _text(str(number)) if literal is None else f"><v>{literal}</v></c>"


def _text(text: str) -> str:
    return _often(text) if len(text) <= _OFTEN_AGAIN else _once(text)


def _once(text: str) -> str:
    inner = text_xml(text)
    if not inner:
        return "/>"
    kept = "" if inner == inner.strip() else ' xml:space="preserve"'
    return f' t="inlineStr"><is><t{kept}>{inner}</t></is></c>'


_often = lru_cache(maxsize=8192)(_once)  # names, codes and units are repeated in every row


def _date(day: date) -> str:
    return f"><v>{(day - _EPOCH).days}</v></c>"


def _nothing(_value: None) -> str:
    return "/>"


def _formula(formula: Formula) -> str:
    """The XML of a formula with its cached value.

    An empty value or a text is written too, or readers would think it was never computed.
    """
    result, text = formula.result, text_xml(formula.text)
    if result is None or isinstance(result, str):
        return f' t="str"><f>{text}</f><v>{text_xml(result or "")}</v></c>'
    return f"><f>{text}</f><v>{_AS_KEPT.create_decimal(result):f}</v></c>"


# The XML after the opening of a cell.
_CELLS: dict[type, Callable[[Value], str]] = {
    int: _number,
    Decimal: _number,
    str: _text,
    date: _date,
    Formula: _formula,
    type(None): _nothing,
}
_ROW = "\0"  # a placeholder for the row's number in a frame


def frame_of(letters: Sequence[str], ids: Sequence[int]) -> str:
    """The cells of a row without their values: made once for all rows with the same look."""
    return "".join(f'<c r="{letter}{_ROW}" s="{style}"%s' for letter, style in zip(letters, ids, strict=True))


def row_xml(number: int, values: Sequence[Value], frame: str, height: float | None, *, hidden: bool = False) -> str:
    """One <row>: a value per cell of the frame. A float is refused on purpose: figures are exact.

    Raises TypeError for a value that is no `Value`, and for a wrong number of values.
    """
    try:
        cells = [
            f"><v>{value}</v></c>" if type(value) is int and -_LONG < value < _LONG else _CELLS[type(value)](value)
            for value in values
        ]
    except KeyError as error:
        raise TypeError(f"not a value of a sheet: {error.args[0]}") from error
    size = f' ht="{height:g}" customHeight="1"' if height else ""
    state = ' hidden="1"' if hidden else ""
    return f'<row r="{number}"{size}{state}>{frame.replace(_ROW, str(number)) % tuple(cells)}</row>'
