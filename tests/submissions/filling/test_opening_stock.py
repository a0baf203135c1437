"""The opening stock is the closing of the approved report before; where that is not approved yet, the page says so."""

import pytest

from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from submissions.models import Submission
from submissions.review.actions import approve, send_back
from tests.factories.submissions import AT
from tests.reports.people import signed_in, text_of
from tests.reports.story import Story

WAITS = "The figures of 期初 lean on First quarter of 2026, which is still waiting for review."


@pytest.fixture
def county(db, tmp_path) -> Story:
    story = Story(tmp_path)
    story.villages("V")
    story.indicators("END,期末,名,stock,,,,", "BEGIN,期初,名,stock,,,,{END@prev}", extra="formula")
    story.form("F", "BEGIN", "END")
    story.open("F", "2026Q1", "2026Q2")
    return story


def report(period: str) -> Submission:
    return Submission.objects.select_related("task__form", "standing").get(task__period=period)


def page() -> str:
    return text_of(signed_in(Role.CLERK, "V").get(f"/submissions/{report('2026Q2').pk}/fill/"))


def opening(story: Story, basis: str) -> str:
    return story.ask("BEGIN", period="2026Q2", basis=basis, by="units").text("V")


def test_an_approved_closing_opens_the_next_period(county):
    county.figures("F", "2026Q1,V,END,,40")
    assert "lean on" not in page()
    county.figures("F", "2026Q2,V,END,,41")
    assert [opening(county, basis) for basis in ("approved", "submitted")] == ["40", "40"]


def test_a_closing_that_waits_is_shown_and_said_and_counts_for_no_approved_figure(county):
    county.figures("F", "2026Q1,V,END,,40", state="submitted")
    assert WAITS in page()
    county.figures("F", "2026Q2,V,END,,41")
    assert [opening(county, basis) for basis in ("approved", "submitted")] == ["", "40"]
    waiting = report("2026Q1")
    while waiting.state != "approved":
        approve(submission=waiting, version_number=waiting.standing.number, by=system_operator(), at=AT)
        waiting = report("2026Q1")
    assert "lean on" not in page()
    assert opening(county, "approved") == "40"


def test_a_closing_that_went_back_opens_nothing(county):
    county.figures("F", "2026Q1,V,END,,40", state="submitted")
    waiting = report("2026Q1")
    send_back(
        submission=waiting,
        version_number=waiting.standing.number,
        reason="请核对",
        cell_reasons={},
        by=system_operator(),
        at=AT,
    )
    assert "which was returned on" in page()
    county.figures("F", "2026Q2,V,END,,41")
    assert [opening(county, basis) for basis in ("approved", "submitted")] == ["", ""]
