"""The visible head of a form is compared with what the file carries; a contradiction is refused and names both."""

import io
from dataclasses import replace

import pytest
from django.utils import translation
from openpyxl import load_workbook

from indicators.models import Form
from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import Cell, Content
from submissions.imports.report.import_report import FileVerdict
from submissions.imports.report.scope import operator_scope
from submissions.imports.service.import_service import weigh
from submissions.models import Task
from submissions.workbooks.stamps import Shape, is_stamp_like
from submissions.workbooks.workbook import form_workbook
from tests.factories.indicators import make_form
from tests.factories.submissions import AT
from tests.submissions.imports.filled import filled

NAMES = {"township": "青山镇", "village": "甲村", "other_village": "乙村"}
UNIT_AT, PERIOD_AT, FORM_AT, TITLE_AT = "B3", "E3", "J3", "B2"


@pytest.fixture
def named(desk):
    for place, name in NAMES.items():
        Organization.objects.filter(pk=getattr(desk.place, place).pk).update(name=name)
        getattr(desk.place, place).refresh_from_db()
    desk.task = Task.objects.select_related("form", "county").get(pk=desk.task.pk)
    return desk


def returned(desk, shape=Shape.UNIT, organization=None, language="zh-hans", **texts):
    """The form as it comes back with 7 for A, and other texts in cells of its head."""
    organization = organization or desk.place.village
    with translation.override(language):
        made = form_workbook(task=desk.task, organization=organization, shape=shape, by=desk.place.clerk, at=AT)
    content = filled(made.content, {(desk.place.village.code, "A"): 7})
    book = load_workbook(io.BytesIO(content))
    sheet = next(sheet for sheet in book.worksheets if is_stamp_like(str(sheet["A1"].value or "")))
    for at, text in texts.items():
        sheet[at] = text
    out = io.BytesIO()
    book.save(out)
    return read_file(out.getvalue(), "季报.xlsx")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("shape", [Shape.UNIT, Shape.SHEETS])
def test_a_head_that_agrees_is_taken(named, shape, language):
    result = named.weigh(returned(named, shape, language=language))
    assert result.verdict == FileVerdict.PREVIEW
    assert [change.figure for _unit, change in result.changes()] == [7]


@pytest.mark.parametrize(
    "text",
    [
        "填报单位（盖章）：乙村",
        "填报单位: 乙村",
        "填报单位：青山镇乙村",
        "单位名称：乙村党支部",
        "乙村",
        "填报单位（盖章）：丙村",
        "填报单位（盖章）：大甲村",
        "填报单位（盖章）：甲村、乙村",
        "Reporting unit (seal): 乙村",
        "填报单位（盖章）：白沙镇甲村",
        " 填 报 单 位 ： 乙 村 ",
        "填报单位（盖章）：青山镇",
        "报送单位：乙村委会",
        "填报单位：甲村（乙村）",
    ],
)
def test_a_head_of_another_unit_is_refused_and_names_both(named, text):
    result = named.weigh(returned(named, **{UNIT_AT: text}))
    assert result.verdict == FileVerdict.REFUSED
    assert not list(result.changes())
    assert all(sentence in result.sentence for sentence in ("甲村 (", "!B3"))
    value = text.strip().replace(" ", "").rpartition("：")[2].rpartition(":")[2]
    assert value in result.sentence.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "填报单位（盖章）：甲村（公章）",
        "填报单位：青山镇甲村",
        "填报单位（盖章）：甲村党支部",
        "填报单位（盖章）：中共甲村党支部委员会",
        "填报单位（盖章）：甲",
        "填报单位（盖章）：甲村村民委员会",
        "填报单位（盖章）：",
        "填报单位（盖章）：________",
        "填报单位：____甲村____",
        "甲村",
        "填报单位（盖章）：CODE",
        "填报单位（盖章）：甲村（CODE）",
        "填报单位（盖章）：甲 村",
        None,
    ],
)
def test_the_own_name_however_it_is_written(named, text):
    text = text and text.replace("CODE", named.place.village.code)
    assert named.weigh(returned(named, **{UNIT_AT: text})).verdict == FileVerdict.PREVIEW


