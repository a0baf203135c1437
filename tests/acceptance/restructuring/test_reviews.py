"""Waiting reports and open tasks when units are restructured: who reviews them, who is asked."""

import pytest

from submissions.models import Submission
from tests.acceptance.restructuring.county import HEAD, County

pytestmark = pytest.mark.django_db
ACCOUNTS = "username,name,org_code,role"


@pytest.fixture
def county(tmp_path):
    county = County(tmp_path, "V1 V2", others="W1")
    county.asks("A flow")
    rows = ["chen,陈,C,reviewer", "zhang,张,T1,reviewer", "wang,王,T2,reviewer"]
    county.run("load_accounts", county._file("accounts.csv", ACCOUNTS, rows))
    county.open("F", "2025Q1", "2025Q2")
    county.figures("F", "2025Q1,V1,A,,5", "2025Q1,V2,A,,6", state="submitted")
    return county


def waits_for(code: str) -> str:
    return Submission.objects.get(organization__code=code, task__period="2025Q1").reviewer_org.code


def test_a_moved_unit_takes_its_waiting_report_with_it(county):
    said = county.restructure("move,2025-05-01,V1,,T2,,号", options=("--rehearse",))
    assert waits_for("V1") == "T1"
    assert "waits for the review of 乙镇 (T2) now, not of 甲镇 (T1)" in said
    county.restructure("move,2025-05-01,V1,,T2,,号")
    assert (waits_for("V1"), waits_for("V2")) == ("T2", "T1")


@pytest.mark.parametrize("day", ["2025-05-01", "2025-03-20"])
def test_a_closed_unit_is_reviewed_where_it_stood(county, day):
    county.restructure(f"merge,{day},V1;W1,W1,,,号")
    assert waits_for("V1") == "T1"
    county.figures("F", "2025Q1,V1,A,,5")
    assert county.texts("A", "2025Q1", "T1") == {"total": "5", "V1": "5", "V2": ""}
    assert county.verified() == []


def test_of_merged_townships_the_new_one_reviews_or_the_county(county):
    county.restructure("merge,2025-05-01,T1;T2,T9,C,,号,新镇", head=f"{HEAD},name")
    assert waits_for("V1") == "C"
    assert county.verified() == []


def test_a_task_opened_for_one_branch_stays_there(tmp_path):
    county = County(tmp_path, "V1 V2", others="W1")
    county.asks("A flow")
    county.open("F", "2025Q2", org="T1")
    county.restructure("open,2025-05-20,,V8,T1,,,新八村", "open,2025-05-20,,W8,T2,,,新村", head=f"{HEAD},name")
    assert county.counts("2025Q2")[0] == 3
    assert not Submission.objects.filter(organization__code="W8").exists()
