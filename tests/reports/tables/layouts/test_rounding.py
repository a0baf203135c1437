"""Rounded parts that add up: T55, T56."""

from decimal import Decimal
from itertools import product

import pytest

from reports.tables.layouts.rounding import balanced, shares


def decimals(*texts):
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    ("parts", "unit", "places", "printed", "total", "adjusted"),
    [
        # T55: 13451 + 45150 + 2250 − 5649 = 55202 元 in 万元
        (("13451", "45150", "2250", "-5649"), "10000", 2, ("1.35", "4.50", "0.23", "-0.56"), "5.52", 1),
        (("10000", "20000"), "10000", 2, ("1.00", "2.00"), "3.00", None),
        (("4", "4", "4"), "10", 0, ("1", "0", "0"), "1", 0),
        (("-45150", "1"), "10000", 2, ("-4.51", "0.00"), "-4.51", 0),
        (("5", "5"), "10", 0, ("0", "1"), "1", 0),
        ((), "10", 1, (), "0.0", None),
        (("0", "0"), "10000", 2, ("0.00", "0.00"), "0.00", None),
    ],
)
def test_parts_are_made_to_add_up_in_the_larger_unit(parts, unit, places, printed, total, adjusted):
    found = balanced(decimals(*parts), Decimal(unit), places)
    assert (found.parts, found.total, found.adjusted) == (tuple(decimals(*printed)), Decimal(total), adjusted)


def test_only_one_part_is_adjusted_and_the_sum_is_always_the_total():
    for parts in product((0, 1, 4, 5, 6, 49, 50, 51, -5, -45), repeat=3):
        found = balanced([Decimal(part) for part in parts], Decimal(10), 0)
        plain = [balanced([Decimal(part)], Decimal(10), 0).total for part in parts]
        assert sum(found.parts) == found.total
        assert [place for place in range(3) if found.parts[place] != plain[place]] == (
            [] if found.adjusted is None else [found.adjusted]
        )


@pytest.mark.parametrize(
    ("parts", "places", "printed"),
    [
        (("1", "1", "1"), 1, ("33.4", "33.3", "33.3")),  # T56
        (("1", "1", "1"), 0, ("34", "33", "33")),
        (("1", "2"), 2, ("33.33", "66.67")),
        (("0", "5"), 1, ("0.0", "100.0")),
        (("0.1", "0.2", "0.7"), 0, ("10", "20", "70")),
        (("1", "1", "1", "1", "1", "1", "1"), 0, ("15", "15", "14", "14", "14", "14", "14")),
        (("999999999999999", "1"), 1, ("100.0", "0.0")),
    ],
)
def test_shares_make_exactly_one_hundred(parts, places, printed):
    found = shares(decimals(*parts), places)
    assert found == tuple(decimals(*printed))
    assert [str(share) for share in found] == list(printed)


def test_shares_of_nothing_are_none_and_of_a_negative_part_refused():
    assert shares([], 1) is None
    assert shares(decimals("0", "0"), 1) is None
    with pytest.raises(ValueError, match="negative"):
        shares(decimals("3", "-1"), 1)
