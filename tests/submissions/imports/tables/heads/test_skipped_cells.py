"""What is left out of a table without a doubt has a line a kind; a similar name chooses nothing; a missing table is reported."""

import pytest

from orgs.names.name_similarity import Certainty
from spreadsheets.read.workbook import ReadSheet, ReadWorkbook
from submissions.imports.report.import_report import Weight
from tests.submissions.imports.tables.strangers.reading import read_rows, sentences_at, turned
from tests.submissions.imports.tables.world import VILLAGES, head_at, placed, sheet_of, table_result

BRIDGE, WILLOW = (village.code for village in VILLAGES[:2])


def test_relations_have_one_line():
    rows = [["村名", "支部数", "结对村", "帮扶单位"], ["石桥村", 1, "上湾村", "大坪村"], ["柳沟村", 2, "下湾村", None]]
    (sentence,) = sentences_at(read_rows(rows), "Sheet1!C1")
    assert all(words in sentence for words in ("结对村", "Sheet1!C1", "帮扶单位", "Sheet1!D1", "cells: 2", "cells: 1"))


def test_other_columns_have_one_line_and_serial_numbers_none():
    rows = [
        ["序号", "村名", "支部数", "备注", "书记姓名", "代码"],
        [1, "石桥村", 1, "已核", "张三", BRIDGE],
        [2, "柳沟村", 2, None, "李四", WILLOW],
    ]
    table = read_rows(rows)
    (sentence,) = sentences_at(table, "Sheet1!D1")
    assert all(words in sentence for words in ("备注", "书记姓名", "cells: 1", "cells: 2"))
    assert [remark.weight for remark in table.remarks] == [Weight.NOTICE]
    assert len(placed(table)) == 2


def test_a_turned_table_names_its_rows():
    rows = turned([["村名", "支部数", "结对村"], ["石桥村", 1, "上湾村"], ["柳沟村", 2, "下湾村"]])
    assert "结对村" in sentences_at(read_rows(rows), "Sheet1!A3")[0]


def test_dashes_and_slashes_are_counted():
    rows = [
        ["村名", "支部数", "全村人口"],
        ["石桥村", "-", "/"],
        ["柳沟村", "-", "/"],
        ["上湾村", "—", 5],
        ["下湾村", 1, "不适用"],
    ]
    sentence = {remark.sentence for remark in read_rows(rows).remarks}
    assert sentence == {
        "“/” was read as N/A; cells: 2.", "“不适用” was read as N/A; cells: 1.",
        "“-” counts as blank and was left out; cells: 2.", "“—” counts as blank and was left out; cells: 1.",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["石桥庄村", "石挢村", "大石桥村", "石桥子村"])
def test_a_similar_name_chooses_nothing(name):
    table = read_rows([["村名", "支部数"], [name, 1], ["柳沟村", 2]])
    head = head_at(table, "Sheet1!A2")
    assert (head.means, head.certainty, head.is_asked) == ("", Certainty.AMBIGUOUS, True)
    assert head.choices[0].means == f"unit:{BRIDGE}"
    assert placed(table) == {(WILLOW, "A-2"): "2"}
    assert placed(read_rows([["村名", "支部数"], [name, 1]], chosen={"Sheet1!A2": f"unit:{BRIDGE}"})) == {(BRIDGE, "A-2"): "1"}


def test_a_similar_name_of_the_sheet_chooses_nothing():
    table = read_rows([["指标", "数量"], ["支部数", 1], ["全村人口", 2]], title="石桥庄村")
    assert (placed(table), [question.address for question in table.questions]) == ({}, ["石桥庄村"])


def test_an_answer_about_a_similar_name_is_remembered():
    head = head_at(read_rows([["村名", "支部数"], ["石挢村", 1]], chosen={"Sheet1!A2": f"unit:{BRIDGE}"}), "Sheet1!A2")
    assert (head.remembered_as, head.is_chosen) == ("石挢村", True)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "is empty"),
        ([["2026年第三季度统计表"], [None, "石桥村"]], "no figure"),
        ([["说明"], [1], [2]], "Only one column"),
        ([["姓名", "电话"], ["张三", 123]], "No head of the table"),
    ],
)
def test_a_workbook_without_a_table_is_refused_with_the_reason(rows, sentence):
    assert sentence in read_rows(rows).refused


def test_only_a_hidden_sheet_holds_something():
    hidden = ReadSheet("表", sheet_of([["村名", "党员总数"], ["石桥村", 3]]).cells, state="hidden")
    assert "Only hidden sheets" in table_result(hidden, ReadSheet("Sheet1", {})).refused
    assert ReadWorkbook("xlsx", (hidden,)).sheets[0].cells


def test_lists_side_by_side_with_other_lines_under_one_head():
    rows = [["村名", "支部数", None, "村名", "全村人口"], ["石桥村", 1, None, "上湾村", 6], ["柳沟村", 2, None, "下湾村", 8]]
    table = read_rows(rows)
    assert placed(table) == {
        (BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2", (VILLAGES[2].code, "A-3"): "6", (VILLAGES[3].code, "A-3"): "8",
    }  # fmt: skip
    assert table.questions == ()


def test_the_same_names_again_are_one_list():
    rows = [["村名", "支部数", "村名", "全村人口"], ["石桥村", 1, "石桥村", 6], ["柳沟村", 2, "柳沟村", 8]]
    assert placed(read_rows(rows)) == {
        (BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2", (BRIDGE, "A-3"): "6", (WILLOW, "A-3"): "8",
    }  # fmt: skip


def test_an_answer_for_one_list_gives_it_no_figures_of_the_list_beside_it():
    rows = [
        ["村名", "支部数", None, "单位名称", "全村人口"],
        ["石桥村", 1, None, "上湾村", 6],
        ["柳沟村", 2, None, "下湾村", 8],
    ]
    assert [question.what for question in read_rows(rows).questions] == ["unit_column"]
    table = read_rows(rows, chosen={"Sheet1": "own:Sheet1!A1"})
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2"}
    assert sentences_at(table, "Sheet1!E1")
