"""Issuing keeps the workbook, its figures and their versions under a number; the same order again issues nothing."""

import json
import re
from hashlib import sha256
from io import BytesIO

import openpyxl
import pytest
from django.core.management import CommandError

from audit.models import Event
from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from reports.models import Release
from reports.releases.draft import draft_of
from reports.releases.issuing import NotIssued
from reports.releases.issuing import issue as issue_order
from reports.releases.orders import ReleaseOrder
from reports.releases.packages import snapshot_of
from reports.tables.export import Options
from reports.tables.known_layouts import layout_named
from submissions.models import Submission
from tests.factories.audit import broken_audit
from tests.reports.releases.correcting import AT, correct, issue, quarter, reprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(story):
    return quarter(story)


def order(title="统计表", seen=None, **options) -> ReleaseOrder:
    county = Organization.objects.get(code="C")
    return ReleaseOrder(layout_named("R2", county.id), "", read_period("2026Q1"), county, Options(**options), title, seen=seen)


def test_number_and_digest_are_printed_and_the_bytes_have_the_digest(issued):
    number = issue(issued)
    year = Release.objects.get().issued_at.year
    assert number == f"{year}-0001"
    [digest] = re.findall(r"[0-9a-f]{64}", issued.printed)
    assert sha256(reprint(issued, number)).hexdigest() == digest
    assert issue(issued, "R3") == f"{year}-0002"


def test_the_release_holds_what_it_was_made_of(issued):
    issue(issued, period="2026Q2")
    release = Release.objects.select_related("organization").get()
    assert (release.layout, str(release.period), release.basis, release.tree, release.edition) == (
        "R2", "2026Q2", "approved", "then", 1,
    )  # fmt: skip
    [table] = snapshot_of(release).tables
    [grid] = table.grids
    total = next(row for row in grid.rows if row.kind == "total")
    assert [(column.key, cell.value, cell.text) for column, cell in zip(grid.columns, total.cells, strict=True)] == [
        ("A", "200", "200"), ("B", "100", "100"), ("S", "200", "200"),
    ]  # fmt: skip
    standing = dict(Submission.objects.values_list("pk", "standing_id"))
    # The running total of the second quarter leans on the first: six versions, not three.
    assert {report: version.version_id for report, version in snapshot_of(release).versions.items()} == standing


def test_t44_a_correction_leaves_the_release_and_makes_the_next_edition(issued):
    first = issue(issued)
    before = reprint(issued, first)
    correct("V", "2026Q1", {"A": 12})
    assert reprint(issued, first) == before
    second = issue(issued)
    assert second != first
    newest = Release.objects.get(edition=2)
    assert (newest.number, newest.previous.number) == (second, first)
    texts = [
        next(cell.text for row in snapshot_of(release).tables[0].grids[0].rows if row.kind == "total" for cell in row.cells[:1])
        for release in Release.objects.order_by("edition")
    ]
    assert texts == ["100", "102"]
    assert issued.ask("A", period="2026Q1").value() == 102


def test_the_same_order_again_issues_nothing(issued):
    number = issue(issued)
    assert issue(issued) == number
    assert "nothing was issued" in issued.printed
    assert Release.objects.count() == 1
    assert issue(issued, title="另一题目") != number


def test_other_rows_basis_or_tree_are_other_tables(issued):
    issue(issued)
    for options in ({"org": "T"}, {"basis": "submitted"}, {"tree": "now"}, {"form": "F"}, {"period": "2026Q2"}):
        issue(issued, **options)
    assert set(Release.objects.values_list("edition", flat=True)) == {1}
    issue(issued, formulas=True)
    assert Release.objects.order_by("pk").last().edition == 2


def test_open_reports_are_refused_or_printed(issued):
    issued.open("F", "2026Q3")
    issued.figures("F", "2026Q3,V,A,,1", "2026Q3,V,B,,31", "2026Q3,V,S,,1")
    with pytest.raises(CommandError, match=r"2 expected reports are not approved: 乙村 \(F, Not started\)、丙村"):
        issue(issued, period="2026Q3")
    assert not Release.objects.exists()
    issue(issued, period="2026Q3", incomplete=True)
    assert Release.objects.get().open_reports == 2


