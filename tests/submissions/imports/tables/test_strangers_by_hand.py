"""Single tables as real people send them, each with one trap: what stands beside, above and between the rows."""

import pytest

from submissions.imports.report.import_report import Weight
from tests.submissions.imports.tables.strangers.reading import read_rows, sentences_at, turned
from tests.submissions.imports.tables.world import TWINS, VILLAGES, placed

BRIDGE, WILLOW, UPPER, LOWER = (village.code for village in VILLAGES[:4])
HERE, THERE = (twin.code for twin in TWINS)


def test_the_unit_of_measure_is_no_unit():
    """单位 over 个 and 人 beside 村名."""
    rows = [
        ["村名", "指标", "单位", "数量"],
        ["石桥村", "支部数", "个", 1],
        ["石桥村", "全村人口", "人", 100],
        ["柳沟村", "支部数", "个", 2],
    ]
    table = read_rows(rows)
    assert placed(table) == {(BRIDGE, "A-2"): "1", (BRIDGE, "A-3"): "100", (WILLOW, "A-2"): "2"}
    assert table.questions == ()


@pytest.mark.parametrize("head", ["责任单位", "结对村", "帮扶单位", "协办单位", "备注"])
def test_another_unit_beside_every_line_of_one_units_list(head):
    rows = [
        ["填报单位：石桥村党支部"],
        ["指标", "单位", "本期", head],
        ["支部数", "个", 1, "上湾村"],
        ["全村人口", "人", 100, "下湾村"],
    ]
    table = read_rows(rows)
    assert placed(table) == {(BRIDGE, "A-2"): "1", (BRIDGE, "A-3"): "100"}
    assert table.questions == ()


def test_a_relation_merged_over_two_rows():
    rows = [["帮扶单位", "村名", "支部数"], ["大坪村", "石桥村", 1], [None, "柳沟村", 2]]
    table = read_rows(rows, merged=[(2, 1, 3, 1)])
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2"}


def test_the_partners_figures_beside_the_own():
    """Whose the second 受理件数 is, nothing says: it is never the row's own, and no figure goes to the partner by its column."""
    table = read_rows([["村名", "受理件数", "结对村", "受理件数"], ["石桥村", 1, "上湾村", 5], ["柳沟村", 2, "下湾村", 6]])
    assert {"5", "6"}.isdisjoint(placed(table).values())
    assert {UPPER, LOWER}.isdisjoint({org for org, _key in placed(table)})
    assert sentences_at(table, "Sheet1!D2") or sentences_at(table, "Sheet1!D1")


def test_several_names_in_one_cell_of_a_relation():
    table = read_rows([["村名", "支部数", "结对村"], ["石桥村", 1, "上湾村、下湾村"], ["柳沟村", 2, "大坪村 新庄村"]])
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2"}


def test_two_and_three_relations():
    heads = ["村名", "结对村1", "结对村2", "原村名", "支部数"]
    table = read_rows([heads, ["石桥村", "上湾村", "大坪村", "新庄村", 1], ["柳沟村", "下湾村", "老庄村", "马店村", 2]])
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2"}
    assert table.questions == ()


@pytest.mark.parametrize("head", ["所属党委", "上级党组织", "所属乡镇党委", "镇党委", "所属镇"])
def test_the_superior_tells_namesakes_apart(head):
    table = read_rows([[head, "党组织名称", "支部数"], ["白沙镇党委", "新村党支部", 2], ["青山镇党委", "新村党支部", 1]])
    assert placed(table) == {(THERE, "A-2"): "2", (HERE, "A-2"): "1"}


@pytest.mark.parametrize("head", ["代码", "党组织代码", "编码"])
def test_codes_stored_as_numbers(head):
    table = read_rows([[head, "村名", "支部数"], [int(THERE), "新村", 2], [int(HERE), "新村", 1]])
    assert placed(table) == {(THERE, "A-2"): "2", (HERE, "A-2"): "1"}


def test_a_code_without_a_name_and_a_name_without_a_code():
    table = read_rows([["代码", "村名", "支部数"], [BRIDGE, None, 1], [None, "柳沟村", 2]])
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2"}


def test_a_code_that_is_nobodys_beside_a_known_name():
    """Code and name do not name the same unit: an error of this row, the next one stands."""
    table = read_rows([["代码", "村名", "支部数"], ["990199199901", "石桥村", 1], [WILLOW, "柳沟村", 2]])
    assert placed(table)[WILLOW, "A-2"] == "2"
    assert (BRIDGE, "A-2") not in placed(table) or BRIDGE in table.waiting
    remarks = [*table.remarks, *table.of_units.get(BRIDGE, ())]
    assert any(remark.weight == Weight.ERROR and remark.address.endswith("2") for remark in remarks)


