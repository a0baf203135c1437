"""Who is expected: T30, T32, T33, T40, T41 and the ledger written from it, on trees with dates."""

from datetime import date, timedelta

import pytest

from indicators.choices import Expectation
from indicators.periods import Period, read_period
from orgs.tree.trees import Node, Tree
from submissions.tasks.expectation import Asking, covers, expected

COUNTY, TOWNSHIP, VILLAGE = 1, 2, 10


def node(number: int, category: str, parent: int | None) -> Node:
    return Node(number, f"c{number}", f"n{number}", "", "branch", category, False, number, parent, None, None, "")


def tree_of(*villages: int, **others) -> Tree:
    nodes = [node(COUNTY, "county", None), node(TOWNSHIP, "township", COUNTY)]
    return Tree([*nodes, *(node(number, "village", TOWNSHIP) for number in villages), *others.values()])


def asking(*categories: str, expectation: str = Expectation.PERIOD_END, own: bool = False, until: date | None = None) -> Asking:
    return Asking(frozenset(categories), expectation, own, until)


def ids(nodes) -> list[int]:
    return [found.id for found in nodes]


Q2 = read_period("2025Q2")


def test_leaves_are_asked_and_inner_units_are_not():
    """T40: an item collected at villages is not offered at the township."""
    assert ids(expected(asking(), Q2, tree_of(10, 11), {})) == [10, 11]
    assert ids(expected(asking("village", "township"), Q2, tree_of(10, 11), {})) == [10, 11]


def test_inner_units_fill_where_the_form_says_so():
    assert ids(expected(asking(own=True), Q2, tree_of(10, 11), {})) == [COUNTY, TOWNSHIP, 10, 11]
    assert ids(expected(asking("village", "township", own=True), Q2, tree_of(10), {})) == [TOWNSHIP, 10]


def test_a_category_asked_above_leaves_fills_itself():
    assert ids(expected(asking("township"), Q2, tree_of(10, 11), {})) == [TOWNSHIP]


def test_an_asked_unit_two_levels_above_another_asked_one_does_not_fill():
    group = node(30, "community", 10)
    assert ids(expected(asking("village", "community"), Q2, tree_of(10, 11, group=group), {})) == [30, 11]
    station = node(40, "guidance_station", 10)
    below_station = node(41, "community", 40)
    tree = tree_of(10, station=station, below=below_station)
    assert ids(expected(asking("village", "community"), Q2, tree, {})) == [41]


def test_an_expired_form_asks_nobody():
    assert ids(expected(asking(until=date(2025, 6, 29)), Q2, tree_of(10), {})) == []
    assert ids(expected(asking(until=date(2025, 6, 30)), Q2, tree_of(10), {})) == [10]


def test_only_the_branch_that_is_named():
    other = node(3, "township", COUNTY)
    far = node(20, "village", 3)
    assert ids(expected(asking(), Q2, tree_of(10, other=other, far=far), {}, within=TOWNSHIP)) == [10]
    assert ids(expected(asking(), Q2, tree_of(10), {}, within=999)) == []


def test_established_in_the_middle_of_the_period():
    """T33: established 2025-05-20; expected under 期末在册, not under 整期在册."""
    stays = {10: [(date(2025, 5, 20), None)], 11: [(date(2000, 1, 1), None)]}
    assert ids(expected(asking(), Q2, tree_of(10, 11), stays)) == [10, 11]
    assert ids(expected(asking(expectation=Expectation.WHOLE_PERIOD), Q2, tree_of(10, 11), stays)) == [11]
    assert ids(expected(asking(expectation=Expectation.WHOLE_PERIOD), read_period("2025Q3"), tree_of(10, 11), stays)) == [
        10,
        11,
    ]


@pytest.mark.parametrize(("stays", "whole"), [
    ([(date(2025, 4, 1), date(2025, 6, 30))], True),
    ([(date(2025, 4, 2), date(2025, 6, 30))], False),
    ([(date(2025, 4, 1), date(2025, 6, 29))], False),
    ([(date(2000, 1, 1), date(2025, 5, 14)), (date(2025, 5, 15), None)], True),  # moved: two placements, one stay
    ([(date(2025, 5, 15), None), (date(2000, 1, 1), date(2025, 5, 14))], True),  # in any order
    ([(date(2000, 1, 1), date(2025, 5, 13)), (date(2025, 5, 15), None)], False),  # one day missing
    ([(date(2000, 1, 1), date(2025, 3, 31))], False),
    ([], False),
])  # fmt: skip
def test_whole_period_over_split_placements(stays, whole):
    assert covers(stays, Q2) is whole


def _quarters(*years: int) -> list[Period]:
    return [read_period(f"{year}Q{number}") for year in years for number in range(1, 5)]


def _expected_over(stays: dict[int, list], periods: list[Period]) -> dict[str, int]:
    """How many are expected, with the tree of each period's last day."""
    counts = {}
    for period in periods:
        here = [
            org
            for org, spans in stays.items()
            if any(s <= period.last_day and (e is None or e >= period.last_day) for s, e in spans)
        ]
        counts[str(period)] = len(expected(asking("village"), period, tree_of(*here), stays))
    return counts


def test_a_closed_village_is_expected_while_it_was_there():
    """T30: 10 villages, one closed 2025-06-30, that reported Q1 and Q2: 9×4+2 = 38. It stands on its last day, inclusive."""
    stays = {10 + number: [(date(2000, 1, 1), None)] for number in range(10)}
    stays[19] = [(date(2000, 1, 1), date(2025, 6, 30))]
    counts = _expected_over(stays, _quarters(2025))
    assert counts == {"2025Q1": 10, "2025Q2": 10, "2025Q3": 9, "2025Q4": 9}
    assert sum(counts.values()) == 38


def test_a_suspended_village_is_expected_again_when_it_reopens():
    """T32: suspended in the first half of 2025."""
    stays = {10: [(date(2024, 1, 1), date(2024, 12, 31)), (date(2025, 7, 1), None)]}
    counts = _expected_over(stays, _quarters(2025))
    assert counts == {"2025Q1": 0, "2025Q2": 0, "2025Q3": 1, "2025Q4": 1}


def test_closed_on_the_day_before_the_end_is_not_expected():
    """T41: the closed village is not waited for."""
    last = Q2.last_day - timedelta(days=1)
    assert _expected_over({10: [(date(2000, 1, 1), last)], 11: [(date(2000, 1, 1), None)]}, [Q2]) == {"2025Q2": 1}
