"""The document of figures: figure key -> int, Decimal or "NA", written as one canonical JSON text. Fractions are exact: no floats."""

import json
from decimal import Decimal
from json.encoder import encode_basestring

NA = "NA"
Figure = int | Decimal | str


def read_document(text: str) -> dict[str, Figure]:
    """Canonical text -> document; fractions become Decimal, integers int."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)


def write_document(figures: dict[str, Figure]) -> str:
    """Document -> canonical text: keys sorted, no spaces, fractions as exact literals. Raises TypeError for anything else."""
    return "{" + ",".join([f"{encode_basestring(key)}:{_literal(figures[key])}" for key in sorted(figures)]) + "}"


def _literal(figure: Figure) -> str:
    if type(figure) is int:
        return str(figure)
    if figure == NA:
        return '"NA"'
    if isinstance(figure, Decimal) and figure.is_finite():
        return _decimal_literal(figure)
    raise TypeError(f"not a figure: {figure!r}")


def _decimal_literal(figure: Decimal) -> str:
    """12.50 -> 12.5, 12.0 -> 12: the same number always has the same text, and so the same digest."""
    text = format(figure, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _refuse_constant(name: str):
    raise ValueError(f"not a figure: {name}")