@pytest.mark.parametrize("head", ["序号", "编号", "序 号", "No.", "顺序号"])
def test_serial_numbers_are_no_codes(head):
    table = read_rows([[head, "村名", "支部数"], [1, "石桥村", 1], [2, "柳沟村", 2]])
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2"}
    assert (table.questions, table.waiting) == ((), {})


def test_subtotals_of_sections_are_each_compared_with_their_own_rows():
    rows = [
        ["乡镇", "村名", "支部数"], ["青山镇", "石桥村", 1], ["青山镇", "柳沟村", 2], ["青山镇", "小计", 3], ["白沙镇", "新村", 5],
        ["白沙镇", "小计", 6], ["合计", None, 8],
    ]  # fmt: skip
    table = read_rows(rows)
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2", (THERE, "A-2"): "5"}
    assert sentences_at(table, "Sheet1!C4") == []
    assert sentences_at(table, "Sheet1!C6")
    assert sentences_at(table, "Sheet1!C7") == []


@pytest.mark.parametrize("total", ["3", " 3 ", "3个", 3])
def test_a_total_that_agrees_says_nothing(total):
    table = read_rows([["村名", "支部数"], ["石桥村", "1"], ["柳沟村", "2个"], ["合计", total]])
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2个"}
    assert sentences_at(table, "Sheet1!B4") == []


def test_a_total_over_rows_that_are_not_ours_counts_them():
    """不知道的村 is nobody's, but the table's total holds it."""
    table = read_rows([["村名", "支部数"], ["石桥村", 1], ["不知道的村", 4], ["合计", 5]])
    assert placed(table) == {(BRIDGE, "A-2"): "1"}
    assert sentences_at(table, "Sheet1!B4") == []


def test_measures_below_the_heads():
    table = read_rows([["村名", "支部数", "全村人口"], [None, "（个）", "（人）"], ["石桥村", 1, 100]])
    assert placed(table) == {(BRIDGE, "A-2"): "1", (BRIDGE, "A-3"): "100"}


def test_heads_once_more_after_a_page_break():
    table = read_rows([["村名", "支部数"], ["石桥村", 1], ["村名", "支部数"], ["柳沟村", 2]])
    assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2"}


@pytest.mark.parametrize("text", ["3月", "2026年6月", "2026-06-30", "二季度", "2025年"])
@pytest.mark.parametrize("head", ["结对时间", "换届时间", "成立时间", "备注"])
def test_a_time_beside_the_names_is_not_the_rows_period(head, text):
    table = read_rows([["村名", head, "支部数", "全村人口"], ["石桥村", text, 1, 100], ["柳沟村", None, 2, 200]])
    assert len(placed(table)) == 4
    assert table.waiting == {}


@pytest.mark.parametrize("name", ["石桥村小学党支部", "石桥村第一党小组", "石桥村、柳沟村", "石桥村合作社"])
def test_what_lies_in_a_village_is_not_the_village(name):
    table = read_rows([["党组织名称", "支部数"], [name, 1], ["上湾村", 2]])
    assert (UPPER, "A-2") in placed(table)
    assert (BRIDGE, "A-2") not in placed(table) or BRIDGE in table.waiting


@pytest.mark.parametrize("name", ["石桥村（原上湾村）", "石桥村(与上湾村结对)", "石桥村\n（原上湾村）"])
def test_a_former_name_in_brackets_is_not_whose_the_row_is(name):
    assert UPPER not in {org for org, _key in placed(read_rows([["村名", "支部数"], [name, 1], ["柳沟村", 2]]))}


def test_three_years_of_a_yearly_form():
    table = read_rows([["村名", "2024年支部数", "2025年支部数", "2026年支部数"], ["石桥村", 7, 8, 9]], period="2026")
    assert placed(table) == {(BRIDGE, "A-2"): "9"}
    assert sentences_at(table, "Sheet1!B1")
    assert sentences_at(table, "Sheet1!C1")


@pytest.mark.parametrize("heads", [[2024, 2025, 2026], ["2024", "2025", "2026"], ["2024年", "2025年", "2026年"]])
def test_years_below_a_line(heads):
    table = read_rows([["村名", "支部数", None, None], [None, *heads], ["石桥村", 7, 8, 9]], [(1, 2, 1, 4)], period="2026")
    assert placed(table) == {(BRIDGE, "A-2"): "9"}


def test_only_another_periods_figures_are_there():
    """The file is refused with the period it states, or that column is left out and reported."""
    table = read_rows([["村名", "二季度支部数", "全村人口"], ["石桥村", 7, 100]])
    assert "7" not in placed(table).values()
    assert "二季度" in table.refused or (sentences_at(table, "Sheet1!B1") and placed(table) == {(BRIDGE, "A-3"): "100"})


