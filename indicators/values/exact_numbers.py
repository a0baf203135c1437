"""Arithmetic that rounds nothing, and the one Decimal that stands for a fraction without end."""

from collections.abc import Callable, Iterable
from decimal import ROUND_05UP, Context, Decimal
from fractions import Fraction
from operator import add, mul, sub

Exact = int | Decimal | Fraction

DIGITS = 40  # after the first, of a number that does not end
# Wide enough for any product that a formula can spell; sums and products in it are never rounded. No traps: no operation raises.
CONTEXT = Context(prec=1_000_000, Emin=-999_999, Emax=999_999, traps=[])


def _of_two(
    of_decimals: Callable[[Exact, Exact], Decimal], of_fractions: Callable[[Fraction, Fraction], Fraction]
) -> Callable[[Exact, Exact], Exact]:
    """Whole numbers and Decimals by the context, which is five times as fast; beside a Fraction both are Fractions."""

    def exactly(left: Exact, right: Exact) -> Exact:
        try:
            return of_decimals(left, right)
        except TypeError:  # no Decimal takes a Fraction
            return of_fractions(Fraction(left), Fraction(right))

    return exactly


plus = _of_two(CONTEXT.add, add)
minus = _of_two(CONTEXT.subtract, sub)
times = _of_two(CONTEXT.multiply, mul)


def over(left: Exact, right: Exact) -> Fraction:
    """The quotient; the divisor must not be 0."""
    return Fraction(left) / Fraction(right)


def added(numbers: Iterable[Exact]) -> Exact:
    total: Exact = 0
    for number in numbers:
        total = plus(total, number)
    return total


def as_decimal(number: Exact) -> Decimal:
    """The same number as a Decimal where it ends. Where it does not: cut after `DIGITS`, so that rounding it again, to fewer
    digits, gives what rounding the exact number gives (ROUND_05UP leaves no tie that was none)."""
    if not isinstance(number, Fraction):
        return Decimal(number)
    top, bottom = number.as_integer_ratio()
    places, rest = decimals_and_rest(bottom)
    if rest == 1:
        return CONTEXT.scaleb(Decimal(top * 10**places // bottom), -places)
    whole_digits = len(str(abs(top) // bottom))
    return Context(prec=DIGITS + whole_digits, rounding=ROUND_05UP).divide(Decimal(top), Decimal(bottom))


def decimals_and_rest(divisor: int) -> tuple[int, int]:
    """How many decimals a division by it needs, and the factor of it for which no number of decimals is enough: 12 -> 2, 3."""
    counts = []
    for prime in (2, 5):
        count = 0
        while divisor % prime == 0:
            divisor //= prime
            count += 1
        counts.append(count)
    return max(counts), divisor


def half_up(top: int, bottom: int) -> int:
    """The quotient as a whole number, the half away from zero."""
    sign = -1 if (top < 0) != (bottom < 0) else 1
    return sign * ((2 * abs(top) + abs(bottom)) // (2 * abs(bottom)))
