"""The export page: choose, download, audited; what cannot be exported is a sentence and no file."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from audit.models import Event
from orgs.choices import Role
from orgs.models import Organization
from tests.reports.people import signed_in, text_of
from tests.reports.story import Story


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    module_story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,",
        "V1,甲村,village,T1,,,,", "V2,乙村,village,T2,,,,",
    )  # fmt: skip
    module_story.indicators("A,受理,件,flow,,,")
    module_story.form("F", "A")
    module_story.open("F", "2026Q3")
    module_story.figures("F", "2026Q3,V1,A,,5")
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def wanted(**changes) -> dict:
    return {"layout": "R2", "form": "F", "period": "2026Q3", "basis": "approved", "tree": "then"} | changes


def test_the_address_chooses_what_is_chosen(county):
    body = signed_in(Role.LEADER, "C").get("/exports/?layout=R3&form=F&period=2026Q3&basis=submitted").content.decode()
    for value in ("R3", "F", "2026Q3", "submitted"):
        assert f'<option value="{value}" selected>' in body


@pytest.mark.parametrize("layout", ["R1", "R2", "R3"])
def test_a_workbook_is_downloaded_and_audited(county, layout):
    response = signed_in(Role.LEADER, "C").post("/exports/", wanted(layout=layout))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert ZipFile(BytesIO(response.content)).testzip() is None
    assert Event.objects.filter(kind="export.made").count() == 1


def test_all_forms_of_the_period_without_naming_one(county):
    assert signed_in(Role.LEADER, "C").post("/exports/", wanted(form="")).status_code == 200


def test_looking_makes_no_file_and_no_event(county):
    client = signed_in(Role.LEADER, "C")
    assert client.get("/exports/?layout=R2").headers["Content-Type"].startswith("text/html")
    assert not Event.objects.filter(kind="export.made").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"layout": "R99"}, "“R99” is not one of"),
        ({"form": "NONE"}, "Form “NONE” has never been asked here"),
        ({"period": "soon"}, "“soon” is not a period"),
        ({"period": "2019Q1"}, "was not asked of 云岭县 for First quarter of 2019"),
        ({"org": "x"}, "“x” names no organization"),
    ],
)
def test_what_cannot_be_exported_is_a_sentence(county, changes, sentence):
    response = signed_in(Role.LEADER, "C").post("/exports/", wanted(**changes))
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert not Event.objects.filter(kind="export.made").exists()


def test_anothers_organization_does_not_exist(county):
    other = Organization.objects.get(code="T2").id
    assert signed_in(Role.REVIEWER, "T1").post("/exports/", wanted(org=other)).status_code == 404


def test_an_export_of_a_township_names_nobody_else(county):
    response = signed_in(Role.REVIEWER, "T1").post("/exports/", wanted())
    book = ZipFile(BytesIO(response.content))
    text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "甲村" in text
    assert "乙村" not in text
    assert "白沙镇" not in text


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_who_sees_no_figure_exports_none(county, role):
    assert signed_in(role, "C").post("/exports/", wanted()).status_code == 404


def test_other_methods_are_refused(county):
    assert signed_in(Role.LEADER, "C").put("/exports/").status_code == 405
