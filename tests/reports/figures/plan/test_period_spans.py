"""Which periods a column needs, and which of them were asked, counted back from the last."""

import pytest

from indicators.periods import read_period
from orgs.models import Organization
from reports.figures.plan.period_spans import gaps_of, needed_of
from reports.figures.plan.query_plan import View, ask


@pytest.fixture
def asked(story):
    """A flow and a stock of a monthly form; July and August are open, all of the quarter before is."""
    story.villages("V")
    story.indicators("F,学习,次,flow,,,", "S,党员,名,stock,,,")
    story.form("M", "F", "S", frequency="month")
    story.open("M", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08")
    county = Organization.objects.get(code="C")

    def columns(period: str, view: str = "period"):
        return ask(["F", "S"], [read_period(period)], View(view), [county.id])[0]

    return columns


def test_a_flow_needs_every_month_and_a_stock_the_last(asked):
    flow, stock = asked("2026Q2")
    assert needed_of(flow) == {("month", 0), ("month", 1), ("month", 2)}
    assert needed_of(stock) == {("month", 0)}
    assert gaps_of(flow) == gaps_of(stock) == frozenset()


def test_a_quarter_that_is_running_has_a_gap(asked):
    flow, stock = asked("2026Q3")
    assert gaps_of(flow) == gaps_of(stock) == {("month", 0)}


def test_the_year_so_far_counts_back_to_january(asked):
    assert gaps_of(asked("2026-08", "ytd")[0]) == {("month", 5), ("month", 6), ("month", 7)}


def test_where_nothing_was_asked_there_is_no_gap(asked):
    assert gaps_of(asked("2025Q2")[0]) == frozenset()
