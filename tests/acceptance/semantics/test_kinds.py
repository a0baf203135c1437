"""Every kind of indicator walks the whole house: typed, kept, filled into a workbook and read back, added up, printed, one row per value.

A new kind fails here until `WALKS` says what it does at each door (docs/recipes.md).
"""

import csv
import json
from dataclasses import dataclass

import openpyxl
import pytest
from django.utils import translation

from indicators.choices import Kind
from indicators.kinds.registry import KINDS
from submissions.checking.validator import bench_for
from submissions.filling.sheet import lines_of
from submissions.models import Submission
from tests.factories.indicators import line
from tests.reports.story import Story


@dataclass(frozen=True)
class Walk:
    """What two villages give in the second and third quarter, and what the township's row then says."""

    second: tuple[str, str]
    third: tuple[str, str]
    total: str  # text of the third quarter
    year: str  # text of the year to date
    change: str | None  # against the second quarter
    percent: str
    unit: str  # text of the first village
    kept: tuple[str, str]  # one row per value
    workbook: str  # what the first village's cell of the workbook holds
    other: str  # another answer put into that cell


WALKS = {
    Kind.FLOW: Walk(("1", "2"), ("3", "4"), "7", "10", "4", "133.333", "3", ("3", "4"), "3", "5"),
    Kind.STOCK: Walk(("1", "2"), ("3", "4"), "7", "7", "4", "133.333", "3", ("3", "4"), "3", "5"),
    Kind.CUMULATIVE: Walk(("1", "2"), ("3", "4"), "4", "7", None, "", "2", ("3", "4"), "3", "5"),
    Kind.SCORE: Walk(("1", "2"), ("3", "4.5"), "7.5", "10.5", "4.5", "150", "3.0", ("3", "4.5"), "3.0", "5"),
    Kind.YES_NO: Walk(("否", "0"), ("是", "×"), "1/2", "1/2", "1", "", "是", ("1", "0"), "是", "否"),
}
_TITLE = "2026年第三季度情况表"


def test_every_kind_that_is_typed_walks():
    assert set(WALKS) == {name for name, kind in KINDS.items() if not kind.is_share}


@pytest.fixture(params=WALKS)
def kind(request) -> Kind:
    return request.param


@pytest.fixture
def county(story, kind) -> Story:
    walk = WALKS[kind]
    with translation.override("zh-hans"):
        story.villages("V1", "V2")
        story.indicators(f"A,阵地情况,个,{kind},,,")
        story.form("F", "A")
        story.open("F", "2026Q2", "2026Q3")
        story.run("load_accounts", story._file("accounts.csv", "username,name,org_code,role", ["clerk,填报,T,clerk"]))
        for period, texts in (("2026Q2", walk.second), ("2026Q3", walk.third)):
            story.figures("F", *(f"{period},{unit},A,,{text}" for unit, text in zip(("V1", "V2"), texts, strict=True)))
        yield story


def test_it_is_added_up_compared_and_printed(county, kind):
    walk = WALKS[kind]
    answer = county.ask("A", period="2026Q3", org="T", by="units", compare="prev").data
    total, first = answer["rows"][0]["cells"][0], answer["rows"][1]["cells"][0]
    assert (total["text"], first["text"]) == (walk.total, walk.unit)
    compared = total["compare"]["prev"]
    assert (compared["change"], (compared["percent"] or "")[:7]) == (walk.change, walk.percent)
    assert county.ask("A", period="2026Q3", org="T", view="ytd").data["rows"][0]["cells"][0]["text"] == walk.year


def test_each_value_has_its_row(county, kind):
    path = county.folder / "flat.csv"
    county.run("flat", "--period", "2026Q3", "--org", "C", "--out", str(path))
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert tuple(row["value"] for row in rows) == WALKS[kind].kept
    assert {row["kind"] for row in rows} == {str(kind)}


def test_a_workbook_holds_it_and_is_read_back(county, kind):
    county.open("F", "2026Q4")
    path = county.folder / "form.xlsx"
    county.run("form_workbook", "F", "2026Q4", "--org", "T", "--shape", "grid", "--out", str(path))
    book = openpyxl.load_workbook(path)
    [before] = [row for row in book["上季"].iter_rows(values_only=True) if "V1" in row]
    assert WALKS[kind].workbook in [str(value) for value in before if value is not None]
    sheet = book.worksheets[0]
    [place] = [cell for cell in sheet[1] if cell.value == "A"]
    [row] = [row for row in sheet.iter_rows() if row[1].value == "V1"]
    row[place.column - 1].value = WALKS[kind].other
    book.save(path)
    report = json.loads(county.run("take_in", str(path), "--by", "clerk").splitlines()[0])
    asked = [
        (change["org"], change["indicator"], KINDS[kind].text(_kept(change["new"], kind), 0)) for change in report["changes"]
    ]
    assert asked == [("V1", "A", WALKS[kind].other)]


def test_a_table_of_anyones_making_is_read(county, kind):
    county.open("F", "2026Q4")
    book = openpyxl.Workbook()
    for row in (
        [_TITLE.replace("三", "四")],
        ["村名", "阵地情况"],
        ["V1村", WALKS[kind].third[0]],
        ["V2村", WALKS[kind].third[1]],
    ):
        book.active.append(row)
    path = county.folder / "table.xlsx"
    book.save(path)
    report = json.loads(county.run("take_in", str(path), "--by", "clerk").splitlines()[0])
    assert [(change["org"], _kept(change["new"], kind)) for change in report["changes"]] == [
        ("V1", _kept(WALKS[kind].third[0], kind)), ("V2", _kept(WALKS[kind].third[1], kind)),
    ]  # fmt: skip


def test_all_that_is_recounted_holds(county, kind):
    assert "holds" in county.run("verify")


@pytest.mark.parametrize(("rule", "met", "rate"), [("sum", "3/4", "75.0"), ("last", "2/2", "100.0")])
def test_a_rate_of_those_who_answered_over_two_periods(story, rule, met, rate):
    with translation.override("zh-hans"):
        story.villages("V1", "V2")
        story.indicators(f"Y,达标,个,是否,,,,{rule}", "R,达标率,%,ratio,Y,1,,", extra="period_rule")
        story.form("F", "Y", "R")
        story.open("F", "2026Q1", "2026Q2")
        story.figures("F", "2026Q1,V1,Y,,是", "2026Q1,V2,Y,,否", "2026Q2,V1,Y,,是", "2026Q2,V2,Y,,是")
        found = story.ask("Y", "R", period="2026Q2", view="ytd", by="units").data["rows"]
        assert [cell["text"] for cell in found[0]["cells"]] == [met, rate]
        second = {"sum": ["1/2", "50.0"], "last": ["是", "100.0"]}[rule]
        assert [cell["text"] for row in found if row["org"] == "V2" for cell in row["cells"]] == second
        report = Submission.objects.get(organization__code="V2", task__period="2026Q2")
        bench = bench_for(report.task, [report.organization_id])
        assert lines_of(report, report.standing, bench)[-1].year == second[1]


def _kept(text: str, kind: Kind):
    return KINDS[kind].read(text, line("A", kind=kind, decimals=1 if kind == Kind.SCORE else 0)).figure
