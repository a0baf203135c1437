"""An export holds the figures of the page, says who made it when and on which basis, and is recorded in the audit."""

import io
import json
import os
import subprocess
from decimal import Decimal
from shutil import which

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from audit.models import Event
from indicators.choices import Kind
from indicators.periods import read_period
from orgs.models import Organization
from reports.figures.output.cells import APPROVED, SUBMITTED
from reports.tables.export import NothingToExport, export
from submissions.review.actions import approve
from tests.factories.audit import broken_audit
from tests.factories.indicators import make_check, make_form, make_indicator
from tests.factories.submissions import AT, LATER, PERIOD, a_place, a_task, send, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """A county whose form asks two counts and their rate; the first village is approved, the second only sent."""
    place = a_place()
    make_indicator("ORG-001", name="单位数", kind=Kind.STOCK)
    make_indicator("ORG-002", name="已建党组织", kind=Kind.STOCK)
    make_indicator("ORG-005", name="组建率", numerator="{ORG-002}", denominator="{ORG-001}")
    form = make_form("两新季01表", ("ORG-001", "ORG-002", "ORG-005"), title="两新组织党建覆盖情况统计表")
    make_check(form, "{ORG-002} <= {ORG-001}")
    place.task = a_task(place.county, form)
    place.approved = submission_of(place.task, place.village)
    send(place.approved, {"ORG-001": 437, "ORG-002": 350}, by=place.clerk)
    _approve_all_the_way(place)
    send(submission_of(place.task, place.other_village), {"ORG-001": 1332, "ORG-002": 350}, by=place.stranger)
    return place


def _approve_all_the_way(place):
    for reviewer in (place.reviewer, place.officer):
        submission = submission_of(place.task, place.village)
        approve(submission=submission, version_number=submission.standing.number, by=reviewer, at=LATER)


def made(place, layout="R2", **given):
    given = {"org": place.county, "period": read_period(PERIOD), "by": place.officer, "at": LATER, **given}
    return export(layout, **given)


def sheets(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported.content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def figures_of(rows, code_column):
    """Code -> the figures behind it."""
    return {row[code_column]: row[code_column + 1 :] for row in rows if isinstance(row[code_column], str)}


def test_r2_of_a_county_prints_approved_figures_by_unit(place):
    book = sheets(made(place))
    assert list(book) == ["Cover", "两新季01表", "Definitions of the indicators"]
    by_code = figures_of(book["两新季01表"], 2)
    assert by_code["350100"] == [437, 350, 80.1]
    assert by_code["35010001"] == [437, 350, 80.1]
    assert by_code["3501000101"] == [437, 350, 80.1]
    assert by_code["3501000102"] == [None, None, None]


def test_the_basis_submitted_takes_in_what_waits_and_says_so(place):
    book = sheets(made(place, basis=SUBMITTED))
    assert figures_of(book["两新季01表"], 2)["3501000102"] == [1332, 350, 26.3]
    assert figures_of(book["两新季01表"], 2)["350100"] == [1769, 700, 39.6]
    status = [row[0] for row in book["两新季01表"] if str(row[0]).startswith("Data status")]
    assert status == ["Data status: with figures not yet approved (units: 1) (expected 2, reported 2, approved 1)."]


@pytest.mark.parametrize("layout", ["R1", "R2", "R3"])
def test_the_notes_say_of_a_blank_what_it_is_on_that_basis(place, layout):
    """A unit that has sent, and waits for a reviewer, is blank among approved figures; it is not called one that has not sent."""
    org = place.village if layout == "R1" else place.county
    for basis, blank in (
        (APPROVED, "not sent, returned to be corrected, or not approved yet"),
        (SUBMITTED, "not sent, or returned"),
    ):
        text = "\n".join(str(row[0]) for row in sheets(made(place, layout, org=org, basis=basis))["两新季01表"])
        assert f"Blank: {blank}" in text


def test_a_township_sees_its_branch_only(place):
    by_code = figures_of(sheets(made(place, org=place.township))["两新季01表"], 2)
    assert {"35010001", "3501000101", "3501000102"} <= set(by_code)
    assert "350100" not in by_code


def test_r1_of_one_unit(place):
    book = sheets(made(place, "R1", org=place.village))
    rows = {row[0]: row for row in book["两新季01表"]}
    assert rows["ORG-001"][3:7] == [437, 437, None, None]
    assert rows["ORG-005"][3] == 80.1
    assert any(str(row[0]) == f"Reporting unit (seal): {place.village.name}" for row in book["两新季01表"])


def test_r1_carries_what_the_unit_explained(place):
    submission = submission_of(place.task, place.village)
    finding = {"keys": ["ORG-002"], "explanation": "新注销企业2家，属正常变动。"}
    type(submission.standing).objects.filter(pk=submission.standing_id).update(findings=[finding])
    rows = {row[0]: row for row in sheets(made(place, "R1", org=place.village))["两新季01表"]}
    assert rows["ORG-002"][7] == "新注销企业2家，属正常变动。"
    assert rows["ORG-001"][7] is None


def test_r3_compares_with_last_year(place):
    last_year = a_task(place.county, place.task.form, period="2025Q3")
    send(submission_of(last_year, place.village), {"ORG-001": 400, "ORG-002": 300}, by=place.clerk)
    rows = {row[0]: row for row in sheets(made(place, "R3", basis=SUBMITTED))["两新季01表"]}
    assert rows["ORG-001"][3:11] == [1769, 1769, 400, None, None, 1, 37, 9.3]
    assert rows["ORG-005"][3:11] == [39.6, 39.6, 75, None, None, 1, 5.1, "—"]
    send(submission_of(last_year, place.other_village), {"ORG-001": 1332, "ORG-002": 300}, by=place.stranger)
    rows = {row[0]: row for row in sheets(made(place, "R3", basis=SUBMITTED))["两新季01表"]}
    assert rows["ORG-001"][3:] == [1769, 1769, 1732, 37, 2.1, *["—"] * 4]


def test_relations_and_the_rate_stand_under_the_table_by_column_number(place):
    text = "\n".join(str(row[0]) for row in sheets(made(place))["两新季01表"])
    assert "2≤1" in text
    assert "3=2÷1×100" in text


def test_every_sheet_and_foot_says_who_when_which_basis_and_which_code(place):
    exported = made(place)
    book = openpyxl.load_workbook(io.BytesIO(exported.content))
    for sheet in book:
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row] + [sheet.HeaderFooter.oddFooter.left.text or ""]
        assert any(place.officer.name in text and exported.digest[:16] in text and "2026-10-08 12:00" in text for text in texts)
    assert book.properties.subject == exported.digest


