"""The shapes of tables one by one: heads over rows and beside them, merged, stacked, one unit's, one sheet's, with totals and codes."""

from dataclasses import replace

from orgs.names.name_similarity import Certainty
from submissions.imports.tables.match_targets import AskedTask
from submissions.imports.tables.table_report import HeadRole
from tests.factories.indicators import layout
from tests.submissions.imports.tables.world import (
    PERIOD,
    TWINS,
    demonstration_task,
    head_at,
    lines_of,
    placed,
    sheet_of,
    table_result,
)

BRIDGE, WILLOW = "990101101201", "990101101202"
HERE, THERE = (twin.code for twin in TWINS)


def test_units_in_rows_with_title_serial_numbers_total_and_signature():
    table = table_result(
        sheet_of(
            [["青山镇2026年第三季度党建统计表"], ["序号", "单位", "党员总数（名）", "其中：正式", "备注"],
             [1, "石桥村党支部", 30, 28, "已核"], [2, "柳沟村", 12, "12人"], [None, "合计", 42, 40], ["填表人：张三"]],
            merged=[(1, 1, 1, 5)],
        )
    )  # fmt: skip
    assert placed(table) == {
        (BRIDGE, "PM-001"): "30", (BRIDGE, "PM-001:正式"): "28", (WILLOW, "PM-001"): "12", (WILLOW, "PM-001:正式"): "12人",
    }  # fmt: skip
    assert head_at(table, "Sheet1!B5").role == HeadRole.IGNORED
    assert not any(head.text == "备注" for head in table.heads)


def test_lines_in_rows_units_in_columns():
    table = table_result(
        [["党建统计表"], ["指标名称", "计量单位", "石桥村", "柳沟村", "合计"], ["一、党员队伍"], ["党员总数", "名", 30, 12, 42],
         ["正式", "名", 28, 11, 39], ["在村党员数", "名", 20, 8, 28]]
    )  # fmt: skip
    assert placed(table)[WILLOW, "PM-001:正式"] == "11"
    assert len(table.cells) == 6
    assert head_at(table, "Sheet1!E2").why == "a total"


def test_subtotals_are_neither_taken_nor_added():
    """T42: subtotal rows 9 beside leaves 5 and 4; the township's own row that is their sum is left out too."""
    table = table_result(
        [["单位", "党员总数"], ["石桥村", 5], ["柳沟村", 4], ["小计", 9], ["青山镇", 9], ["总　计", 18], ["全镇合计", 18]]
    )  # fmt: skip
    assert placed(table) == {(BRIDGE, "PM-001"): "5", (WILLOW, "PM-001"): "4"}
    assert head_at(table, "Sheet1!A5").why == "the sum of the units below it"


def test_the_townships_own_row_that_is_no_sum_is_only_proposed():
    table = table_result([["单位", "党员总数"], ["石桥村", 5], ["柳沟村", 4], ["青山镇", 7]])
    head = head_at(table, "Sheet1!A4")
    assert (head.means, head.certainty, head.needs_answer) == ("unit:990101101", Certainty.LIKELY, True)
    assert table.waiting == {"990101101": ("Sheet1!A4",)}


def test_two_villages_of_one_name():
    """T43: matched by code or township whatever the order of the rows; by the name alone neither is taken."""
    by_code = table_result([["代码", "村", "党员总数"], [THERE, "新村", 2], [HERE, "新村", 1]])
    by_town = table_result([["乡镇", "村", "党员总数"], ["白沙镇", "新村", 2], ["青山镇", "新村", 1]])
    merged = table_result(
        sheet_of([["乡镇", "村", "党员总数"], ["青山镇", "石桥村", 3], [None, "新村", 1], ["白沙镇", "新村", 2]], merged=[(2, 1, 3, 1)])
    )  # fmt: skip
    grouped = table_result([["村", "党员总数"], ["青山镇"], ["石桥村", 3], ["新村", 1], ["白沙镇"], ["新村", 2]])
    for table in (by_code, by_town, merged, grouped):
        assert (placed(table)[HERE, "PM-001"], placed(table)[THERE, "PM-001"]) == ("1", "2")
    alone = table_result([["村", "党员总数"], ["新村", 2], ["新村", 1]])
    assert placed(alone) == {}
    head = head_at(alone, "Sheet1!A2")
    assert (head.certainty, head.needs_answer, head.remembered_as) == (Certainty.AMBIGUOUS, True, "")
    assert [choice.means for choice in head.choices[:2]] == [f"unit:{HERE}", f"unit:{THERE}"]


def test_code_and_name_that_name_two_units():
    table = table_result([["代码", "村", "党员总数"], [BRIDGE, "柳沟村", 2]])
    assert placed(table) == {}
    assert head_at(table, "Sheet1!B2").certainty == Certainty.AMBIGUOUS


