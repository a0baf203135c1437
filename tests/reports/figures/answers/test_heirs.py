"""The note on a running total of a unit that took over others in the year: whether it contains theirs is not known."""

from datetime import UTC, date, datetime

import pytest

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from orgs.tree.restructuring import merge

AT = datetime(2026, 12, 1, 4, tzinfo=UTC)
YEAR = {"period": "2026Q2", "view": "ytd"}


@pytest.fixture
def county(story):
    """V1 10 and V2 20 in the first quarter, V3 8; all three give a total in the second where they still stand."""
    story.villages("V1", "V2", "V3")
    story.indicators("K,累计,次,cumulative,,,")
    story.form("F", "K", head="unit_categories", values="village")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,V1,K,,10", "2026Q1,V2,K,,20", "2026Q1,V3,K,,8")
    return story


def merged(county, on: date, into: str = "V2") -> None:
    org = Organization.objects.get
    merge(predecessors=[org(code="V1"), org(code="V2")], successor=org(code=into), on=on, by=system_operator(), at=AT)


def told(county, **asked: str) -> list[str]:
    return [note for note in county.ask("K", **asked).data["notes"] if "took over" in note]


def heirs(county) -> list[str]:
    return told(county, **YEAR)


def test_the_heir_is_named_and_the_sum_is_of_what_all_gave(county, english):
    merged(county, date(2026, 4, 1))
    county.open("F", "2026Q2")
    county.figures("F", "2026Q2,V2,K,,35", "2026Q2,V3,K,,9")
    assert county.ask("K", **YEAR).value() == 10 + 35 + 9
    (note,) = heirs(county)
    assert "V2村" in note
    assert "V3村" not in note


def test_without_a_merger_nobody_is_named(county, english):
    county.open("F", "2026Q2")
    county.figures("F", "2026Q2,V1,K,,11", "2026Q2,V2,K,,35", "2026Q2,V3,K,,9")
    assert heirs(county) == []


def test_a_merger_at_new_year_leaves_nothing_to_count_twice(county, english):
    merged(county, date(2027, 1, 1))
    county.open("F", "2027Q1")
    county.figures("F", "2027Q1,V2,K,,35", "2027Q1,V3,K,,9")
    assert told(county, period="2027Q1", view="ytd") == []


def test_an_heir_that_gave_nothing_since_is_not_named(county, english):
    merged(county, date(2026, 4, 1), into="V3")
    county.open("F", "2026Q2")
    assert county.ask("K", **YEAR).value() == 38
    assert heirs(county) == []
