"""What rows make of places that stand, by table; and what holds for whatever is stated."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgs.loading.place_updates import BEGINNING, NOWHERE, StatedPlace, Undated, updated_places
from orgs.tree.place_changes import span_on
from orgs.tree.placements import PlacementSpan

EAST, WEST, NORTH = 1, 2, 3
EVE, MOVE, LATER, DONE = date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1), date(2025, 12, 31)
ALONE = (PlacementSpan(EAST, BEGINNING),)
MOVED = (PlacementSpan(EAST, BEGINNING, EVE), PlacementSpan(WEST, MOVE))
CLOSED = (PlacementSpan(EAST, BEGINNING, EVE),)


def row(parent=None, valid_from=None, valid_to=None, **views) -> StatedPlace:
    return StatedPlace(2, parent, valid_from=valid_from, valid_to=valid_to, **views)


@pytest.mark.parametrize(("standing", "rows", "since", "right"), [
    ((), [row(EAST)], None, ALONE),
    ((), [row(EAST)], MOVE, (PlacementSpan(EAST, MOVE),)),
    ((), [row(EAST, LATER)], MOVE, (PlacementSpan(EAST, LATER),)),
    (ALONE, [row()], None, ALONE),  # a list of telephones
    (ALONE, [row(EAST)], None, ALONE),
    (MOVED, [row(WEST)], None, MOVED),  # what stands now, stated without its day
    (MOVED, [row(EAST, None, EVE), row(WEST, MOVE)], None, MOVED),
    (ALONE, [row(WEST, MOVE)], None, MOVED),
    (ALONE, [row(EAST, None, EVE), row(WEST, MOVE)], None, MOVED),
    (ALONE, [row(WEST)], MOVE, MOVED),
    (MOVED, [row(WEST)], LATER, MOVED),  # again, with another day
    (ALONE, [row(EAST, LATER)], None, ALONE),  # a day filled down over rows that did not move
    (ALONE, [row(EAST, None, EVE)], None, CLOSED),
    (ALONE, [row(None, None, EVE)], None, CLOSED),
    (ALONE, [row(EAST, BEGINNING, date(2025, 5, 15))], MOVE, CLOSED),
    (CLOSED, [row(EAST)], None, CLOSED),  # a closed one is not opened by a row that says no last day
    (CLOSED, [row(EAST, BEGINNING)], None, CLOSED),
    (CLOSED, [row(EAST, LATER)], None, (*CLOSED, PlacementSpan(EAST, LATER))),
    (CLOSED, [row(WEST)], LATER, (*CLOSED, PlacementSpan(WEST, LATER))),
    (MOVED, [row(NORTH, LATER)], None, (MOVED[0], PlacementSpan(WEST, MOVE, DONE), PlacementSpan(NORTH, LATER))),
    (MOVED, [row(EAST, BEGINNING, DONE)], None, (PlacementSpan(EAST, BEGINNING, DONE), PlacementSpan(WEST, LATER))),
    (MOVED, [row(WEST, None, DONE)], None, (MOVED[0], PlacementSpan(WEST, MOVE, DONE))),
    (MOVED, [row(EAST, date(1990, 1, 1))], None, (PlacementSpan(EAST, date(1990, 1, 1), EVE), MOVED[1])),
    (MOVED, [row(EAST, BEGINNING, date(2025, 3, 30)), row(EAST, date(2025, 3, 31))], None, ALONE),
    (ALONE, [row(EAST, valid_from=MOVE, district=WEST)], None, (CLOSED[0], PlacementSpan(EAST, MOVE, None, WEST))),
    ((PlacementSpan(EAST, BEGINNING, None, WEST),), [row(EAST)], None, (PlacementSpan(EAST, BEGINNING, None, WEST),)),
    ((PlacementSpan(EAST, BEGINNING, None, WEST),), [row(EAST, MOVE, district=NOWHERE)], None,
     (PlacementSpan(EAST, BEGINNING, EVE, WEST), PlacementSpan(EAST, MOVE))),
    ((PlacementSpan(None, BEGINNING),), [row(EAST)], None, ALONE),  # a county gets a city above it
])  # fmt: skip
def test_places_after_the_rows(standing, rows, since, right):
    assert updated_places(standing, rows, since) == right


@pytest.mark.parametrize(("standing", "rows"), [
    (ALONE, [row(WEST)]),
    (MOVED, [row(EAST)]),  # an old list
    (ALONE, [row(EAST, district=WEST)]),
    (MOVED, [row(NORTH, None, EVE), row(WEST, MOVE)]),
    (CLOSED, [row(WEST)]),
])  # fmt: skip
def test_another_place_without_a_day_is_asked_about(standing, rows):
    with pytest.raises(Undated) as asked:
        updated_places(standing, rows)
    assert asked.value.row == 2


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
STATED = st.builds(
    lambda parent, first, length: row(parent, first, first + timedelta(length) if length else None),
    st.sampled_from([None, EAST, WEST, NORTH]),
    DAYS,
    st.sampled_from([0, 0, 30, 200]),
)


@given(st.lists(STATED, min_size=1, max_size=3), STATED)
def test_a_row_holds_on_its_first_day_changes_nothing_before_and_says_nothing_twice(history, stated):
    standing = updated_places(ALONE, history)
    after = updated_places(standing, [stated])
    if stated.parent is not None:
        assert span_on(after, stated.valid_from).parent == stated.parent
    eve = stated.valid_from - timedelta(1)
    before, now = span_on(standing, eve), span_on(after, eve)
    assert (before and before.stands) == (now and now.stands)
    assert updated_places(after, [stated]) == after
