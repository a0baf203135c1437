"""Writes rows as lines of a comma file that Excel opens as UTF-8 and in which no text becomes a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from spreadsheets.safe_text import comma_text

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the file for GBK
_safe = lru_cache(maxsize=8192)(comma_text)  # names and codes come again in every row


def comma_lines(head: Sequence[str], rows: Iterable[Sequence[str | int | Decimal | None]]) -> Iterator[str]:
    """The head, then a line per row: texts made safe, numbers in plain digits, nothing for None."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(head)
    for row in rows:
        yield writer.writerow([_field(value) for value in row])


def _field(value: str | int | Decimal | None) -> str | int:
    if type(value) is str:
        return _safe(value)
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else value


class _Line:
    """The target of csv.writer: returns each line instead of storing it."""

    def write(self, text: str) -> str:
        return text
