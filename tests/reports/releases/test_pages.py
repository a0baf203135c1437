"""The pages of releases: whom the list shows what, what one release says, issuing with its effect shown first, checking."""

import re
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Event
from orgs.choices import Role
from reports.models import Release
from tests.reports.people import rows_of, signed_in, text_of
from tests.reports.releases.correcting import correct, issue, quarter, reprint
from tests.reports.story import Story

CHOICE = {"layout": "R2", "form": "F", "period": "2026Q1", "basis": "approved", "tree": "then"}
WORDS = {"title": "第一季度统计表", "note": "", "seen": ""}


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    return quarter(module_story)


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def seen_by(role: str, code: str) -> list[str]:
    return [row[1] for row in rows_of(signed_in(role, code).get("/releases/"))]


def test_everybody_reads_the_releases_of_the_own_branch(county):
    for org in ("C", "T", "U"):
        issue(county, org=org, title=f"{org}表")
    assert seen_by(Role.OFFICER, "C") == ["U表", "T表", "C表"]
    assert seen_by(Role.LEADER, "C") == ["U表", "T表", "C表"]
    assert seen_by(Role.REVIEWER, "T") == ["T表"]
    assert "Nothing has been issued yet." in text_of(signed_in(Role.CLERK, "V").get("/releases/"))


def test_the_list_says_which_edition_is_in_force_and_is_filtered(county):
    issue(county)
    correct("V", "2026Q1", {"A": 12})
    issue(county)
    issue(county, "R3", period="2026Q2", title="比较")
    client = signed_in(Role.OFFICER, "C")
    assert [row[5] for row in rows_of(client.get("/releases/"))] == [
        "Edition 1 in force", "Edition 2 in force", "Edition 1 replaced",
    ]  # fmt: skip
    assert [row[1] for row in rows_of(client.get("/releases/?in_force=on&sort=number"))] == ["统计表", "比较"]
    assert [row[1] for row in rows_of(client.get("/releases/?q=比较"))] == ["比较"]


def test_one_query_more_for_no_row_more(county, django_assert_num_queries):
    client = signed_in(Role.OFFICER, "C")
    issue(county)
    with django_assert_num_queries(8):
        client.get("/releases/")
    for org in ("T", "U"):
        issue(county, org=org)
    with django_assert_num_queries(8):
        client.get("/releases/")


def test_a_release_says_what_it_is_and_what_changed_since(county):
    number = issue(county)
    release = Release.objects.get()
    client = signed_in(Role.LEADER, "C")
    said = text_of(client.get(f"/releases/{release.pk}/"))
    assert all(part in said for part in (number, release.sha256, release.check_code[:16], "No figure and no printed cell"))
    correct("V", "2026Q1", {"A": 12})
    response = client.get(f"/releases/{release.pk}/")
    [change] = rows_of(response)
    assert change[:5] == ["甲村 V", "First quarter of 2026", "A 走访 F", "10", "12"]
    assert "100 102" in text_of(response)
    assert "Issue the next edition" not in text_of(response)


def test_both_editions_are_shown_and_which_is_in_force(county):
    issue(county)
    correct("V", "2026Q1", {"A": 12})
    issue(county)
    first, second = Release.objects.order_by("edition")
    client = signed_in(Role.OFFICER, "C")
    assert "This edition was replaced. In force is edition 2" in text_of(client.get(f"/releases/{first.pk}/"))
    said = text_of(client.get(f"/releases/{second.pk}/"))
    assert f"Revision notes: what it changed against release {first.number}" in said
    assert "Issue the next edition" in said


def test_the_file_is_the_same_bytes_and_recorded(county):
    number = issue(county)
    release = Release.objects.get()
    response = signed_in(Role.REVIEWER, "T").post(f"/releases/{release.pk}/file/")
    assert response.status_code == 404
    response = signed_in(Role.LEADER, "C").post(f"/releases/{release.pk}/file/")
    assert response.content == reprint(county, number)
    assert sha256(response.content).hexdigest() == release.sha256
    assert Event.objects.filter(kind="figures.exported", data__contains=release.sha256).count() == 2


def test_damaged_bytes_are_not_handed_out(county):
    issue(county)
    release = Release.objects.get()
    Release.objects.update(workbook=b"PK\x03\x04")
    response = signed_in(Role.LEADER, "C").post(f"/releases/{release.pk}/file/", follow=True)
    assert "no longer has its digest" in text_of(response)


