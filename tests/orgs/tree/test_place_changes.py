"""What differs between places before and after, by table."""

from datetime import date

import pytest

from orgs.tree.place_changes import PlaceDifference, place_changes
from orgs.tree.placements import PlacementSpan

EAST, WEST, STREET = 1, 2, 3
MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 30), date(2025, 7, 1)
OLD = date(2000, 1, 1)


@pytest.mark.parametrize(("before", "after", "right"), [
    ([PlacementSpan(EAST, OLD)], [PlacementSpan(EAST, OLD)], []),
    ([], [PlacementSpan(EAST, OLD)], [(PlaceDifference.OPENED, OLD, None)]),
    ([PlacementSpan(EAST, OLD)], [PlacementSpan(EAST, OLD, JUNE)], [(PlaceDifference.CLOSED, JULY, None)]),
    ([PlacementSpan(EAST, OLD)], [PlacementSpan(EAST, OLD, JUNE), PlacementSpan(WEST, JULY)], [(PlaceDifference.MOVED, JULY, None)]),
    ([PlacementSpan(EAST, OLD, JUNE), PlacementSpan(WEST, JULY)], [PlacementSpan(WEST, OLD)], [(PlaceDifference.MOVED, OLD, JUNE)]),
    ([PlacementSpan(EAST, OLD)], [PlacementSpan(EAST, OLD, JUNE), PlacementSpan(EAST, JULY, None, STREET)],
     [(PlaceDifference.VIEWS, JULY, None)]),
    ([PlacementSpan(EAST, JULY)], [PlacementSpan(EAST, MAY)], [(PlaceDifference.OPENED, MAY, JUNE)]),
    ([PlacementSpan(EAST, OLD, JUNE), PlacementSpan(EAST, JULY)], [PlacementSpan(EAST, OLD)], []),
    ([PlacementSpan(EAST, OLD, JUNE), PlacementSpan(EAST, JULY, None)], [PlacementSpan(WEST, OLD)], [(PlaceDifference.MOVED, OLD, None)]),
    ([PlacementSpan(EAST, OLD, date.max)], [PlacementSpan(EAST, OLD)], []),
])  # fmt: skip
def test_changes(before, after, right):
    assert [(change.difference, change.valid_from, change.valid_to) for change in place_changes(before, after)] == right
