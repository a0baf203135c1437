"""Townships in tables of villages: left out by name, and heads of the villages below them where they carry their sums."""

import pytest

from orgs.names.name_similarity import Certainty
from submissions.imports.tables.table_report import HeadRole
from tests.submissions.imports.tables.world import TWINS, VILLAGES, head_at, placed, table_result

HERE, THERE = (twin.code for twin in TWINS)
BRIDGE, WILLOW = VILLAGES[0].code, VILLAGES[1].code
UNITS = (*VILLAGES, *TWINS)  # the townships report nothing themselves
WHY = "an organization above the units, whose figures are the sum of theirs"


@pytest.mark.parametrize("name", ["青山镇", "青山镇党委", "中共青山镇委员会", "云泽县", "一、青山镇"])
@pytest.mark.parametrize("figure", [8, 9])
def test_a_row_above_units_is_left_out_whatever_stands_in_it(name, figure):
    table = table_result([["单位", "党员总数"], ["石桥村", 5], ["柳沟村", 3], [name, figure]], candidates=UNITS)
    assert placed(table) == {(BRIDGE, "PM-001"): "5", (WILLOW, "PM-001"): "3"}
    head = head_at(table, "Sheet1!A4")
    assert (head.role, head.why, head.is_asked) == (HeadRole.IGNORED, WHY, False)
    assert [remark.sentence for remark in table.remarks] == [f"“{name}”: left out, {WHY}. Figures under it: 1."]


def test_a_branch_with_its_seat_in_the_township_is_not_the_township():
    table = table_result([["单位", "党员总数"], ["石桥村", 5], ["青山镇机关党支部", 3]], candidates=UNITS)
    assert head_at(table, "Sheet1!A3").is_asked


def test_sections_that_carry_their_sums_tell_namesakes_apart():
    rows = [
        ["单位", "党员总数", "正式"], ["合计", 18, 15], ["青山镇", 9, 8], ["石桥村", 5, 4], ["新村", 4, 4], ["白沙镇", 9, 7],
        ["新村", 9, 7],
    ]  # fmt: skip
    table = table_result(rows, candidates=UNITS)
    assert placed(table) == {
        (BRIDGE, "PM-001"): "5", (BRIDGE, "PM-001:正式"): "4", (HERE, "PM-001"): "4", (HERE, "PM-001:正式"): "4",
        (THERE, "PM-001"): "9", (THERE, "PM-001:正式"): "7",
    }  # fmt: skip
    assert {head.text: head.why for head in table.heads if head.why == WHY} == {"青山镇": WHY, "白沙镇": WHY}


@pytest.mark.parametrize(
    "rows",
    [
        [["石桥村", 3], ["新村", 2], ["青山镇", 5], ["新村", 5], ["白沙镇", 5]],  # the sums stand below
        [["青山镇", 7], ["石桥村", 3], ["新村", 2]],  # no sum
        [["青山镇", 5], ["白沙镇", 4], ["石桥村", 3], ["新村", 2]],  # townships first, then villages
        [["青山镇", 0], ["石桥村", 0], ["新村", 0]],  # zeros decide nothing
    ],
)
def test_what_is_no_section_chooses_no_namesake(rows):
    table = table_result([["单位", "党员总数"], *rows], candidates=UNITS)
    assert {org for org, _key in placed(table)} == {BRIDGE}
    doubts = [head for head in table.heads if head.text == "新村"]
    assert doubts
    assert all(head.certainty == Certainty.AMBIGUOUS for head in doubts)


def test_a_row_of_figures_ends_the_section_before_it():
    table = table_result([["单位", "党员总数"], ["青山镇"], ["石桥村", 5], ["白沙镇", 4], ["新村", 9]], candidates=UNITS)
    assert (HERE, "PM-001") not in placed(table)


def test_a_table_of_townships_alone_places_nothing():
    table = table_result([["单位", "党员总数"], ["青山镇", 5], ["白沙镇", 4]], candidates=UNITS)
    assert (table.cells, table.is_answerable) == ((), False)
    assert table.unplaced == f"No figure of this table can be taken. “青山镇”: left out, {WHY}. Figures under it: 1."


def test_a_township_beside_the_only_row_is_asked_about():
    """It may be where the row's unit is."""
    table = table_result([["青山镇石桥村统计表"], ["乡镇", "党员总数"], ["青山镇", 5]], candidates=UNITS)
    assert head_at(table, "Sheet1!A3").is_asked
