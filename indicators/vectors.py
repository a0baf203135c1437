"""Exact sums of many measures at once: a vector is one large integer of 128-bit lanes, adding is one integer addition.

A lane holds, from below: 88 bits of value in minor units (biased by 2**66 for every answer, so that it is never negative),
20 bits counting answers, 20 bits counting 不适用. That leaves room for 2**20 units of 10**15 with four decimals.
Knows no indicator.
"""

import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

LANE_BYTES = 16
_VALUE_BITS = 88
_COUNT_BITS = 20
_BIAS = 1 << 66
_COUNT_MASK = (1 << _COUNT_BITS) - 1
_ANSWERED = 1 << _VALUE_BITS
_NOT_APPLICABLE = 1 << (_VALUE_BITS + _COUNT_BITS)
NOT_APPLICABLE = "NA"

Measured = int | str | None  # minor units, NOT_APPLICABLE, or not reported


class TooLarge(ValueError):
    """A value that has no room in a lane."""


def pack(measured: Iterable[Measured]) -> bytes:
    """One unit's measures -> bytes. Raises TooLarge where a value is beyond ±2**66 minor units."""
    return b"".join(_lane(value).to_bytes(LANE_BYTES, "little") for value in measured)


def _lane(value: Measured) -> int:
    if value is None:
        return 0
    if value == NOT_APPLICABLE:
        return _NOT_APPLICABLE
    if not -_BIAS < value < _BIAS:
        raise TooLarge(value)
    return value + _BIAS + _ANSWERED


def as_integer(vector: bytes) -> int:
    """The vector as the integer that is added."""
    return int.from_bytes(vector, "little")


class Totals:
    """The sum of any number of vectors: per measure its value in minor units, how many answered, how many said 不适用.

    Kept as the integer that adds; decoded when first read.
    """

    def __init__(self, integer: int, size: int):
        self.integer, self.size = integer, size

    @cached_property
    def _halves(self) -> tuple[int, ...]:
        return struct.unpack(f"<{2 * self.size}Q", self.to_bytes())

    @cached_property
    def answered(self) -> list[int]:
        return [high >> 24 & _COUNT_MASK for high in self._halves[1::2]]

    @cached_property
    def na(self) -> list[int]:
        return [high >> 44 for high in self._halves[1::2]]

    @cached_property
    def values(self) -> list[int]:
        lanes = zip(self._halves[0::2], self._halves[1::2], self.answered, strict=True)
        return [(low | (high & 0xFFFFFF) << 64) - count * _BIAS for low, high, count in lanes]

    def to_bytes(self) -> bytes:
        return self.integer.to_bytes(LANE_BYTES * self.size, "little")


def read_totals(data: bytes) -> Totals:
    """Bytes of Totals.to_bytes -> Totals."""
    return Totals(as_integer(data), len(data) // LANE_BYTES)


def measured_of(vector: bytes) -> Iterator[Measured]:
    """One unit's vector -> its measures again."""
    totals = read_totals(vector)
    for value, answered, na in zip(totals.values, totals.answered, totals.na, strict=True):
        yield value if answered else NOT_APPLICABLE if na else None


def shared_out(vector: bytes, shares: Sequence[tuple[int, int]], lanes: Collection[int]) -> list[list[Measured]]:
    """A unit's measures divided among successors by shares (numerator, denominator); the last takes what rounding left over.

    Only these lanes are divided: what does not add has no part, and is not reported in any.
    """
    parts: list[list[Measured]] = [[] for _ in shares]
    for lane, value in enumerate(measured_of(vector)):
        if lane not in lanes or not isinstance(value, int):
            for part in parts:
                part.append(value if lane in lanes else None)
            continue
        given = [_half_up(value * top, bottom) for top, bottom in shares]
        whole = sum((top * 1_000_000) // bottom for top, bottom in shares) >= 999_999
        if whole:
            given[-1] = value - sum(given[:-1])
        for part, amount in zip(parts, given, strict=True):
            part.append(amount)
    return parts


def _half_up(top: int, bottom: int) -> int:
    sign = -1 if top < 0 else 1
    return sign * ((2 * abs(top) + bottom) // (2 * bottom))
