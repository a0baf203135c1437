"""Lists of a past period name organizations as they were called on its last day; those of the running one as today."""

import pytest

from orgs.choices import Role
from orgs.models import Organization
from submissions.models import Task
from tests.reports.people import signed_in, text_of
from tests.reports.story import ORG_HEAD, Story


@pytest.fixture
def county(tmp_path, db) -> Story:
    """Township and village are renamed on 1 July 2025, between two quarters; nothing is sent."""
    story = Story(tmp_path)
    story.orgs("C,云岭县,county,,,,,", "T,青山镇,township,C,,,,", "V,甲村,village,T,,,,")
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A")
    story.open("F", "2025Q2", "2025Q3")
    renamed = story._file("renamed.csv", ORG_HEAD, ["T,青山街道,street,C,,,,", "V,甲社区,village,T,,,,"])
    story.run("load_orgs", renamed, "--from", "2025-07-01")
    return story


@pytest.mark.parametrize(("period", "township", "village"), [("2025Q2", "青山镇", "甲村"), ("2025Q3", "青山街道", "甲社区")])
def test_the_progress_command(county, period, township, village):
    assert county.progress("F", period)["T"]["name"] == township
    assert county.progress("F", period, by="units")["V"]["name"] == village
    assert county.progress("F", period, org="T", by="self")["T"]["name"] == township
    assert county.progress("F", period, list="missing")["V"]["name"] == village


@pytest.mark.parametrize(("period", "village", "other"), [("2025Q2", "甲村", "甲社区"), ("2025Q3", "甲社区", "甲村")])
def test_the_lists_of_a_task(county, period, village, other):
    client, township = signed_in(Role.REVIEWER, "T"), Organization.objects.get(code="T")
    task = Task.objects.get(period=period)
    for address in (f"review/{township.id}/?tab=all", f"remind/{township.id}/", f"at/{township.id}/"):
        page = text_of(client.get(f"/tasks/{task.id}/{address}"))
        assert village in page, address
        assert other not in page, address


def test_a_leaders_page_of_a_past_period(county):
    page = text_of(signed_in(Role.LEADER, "T").get("/dashboard/?period=2025Q2"))
    assert "青山镇 · Second quarter of 2025" in page
