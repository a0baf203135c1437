"""修订说明: per unit and figure old, new, why, who; per printed cell old and new; also what a later report leans on."""

from io import BytesIO

import openpyxl
import pytest
from django.utils import translation

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from reports.models import Release
from reports.releases.draft import snapshot_now
from reports.releases.packages import snapshot_of
from reports.releases.revisions import revision_between
from submissions.filling.submission_actions import withdraw
from submissions.models import Submission
from submissions.review.actions import send_back
from tests.reports.releases.correcting import AT, REASON, correct, issue, quarter, reprint
from tests.reports.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    return quarter(module_story)


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def since(release: Release | None = None):
    release = release or Release.objects.select_related("organization", "issued_by").get()
    return revision_between(snapshot_of(release), snapshot_now(release))


def figures(revision) -> list[tuple]:
    return [(one.org, one.period, one.figure, one.old, one.new) for one in revision.figures]


def cells(revision) -> list[tuple]:
    return [(one.org, one.column, one.old, one.new) for one in revision.cells]


Q1, Q2 = "First quarter of 2026", "Second quarter of 2026"


def test_nothing_changed(county):
    issue(county)
    assert not since()


def test_a_corrected_figure_and_every_cell_above_it(county):
    issue(county)
    correct("V", "2026Q1", {"A": 12})
    found = since()
    assert figures(found) == [("V", Q1, "A 走访", "10", "12")]
    assert cells(found) == [("C", "走访", "100", "102"), ("T", "走访", "30", "32"), ("V", "走访", "10", "12")]
    assert (found.figures[0].by, found.figures[0].reason) == ("系统", REASON)


def test_corrections_that_cancel_out_are_named_though_the_total_stands(county):
    issue(county, "R4")
    correct("V", "2026Q1", {"A": 12})
    correct("W", "2026Q1", {"A": 18})
    found = since()
    assert [one[0] for one in figures(found)] == ["V", "W"]
    assert cells(found) == []


def test_a_report_that_a_running_total_leans_on(county):
    """The part of the second quarter is its total less that of the first: 20 - 10 becomes 20 - 13."""
    issue(county, period="2026Q2")
    correct("V", "2026Q1", {"B": 13, "A": 99})
    found = since()
    assert figures(found) == [("V", Q1, "B 培训", "10", "13")]
    assert ("C", "100", "97") in [(org, old, new) for org, _column, old, new in cells(found)]


def test_the_other_period_of_a_comparison(county):
    issue(county, "R3", period="2026Q2")
    correct("X", "2026Q1", {"A": 71})
    found = since()
    assert figures(found) == [("X", Q1, "A 走访", "70", "71")]
    assert ("C", "走访（period before）", "100", "101") in cells(found)


def test_figures_that_the_table_does_not_print_are_left_out(county):
    county.indicators("Z,其他,个,flow,,,")
    county.form("G", "Z")
    county.open("G", "2026Q1")
    county.figures("G", "2026Q1,V,Z,,1", "2026Q1,W,Z,,1", "2026Q1,X,Z,,1")
    issue(county, form="F")
    correct("V", "2026Q1", {"Z": 5}, form="G")
    assert not since()


def test_another_branch_is_left_out(county):
    issue(county, org="U")
    correct("V", "2026Q1", {"A": 12})
    assert not since()


def test_a_report_that_is_approved_later_and_one_that_went_back(county):
    county.open("F", "2026Q3")
    county.figures("F", *(f"2026Q3,{org},{code},,200" for org in "VW" for code in "ABS"))
    issue(county, period="2026Q3", incomplete=True)
    county.figures("F", *(f"2026Q3,X,{code},,200" for code in "ABS"))
    assert figures(since()) == [("X", "Third quarter of 2026", "The whole report", "not counted", "counted")]


def test_on_the_basis_submitted_a_returned_report_says_why(county):
    county.open("F", "2026Q3")
    county.figures("F", *(f"2026Q3,{org},{code},,200" for org in "VWX" for code in "ABS"), state="submitted")
    issue(county, period="2026Q3", basis="submitted", incomplete=True)
    report = Submission.objects.select_related("task__form", "standing").get(task__period="2026Q3", organization__code="V")
    send_back(
        submission=report,
        version_number=report.standing.number,
        reason="与台账不符",
        cell_reasons={},
        by=system_operator(),
        at=AT,
    )
    [change] = since().figures
    assert (change.old, change.new, change.reason) == ("counted", "not counted", "与台账不符")
    county.figures("F", "2026Q3,V,A,,210", state="submitted")
    [change] = since().figures
    assert (change.old, change.new, change.reason) == ("200", "210", "与台账不符")


def test_two_corrections_give_both_reasons(county):
    issue(county)
    correct("V", "2026Q1", {"A": 12}, reason="漏报两件")
    correct("V", "2026Q1", {"S": 11}, reason="党员转入")
    assert [(one.figure, one.reason) for one in since().figures] == [
        ("A 走访", "漏报两件；党员转入"), ("S 党员", "漏报两件；党员转入"),
    ]  # fmt: skip


def test_what_was_returned_before_the_issue_is_no_reason(county):
    def report() -> Submission:
        rows = Submission.objects.select_related("task__form", "standing")
        return rows.get(task__period="2026Q3", organization__code="V")

    by = system_operator()
    county.open("F", "2026Q3")
    county.figures("F", *(f"2026Q3,{org},{code},,200" for org in "VWX" for code in "ABS"), state="submitted")
    send_back(submission=report(), version_number=1, reason="与台账不符", cell_reasons={}, by=by, at=AT)
    county.figures("F", "2026Q3,V,A,,210", state="submitted")
    issue(county, period="2026Q3", basis="submitted", incomplete=True)
    withdraw(submission=report(), by=by, at=AT)
    county.figures("F", "2026Q3,V,A,,212", state="submitted")
    assert [(one.old, one.new, one.reason) for one in since().figures] == [("210", "212", "")]


def test_the_next_edition_prints_it(county):
    first = issue(county)
    correct("V", "2026Q1", {"A": 12})
    second = issue(county, title="统计表（更正）")
    book = openpyxl.load_workbook(BytesIO(reprint(county, second)))
    assert book.sheetnames[:3] == ["Cover", "Revision notes", "Printed cells changed"]
    rows = [[cell for cell in row if cell is not None] for row in book["Revision notes"].iter_rows(values_only=True)]
    assert [1, "甲村", "V", "F", Q1, "A 走访", "10", "12"] in [row[:8] for row in rows]
    text = "\n".join(str(row[0]) for row in rows if row)
    assert f"Changes since release {first}, edition 1" in text
    assert "Title: “统计表” became “统计表（更正）”." in text
    assert f"it replaces release {first}" in text
    assert openpyxl.load_workbook(BytesIO(reprint(county, first))).sheetnames[:2] == ["Cover", "F"]


def test_a_later_move_is_no_change_of_what_was_issued(county):
    for tree in ("then", "now"):
        issue(county, org="T", period="2026Q2", tree=tree)
    county.orgs("V,甲村,village,T,,,,2026-06-30", "V,甲村,village,U,,,2026-07-01,")
    releases = Release.objects.select_related("organization", "issued_by").order_by("pk")
    assert not since(releases[0])
    assert Organization.objects.get(code="V").placements.count() == 2


def test_the_same_table_in_another_language_is_no_change(county):
    issue(county, "R3", period="2026Q2")
    with translation.override("zh-hans"):
        assert not since()