def test_the_name_beside_its_label(named):
    read = returned(named, **{UNIT_AT: "填报单位（盖章）：", PERIOD_AT: "乙村"})
    assert named.weigh(read).verdict == FileVerdict.REFUSED


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (PERIOD_AT, "2026年第二季度"),
        (PERIOD_AT, "二〇二六年二季度"),
        (PERIOD_AT, "2025年第三季度"),
        (PERIOD_AT, "2026Q2"),
        (PERIOD_AT, "2026年上半年"),
        (PERIOD_AT, "2026年4-6月"),
        (PERIOD_AT, "报告期：2026年4月-6月"),
        (TITLE_AT, "2026年第二季度季01表基层表"),
        (TITLE_AT, "乙村季01表基层表"),
        (PERIOD_AT, "Second quarter of 2026"),
        (FORM_AT, "表号：季02表"),
        (TITLE_AT, "另一张表"),
        (FORM_AT, "表　　号：季02表"),
    ],
)
def test_a_head_of_another_form_or_period_is_refused(named, at, text):
    make_form("季02表", ("A",), title="另一张表")
    result = named.weigh(returned(named, **{at: text}))
    assert result.verdict == FileVerdict.REFUSED
    assert f"!{at}" in result.sentence


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (PERIOD_AT, "2026年三季度"),
        (PERIOD_AT, "7-9月"),
        (PERIOD_AT, ""),
        (PERIOD_AT, "Third quarter of 2026"),
        (TITLE_AT, "党建季报表"),
        (FORM_AT, "表号：季 01表"),
        (FORM_AT, "填报日期：2026年10月8日"),
        (TITLE_AT, "2026年第三季度季01表基层表"),
        (FORM_AT, "2026年10月"),
    ],
)
def test_other_ways_to_write_the_same_period_and_form(named, at, text):
    assert named.weigh(returned(named, **{at: text})).verdict == FileVerdict.PREVIEW


def test_a_title_with_a_year_of_its_own(named):
    Form.objects.filter(pk=named.task.form_id).update(
        title="2025年度基层党建基础数据表", valid_until="2027-12-31", issuer="云岭县委"
    )
    named.task.form.refresh_from_db()
    assert named.weigh(returned(named)).verdict == FileVerdict.PREVIEW


def as_operator(desk, read):
    return weigh("季报.xlsx", read, operator_scope(system_operator(), AT.date()))


def test_only_the_sheet_with_another_name_is_kept_out(named):
    read = returned(named, Shape.SHEETS, named.place.township)
    result = as_operator(named, read)
    assert [unit.org for unit in result.units if unit.is_ready] == [named.place.village.code]
    result = as_operator(named, returned(named, Shape.SHEETS, named.place.township, **{UNIT_AT: "填报单位：乙村"}))
    refused = {unit.org: unit.refused for unit in result.units}
    assert all(name in refused[named.place.village.code] for name in ("甲村", "乙村"))


def test_a_sheet_that_bears_anothers_name(named):
    read = returned(named, Shape.SHEETS, named.place.village)
    sheets = tuple(replace(sheet, title="乙村") if sheet.title == "甲村" else sheet for sheet in read.sheets)
    assert as_operator(named, replace(read, sheets=sheets)).verdict == FileVerdict.REFUSED


@pytest.mark.parametrize("text", ["汇集范围：白沙镇所属填报单位（共30个）", "汇集范围：乙村", "填报单位：白沙镇"])
def test_the_head_of_a_grid(named, text):
    result = as_operator(named, returned(named, Shape.GRID, named.place.township, **{UNIT_AT: text}))
    assert result.verdict == FileVerdict.REFUSED
    assert "青山镇 (" in result.sentence


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_grid_that_agrees(named, language):
    result = as_operator(named, returned(named, Shape.GRID, named.place.township, language=language))
    assert [change.figure for _unit, change in result.changes()] == [7]


def test_a_row_of_a_grid_under_anothers_name(named):
    read = returned(named, Shape.GRID, named.place.township)
    at = next(at for at, cell in read.sheets[0].cells.items() if cell.text == "甲村")
    sheet = replace(read.sheets[0], cells={**read.sheets[0].cells, at: Cell("乙村", Content.TEXT)})
    result = as_operator(named, replace(read, sheets=(sheet, *read.sheets[1:])))
    wrong = {unit.org: unit.remarks[0].sentence for unit in result.units if unit.has_errors}
    assert list(wrong) == [named.place.village.code]
    assert "乙村" in wrong[named.place.village.code]
