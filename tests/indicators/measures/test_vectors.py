"""Vectors beside plain lists of numbers: packed, added, looked into and shared out."""

from itertools import product
from random import Random

import pytest

from indicators.measures.vectors import (
    LANE_BYTES,
    LIMB_BITS,
    NOT_APPLICABLE,
    ONE_LANE_BITS,
    TooLarge,
    Totals,
    answered_flags,
    as_integer,
    lane_sums,
    measured_of,
    not_applicable_flags,
    pack,
    read_totals,
    shared_number,
    shared_out,
    together,
)

WIDTHS = [1, 3, 1, 2]
LARGEST = (1 << ONE_LANE_BITS) - 1
UNITS = [
    [5, -(1 << 150), None, NOT_APPLICABLE],
    [-LARGEST, 1 << 190, NOT_APPLICABLE, 7],
    [None, None, 0, -(1 << 100)],
    [LARGEST, NOT_APPLICABLE, -1, None],
]


def starts() -> list[int]:
    return [sum(WIDTHS[:number]) for number in range(len(WIDTHS))]


@pytest.mark.parametrize("unit", UNITS)
def test_packed_and_read_back(unit):
    vector = pack(unit, WIDTHS)
    assert len(vector) == LANE_BYTES * sum(WIDTHS)
    assert list(measured_of(vector, WIDTHS)) == unit


def test_sums_answers_and_not_applicable():
    total = read_totals(Totals(sum(as_integer(pack(unit, WIDTHS)) for unit in UNITS), sum(WIDTHS)).to_bytes())
    for number, (start, width) in enumerate(zip(starts(), WIDTHS, strict=True)):
        given = [unit[number] for unit in UNITS]
        assert together(total.values[start : start + width]) == sum(value for value in given if isinstance(value, int))
        assert total.answered[start] == sum(isinstance(value, int) for value in given)
        assert total.na[start] == given.count(NOT_APPLICABLE)


@pytest.mark.parametrize("number", range(len(WIDTHS)))
def test_who_answered_and_who_answered_not_applicable(number):
    vectors = b"".join(pack(unit, WIDTHS) for unit in UNITS)
    answered = answered_flags(vectors, sum(WIDTHS), starts()[number])
    na = not_applicable_flags(vectors, sum(WIDTHS), starts()[number])
    assert list(answered.to_bytes(len(UNITS), "little")) == [isinstance(unit[number], int) for unit in UNITS]
    assert list(na.to_bytes(len(UNITS), "little")) == [unit[number] == NOT_APPLICABLE for unit in UNITS]


@pytest.mark.parametrize("chosen", [(0, 0, 0, 0), (1, 0, 1, 0), (0, 1, 1, 1), (1, 1, 1, 1)])
@pytest.mark.parametrize("lanes", [[], [0], [1, 2, 3], [5, 6], [4, 0]])
def test_lanes_of_some_units(chosen, lanes):
    vectors = [pack(unit, WIDTHS) for unit in UNITS]
    cut = [sum(_lane_of(vector, lane) << 8 * LANE_BYTES * lane for lane in lanes) for vector in vectors]
    right = sum(value for value, is_chosen in zip(cut, chosen, strict=True) if is_chosen)
    assert lane_sums(b"".join(vectors), sum(WIDTHS), lanes, bytes(chosen)) == right


def _lane_of(vector: bytes, lane: int) -> int:
    return as_integer(vector[lane * LANE_BYTES : (lane + 1) * LANE_BYTES])


@pytest.mark.parametrize(
    ("value", "width"), [(1 << ONE_LANE_BITS, 1), (-(1 << ONE_LANE_BITS), 1), (1 << ONE_LANE_BITS + LIMB_BITS, 2)]
)
def test_what_has_no_room_is_refused(value, width):
    with pytest.raises(TooLarge, match=r"\d"):
        pack([value], [width])
    assert list(measured_of(pack([value // 2], [width]), [width])) == [value // 2]


@pytest.mark.parametrize("measured", [[1], [1, 2, 3]])
def test_every_measure_has_its_width(measured):
    with pytest.raises(ValueError, match="zip"):
        pack(measured, [1, 1])


@pytest.mark.parametrize(
    ("value", "shares", "parts"),
    [
        (10, [(1, 2), (1, 2)], [5, 5]),
        (11, [(1, 2), (1, 2)], [6, 5]),
        (-11, [(1, 2), (1, 2)], [-6, -5]),
        (10, [(1, 3), (1, 3), (1, 3)], [3, 3, 4]),
        (100, [(333_333, 1_000_000), (333_333, 1_000_000), (333_333, 1_000_000)], [33, 33, 34]),
        (10, [(1, 4), (1, 4)], [3, 3]),
        (7, [(1, 1)], [7]),
        (1_000_000, [(999_998, 1_000_000)], [999_998]),
        (1_000_000, [(999_999, 1_000_000)], [1_000_000]),
        (0, [(1, 3), (2, 3)], [0, 0]),
    ],
)
def test_a_number_shared_out(value, shares, parts):
    """The last takes what rounding left over, where the shares are the whole."""
    assert shared_number(value, shares) == parts


def test_only_what_adds_is_shared_out():
    vector = pack([10, 7, NOT_APPLICABLE, None], [1, 1, 1, 1])
    parts = shared_out(vector, [1, 1, 1, 1], [(2, 5), (3, 5)], {0, 2, 3})
    assert parts == [[4, None, NOT_APPLICABLE, None], [6, None, NOT_APPLICABLE, None]]


@pytest.mark.parametrize("seed", range(20))
def test_any_vectors_add_up(seed):
    dice = Random(seed)
    widths = [dice.choice((1, 1, 2, 4)) for _ in range(dice.randint(1, 6))]
    units = [[_drawn(dice, width) for width in widths] for _ in range(dice.randint(1, 30))]
    totals = Totals(sum(as_integer(pack(unit, widths)) for unit in units), sum(widths))
    start = 0
    for number, width in enumerate(widths):
        given = [unit[number] for unit in units if isinstance(unit[number], int)]
        assert together(totals.values[start : start + width]) == sum(given)
        start += width


def _drawn(dice: Random, width: int):
    most = (1 << (LIMB_BITS * (width - 1) + ONE_LANE_BITS)) - 1
    return dice.choice((None, NOT_APPLICABLE, 0, most, -(most >> 1), dice.randint(-most >> 1, most), dice.randint(-9, 9)))


def test_one_limb_is_the_number_itself():
    assert [together(limbs) for limbs in ([5], [5, 1], [0, -1], [3, 0, 2])] == [5, 5 + (1 << 64), -(1 << 64), 3 + (2 << 128)]


def test_flags_of_many_lanes_do_not_mix():
    widths = [1, 1, 1]
    for answers in product((None, 1, NOT_APPLICABLE), repeat=3):
        vector = pack(answers, widths)
        assert [answered_flags(vector, 3, lane) for lane in range(3)] == [int(value == 1) for value in answers]
        assert [not_applicable_flags(vector, 3, lane) for lane in range(3)] == [
            int(value == NOT_APPLICABLE) for value in answers
        ]
