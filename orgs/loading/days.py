"""Reads a day as people and Excel write it, the year first."""

import re
from datetime import date

from django.utils.translation import gettext as _

YEARS = range(1900, 2200)
# Excel rewrites 2026-09-30 as 2026/9/30 when it saves a CSV in China. A text that does not begin with the year may be two days.
_DAY = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)(?: 0?0:00(?::00)?)?")


class NotADay(ValueError):
    """The text is no day; the message is a sentence."""


def read_day(text: str) -> date:
    """Reads 2026-09-30, 2026/9/30, 2026.9.30, 2026年9月30日. Raises NotADay."""
    match = _DAY.fullmatch(text.strip())
    try:
        year, _sign, *numbers = match.groups() if match else ("0", "")
        month, day = [int(number) for number in numbers if number]
        found = date(int(year), month, day)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise NotADay(_("“%(text)s” is not a date; write YYYY-MM-DD.") % {"text": text[:40]})
    return found
