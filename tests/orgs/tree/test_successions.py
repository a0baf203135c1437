"""Where the past belongs today: chains of merges and splits, shares multiplied, what is not recorded stays unknown."""

from datetime import date
from decimal import Decimal

import pytest

from orgs.accounts.accounts import system_operator
from orgs.tree import restructuring
from orgs.tree.successions import SuccessionChange, follow, successors_now
from tests.factories.orgs import AT, a_county, an_organization

ONE, HALF = Decimal(1), Decimal("0.5")


def merge(predecessors: set, successor: int) -> SuccessionChange:
    return SuccessionChange(frozenset(predecessors), ((successor, ONE),))


def split(predecessor: int, *parts: tuple) -> SuccessionChange:
    return SuccessionChange(frozenset({predecessor}), parts)


@pytest.mark.parametrize(
    ("changes", "heirs"),
    [
        ([], {}),
        ([merge({1, 2}, 9)], {1: [(9, ONE)], 2: [(9, ONE)]}),
        ([merge({1, 2}, 2)], {1: [(2, ONE)]}),
        ([merge({1}, 9), merge({9, 3}, 10)], {1: [(10, ONE)], 9: [(10, ONE)], 3: [(10, ONE)]}),
        ([split(1, (2, Decimal("0.6")), (3, Decimal("0.4")))], {1: [(2, Decimal("0.6")), (3, Decimal("0.4"))]}),
        ([split(1, (1, HALF), (2, HALF))], {1: [(1, HALF), (2, HALF)]}),
        ([split(1, (2, None), (3, None))], {1: [(2, None), (3, None)]}),
        ([split(1, (2, HALF), (3, HALF)), merge({2, 3}, 4)], {1: [(4, ONE)], 2: [(4, ONE)], 3: [(4, ONE)]}),
        ([split(1, (2, HALF), (3, HALF)), split(2, (4, HALF), (5, HALF))],
         {1: [(3, HALF), (4, HALF * HALF), (5, HALF * HALF)], 2: [(4, HALF), (5, HALF)]}),
        ([split(1, (2, None), (3, None)), merge({2, 3}, 4)], {1: [(4, None)], 2: [(4, ONE)], 3: [(4, ONE)]}),
        ([merge({1}, 9), merge({9}, 1)], {9: [(1, ONE)]}),
    ],
    ids=["nothing", "merge", "into one of them", "merge twice", "split", "split off", "unrecorded", "split and joined",
         "split twice", "unrecorded and joined", "and back"],
)  # fmt: skip
def test_follow(changes, heirs):
    assert follow(changes) == heirs


@pytest.mark.django_db
def test_only_what_happened_between_counts(django_assert_num_queries):
    county = a_county()
    old, other = an_organization("V1", parent=county), an_organization("V2", parent=county)
    april = date(2025, 4, 1)
    restructuring.merge(predecessors=[old], successor=other, on=april, by=system_operator(), at=AT)
    restructuring.close(organization=other, on=date(2025, 7, 1), by=system_operator(), at=AT)
    with django_assert_num_queries(2):
        assert successors_now(county.pk, date(2025, 12, 31)) == {old.pk: [(other.pk, ONE)]}
    assert successors_now(county.pk, date(2025, 3, 31)) == {}
    assert successors_now(county.pk, date(2025, 12, 31), since=date(2025, 3, 31)) == {old.pk: [(other.pk, ONE)]}
    assert successors_now(county.pk, date(2025, 12, 31), since=april) == {}
