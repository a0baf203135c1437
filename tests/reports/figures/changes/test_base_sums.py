"""What rows of units are compared with is looked up in kept sums, and is what reading every unit's answer finds."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from orgs.tree.restructuring import move
from reports.figures.changes.base_sums import base_of_units
from reports.figures.plan.rows import UNITS
from reports.figures.sums.aggregation import THEN, gather
from submissions.models import Submission, Task

TODAY = date(2026, 9, 30)


@pytest.fixture
def county(story):
    """V3 moved from T to U in the third quarter, D stands under the county, W is three levels down, E stands alone in its township."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,", "X,片,township,U,,,,", "E,街,township,C,,,,2026-06-30",
        "D,局,village,C,,,,", "V1,甲村,village,T,,,,", "V2,乙村,village,T,,,,", "V3,丙村,village,T,,,,", "W,丁村,village,X,,,,",
        "Z,戊村,village,E,,,,2026-06-30",
    )  # fmt: skip
    story.indicators("S,人数,名,stock,,,,", "R,比率,%,ratio,S,S,,", "K,累计,次,cumulative,,,,")
    story.form("F", "S", "R", "K", head="aggregate_own", values="1")
    story.open("F", "2026Q2", "2026Q3")
    operator, at = system_operator(), datetime(2026, 8, 1, tzinfo=UTC)
    move(
        organization=Organization.objects.get(code="V3"), parent=Organization.objects.get(code="U"), on=date(2026, 8, 1),
        by=operator, at=at,
    )  # fmt: skip
    asked = [(str(one.task.period), one.organization.code) for one in Submission.objects.select_related("task", "organization")]
    for number, (period, code) in enumerate(sorted(asked)):
        for state in ("approved", "submitted"):
            if number % 3 == ("approved", "submitted").index(state):
                story.figures("F", f"{period},{code},S,,{number}", f"{period},{code},K,,{2 * number}", state=state)
    return story


@pytest.mark.parametrize(("period", "base"), [("2026Q3", "2026Q2"), ("2026Q2", "2026Q3")])
def test_kept_sums_are_those_of_all_answers(county, period, base):
    task, other = Task.objects.get(period=base), Task.objects.get(period=period)
    for top in Organization.objects.filter(code__in=["C", "T", "U", "E", "X", "D", "V3"]):
        now = gather([other], top, UNITS, THEN, TODAY)
        read = gather([task], top, UNITS, THEN, TODAY, inner=now.inner)
        kept = base_of_units([task], top)
        for head in now.heads:
            assert _sums(kept, head.key, task) == _sums(read, head.key, task), (top.code, head)


def _sums(row_sums, key, task) -> tuple:
    """A row without an answer and one that owes nothing say the same."""
    branch = row_sums.sums.get((key, task.id))
    return (branch.submitted.integer, branch.approved.integer, branch.owed) if branch else (0, 0, 0)


def test_a_base_costs_the_same_queries_whatever_its_units(county):
    top, task = Organization.objects.get(code="C"), Task.objects.get(period="2026Q2")
    base_of_units([task], top)
    with CaptureQueriesContext(connection) as queries:
        base_of_units([task], top).sums.get((("total", top.id), task.id))
    assert len([row for row in queries if row["sql"].startswith("SELECT")]) == 3


def test_the_rows_of_a_base_are_not_its_own(county):
    """Who asks it for its rows has mixed it up with what it is compared with."""
    base = base_of_units([Task.objects.get(period="2026Q2")], Organization.objects.get(code="C"))
    with pytest.raises(TypeError, match="compared"):
        list(base.sums)
