"""A township with its villages and the demonstration county's quarterly form, as tables of anyone's making see them; no database."""

import csv
from functools import cache
from pathlib import Path

from indicators.choices import Kind
from indicators.layout import Layout, Line
from indicators.periods import read_period
from orgs.names.name_matching import Candidate, OrgNames
from spreadsheets.read.workbook import Cell, Content, ReadSheet, ReadWorkbook
from submissions.imports.tables.match_targets import AskedTask, AskedUnits
from submissions.imports.tables.recognition.table_recognition import recognise_table
from submissions.imports.tables.table_report import ReportedHead, TableResult
from tests.factories.indicators import items_of, layout

ROOT = Path(__file__).parents[4]
FORM, TITLE, PERIOD = "基层季01表", "基层党建工作季度报表", read_period("2026Q3")
QINGSHAN, BAISHA = ("青山镇党委", "青山镇", "云泽县"), ("白沙镇党委", "白沙镇", "云泽县")
TOWNSHIP = Candidate("990101101", "青山镇党委", "青山镇", ("云泽县",))
_VILLAGES = (
    "石桥村", "柳沟村", "上湾村", "下湾村", "大坪村", "新庄村", "老庄村", "杨家集村", "马店村", "东岗村", "西岗村", "梅园村",
    "清渡口村", "长岭村", "张垭村", "李塘村", "王堰村", "陈坡村", "周寨村", "高台村", "红铺村", "白圩村", "竹林村", "泉井村",
    "江洼村", "河畈村", "北屯村", "南店村", "龙湾村", "凤岭村",
)  # fmt: skip
VILLAGES = tuple(
    Candidate(f"990101101{201 + number}", f"{name}{'党总支' if number % 5 == 3 else '党支部'}", name, QINGSHAN)
    for number, name in enumerate(_VILLAGES)
)
TWINS = (
    Candidate("990101101299", "新村党支部", "新村", QINGSHAN),
    Candidate("990101102299", "新村党支部", "新村", BAISHA),
)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    with (ROOT / "indicators/ready/catalogue.csv").open(encoding="utf-8-sig") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def lines_of(code: str) -> list[Line]:
    row = catalogue()[code]
    items = [item for item in row["disaggregation"].replace("|", ";").split(";") if item]
    facts = {"name": row["name_zh"], "unit": row["unit"], "numerator": row["numerator"], "denominator": row["denominator"]}
    if row["kind"] != Kind.RATIO:
        facts |= {"kind": row["kind"], "period_rule": "sum"}
    return items_of(code, *items, **facts)


@cache
def demonstration_layout() -> Layout:
    """基层季01表 of the demonstration."""
    with (ROOT / "demonstration/forms.csv").open(encoding="utf-8-sig") as file:
        codes = [row["indicator_code"] for row in csv.DictReader(file) if row["form"] == FORM]
    return layout(*(line for code in codes for line in lines_of(code)))


@cache
def demonstration_task(**facts) -> AskedTask:
    shape = demonstration_layout()
    english = {code: catalogue()[code]["name_en"] for code in shape.codes}
    return AskedTask(1, FORM, TITLE, PERIOD, shape, english)


@cache
def units_of(*candidates: Candidate) -> AskedUnits:
    return AskedUnits(OrgNames(candidates), {candidate.code: candidate.name for candidate in candidates})


def sheet_of(rows, title: str = "Sheet1", merged=(), **facts) -> ReadSheet:
    """Rows of texts, numbers and None as a sheet."""
    cells = {}
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if value not in (None, ""):
                content = Content.TEXT if isinstance(value, str) else Content.NUMBER
                cells[row, column] = Cell(str(value), content)
    return ReadSheet(title, cells, merged=tuple(merged), **facts)


def table_result(
    *sheets, name: str = "表.xlsx", candidates=(TOWNSHIP, *VILLAGES, *TWINS), tasks=(), chosen=None
) -> TableResult:
    """Sheets (or lists of rows) as a workbook, recognised."""
    read = ReadWorkbook("xlsx", tuple(sheet if isinstance(sheet, ReadSheet) else sheet_of(sheet) for sheet in sheets))
    tasks = tasks or (demonstration_task(),)
    return recognise_table(read, name=name, candidates=units_of(*candidates), tasks=tasks, chosen=chosen)


def placed(table: TableResult) -> dict[tuple[str, str], str]:
    """(unit, key) -> text."""
    return {(cell.org, cell.key): cell.cell.text for cell in table.cells}


def head_at(table: TableResult, address: str) -> ReportedHead:
    return next(head for head in table.heads if head.address == address)
