"""Places of one day for reports of ended units: which, and under whom. Ids and days alone."""

from datetime import date

import pytest

from orgs.tree.placements import PlacementSpan
from orgs.tree.report_places import report_places, unplaced

BEGINNING, END = date(2000, 1, 1), date(2025, 3, 31)
COUNTY, TOWN, OTHER, VILLAGE = 1, 2, 3, 4


def span(parent, until=None, since=BEGINNING) -> PlacementSpan:
    return PlacementSpan(parent, since, until)


def lines(places, *units) -> dict[int, str]:
    rows, faults = report_places(unplaced({(unit, END) for unit in units}, places), places)
    assert not faults
    assert all(row.is_report_place and row.span.valid_from == row.span.valid_to == END for row in rows)
    return {row.organization: "/".join(str(int(row.path[at : at + 8])) for at in range(0, len(row.path), 8)) for row in rows}


@pytest.mark.parametrize(
    ("town", "village", "expected"),
    [
        ([span(COUNTY)], [span(TOWN, date(2025, 3, 19))], {VILLAGE: "1/2/4"}),
        ([span(COUNTY)], [span(TOWN)], {}),
        ([span(COUNTY)], [span(TOWN, date(2025, 3, 19)), span(OTHER, since=date(2025, 3, 25))], {}),
        ([span(COUNTY)], [span(TOWN, date(2025, 1, 9)), span(OTHER, date(2025, 2, 9), date(2025, 1, 10))], {VILLAGE: "1/3/4"}),
        ([span(COUNTY)], [span(TOWN, since=date(2025, 4, 2))], {}),
        ([span(COUNTY, date(2025, 3, 19))], [span(TOWN, date(2025, 3, 19))], {TOWN: "1/2", VILLAGE: "1/2/4"}),
        ([span(OTHER)], [span(TOWN, date(2025, 3, 30))], {VILLAGE: "1/3/2/4"}),
    ],
    ids=["ended", "stands", "stands again", "moved first", "not yet there", "township ended too", "township moved"],
)
def test_where_a_report_counts(town, village, expected):
    places = {COUNTY: (span(None),), TOWN: tuple(town), OTHER: (span(COUNTY),), VILLAGE: tuple(village)}
    assert lines(places, VILLAGE) == expected
