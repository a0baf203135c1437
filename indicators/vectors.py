"""Exact sums of many measures at once: a vector is one large integer of 128-bit lanes, adding is one integer addition.

A lane holds, from below: 88 bits of value in minor units (biased by 2**66 for every answer, so that it is never negative),
20 bits counting answers, 20 bits counting 不适用. That leaves room for 2**20 units of 10**15 with four decimals.
Knows no indicator.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LANE_BYTES = 16
_VALUE_BITS = 88
_COUNT_BITS = 20
_BIAS = 1 << 66
_VALUE_MASK = (1 << _VALUE_BITS) - 1
_COUNT_MASK = (1 << _COUNT_BITS) - 1
_ANSWERED = 1 << _VALUE_BITS
_NOT_APPLICABLE = 1 << (_VALUE_BITS + _COUNT_BITS)
NOT_APPLICABLE = "NA"
MOST_UNITS = _COUNT_MASK

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


@dataclass(frozen=True)
class Totals:
    """Decoded sums, one entry per measure: value in minor units, how many answered, how many said 不适用."""

    values: tuple[int, ...]
    answered: tuple[int, ...]
    na: tuple[int, ...]

    def as_integer(self) -> int:
        """The sums as one integer again, to be added to others."""
        lanes = zip(self.values, self.answered, self.na, strict=True)
        return int.from_bytes(
            b"".join(
                (value + answered * (_BIAS + _ANSWERED) + na * _NOT_APPLICABLE).to_bytes(LANE_BYTES, "little")
                for value, answered, na in lanes
            ),
            "little",
        )

    def to_bytes(self) -> bytes:
        """A compact form that is read back in one call; wide values (beyond 64 bits) are written as text."""
        size = len(self.values)
        try:
            return b"n" + struct.pack(f"<{size}q{size}I{size}I", *self.values, *self.answered, *self.na)
        except struct.error:
            return b"w" + ";".join(",".join(map(str, part)) for part in (self.values, self.answered, self.na)).encode()


def totals_of(total: int, size: int) -> Totals:
    """The sum of any number of vectors -> Totals of `size` measures."""
    halves = struct.unpack(f"<{2 * size}Q", total.to_bytes(LANE_BYTES * size, "little"))
    values, answered, na = [], [], []
    for low, high in zip(halves[0::2], halves[1::2], strict=True):
        count = (high >> 24) & _COUNT_MASK
        values.append((low | (high & 0xFFFFFF) << 64) - count * _BIAS)
        answered.append(count)
        na.append(high >> 44)
    return Totals(tuple(values), tuple(answered), tuple(na))


def read_totals(data: bytes) -> Totals:
    """Bytes of Totals.to_bytes -> Totals."""
    data = bytes(data)
    if data[:1] == b"w":
        return Totals(*(tuple(map(int, part.split(","))) if part else () for part in data[1:].decode().split(";")))
    size = (len(data) - 1) // 16
    numbers = struct.unpack_from(f"<{size}q{2 * size}I", data, 1)
    return Totals(numbers[:size], numbers[size : 2 * size], numbers[2 * size :])


def measured_of(vector: bytes) -> Iterator[Measured]:
    """One unit's vector -> its measures again."""
    totals = totals_of(as_integer(vector), len(vector) // LANE_BYTES)
    for value, answered, na in zip(totals.values, totals.answered, totals.na, strict=True):
        yield value if answered else NOT_APPLICABLE if na else None


def shared_out(vector: bytes, shares: Sequence[tuple[int, int]]) -> list[bytes]:
    """A unit's vector divided among successors by shares (numerator, denominator); the last takes what rounding left over."""
    parts: list[list[Measured]] = [[] for _ in shares]
    for value in measured_of(vector):
        if not isinstance(value, int):
            for part in parts:
                part.append(value)
            continue
        given = [_half_up(value * top, bottom) for top, bottom in shares]
        whole = sum((top * 1_000_000) // bottom for top, bottom in shares) >= 999_999
        if whole:
            given[-1] = value - sum(given[:-1])
        for part, amount in zip(parts, given, strict=True):
            part.append(amount)
    return [pack(part) for part in parts]


def _half_up(top: int, bottom: int) -> int:
    sign = -1 if top < 0 else 1
    return sign * ((2 * abs(top) + bottom) // (2 * bottom))