def test_issuing_shows_its_effect_first_and_writes_on_post_only(county):
    client = signed_in(Role.OFFICER, "C")
    response = client.get("/releases/issue/", CHOICE)
    assert "Every expected report is approved." in text_of(response)
    assert not Release.objects.exists()
    response = client.post("/releases/issue/", CHOICE | WORDS)
    release = Release.objects.get()
    assert response.url == f"/releases/{release.pk}/"
    assert (release.title, release.form, release.issued_by.name) != ("", "", "")
    # The double click finds the release that is in force.
    assert client.post("/releases/issue/", CHOICE | WORDS).url == response.url
    assert Release.objects.count() == 1


def test_open_reports_are_listed_and_need_a_tick(county):
    county.open("F", "2026Q3")
    client, choice = signed_in(Role.OFFICER, "C"), CHOICE | {"period": "2026Q3"}
    assert "Expected and not approved: 3" in text_of(client.get("/releases/issue/", choice))
    refused = client.post("/releases/issue/", choice | WORDS)
    assert refused.status_code == 400
    assert "3 expected reports are not approved" in text_of(refused)
    assert client.post("/releases/issue/", choice | WORDS | {"accepts_open": "on"}).status_code == 302
    assert Release.objects.get().open_reports == 3


def test_an_old_page_is_told_of_the_edition_issued_meanwhile_once(county):
    client = signed_in(Role.OFFICER, "C")
    number = issue(county, form="F")
    response = client.post("/releases/issue/", CHOICE | WORDS)
    assert response.status_code == 400
    assert f"Release {number} of this table was issued meanwhile" in text_of(response)
    [seen] = re.findall(r'name="seen" value="([^"]*)"', response.content.decode())
    assert client.post("/releases/issue/", CHOICE | WORDS | {"seen": seen}).status_code == 302
    assert Release.objects.order_by("pk").last().edition == 2


def test_the_next_edition_shows_what_it_changes(county):
    issue(county)
    first = Release.objects.get()
    correct("X", "2026Q1", {"S": 71})
    client = signed_in(Role.OFFICER, "C")
    assert "70 71" in text_of(client.get(f"/releases/{first.pk}/next/"))
    client.post(f"/releases/{first.pk}/next/", {"title": "统计表（更正）", "note": "", "seen": first.number})
    assert Release.objects.get(edition=2).previous_id == first.pk


@pytest.mark.parametrize(("role", "code"), [(Role.LEADER, "C"), (Role.REVIEWER, "T"), (Role.CLERK, "V")])
def test_only_the_organization_department_issues(county, role, code):
    client = signed_in(role, code)
    assert client.get("/releases/issue/", CHOICE).status_code == 404
    assert client.post("/releases/issue/", CHOICE | WORDS).status_code == 404
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"title": "长" * 201}, "at most 200"),
        ({"period": "2026Q4"}, "was not asked"),
    ],
)
def test_what_cannot_be_issued_is_said(county, changed, said):
    response = signed_in(Role.OFFICER, "C").post("/releases/issue/", CHOICE | WORDS | changed)
    assert response.status_code == 400
    assert said in text_of(response)


def test_a_file_is_checked(county):
    content = reprint(county, issue(county))
    client = signed_in(Role.LEADER, "C")
    response = client.post("/releases/check/", {"file": SimpleUploadedFile("a.xlsx", content)})
    assert "byte for byte" in text_of(response)
    response = client.post("/releases/check/", {"file": SimpleUploadedFile("a.csv", "甲,1\n".encode())})
    assert "This file is no release" in text_of(response)
    assert client.post("/releases/check/", {}).status_code == 400


def test_a_number_or_code_from_paper_is_found_in_the_own_branch_only(county):
    number = issue(county)
    release = Release.objects.get()
    client = signed_in(Role.LEADER, "C")
    for text in (number, release.sha256, release.sha256[:12].upper(), release.check_code[:16], f" {number} "):
        assert f"{number} 统计表" in text_of(client.post("/releases/check/", {"text": text})), text
    for text in ("2026-9999", "ffff", "%", release.sha256[:7]):
        assert "No release has this number" in text_of(client.post("/releases/check/", {"text": text})), text
    assert "No release has" in text_of(signed_in(Role.REVIEWER, "T").post("/releases/check/", {"text": number}))
