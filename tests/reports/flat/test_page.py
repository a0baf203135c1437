"""The page of flat data: choose, download, audited; what cannot be exported is a sentence and no file."""

import csv
import io
import json
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from audit.models import Event
from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.models import Organization
from reports.flat import files
from reports.flat.files import FlatRequest, write_book
from reports.flat.rows import COLUMNS
from tests.reports.people import signed_in, text_of
from tests.reports.story import Story


@pytest.fixture
def county(story) -> Story:
    story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,",
        "V1,甲村,village,T1,,,,", "V2,乙村,village,T2,,,,",
    )  # fmt: skip
    story.indicators("A,受理,件,flow,,,", "S,党员,名,stock,,,")
    story.form("F", "A", "S")
    story.open("F", "2026Q2", "2026Q3")
    story.figures(
        "F", *(f"{quarter},{unit},{code},,5" for quarter in ("2026Q2", "2026Q3") for unit in ("V1", "V2") for code in "AS")
    )
    return story


def wanted(**changes) -> dict:
    return {"form": "F", "period": ["2026Q2", "2026Q3"], "basis": "approved", "ending": ".csv"} | changes


def rows_in(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"), newline="")))


def test_the_address_chooses_what_is_chosen(county):
    body = signed_in(Role.LEADER, "C").get("/exports/flat/?period=2026Q2&form=F&basis=submitted&ending=.xlsx").content.decode()
    assert 'value="2026Q2" checked' in body
    assert 'value="2026Q3" checked' not in body
    for value in ("F", "submitted", ".xlsx"):
        assert f'<option value="{value}" selected>' in body


def test_a_comma_file_comes_with_its_length_and_is_audited(county):
    response = signed_in(Role.LEADER, "C").post("/exports/flat/", wanted())
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment")
    length = int(response["Content-Length"])
    content = b"".join(response.streaming_content)
    assert len(content) == length
    assert content.startswith(b"\xef\xbb\xbfcounty,form,period")
    assert content.count(b"\r\n") == 9
    details = json.loads(Event.objects.get(kind="figures.exported").data)
    assert (details["what"], details["rows"], details["asked"]) == (
        "flat.csv",
        8,
        "period=2026Q2,2026Q3 org=C form=F basis=approved",
    )


def test_a_workbook(county):
    response = signed_in(Role.LEADER, "C").post("/exports/flat/", wanted(ending=".xlsx", period="2026Q3"))
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    assert [row[COLUMNS.index("value")] for row in rows[1:]] == [5, 5, 5, 5]


def test_what_does_not_fit_on_a_sheet_stands_on_further_ones(county, tmp_path):
    org = Organization.objects.get(code="C")
    asked = FlatRequest((read_period("2026Q2"), read_period("2026Q3")), org)
    tasks = files.tasks_asked(asked.periods, org)
    path = tmp_path / "many.xlsx"
    assert write_book(path, tasks, asked, system_operator(), timezone.now(), rows_a_sheet=3) == 8
    sheets = load_workbook(path).worksheets
    assert [(sheet.title, sheet.max_row) for sheet in sheets] == [
        ("flat_figures", 4), ("flat_figures 2", 4), ("flat_figures 3", 3),
    ]  # fmt: skip


def test_without_naming_a_period_it_is_the_latest(county):
    rows = rows_in(signed_in(Role.LEADER, "C").post("/exports/flat/", wanted(period=[])))
    assert {row[2] for row in rows[1:]} == {"2026Q3"}


def test_looking_makes_no_file_and_no_event(county):
    client = signed_in(Role.LEADER, "C")
    assert client.get("/exports/flat/").headers["Content-Type"].startswith("text/html")
    assert client.head("/exports/flat/").status_code == 200
    assert not Event.objects.filter(kind="figures.exported").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"form": "NONE"}, "Form “NONE” has never been asked here"),
        ({"period": "soon"}, "“soon” is not a period"),
        ({"period": ["2019Q1", "2019Q2"]}, "Form F was not asked of 云岭县 for 2019Q1–2019Q2"),
        ({"org": "x"}, "“x” names no organization"),
        ({"ending": ".pdf"}, "“.pdf” is not one of"),
    ],
)
def test_what_cannot_be_exported_is_a_sentence(county, changes, sentence):
    response = signed_in(Role.LEADER, "C").post("/exports/flat/", wanted(**changes))
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert not Event.objects.filter(kind="figures.exported").exists()


def test_where_nothing_was_ever_asked_the_page_says_so(story):
    story.orgs("C,云岭县,county,,,,,")
    client = signed_in(Role.LEADER, "C")
    assert "Nothing has been asked for any period yet" in text_of(client.get("/exports/flat/"))
    assert client.post("/exports/flat/", wanted(form="")).status_code == 400


def test_anothers_organization_does_not_exist(county):
    other = Organization.objects.get(code="T2").id
    assert signed_in(Role.REVIEWER, "T1").post("/exports/flat/", wanted(org=other)).status_code == 404


def test_a_township_takes_its_own_only(county):
    rows = rows_in(signed_in(Role.REVIEWER, "T1").post("/exports/flat/", wanted()))
    assert {row[COLUMNS.index("org")] for row in rows[1:]} == {"V1"}


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_who_sees_no_figure_exports_none(county, role):
    assert signed_in(role, "C").post("/exports/flat/", wanted()).status_code == 404


def test_a_file_that_breaks_off_while_it_is_made_is_no_file(county, monkeypatch):
    """No byte is sent before the file is whole; nothing is recorded in the audit and nothing stays on the disk."""
    client = signed_in(Role.LEADER, "C")
    client.raise_request_exception = False
    good = files.flat_rows

    def breaking(*asked):
        yield next(good(*asked))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "flat_rows", breaking)
    response = client.post("/exports/flat/", wanted())
    assert response.status_code == 500
    assert "Content-Disposition" not in response
    assert not Event.objects.filter(kind="figures.exported").exists()


def test_other_methods_are_refused(county):
    assert signed_in(Role.LEADER, "C").put("/exports/flat/").status_code == 405