def test_one_unit_with_other_periods_and_codes_beside():
    table = table_result(
        [["填报单位：青山镇石桥村党支部", None, "2026年三季度"], ["序号", "指标名称", "计量单位", "代码", "本期", "上年同期", "本年累计"],
         [1, "党员总数", "名", "PM-001", 30, 29, 30], [2, "在村党员数", "人", "PM-002", 20, 19, 20],
         [3, "收集民情民意", "条", "ISS-201", 4, 3, 11]]
    )  # fmt: skip
    assert placed(table) == {(BRIDGE, "PM-001"): "30", (BRIDGE, "PM-002"): "20", (BRIDGE, "ISS-201"): "4"}
    assert {head.text for head in table.heads if head.role == HeadRole.IGNORED} == {"上年同期", "本年累计"}


def test_merged_heads_over_sections_indicators_and_items_with_a_row_that_counts_columns():
    rows = [
        ["乡镇", "村", "党员情况", None, None, "问题办理", None],
        [None, None, "党员总数", None, "在村党员数", "收集民情民意", "解决急难愁盼问题"],
        [None, None, "小计", "正式", None, None, None], ["甲", "乙", 1, 2, 3, 4, 5],
        ["青山镇", "石桥村", 30, 28, 20, 1, 0], [None, "小计", 30, 28, 20, 1, 0],
    ]  # fmt: skip
    merged = [(1, 3, 1, 5), (1, 6, 1, 7), (2, 3, 2, 4), (2, 5, 3, 5), (2, 6, 3, 6), (2, 7, 3, 7), (1, 1, 3, 1), (1, 2, 3, 2)]
    keys = ("PM-001", "PM-001:正式", "PM-002", "ISS-201", "ISS-202")
    assert placed(table_result(sheet_of(rows, merged=merged))) == dict(
        zip([(BRIDGE, key) for key in keys], ["30", "28", "20", "1", "0"], strict=True)
    )


def test_a_part_that_the_form_does_not_ask_is_not_the_whole():
    rows = [["村", "党员总数", None, None], [None, "合计", "男", "女"], ["石桥村", 30, 18, 12]]
    table = table_result(sheet_of(rows, merged=[(1, 2, 1, 4)]))
    assert placed(table) == {(BRIDGE, "PM-001"): "30"}
    assert [head.text for head in table.heads if head.role == HeadRole.UNKNOWN] == ["男", "女"]


def test_several_tables_below_each_other():
    table = table_result(
        [["单位", "党员总数", "在村党员数"], ["石桥村", 30, 20], ["合计", 30, 20], [],
         ["二、问题办理"], ["单位", "收集民情民意"], ["石桥村", 3], ["柳沟村", 1]]
    )  # fmt: skip
    assert placed(table) == {
        (BRIDGE, "PM-001"): "30", (BRIDGE, "PM-002"): "20", (BRIDGE, "ISS-201"): "3", (WILLOW, "ISS-201"): "1",
    }  # fmt: skip


def test_a_sheet_for_each_unit_and_one_for_all():
    sheets = [
        sheet_of([["指标", "本季度数"], ["党员总数", figure]], title=title)
        for title, figure in (("石桥村", 30), ("2.柳沟村", 10), ("汇总", 40))
    ]
    assert placed(table_result(*sheets)) == {(BRIDGE, "PM-001"): "30", (WILLOW, "PM-001"): "10"}


def test_title_and_sheet_that_speak_of_two_units():
    table = table_result(
        sheet_of([["柳沟村党建统计表"], ["指标", "数量"], ["党员总数", 30], ["在村党员数", 9]], title="石桥村")
    )
    assert placed(table) == {}
    head = head_at(table, "石桥村")
    assert (head.certainty, {choice.means for choice in head.choices[:2]}) == (
        Certainty.AMBIGUOUS, {f"unit:{BRIDGE}", f"unit:{WILLOW}"},
    )  # fmt: skip


def test_one_figure_given_twice_with_two_values_is_neither():
    table = table_result([["单位", "党员总数", "PM-001"], ["石桥村", 30, 31], ["柳沟村", 8, 8]])
    assert placed(table) == {(WILLOW, "PM-001"): "8"}
    assert [remark.address for remark in table.of_units[BRIDGE]] == ["Sheet1!B2", "Sheet1!C2"]


def test_a_figure_merged_over_two_units_is_nobodys():
    table = table_result(
        sheet_of([["单位", "党员总数", "在村党员数"], ["石桥村", 30, 5], ["柳沟村", None, 6]], merged=[(2, 2, 3, 2)])
    )
    assert (BRIDGE, "PM-001") not in placed(table)
    assert "merged" in table.of_units[BRIDGE][0].sentence


