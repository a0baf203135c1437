"""Declared spans become rows whose path holds for their whole life; what cannot be laid is named with its day."""

from datetime import date

import pytest

from orgs.tree.placements import PlacementRow, PlacementSpan, Wrong, lay, merged
from orgs.tree.trees import path_of

START, MID, LATE = date(2000, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
BEFORE_MID, BEFORE_LATE = date(2025, 6, 30), date(2025, 12, 31)
COUNTY, EAST, WEST, VILLAGE = 1, 2, 3, 4


def open_span(parent: int | None, valid_from: date = START) -> PlacementSpan:
    return PlacementSpan(parent, valid_from)


def rows_of(declared: dict, organization: int) -> list[tuple]:
    rows, faults = lay(declared, [organization])
    assert faults == []
    return [(row.span.valid_from, row.span.valid_to, row.path) for row in rows]


def faults_of(declared: dict) -> list[tuple]:
    return [(fault.organization, fault.wrong, fault.day) for fault in lay(declared)[1]]


def test_an_open_span_is_one_row():
    declared = {COUNTY: [open_span(None)], EAST: [open_span(COUNTY)]}
    assert lay(declared) == (
        [
            PlacementRow(COUNTY, open_span(None), path_of([COUNTY])),
            PlacementRow(EAST, open_span(COUNTY), path_of([COUNTY, EAST])),
        ],
        [],
    )


def test_a_row_is_split_where_an_ancestor_moves():
    declared = {
        COUNTY: [open_span(None)],
        WEST: [open_span(COUNTY)],
        EAST: [PlacementSpan(COUNTY, START, BEFORE_MID), open_span(WEST, MID)],
        VILLAGE: [open_span(EAST)],
    }
    assert rows_of(declared, VILLAGE) == [
        (START, BEFORE_MID, path_of([COUNTY, EAST, VILLAGE])),
        (MID, None, path_of([COUNTY, WEST, EAST, VILLAGE])),
    ]


def test_a_row_is_not_split_where_an_ancestor_only_changes_its_line():
    declared = {
        COUNTY: [open_span(None)],
        EAST: [PlacementSpan(COUNTY, START, BEFORE_MID), PlacementSpan(COUNTY, MID, None, line=WEST)],
        VILLAGE: [open_span(EAST)],
    }
    assert rows_of(declared, VILLAGE) == [(START, None, path_of([COUNTY, EAST, VILLAGE]))]


def test_a_village_that_moves_has_a_row_under_each_township():
    declared = {
        COUNTY: [open_span(None)],
        EAST: [open_span(COUNTY)],
        WEST: [open_span(COUNTY)],
        VILLAGE: [PlacementSpan(EAST, START, BEFORE_MID), open_span(WEST, MID)],
    }
    assert rows_of(declared, VILLAGE) == [
        (START, BEFORE_MID, path_of([COUNTY, EAST, VILLAGE])),
        (MID, None, path_of([COUNTY, WEST, VILLAGE])),
    ]


def test_a_suspension_leaves_a_gap():
    declared = {
        COUNTY: [open_span(None)],
        VILLAGE: [PlacementSpan(COUNTY, START, date(2024, 12, 31)), open_span(COUNTY, MID)],
    }
    assert [row[:2] for row in rows_of(declared, VILLAGE)] == [(START, date(2024, 12, 31)), (MID, None)]


def test_two_who_change_places_over_time_make_no_circle():
    declared = {
        COUNTY: [open_span(None)],
        EAST: [PlacementSpan(COUNTY, START, BEFORE_MID), open_span(WEST, MID)],
        WEST: [PlacementSpan(EAST, START, BEFORE_MID), open_span(COUNTY, MID)],
    }
    assert lay(declared)[1] == []


@pytest.mark.parametrize(
    ("parent_spans", "child", "day"),
    [
        ([], open_span(EAST), START),
        ([open_span(COUNTY, MID)], open_span(EAST), START),
        ([PlacementSpan(COUNTY, START, BEFORE_MID)], open_span(EAST), MID),
        ([PlacementSpan(COUNTY, START, BEFORE_MID), open_span(COUNTY, LATE)], open_span(EAST), MID),
        ([PlacementSpan(COUNTY, START, BEFORE_MID)], PlacementSpan(EAST, LATE), LATE),
    ],
    ids=["never there", "comes later", "ends", "suspended between", "gone long before"],
)
def test_a_parent_without_a_place_is_named_with_the_first_day(parent_spans, child, day):
    declared = {COUNTY: [open_span(None)], EAST: parent_spans, VILLAGE: [child]}
    assert faults_of(declared) == [(VILLAGE, Wrong.PARENT_ABSENT, day)]


def test_a_parent_that_covers_the_span_by_two_adjoining_places_is_there():
    declared = {
        COUNTY: [open_span(None)],
        EAST: [PlacementSpan(COUNTY, START, BEFORE_MID), open_span(COUNTY, MID)],
        VILLAGE: [PlacementSpan(EAST, date(2025, 1, 1), BEFORE_LATE)],
    }
    assert rows_of(declared, VILLAGE) == [(date(2025, 1, 1), BEFORE_LATE, path_of([COUNTY, EAST, VILLAGE]))]


@pytest.mark.parametrize(
    ("declared", "wrong"),
    [
        ({EAST: [open_span(EAST)]}, [Wrong.CIRCLE]),
        ({EAST: [open_span(WEST)], WEST: [open_span(EAST)]}, [Wrong.CIRCLE, Wrong.CIRCLE]),
        ({EAST: [PlacementSpan(None, MID, START)]}, [Wrong.ENDS_BEFORE_START]),
        ({EAST: [PlacementSpan(None, START, MID), open_span(None, MID)]}, [Wrong.OVERLAP]),
        ({EAST: [open_span(None), open_span(None, MID)]}, [Wrong.OVERLAP]),
    ],
    ids=["own parent", "circle of two", "ends before it starts", "share one day", "both open"],
)
def test_what_cannot_be_laid_is_a_fault(declared, wrong):
    assert [fault.wrong for fault in lay(declared)[1]] == wrong


def test_sixteen_levels_do_not_fit_a_path():
    declared = {level: [open_span(level - 1 or None)] for level in range(1, 17)}
    assert faults_of(declared) == [(16, Wrong.TOO_DEEP, START)]


def test_merged_reads_split_rows_back_as_declared():
    split = [PlacementSpan(EAST, START, BEFORE_MID), PlacementSpan(EAST, MID, BEFORE_LATE), PlacementSpan(EAST, LATE)]
    assert merged(reversed(split)) == (PlacementSpan(EAST, START),)


@pytest.mark.parametrize(
    "spans",
    [
        (PlacementSpan(EAST, START, BEFORE_MID), PlacementSpan(WEST, MID)),
        (PlacementSpan(EAST, START, BEFORE_MID), PlacementSpan(EAST, LATE)),
        (PlacementSpan(EAST, START, BEFORE_MID), PlacementSpan(EAST, MID, line=WEST)),
    ],
    ids=["another parent", "a gap", "another line"],
)
def test_merged_keeps_what_differs(spans):
    assert merged(spans) == spans
