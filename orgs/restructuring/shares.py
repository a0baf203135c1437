"""Reads how the past of a divided organization is shared: 0.6;0.4, 60%;40%, 60;40, 60/40, 3:2."""

import re
from decimal import ROUND_DOWN, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from orgs.loading.cells import parted

_RATIO = re.compile(r"\s*[:：/／]\s*")
_STEP = Decimal("0.000001")  # as they are stored


class NotShares(ValueError):
    """The text does not divide a whole among so many; the message is a sentence."""


def read_shares(text: str, count: int) -> tuple[Decimal, ...]:
    """Shares that add up to 1, in order; none for an empty cell. Raises NotShares."""
    if not text.strip():
        return ()
    parts = list(parted(text))
    is_ratio = len(parts) == 1 and bool(_RATIO.search(text))
    numbers = [_number(part, text) for part in (_RATIO.split(text.strip()) if is_ratio else parts)]
    if len(numbers) != count:
        sentence = _("There are %(shares)d shares for %(codes)d codes; give one to every code, in their order.")
        raise NotShares(sentence % {"shares": len(numbers), "codes": count})
    total = sum(numbers)
    if not is_ratio and total not in (1, 100):
        raise NotShares(_("The shares must add up to 1 (or 100 per cent); they make %(sum)s.") % {"sum": f"{total:f}"})
    if not total:
        raise NotShares(_("“%(text)s” shares nothing out.") % {"text": text[:40]})
    shares = [(number / total).quantize(_STEP, ROUND_DOWN) for number in numbers]
    largest = max(range(count), key=lambda place: numbers[place])
    shares[largest] += 1 - sum(shares)  # thirds: what was cut off
    return tuple(shares)


def _number(part: str, text: str) -> Decimal:
    plain = re.sub(r"[%％]$", "", part.strip()).strip()
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number < 0 or number > 10**6:
        raise NotShares(_("“%(text)s” are no shares; write them as 0.6;0.4 or 60;40.") % {"text": text[:40]})
    return number
