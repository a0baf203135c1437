"""Rounded parts that add up: 舍位平衡 in a larger display unit, and shares that add up to exactly 100 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from indicators.values.number_parser import round_half_up

HUNDRED = Decimal(100)
_PRECISION = 60  # digits: more than any sum of figures below 10^15 needs


@dataclass(frozen=True)
class Balanced:
    """Printed parts that add up to the printed total. `adjusted`: the place of the part that took the difference, or None."""

    parts: tuple[Decimal, ...]
    total: Decimal
    adjusted: int | None


def balanced(parts: Sequence[Decimal], unit: Decimal, decimals: int, total: Decimal | None = None) -> Balanced:
    """Signed parts in units of `unit` (10000 for 万元), rounded half up, made to add up to their rounded total (倒挤法).

    `total`: another total, as printed, for the parts of a subtotal that has itself been adjusted.

    The largest part takes the whole difference, which changes it least; the table must mark it. Stored figures do not change.
    Source: semantics of 舍位平衡 in statistical tables.
    """
    with localcontext() as context:
        context.prec = _PRECISION
        total = round_half_up(sum(parts, Decimal(0)) / unit, decimals) if total is None else total
        rounded = [round_half_up(part / unit, decimals) for part in parts]
        rest = total - sum(rounded, Decimal(0))
        if not rest or not parts:
            return Balanced(tuple(rounded), total, None)
        place = max(range(len(parts)), key=lambda place: abs(parts[place]))
        rounded[place] += rest
    return Balanced(tuple(rounded), total, place)


def shares(parts: Sequence[Decimal], decimals: int, total: Decimal = HUNDRED) -> tuple[Decimal, ...] | None:
    """Per cents of the parts that add up to exactly 100, or to `total` (largest remainder); None where all parts are 0.

    The parts with the largest cut-off remainders get the last places; of equal ones the first. Raises ValueError for a negative
    part.
    """
    if any(part < 0 for part in parts):
        raise ValueError("a share of a negative part means nothing")
    whole = sum(map(Fraction, parts), Fraction(0))
    if not whole:
        return None
    places = int(total.scaleb(decimals))
    exact = [Fraction(part) * places / whole for part in parts]
    cut = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: cut[place] - exact[place])
    for place in by_remainder[: places - sum(cut)]:
        cut[place] += 1
    return tuple(Decimal(share).scaleb(-decimals) for share in cut)