@pytest.mark.parametrize("head", ["结对村数", "结对村", "帮扶单位"])
def test_numbers_below_a_head_of_a_relation(head):
    """Numbers are no names: the head is reported, and the names beside it stand."""
    table = read_rows([["村名", "支部数", head], ["石桥村", 1, 7], ["柳沟村", 2, 8]])
    assert (placed(table).get((BRIDGE, "A-2")), placed(table).get((WILLOW, "A-2"))) == ("1", "2")
    assert "7" not in placed(table).values() or table.waiting


def test_a_telephone_below_the_figures():
    rows = [
        ["村名", "支部数", "全村人口"],
        ["石桥村", 1, 100],
        ["柳沟村", 2, 200],
        ["联系电话", 13800001111, None],
        ["填表人：石桥", None, 7],
    ]
    table = read_rows(rows)
    assert placed(table) == {(BRIDGE, "A-2"): "1", (BRIDGE, "A-3"): "100", (WILLOW, "A-2"): "2", (WILLOW, "A-3"): "200"}


def test_the_turned_table_with_codes_relations_and_a_total():
    rows = [
        ["序号", "代码", "村名", "结对村", "支部数", "上期支部数"], 
        [1, BRIDGE, "石挢村", "上湾村", 1, 4], [2, WILLOW, "柳沟村", "下湾村", 2, 4],
        [None, None, "合计", None, 9, 8],
    ]  # fmt: skip
    for table in (read_rows(rows), read_rows(turned(rows))):
        assert placed(table) == {(BRIDGE, "A-2"): "1", (WILLOW, "A-2"): "2"}
        assert table.questions == ()
    assert sentences_at(read_rows(rows), "Sheet1!E4")
    assert sentences_at(read_rows(turned(rows)), "Sheet1!D5")


@pytest.mark.parametrize("note", [["填表人：", 13800001111], ["联系电话", 13800001111], ["填表人：", "王五", "电话：", 139]])
def test_what_stands_in_a_note_says_nothing_of_the_columns_above_it(note):
    """支部 is no 支部数 because of a telephone below the names, and 村民小组数 is reported though a name stands below it."""
    table = read_rows([["支部", "村民小组数", "全村人口"], ["石桥村：", 181, 100], ["柳沟村", 100, 200], note])
    assert placed(table) == {(BRIDGE, "A-3"): "100", (WILLOW, "A-3"): "200"}
    assert sentences_at(table, "Sheet1!B1")


def test_a_lone_figure_under_a_head_of_its_own_is_no_serial_number():
    assert sentences_at(read_rows([["村名", "完成率", "支部数"], ["石桥村", 1, 3]]), "Sheet1!B1")


def test_a_hidden_value_beside_a_name_in_doubt_is_reported():
    rows = [["村名", "支部数"], ["石桥村", 1], ["下湾村（与柳沟村结对）", 20], ["上湾村", 3]]
    assert sentences_at(read_rows(rows, [(2, 2, 3, 2)]), "Sheet1!B3")


def test_a_merged_head_is_over_the_figures_below_all_of_it():
    rows = [["村名", "代码", "结对村", "支部数", None, None], [None, None, None, "8月", "9月", "7月"]]
    rows += [["石桥村", BRIDGE, "上湾村", None, None, None], ["柳沟村", WILLOW, "下湾村", None, 44, 246]]
    assert placed(read_rows(rows, [(1, 4, 1, 6)], period="2026-09")) == {(WILLOW, "A-2"): "44"}


def test_a_unit_without_figures_above_a_total_is_not_the_sheets_own():
    """Nobody takes 合计 for the only village that is named."""
    rows = [["先进村", "支部数"], ["石桥村(上湾村已并入)", None], ["共计", 9]]
    assert placed(read_rows(rows, chosen={"Sheet1!A2": f"unit:{BRIDGE}"})) == {}


def test_a_place_beside_an_unclear_head_is_not_the_rows_own():
    rows = [["镇（街道）", "示范村", "支部数"], ["青山镇", "石桥村、柳沟村", 1], [None, "上湾村（原大坪村）", 2]]
    table = read_rows(rows, [(2, 1, 3, 1)])
    assert (placed(table), [question.what for question in table.questions]) == ({}, ["unit_column"])


def test_a_row_that_counts_the_columns_is_no_place_above():
    rows = [["支部名称", "所属党组织", "支部数", "全村人口", "示范户数"], ["甲", "乙", 1, 2, 3]]
    rows += [["石桥村", None, 5, 6, 7], ["柳沟村", "青山镇", 8, 9, 10]]
    table = read_rows(rows)
    assert (len(placed(table)), table.questions) == (6, ())
