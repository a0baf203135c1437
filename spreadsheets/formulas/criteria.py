"""Whether a cell meets a criterion of SUMIF and similar functions, such as ">=5", "村*" or 3."""

import re
from decimal import Decimal
from functools import lru_cache

from spreadsheets.formulas.values import Failed, Fault, Scalar, Uncomputable, kept, number_in

_MOST_STARS = 4  # each further * multiplies the time of a search by the length of the text
_SIGNS = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)


def meets(value: Scalar, criterion: Scalar) -> bool:
    """Whether a value meets the criterion.

    A text criterion may start with a comparison and hold * and ? for any letters; upper and lower case are equal.
    """
    if isinstance(criterion, Fault):
        return value == criterion
    if criterion is None:
        return _is(value, Decimal(0))
    if not isinstance(criterion, str):
        return _is(value, criterion)
    sign, wanted = _SIGNS.fullmatch(criterion).groups()
    other = _typed(wanted)
    if not wanted:
        return _blank(value, sign)
    if sign in (None, "=", "<>"):
        same = _same(value, other)
        return not same if sign == "<>" else same
    return _compares(value, sign, other)


def _blank(value: Scalar, sign: str | None) -> bool:
    """Whether a blank meets the criterion: "" and "=" ask for blank cells ("" for empty texts too), "<>" for all others."""
    if sign == "<>":
        return value is not None
    return value is None or (sign is None and value == "")


def _typed(text: str) -> Scalar:
    """The value that a cell would have if one typed the text: a number, a truth value, or the text itself."""
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    try:
        return number_in(text)
    except Failed:
        return text


def _is(value: Scalar, wanted: Scalar) -> bool:
    """Whether a value equals the wanted one; a number typed as text counts as a number, a blank equals nothing."""
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, str):
        value = _typed(value)
    return isinstance(value, Decimal) and isinstance(wanted, Decimal) and kept(value) == kept(wanted)


def _same(value: Scalar, wanted: Scalar) -> bool:
    if not isinstance(wanted, str):
        return _is(value, wanted)
    return isinstance(value, str) and _pattern(wanted).fullmatch(value) is not None


@lru_cache(maxsize=256)
def _pattern(wanted: str) -> re.Pattern[str]:
    """The pattern of a text: * means any letters, ? one letter; ~ before them makes them ordinary characters."""
    if wanted.count("*") > _MOST_STARS:
        raise Uncomputable("a criterion of many stars")
    made, at = "", 0
    while at < len(wanted):
        letter = wanted[at]
        if letter == "~" and wanted[at + 1 : at + 2] in ("*", "?", "~"):
            made += re.escape(wanted[at + 1])
            at += 2
            continue
        made += ".*" if letter == "*" else "." if letter == "?" else re.escape(letter)
        at += 1
    return re.compile(made, re.IGNORECASE | re.DOTALL)


def _compares(value: Scalar, sign: str, wanted: Scalar) -> bool:
    """Compares numbers with numbers and texts with texts; for any other pair the result is false."""
    if isinstance(value, bool) or isinstance(wanted, bool):
        return False
    if isinstance(value, Decimal) and isinstance(wanted, Decimal):
        left, right = kept(value), kept(wanted)
    elif isinstance(value, str) and isinstance(wanted, str):
        left, right = value.casefold(), wanted.casefold()
    else:
        return False
    return {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[sign]
