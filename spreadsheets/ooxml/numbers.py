"""Formats a stored number as plain digits, and as a date if its format is one."""

import re
from datetime import date, datetime, timedelta
from decimal import Context, Decimal
from functools import lru_cache

_PLAIN = re.compile(r"0|-?[1-9][0-9]{0,14}")  # most numbers of a form
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_AS_KEPT = Context(prec=15)  # a spreadsheet keeps numbers as binary doubles: 0.30000000000000004 is 0.3
_LONGEST = 400  # characters: what the largest and the smallest double have in plain digits
_WIDEST = 308  # the largest power of ten of a double

_DAYS_1900, _DAYS_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_FALSE_LEAP_DAY = 60  # 1900-02-29, a day that spreadsheets of 1985 had by mistake
_LAST_DAY = 2_958_466  # 9999-12-31 and a day

_NO_DATE_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.I)
_DATE_LETTERS = re.compile(r"[ymdhs]", re.I)


def plain_number(text: str) -> str | None:
    """Plain digits: `1.50` -> `1.5`, `1E3` -> `1000`.

    None for what no spreadsheet stores as a number (NaN, 1_000, １２, 1E999).
    """
    if _PLAIN.fullmatch(text):
        return text
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    if number and not -_WIDEST <= number.adjusted() <= _WIDEST:
        return None
    if number != number.to_integral_value():
        number = _AS_KEPT.plus(number)
    return plain_digits(number)


def plain_digits(number: Decimal) -> str:
    """Without exponent and without trailing zeros; zero has no sign."""
    digits = f"{number:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits == "-0" else digits


@lru_cache(maxsize=4096)
def is_date_format(code: str) -> bool:
    """Whether a format code shows days or times of a day. Elapsed time ([h]:mm) is a length, not a date."""
    shown = _NO_DATE_LETTERS.sub("", code.partition(";")[0])
    return not _ELAPSED.search(shown) and bool(_DATE_LETTERS.search(shown)) and "general" not in shown.lower()


def date_text(number: str, *, is_1904: bool) -> str | None:
    """A stored number as `2026-09-30`, `2026-09-30 08:30:00` or `08:30:00`; None if it is no date (negative, too large)."""
    serial = Decimal(number)
    if serial < 0 or serial >= _LAST_DAY - (1462 if is_1904 else 0):
        return None
    days = int(serial)
    seconds = int(((serial - days) * 86_400).to_integral_value())
    if seconds == 86_400:
        days, seconds = days + 1, 0
    clock = str(timedelta(seconds=seconds)).zfill(8)
    if days == 0 and seconds:
        return clock
    day = _day(days, is_1904)
    return f"{day} {clock}" if seconds else day


def _day(days: int, is_1904: bool) -> str:
    if is_1904:
        return (_DAYS_1904 + timedelta(days)).date().isoformat()
    if days == _FALSE_LEAP_DAY:
        return "1900-02-29"
    return (_DAYS_1900 + timedelta(days + (days < _FALSE_LEAP_DAY))).date().isoformat()


def stored_day(text: str) -> str:
    """A date that is stored as text (2026-09-30T00:00:00.000Z) in the form of other dates; other texts stay."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return text
    return moment_text(moment)


def moment_text(moment: date) -> str:
    """A day, or a day with the time."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.isoformat(" ", "seconds") if moment.time() != datetime.min.time() else moment.date().isoformat()
