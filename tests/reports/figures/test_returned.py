"""A report that was sent once and returned is 退回修改 in every cell, not 未报, and no part exceeds its whole."""

import pytest

from orgs.choices import Role
from orgs.models import Organization
from reports.models import Summary
from tests.reports.figures.returning import give_back
from tests.reports.people import rows_of, signed_in
from tests.reports.story import Story


@pytest.fixture
def county(story) -> Story:
    """Two townships: V1 approved, V2 returned, V3 never sent; V4 of the other returned."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,",
        "V1,甲村,village,T,,,,", "V2,乙村,village,T,,,,", "V3,丙村,village,T,,,,", "V4,丁村,village,U,,,,",
    )  # fmt: skip
    story.indicators("A,受理,件,flow,,,", "B,办结,件,flow,,,", "R,办结率,%,ratio,B,A,", "K,累计,件,cumulative,,,")
    story.form("F", "A", "B", "R", "K")
    story.open("F", "2026Q1")
    for code, state in (("V1", "approved"), ("V2", "submitted"), ("V4", "submitted")):
        story.figures("F", *(f"2026Q1,{code},{key},,4" for key in "ABK"), state=state)
    give_back("V2", "V4")
    return story


def coverage(cell: dict) -> tuple:
    return cell["expected"], cell["reported"], cell["returned"], cell["text"]


@pytest.mark.parametrize("code", ["A", "R", "K"])
@pytest.mark.parametrize("options", [{}, {"tree": "now"}, {"by": "units"}, {"by": "unit_category"}, {"view": "ytd"}])
def test_every_total_counts_what_was_returned(county, code, options):
    cell = county.ask(code, period="2026Q1", basis="submitted", **options).cell()
    assert (cell["expected"], cell["reported"], cell["returned"]) == (4, 1, 2)
    progress = county.progress("F", "2026Q1", by="self")["C"]
    assert progress["returned"] == cell["returned"]


def test_each_row_counts_its_own(county):
    answer = county.ask("A", period="2026Q1", by="units", basis="submitted")
    found = {code: coverage(answer.cell(code)) for code in ("T", "V1", "V2", "V3", "U")}
    assert found == {"T": (3, 1, 1, "4"), "V1": (1, 1, 0, "4"), "V2": (1, 0, 1, ""), "V3": (1, 0, 0, ""), "U": (1, 0, 1, "")}


def test_kept_sums_know_it_too(county):
    county.ask("A", period="2026Q1")
    assert {row.organization.code: row.returned for row in Summary.objects.select_related("organization")} == {
        "C": {"village": 2}, "T": {"village": 1}, "U": {"village": 1},
    }  # fmt: skip
    county.figures("F", "2026Q1,V2,A,,5", state="submitted")
    assert county.ask("A", period="2026Q1").cell()["returned"] == 1


def test_pages_say_returned_where_a_unit_has_to_send_again(county):
    client, township = signed_in(Role.LEADER, "C"), Organization.objects.get(code="T")
    rows = {row[0]: row for row in rows_of(client.get(f"/dashboard/?period=2026Q1&org={township.id}"), "child-table")}
    assert [rows[name][-1] for name in ("乙村", "丙村")] == ["returned", "not reported"]
    page = client.get("/figures/?period=2026Q1&codes=A&by=units").content.decode()
    assert "from 1/4 reports, 2 returned" in page


def test_what_was_taken_back_after_its_return_stays_returned(county):
    county.figures("F", "2026Q1,V2,A,,5", state="draft")
    assert coverage(county.ask("A", period="2026Q1", by="units").cell("V2")) == (1, 0, 1, "")
