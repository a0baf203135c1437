"""Bindings go with the heads of their cells into the next edition; what has no heads there any more is named."""

from reports.external.bindings.bindings import Binding
from reports.external.search.binding_transfer import carry
from spreadsheets.preview.sheet_preview import sheet_previews
from tests.factories.upper_tables import a_blank_table

OLD = (
    ["2026年表", None, None],
    ["填报单位：", None, None],
    ["单位", "数量", "2026年计划"],
    ["甲镇", None, None],
    ["乙镇", None, None],
)
FIGURE = Binding("figure", key="A")
BOUND = {
    "表1!B4": FIGURE,
    "表1!C4": FIGURE,
    "表1!B5": FIGURE,
    "表1!A2": Binding("text", what="organization", pattern="填报单位：{}"),
}


def carried(*rows, title: str = "表1", merged=()):
    return carry(BOUND, sheet_previews(a_blank_table(OLD, ("A1:C1",))), sheet_previews(a_blank_table(rows, merged, title)))


def test_the_same_table_carries_everything():
    result = carried(*OLD, merged=("A1:C1",))
    assert result.bindings == BOUND
    assert (result.lost, result.moved, result.new) == ((), (), ())


def test_another_year_in_title_and_heads_is_no_other_head():
    rows = (["2027年表"], OLD[1], ["单位", "数量", "2027年计划"], *OLD[3:])
    result = carried(*rows, title="2027")
    assert {address.replace("2027!", "表1!"): binding for address, binding in result.bindings.items()} == BOUND
    assert not result.lost


def test_rows_and_columns_that_moved_are_followed():
    result = carried(
        OLD[0],
        OLD[1],
        ["单位", "新增", "数量", "2026年计划"],
        ["乙镇", None, None, None],
        ["丙镇", None, None, None],
        ["甲镇"],
        merged=("A1:C1",),
    )
    assert set(result.bindings) == {"表1!A2", "表1!C6", "表1!D6", "表1!C4"}
    assert {(one.before, one.after) for one in result.moved} == {
        ("表1!B4", "表1!C6"),
        ("表1!C4", "表1!D6"),
        ("表1!B5", "表1!C4"),
    }
    assert not result.lost
    assert ("表1!B4", "乙镇 | 新增") in result.new
    assert ("表1!C5", "丙镇 | 数量") in result.new


def test_heads_that_are_gone_are_lost():
    result = carried(OLD[0], OLD[1], ["单位", "数目", "2026年计划"], ["甲镇", None, None], merged=("A1:C1",))
    assert set(result.bindings) == {"表1!A2", "表1!C4"}
    assert [(one.address, one.heads) for one in result.lost] == [("表1!B4", "甲镇 | 数量"), ("表1!B5", "乙镇 | 数量")]


def test_heads_that_stand_twice_are_not_guessed_at():
    result = carried(*OLD, ["甲镇", None, None], merged=("A1:C1",))
    assert {one.address for one in result.lost} == {"表1!B4", "表1!C4"}


def test_a_cell_that_became_a_formula_is_lost():
    result = carried(*OLD[:4], ["乙镇", "=B4", None], merged=("A1:C1",))
    assert [one.address for one in result.lost] == ["表1!B5"]
