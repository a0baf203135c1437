"""For which open task a table is: by the lines it names and the period it states; a period that contradicts is refused."""

from dataclasses import replace

import pytest

from indicators.periods import read_period
from spreadsheets.read.workbook import ReadWorkbook
from submissions.imports.tables.geometry.stated_periods import contradicts, stated_periods, timing_in
from submissions.imports.tables.geometry.words import (
    Timing,
    is_total,
    labelled_unit,
    looks_like_figure,
    split_timing,
    timing_of,
)
from submissions.imports.tables.match_targets import AskedTask
from submissions.imports.tables.recognition.form_choice import choose_task
from tests.factories.indicators import layout
from tests.submissions.imports.tables.world import PERIOD, demonstration_task, lines_of, placed, sheet_of, table_result

QUARTER = demonstration_task()
EARLIER = replace(QUARTER, id=2, period=read_period("2026Q2"))
OTHER = AskedTask(3, "两新季01表", "两新组织党建覆盖情况统计表", PERIOD, layout(*lines_of("ORG-001"), *lines_of("ORG-003")))
ROWS = [["单位", "党员总数", "在村党员数"], ["石桥村", 3, 2]]


def _chosen(rows, tasks, name="表.xlsx", title="Sheet1"):
    return choose_task(ReadWorkbook("xlsx", (sheet_of(rows, title=title),)), name, tasks)


def test_the_form_whose_lines_are_named():
    assert _chosen(ROWS, (OTHER, QUARTER)).task is QUARTER
    assert _chosen([["单位", "纳入台账管理的两新组织"], ["青山镇", 3]], (OTHER, QUARTER)).task is OTHER


def test_the_period_that_is_stated():
    assert _chosen([["2026年第二季度统计表"], *ROWS], (QUARTER, EARLIER)).task is EARLIER
    assert _chosen(ROWS, (QUARTER, EARLIER), name="2026Q3.xlsx").task is QUARTER
    assert _chosen(ROWS, (QUARTER, EARLIER), title="二季度").task is EARLIER
    assert _chosen([["2026年第二季度统计表"], *ROWS], (QUARTER, EARLIER), name="2026Q3.xlsx").task is EARLIER


@pytest.mark.parametrize("name", ["青山镇2026年第二季度.xlsx", "二季度.xlsx", "q2.xlsx", "Q2 2026.xlsx", "2025H1.xls"])
def test_a_files_name_alone_refuses_nothing(name):
    assert _chosen(ROWS, (QUARTER,), name).task is QUARTER


@pytest.mark.parametrize("name", ["q3.xlsx", "Q2.xlsx", "h2.csv", "表q3.xlsx"])
def test_a_bare_letter_in_a_files_name_supports_nothing(name):
    assert _chosen(ROWS, (QUARTER, EARLIER), name).choices == (1, 2)


def test_two_tasks_that_fit_alike_are_listed_and_neither_is_chosen():
    chosen = _chosen(ROWS, (QUARTER, EARLIER))
    assert (chosen.task, chosen.choices) == (None, (1, 2))
    assert "several open tasks" in chosen.refused


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([["2026年第二季度党建统计表"], *ROWS], "表.xlsx"),
        ([["2025年三季度党建统计表"], *ROWS], "表.xlsx"),
        ([["填报单位：石桥村", None, "2026年二季度"], *ROWS], "表.xlsx"),
        ([["Q2 2026 report"], *ROWS], "2026年第三季度.xlsx"),
    ],
)
def test_another_period_is_refused_by_a_sentence(rows, name):
    chosen = _chosen(rows, (QUARTER,), name)
    assert chosen.task is None
    assert "季度" in chosen.refused or "q22026" in chosen.refused
    assert QUARTER.form_title in chosen.refused


@pytest.mark.parametrize(
    "title", ["2026年第三季度", "填报时间：2026年10月8日", "2026年9月", "2026年度", "〔2024〕6号", "7-9月", "1-9月"]
)
def test_what_contradicts_nothing(title):
    assert _chosen([[title], *ROWS], (QUARTER,)).task is QUARTER


def test_sheets_of_other_periods_are_passed_over():
    table = table_result(sheet_of(ROWS, title="三季度"), sheet_of([["单位", "党员总数"], ["柳沟村", 9]], title="二季度"))
    assert len(placed(table)) == 2
    assert [remark.address for remark in table.remarks] == ["二季度"]