def test_figures_in_another_measure_stay_out_whoever_says_so():
    rows = [["指标", "计量单位", "本期"], ["村集体入股企业金额", "元", 50000], ["党员总数", "名", 3]]
    lines = ["COOP-001", "PM-001"]
    for chosen in ({}, {"石桥村!A2": "line:COOP-001"}):
        table = table_result(sheet_of(rows, title="石桥村"), tasks=(_task(lines),), chosen=chosen)
        assert placed(table) == {(BRIDGE, "PM-001"): "3"}
        assert "万元" in head_at(table, "石桥村!A2").why


def test_what_is_not_understood_is_listed_with_its_figures():
    table = table_result([["单位", "党员总数", "低保户数"], ["石桥村", 30, 7], ["不知村", 3, 4], ["柳沟村", 5, None]])
    unknown = {head.address: head.figures for head in table.heads if head.role == HeadRole.UNKNOWN}
    assert unknown == {"Sheet1!C1": 2, "Sheet1!A3": 1}
    assert {remark.address for remark in table.remarks} == set(unknown)


def test_periods_below_each_unit_and_below_each_line():
    below_units = table_result(
        sheet_of(
            [["指标", "石桥村", None], [None, "本期", "上期"], ["党员总数", 30, 1], ["在村党员数", 20, 2]],
            merged=[(1, 2, 1, 3)],
        )
    )
    below_lines = table_result(
        [["村", "党员总数", None, "在村党员数", None], [None, "本期", "上期", "本期", "上期"], ["石桥村", 30, 1, 20, 2]]
    )
    for table in (below_units, below_lines):
        assert placed(table) == {(BRIDGE, "PM-001"): "30", (BRIDGE, "PM-002"): "20"}
        assert {head.text for head in table.heads if head.role == HeadRole.IGNORED} <= {
            "上期",
            "党员总数 › 上期",
            "在村党员数 › 上期",
        }


def test_figures_without_any_head_and_rows_without_a_unit_are_listed():
    table = table_result([["村", "党员总数", None, "在村党员数"], ["石桥村", 30, 7, 20], [None, 1, 2, 3]])
    assert placed(table) == {(BRIDGE, "PM-001"): "30", (BRIDGE, "PM-002"): "20"}
    assert {head.address: head.figures for head in table.heads if head.role == HeadRole.UNKNOWN} == {
        "Sheet1!C1": 2,
        "Sheet1!A3": 2,
    }


def test_what_resembles_something_that_is_there_itself_is_not_proposed():
    table = table_result([["村", "党员总数", "在村党员数", "在村党员"], ["石桥村", 30, 20, 4], ["石桥村民小组", 5, 6, 1]])
    assert placed(table) == {(BRIDGE, "PM-001"): "30", (BRIDGE, "PM-002"): "20"}
    assert {head.address for head in table.heads if head.needs_answer} == {"Sheet1!D1", "Sheet1!A3"}


def test_one_answer_holds_for_the_same_head_on_every_sheet():
    sheets = [
        sheet_of([["指标", "数量"], ["党员总数", 90], ["党员有多少", 30 + number]], title=title)
        for number, title in enumerate(("石桥村", "柳沟村"))
    ]
    for address in ("石桥村!A3", "柳沟村!A3"):
        table = table_result(*sheets, chosen={address: "line:PM-002"})
        assert (placed(table)[BRIDGE, "PM-002"], placed(table)[WILLOW, "PM-002"]) == ("30", "31")


def test_a_sheet_without_any_known_head_is_reported():
    table = table_result([["村", "党员总数"], ["石桥村", 30]], sheet_of([["姓名", "年龄"], ["张三", 50]], title="名册"))
    assert [remark.address for remark in table.remarks] == ["名册"]


def test_remembered_heads_are_sure_and_say_so():
    task = replace(
        demonstration_task(), remembered={"咱村党员": "line:PM-001", "咱们村": f"unit:{BRIDGE}", "低保": "", "没有": "line:X"}
    )
    table = table_result([["村", "咱村党员", "低保", "没有"], ["咱们村", 30, 9, 9]], tasks=(task,))
    assert placed(table) == {(BRIDGE, "PM-001"): "30"}
    assert [head_at(table, f"Sheet1!{place}").why for place in ("B1", "C1", "A2")] == ["as said for an earlier file"] * 3
    assert head_at(table, "Sheet1!D1").role == HeadRole.UNKNOWN


def _task(codes):
    from_catalogue = [each for code in codes for each in lines_of(code)]
    return AskedTask(1, "季", "季表", PERIOD, layout(*from_catalogue))
