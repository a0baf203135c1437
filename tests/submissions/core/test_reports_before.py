"""What is read of earlier reports and of other forms: what stands, of whom it was asked, of this county alone."""

import pytest

from indicators.choices import OrgRule, PeriodRule
from indicators.measures.history import EarlierDocuments
from indicators.models import Indicator
from indicators.periods import read_period
from submissions.choices import State
from submissions.core.history import earlier_by_basis, earlier_for
from submissions.core.unit_reports import elsewhere_for, reports_for
from submissions.review.actions import approve
from tests.factories.indicators import make_form, make_indicator
from tests.factories.submissions import a_place, a_task, bring_to, fill, send, submission_of

pytestmark = pytest.mark.django_db
THIS = read_period("2026Q3")


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def task(place):
    """Approved in the third quarter of 2025, sent in the first of 2026, a draft in the second; the neighbour only in the second."""
    make_indicator("A")
    make_indicator("P", formula="{A} - {A@prev}", period_rule=PeriodRule.NONE)
    form = make_form(codes=("A", "P"))
    tasks = {period: a_task(place.county, form, period=period) for period in ("2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")}
    old = submission_of(tasks["2025Q3"], place.village)
    version = send(old, {"A": 7}, by=place.clerk)
    approve(submission=old, version_number=version.number, by=place.reviewer, at=version.saved_at)
    old = submission_of(tasks["2025Q3"], place.village)
    approve(submission=old, version_number=version.number, by=place.officer, at=version.saved_at)
    send(submission_of(tasks["2025Q4"], place.village), {"A": 2}, by=place.clerk)
    send(submission_of(tasks["2026Q1"], place.village), {"A": 3}, by=place.clerk)
    fill(submission_of(tasks["2026Q2"], place.village), {"A": 4}, by=place.clerk)
    send(submission_of(tasks["2026Q2"], place.other_village), {"A": 50}, by=place.stranger)
    return tasks["2026Q3"]


def test_what_stood_before_under_either_basis(task, place):
    own, neighbour = place.village.pk, place.other_village.pk
    found = earlier_by_basis(task, [own, neighbour, 0])
    assert found[own].standing == EarlierDocuments(None, ({"A": 3}, None), {"A": 7})
    assert found[own].approved == EarlierDocuments(None, (None, None), {"A": 7})
    assert found[neighbour].standing == EarlierDocuments({"A": 50}, (None, {"A": 50}), None)
    assert found[0].standing == EarlierDocuments(None, (None, None), None)
    assert earlier_for(task, [own]) == {own: found[own].standing}


def test_reports_of_a_form_with_the_lines_of_then(task, place):
    Indicator.objects.filter(code="A").update(name="今名")
    own, neighbour = place.village.pk, place.other_village.pk
    found = reports_for(task, [own, neighbour])
    assert set(found) == {own, neighbour}
    assert found[own].documents == {
        read_period("2025Q3"): {"A": 7},
        read_period("2025Q4"): {"A": 2},
        read_period("2026Q1"): {"A": 3},
    }
    assert found[own].approved == {read_period("2025Q3"): {"A": 7}}
    assert (found[own].period, found[own].layout) == (THIS, task.layout)
    assert set(found[own].layouts) == {read_period(text) for text in ("2025Q3", "2025Q4", "2026Q1", "2026Q2")}
    assert found[own].at(read_period("2026Q1")).exact("P") == 1  # its own form looks back: the quarter before is at hand too
    assert found[own].layouts[read_period("2025Q3")].by_key["A"].name == "指标A"
    assert found[neighbour].documents == {read_period("2026Q2"): {"A": 50}}


def test_the_lines_of_then_are_those_of_the_same_form(task, place):
    """Another form of the same quarter, opened later, asks something else."""
    other = a_task(place.county, make_form("季02表", codes=("B",)), period="2026Q1")
    send(submission_of(other, place.village), {"B": 9}, by=place.clerk)
    found = reports_for(task, [place.village.pk])[place.village.pk]
    assert [line.code for line in found.layouts[other.period].lines] == ["A", "P"]
    assert found.documents[other.period] == {"A": 3}


def test_figures_of_other_forms(task, place):
    own, neighbour = place.village.pk, place.other_village.pk
    make_indicator("E", org_rule=OrgRule.SUM)
    make_indicator("EE", formula="{E} * 2")
    other = a_task(place.county, make_form("季02表", codes=("E", "EE")))
    send(submission_of(other, place.village), {"E": 5}, by=place.clerk)
    fill(submission_of(other, place.other_village), {"E": 9}, by=place.stranger)
    assert elsewhere_for(task, [own, neighbour], {"E", "EE", "X"}) == {own: {"E": 5, "EE": 10}}
    assert elsewhere_for(task, [own], {"E"}) == {own: {"E": 5}}
    assert elsewhere_for(task, [own], set()) == {}
    assert elsewhere_for(task, [own], {"A"}) == {}
    assert elsewhere_for(other, [own], {"A"}) == {}
    assert elsewhere_for(task, [neighbour], {"E"}) == {}


def test_another_county_is_not_read(task, place):
    other = a_place("350200")
    there = a_task(other.county, task.form)
    bring_to(State.SUBMITTED, submission_of(there, other.village), other)
    assert earlier_for(there, [place.village.pk])[place.village.pk] == EarlierDocuments(None, (None, None), None)
    assert reports_for(there, [place.village.pk])[place.village.pk].documents == {}
