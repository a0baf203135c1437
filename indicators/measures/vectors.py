"""Exact sums of many measures at once: a vector is one large integer of 128-bit lanes, adding is one integer addition.

A lane holds, from below: 88 bits of value (biased by 2**66 for every answer, so that it is never negative), 20 bits
counting answers, 20 bits counting 不适用. That leaves room for 2**20 units of 10**15 with four decimals.
A measure with larger values has several lanes, each 64 bits of it, the lowest first: they are added one by one like all
others and put together when the sum is read. `widths` says how many lanes each measure of a vector has.
"""

import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, compress, pairwise

from indicators.values.exact_numbers import half_up

LANE_BYTES = 16
LIMB_BITS, ONE_LANE_BITS = 64, 66
_VALUE_BITS = 88
_COUNT_BITS = 20
_BIAS = 1 << ONE_LANE_BITS
_LIMB_MASK = (1 << LIMB_BITS) - 1
_COUNT_MASK = (1 << _COUNT_BITS) - 1
_ANSWERED = 1 << _VALUE_BITS
_NOT_APPLICABLE = 1 << (_VALUE_BITS + _COUNT_BITS)
NOT_APPLICABLE = "NA"

Measured = int | str | None  # a whole number, NOT_APPLICABLE, or not reported


class TooLarge(ValueError):
    """A value that has no room in its lanes."""


def pack(measured: Iterable[Measured], widths: Iterable[int]) -> bytes:
    """One unit's measures -> bytes. Raises TooLarge where a value is beyond its lanes."""
    return b"".join(
        lane.to_bytes(LANE_BYTES, "little")
        for value, width in zip(measured, widths, strict=True)
        for lane in (_lanes(value, width) if width > 1 else (_lane(value),))
    )


def _lanes(value: Measured, width: int) -> Iterator[int]:
    for place in range(width):
        yield _lane(_limb(value, place, width) if isinstance(value, int) else value)


def _limb(value: int, place: int, width: int) -> int:
    """The highest holds the sign and all that is left."""
    above = value >> (LIMB_BITS * place)
    return above if place == width - 1 else above & _LIMB_MASK


def together(limbs: Sequence[int]) -> int:
    """The value of lanes that were added one by one."""
    if len(limbs) == 1:
        return limbs[0]
    return sum(limb << (LIMB_BITS * place) for place, limb in enumerate(limbs))


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


def answered_flags(vectors: bytes, size: int, lane: int) -> int:
    """Of single units' vectors one after the other, a byte each: 1 where the unit gave the measure. Decodes none of them.

    It is the lowest byte of the count of answers.
    """
    return as_integer(vectors[lane * LANE_BYTES + _VALUE_BITS // 8 :: size * LANE_BYTES])


def not_applicable_flags(vectors: bytes, size: int, lane: int) -> int:
    """The same for 不适用: the lowest bit of the count that follows that of answers."""
    byte, bit = divmod(_VALUE_BITS + _COUNT_BITS, 8)
    found = vectors[lane * LANE_BYTES + byte :: size * LANE_BYTES]
    return as_integer(found) >> bit & as_integer(b"\1" * len(found))


def lane_sums(vectors: bytes, size: int, lanes: Iterable[int], chosen: bytes) -> int:
    """The integer that adds, made of these lanes of some of the vectors: `chosen` has a byte for each, 0 or 1.

    Halves of lanes are read in one go: a tenth of the time of adding the vectors themselves.
    """
    halves, step, found = memoryview(vectors).cast("Q"), 2 * size, 0
    for lane in lanes:
        for half in (0, 1):
            words = halves[2 * lane + half :: step].tolist()
            found += sum(compress(words, chosen)) << (8 * LANE_BYTES * lane + 64 * half)
    return found


class Totals:
    """The sum of any number of vectors: per lane its value, how many answered, how many answered 不适用.

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
        # The bias is 4 in the higher half for every answer: nearly always all there is in it.
        return [low + ((high & 0xFFFFFF) - 4 * count << 64) for low, high, count in lanes]

    def to_bytes(self) -> bytes:
        return self.integer.to_bytes(LANE_BYTES * self.size, "little")


def read_totals(data: bytes) -> Totals:
    """Bytes of Totals.to_bytes -> Totals."""
    return Totals(as_integer(data), len(data) // LANE_BYTES)


def measured_of(vector: bytes, widths: Iterable[int]) -> Iterator[Measured]:
    """One unit's vector -> its measures again."""
    totals = read_totals(vector)
    for start, end in pairwise(accumulate(widths, initial=0)):
        answered, na = totals.answered[start], totals.na[start]
        yield together(totals.values[start:end]) if answered else NOT_APPLICABLE if na else None


def shared_out(
    vector: bytes, widths: Sequence[int], shares: Sequence[tuple[int, int]], measures: Collection[int]
) -> list[list[Measured]]:
    """A unit's measures divided among successors by shares (numerator, denominator); the last takes what rounding left over.

    Only these measures, by their number, are divided: what does not add has no part, and is not reported in any.
    """
    parts: list[list[Measured]] = [[] for _ in shares]
    for number, value in enumerate(measured_of(vector, widths)):
        if number not in measures or not isinstance(value, int):
            for part in parts:
                part.append(value if number in measures else None)
            continue
        for part, amount in zip(parts, shared_number(value, shares), strict=True):
            part.append(amount)
    return parts


def shared_number(value: int, shares: Sequence[tuple[int, int]]) -> list[int]:
    """A whole number divided by shares (numerator, denominator), half up; the last takes what rounding left over."""
    given = [half_up(value * top, bottom) for top, bottom in shares]
    if sum((top * 1_000_000) // bottom for top, bottom in shares) >= 999_999:
        given[-1] = value - sum(given[:-1])
    return given