def test_the_digest_is_of_the_figures_and_not_of_the_hour(place):
    first, again = made(place), made(place, at=AT)
    assert first.digest == again.digest
    assert first.content != again.content
    assert made(place, basis=SUBMITTED).digest != first.digest


def test_the_same_export_at_the_same_time_gives_the_same_bytes(place):
    assert made(place).content == made(place).content


def test_an_export_is_recorded_in_the_audit(place):
    exported = made(place)
    event = Event.objects.get(kind="export.made")
    details = json.loads(event.data)
    assert (event.actor_name, event.organization_id) == (place.officer.username, place.county.id)
    assert details["digest"] == [None, exported.digest]
    assert details["forms"] == [None, ["两新季01表"]]
    assert (details["layout"], details["basis"]) == ([None, "R2"], [None, "approved"])


@pytest.mark.django_db(transaction=True)
def test_without_the_audit_there_is_no_export(place):
    with broken_audit() as refusal, pytest.raises(refusal):
        made(place)


def test_all_forms_of_the_branch_come_without_a_form_number(place):
    a_task(place.county, make_form("党建季02表", ("A",), sort_order=1))
    assert list(sheets(made(place)))[1:3] == ["两新季01表", "党建季02表"]
    assert list(sheets(made(place, form="党建季02表")))[1:2] == ["党建季02表"]


@pytest.mark.parametrize("given", [{"form": "没有的表"}, {"period": read_period("2026Q4")}])
def test_what_was_never_asked_is_refused_by_name(place, given):
    with pytest.raises(NothingToExport):
        made(place, **given)
    assert not Event.objects.filter(kind="export.made").exists()


def test_a_name_like_a_formula_stays_text(place):
    Organization.objects.filter(pk=place.village.pk).update(name='=HYPERLINK("http://x")')
    book = openpyxl.load_workbook(io.BytesIO(made(place).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == '=HYPERLINK("http://x")'] == ["s"]
    assert "f" not in {cell.data_type for cell in cells}


def test_openpyxl_calamine_and_the_page_agree_on_every_number(place):
    content = made(place, basis=SUBMITTED).content
    first = figures_of(sheets(made(place, basis=SUBMITTED))["两新季01表"], 2)["350100"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("两新季01表").to_python()
    second = figures_of(rows, 2)["350100"]
    assert [Decimal(str(value)) for value in first] == [Decimal(str(value)).normalize() for value in second]


def test_the_command_writes_the_file_and_says_its_digest(place, tmp_path):
    out, path = io.StringIO(), tmp_path / "r2.xlsx"
    call_command("export", "R2", "--period", PERIOD, "--org", "350100", "--out", str(path), stdout=out)
    event = Event.objects.get(kind="export.made")
    assert json.loads(event.data)["digest"][1] in out.getvalue()
    assert (event.channel, event.actor_name) == ("command:export", "system")
    assert openpyxl.load_workbook(path).sheetnames[1] == "两新季01表"
    assert os.listdir(tmp_path) == ["r2.xlsx"]


@pytest.mark.parametrize(
    "words",
    [
        ("--period", "2026Q9", "--org", "350100"),
        ("--period", PERIOD, "--org", "nobody"),
        ("--period", "2026Q4", "--org", "350100"),
        ("--period", PERIOD, "--org", "350100", "--form", "没有的表"),
    ],
)
def test_the_command_refuses_with_a_sentence_and_leaves_no_file(place, tmp_path, words):
    with pytest.raises(CommandError):
        call_command("export", "R2", *words, "--out", str(tmp_path / "r2.xlsx"))
    assert os.listdir(tmp_path) == []


def test_the_command_wants_a_workbook_in_a_folder_that_exists(place, tmp_path):
    for out in (tmp_path / "r2.csv", tmp_path / "missing" / "r2.xlsx"):
        with pytest.raises(CommandError):
            call_command("export", "R2", "--period", PERIOD, "--org", "350100", "--out", str(out))


def test_libreoffice_prints_every_layout(place, tmp_path):
    soffice = which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed: the exports were not printed with it")
    for layout in ("R1", "R2", "R3"):
        (tmp_path / f"{layout}.xlsx").write_bytes(made(place, layout).content)
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "R1.xlsx", "R2.xlsx", "R3.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for layout in ("R1", "R2", "R3"):
        assert (tmp_path / f"{layout}.pdf").read_bytes().count(b"/Type/Page/") >= 3
