"""What differs between places before and after, by table."""

from datetime import date

import pytest

from orgs.place_changes import Difference, place_changes
from orgs.placements import Span

EAST, WEST, STREET = 1, 2, 3
MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 30), date(2025, 7, 1)
OLD = date(2000, 1, 1)


@pytest.mark.parametrize(("before", "after", "right"), [
    ([Span(EAST, OLD)], [Span(EAST, OLD)], []),
    ([], [Span(EAST, OLD)], [(Difference.OPENED, OLD, None)]),
    ([Span(EAST, OLD)], [Span(EAST, OLD, JUNE)], [(Difference.CLOSED, JULY, None)]),
    ([Span(EAST, OLD)], [Span(EAST, OLD, JUNE), Span(WEST, JULY)], [(Difference.MOVED, JULY, None)]),
    ([Span(EAST, OLD, JUNE), Span(WEST, JULY)], [Span(WEST, OLD)], [(Difference.MOVED, OLD, JUNE)]),
    ([Span(EAST, OLD)], [Span(EAST, OLD, JUNE), Span(EAST, JULY, None, STREET)], [(Difference.VIEWS, JULY, None)]),
    ([Span(EAST, JULY)], [Span(EAST, MAY)], [(Difference.OPENED, MAY, JUNE)]),
    ([Span(EAST, OLD, JUNE), Span(EAST, JULY)], [Span(EAST, OLD)], []),
    ([Span(EAST, OLD, JUNE), Span(EAST, JULY, None)], [Span(WEST, OLD)], [(Difference.MOVED, OLD, None)]),
    ([Span(EAST, OLD, date.max)], [Span(EAST, OLD)], []),
])  # fmt: skip
def test_changes(before, after, right):
    assert [(change.difference, change.valid_from, change.valid_to) for change in place_changes(before, after)] == right