def test_the_next_edition_takes_everything_from_the_release(issued):
    first = issue(issued, "R3", period="2026Q2", title="比较表")
    correct("W", "2026Q2", {"S": 41})
    issued.run("issue", "--next-of", first, "--note", "更正乙村党员数")
    newest = Release.objects.get(edition=2)
    assert (newest.title, newest.layout, str(newest.period), newest.note) == ("比较表", "R3", "2026Q2", "更正乙村党员数")
    with pytest.raises(CommandError, match="issued meanwhile"):
        issued.run("issue", "--next-of", first, "--note", "再来")
    with pytest.raises(CommandError, match="leave out: layout"):
        issued.run("issue", "R2", "--next-of", newest.number)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("R2", "--period", "2026Q1", "--org", "C"), "needs a title"),
        (("R2", "--period", "2026Q1", "--org", "C", "--title", "  "), "needs a title"),
        (("R2", "--period", "2026Q1", "--org", "C", "--title", "长" * 201), "at most 200"),
        (("R2", "--org", "C", "--title", "x"), "--period"),
        (("R99", "--period", "2026Q1", "--org", "C", "--title", "x"), "is no layout"),
        (("all", "--period", "2026Q1", "--org", "C", "--title", "x"), "is no layout"),
        (("R2", "--period", "2026Q9", "--org", "C", "--title", "x"), "2026Q9"),
        (("R2", "--period", "2026Q4", "--org", "C", "--title", "x"), "was asked"),
        (("R2", "--period", "2026Q1", "--org", "Z", "--title", "x"), "Z"),
        (("R2", "--period", "2026Q1", "--org", "C", "--title", "x", "--form", "G"), "Form G"),
        (("--next-of", "2026-0999"), "no release 2026-0999"),
        (("--next-of", "first"), "no number of a release"),
    ],
)
def test_what_cannot_be_issued_is_refused_with_a_sentence(issued, words, said):
    with pytest.raises(CommandError, match=said):
        issued.run("issue", *words)
    assert not Release.objects.exists()
    assert not Event.objects.filter(kind="release.issued").exists()


def test_the_audit_holds_the_digest(issued):
    issue(issued)
    release, event = Release.objects.get(), Event.objects.get(kind="release.issued")
    data = json.loads(event.data)
    assert (data["sha256"][1], data["package"][1]) == (release.sha256, release.package_sha256)
    assert (data["number"][1], data["title"][1], event.subject) == (release.number, "统计表", f"release:{release.pk}")


@pytest.mark.django_db(transaction=True)
def test_without_the_audit_nothing_is_issued(story):
    quarter(story)
    with broken_audit() as refusal, pytest.raises(refusal):
        issue_order(order(), by=system_operator(), at=AT)
    assert not Release.objects.exists()


def test_another_edition_than_the_person_saw_is_refused(issued):
    first = issue_order(order(), by=system_operator(), at=AT).release
    with pytest.raises(NotIssued, match="issued meanwhile"):
        issue_order(order(title="改", seen=""), by=system_operator(), at=AT)
    second = issue_order(order(title="改", seen=first.number), by=system_operator(), at=AT)
    assert second.release.previous == first


def test_numbers_run_per_county_and_year(issued):
    issued.orgs("D,丁县,county,,,,,", "DT,丁镇,township,D,,,,", "DV,丁村,village,DT,,,,")
    issued.open("F", "2026Q1", org="D")
    issued.figures("F", "2026Q1,DV,A,,5", "2026Q1,DV,B,,5", "2026Q1,DV,S,,5")
    numbers = [issue(issued), issue(issued, org="D"), issue(issued, "R3")]
    year = Release.objects.first().issued_at.year
    assert numbers == [f"{year}-0001", f"{year}-0001", f"{year}-0002"]
    with pytest.raises(CommandError, match="several counties"):
        reprint(issued, numbers[0])
    path = issued.folder / "d.xlsx"
    issued.run("reprint", numbers[0], "--out", str(path), "--county", "D")
    assert sha256(path.read_bytes()).hexdigest() == Release.objects.get(organization__code="D").sha256


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        (" 统计表 ", "统计表"),
        ("统计表\n（二）", "统计表 （二）"),
        ("铃\x07表", "铃表"),
        ("=1+1", "=1+1"),
        ('<b>&"%s', '<b>&"%s'),
    ],
)
def test_a_title_is_one_line_of_what_a_workbook_can_hold(issued, title, kept):
    number = issue(issued, title=title)
    assert Release.objects.get().title == kept
    cover = openpyxl.load_workbook(BytesIO(reprint(issued, number))).worksheets[0]
    assert cover["A3"].value == kept


def test_a_draft_reads_and_writes_nothing(issued):
    draft = draft_of(order(), by=system_operator(), at=AT)
    assert (draft.edition, draft.previous, draft.open_reports) == (1, None, ())
    assert not Release.objects.exists()


def test_t37_a_move_leaves_the_published_table(story):
    quarter(story)
    number = issue(story, "R2", period="2026Q2", org="T")
    before = reprint(story, number)
    story.orgs("V,甲村,village,T,,,,2026-06-30", "V,甲村,village,U,,,2026-07-01,")
    assert reprint(story, number) == before
    assert issue(story, "R2", period="2026Q2", org="T") == number
