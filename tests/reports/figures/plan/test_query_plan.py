"""What can be asked, and that a question costs the same queries whatever the number of periods and forms."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import BreakdownItem
from indicators.periods import read_period
from orgs.models import Organization
from reports.figures.plan.query_plan import BadQuestion, View, ask, read_view


@pytest.mark.parametrize(
    ("text", "view", "first_day"),
    [
        ("period", View("period"), "2026-07-01"),
        ("ytd", View("ytd"), "2026-01-01"),
        ("since:2025-10-09", View("since", date(2025, 10, 9)), "2025-10-09"),
    ],
)
def test_a_view(text, view, first_day):
    assert read_view(text) == view
    assert str(view) == text
    assert str(view.first_day(read_period("2026Q3"))) == first_day


@pytest.mark.parametrize("text", ["", "year", "since", "since:", "since:2026-13-01", "period:2026-01-01", "YTD"])
def test_what_is_no_view_is_refused_with_what_is_one(text):
    with pytest.raises(BadQuestion, match="since:YYYY-MM-DD") as refused:
        read_view(text)
    assert f"“{text}”" in str(refused.value)


@pytest.fixture
def county(story):
    """A with items 甲 and 乙 on form F; B on F and on G, of other units."""
    story.orgs("C,县,county,,,,,", "V,村,village,C,,,,", "E,企,private_enterprise,C,,,,")
    story.indicators("A,受理,件,flow,,,甲;乙", "B,办结,件,flow,,,", "D,收到,件,flow,,,")
    story.form("F", "A", "B", head="unit_categories", values="village")
    story.form("G", "B", "D", head="unit_categories", values="private_enterprise")
    story.open("F", "2026Q1", "2026Q2")
    return Organization.objects.get(code="C")


def asked(county, *codes: str, periods: tuple[str, ...] = ("2026Q1",), view: str = "period"):
    return ask(codes, [read_period(period) for period in periods], read_view(view), [county.id])[0]


def test_an_unknown_item_is_refused_with_those_there_are(county):
    with pytest.raises(BadQuestion, match="A has no item “丙”; it has: 甲、乙"):
        asked(county, "A:丙")
    with pytest.raises(BadQuestion, match="B has no item “甲”; it has: none"):
        asked(county, "B:甲")
    with pytest.raises(BadQuestion, match="There is no indicator X"):
        asked(county, "X:甲")


def test_an_item_that_has_ended_since_is_asked_of_its_tasks(county):
    BreakdownItem.objects.filter(indicator__code="A", name="乙").delete()
    [column] = asked(county, "A:乙")
    assert (column.item, len(column.parts)) == ("乙", 1)


def test_a_question_costs_the_same_queries_whatever_its_tasks(county, story):
    with CaptureQueriesContext(connection) as one:
        columns = asked(county, "A", "B")
    assert [len(column.parts) for column in columns] == [1, 1]
    with CaptureQueriesContext(connection) as two:
        columns = asked(county, "A", "B", periods=("2026Q2",), view="ytd")
    assert [len(column.parts) for column in columns] == [2, 2]
    assert len(one) == len(two)
    story.open("G", "2026Q1", "2026Q2")
    with CaptureQueriesContext(connection) as shared:
        columns = asked(county, "A", "B", "D", periods=("2026Q2",), view="ytd")
    assert [len(column.parts) for column in columns] == [2, 4, 2]
    assert len(shared) == len(two) + 1  # who owes what, since B is on two forms