def test_nothing_known_and_nothing_open():
    assert "No head of the table" in _chosen([["姓名", "电话"], ["张三", "123"]], (QUARTER,)).refused
    assert "no open task" in _chosen(ROWS, ()).refused


@pytest.mark.parametrize(
    ("head", "timing"),
    [("2026年三季度", Timing.NOW), ("第三季度", Timing.NOW), ("7-9月", Timing.NOW), ("1-9月", Timing.YEAR), ("二季度", Timing.OTHER),
     ("2025年三季度", Timing.OTHER), ("2025年", Timing.OTHER), ("2026年", None), ("9月", Timing.END), ("8月", Timing.PART),
     ("6月", Timing.OTHER),
     ("202609", Timing.END), ("202606", Timing.OTHER), ("2026-09", Timing.END), ("9月末", Timing.END), ("6月底", Timing.OTHER),
     ("上半年", Timing.OTHER), ("党员", None)],
)  # fmt: skip
def test_periods_as_heads(head, timing):
    assert timing_in(head, PERIOD) == timing


@pytest.mark.parametrize(
    ("text", "period"),
    [("Q2 2026", (2026, 4, 6)), ("Q2/2026 figures", (2026, 4, 6)), ("H1 2026", (2026, 1, 6)), ("二季度（2026年）", (2026, 4, 6)),
     ("第三季度 2025", (2025, 7, 9)), ("三季度2026年9月填", (0, 7, 9)), ("上半年2026", (2026, 1, 6))],
)  # fmt: skip
def test_a_year_behind_its_period(text, period):
    (stated,) = stated_periods(text)
    assert (stated.year, stated.first, stated.last) == period


def test_a_year_behind_a_period_that_has_one_is_the_next_ones():
    assert [one.year for one in stated_periods("2026年三季度2025年三季度")] == [2026, 2025]
    assert [(one.year, one.last) for one in stated_periods("三季度，2025年三季度")] == [(0, 9), (2025, 9)]


def test_a_text_that_names_two_periods_contradicts_neither():
    assert contradicts("2026年第三季度较2026年第二季度", PERIOD) == ""
    assert contradicts("二〇二六年第二季度", PERIOD) == "2026年第二季度"


@pytest.mark.parametrize(
    ("text", "timing"),
    [("本期", Timing.NOW), ("本季度完成数", Timing.NOW), ("期末数", Timing.NOW), ("本期（人）", Timing.NOW), ("本年累计", Timing.YEAR),
     ("上年同期数", Timing.OTHER), ("增减%", Timing.OTHER), ("计划数", Timing.OTHER), ("同比增长", Timing.OTHER), ("党员总数", None)],
)  # fmt: skip
def test_words_of_time(text, timing):
    assert timing_of(text) == timing


@pytest.mark.parametrize(
    ("text", "name", "timing"),
    [("党员总数（上年同期）", "党员总数", Timing.OTHER), ("本期党员总数", "党员总数", Timing.NOW),
     ("党员总数-上期", "党员总数", Timing.OTHER), ("党员总数", "党员总数", None)],
)  # fmt: skip
def test_a_time_beside_a_name(text, name, timing):
    assert split_timing(text) == (name, timing)


def test_other_words():
    assert all(is_total(text) for text in ("合　计", "小计", "总计：", "全镇合计", "青山镇小计", "合计（人）", "平均"))
    assert not any(is_total(text) for text in ("党员总数", "石桥村", "设计院"))
    figures = ("12", "１２", " 12人", "1,200", "1.2万", "85%", "—", "/", "无", "#REF!", "-3", "约5")
    assert all(looks_like_figure(text) for text in figures)
    assert not any(looks_like_figure(text) for text in ("1.党员总数", "党员", "3、在村党员数", "2025年", "1.2.3章"))
    assert labelled_unit("填报单位（盖章）：石桥村党支部") == "石桥村党支部"
    assert labelled_unit("村名：") == ""
    assert labelled_unit("填表人：张三") is None


def test_a_table_of_which_only_remembered_heads_are_known():
    rows = [["单位", "同志们"], ["石桥村", 30]]
    assert "No head of the table" in _chosen(rows, (demonstration_task(),)).refused
    task = replace(demonstration_task(), remembered={"同志们": "line:PM-001"})
    table = table_result(rows, tasks=(task,))
    assert list(placed(table).values()) == ["30"]
