"""Columns as wide as what stands in them, narrowed where the paper asks it."""

import pytest

from reports.tables.layouts.column_heads import uncut
from reports.tables.layouts.column_widths import code_width, least_width, longest, name_width, spread, squeezed


@pytest.mark.parametrize(
    ("text", "least"),
    [("报送率", 3), ("（平方米）", 10), ("组建率(应建已建)", 10), ("Reporting rate", 9), ("ISS-201", 7), ("", 0)],
)
def test_a_head_is_never_narrower_than_its_widest_word(text, least):
    assert least_width(text) >= least + 1.8


def test_names_and_codes_have_room_within_bounds():
    assert name_width(["甲村"]) == 16
    assert name_width(["青山瑞永农业科技有限公司联合党支部"]) > 34
    assert name_width(["很长" * 60]) == 40
    assert code_width(["9901011012"]) < code_width(["91370881MA3C1234XX"]) <= 24


def test_lines_of_a_text_are_measured_by_themselves():
    assert longest(["上期结转\n（件）"], 0) == 8


def test_the_widest_words_give_way_first_and_figures_never():
    assert squeezed((6, 60, 40, 10), (1, 2), 90) == (6, 37, 37, 10)
    assert squeezed((6, 60, 20, 10), (1, 2), 80) == (6, 44, 20, 10)
    assert squeezed((6, 60, 40, 100), (1, 2), 80) == (6, 14, 14, 100)
    assert squeezed((6, 10), (1,), 80) == (6, 10)


def test_what_is_left_of_the_page_is_shared():
    assert spread((6, 10, 20), (1, 2), 56) == (6, 20, 30)
    assert spread((6, 60), (1,), 56) == (6, 60)


@pytest.mark.parametrize(
    ("head", "width", "printed"),
    [
        ("报送率（%）", 9, "报送率\n（%）"), ("报送率（%）", 14, "报送率（%）"), ("（%）", 4, "（%）"),
        ("报送率\n（%）", 9, "报送率\n（%）"),
        ("人均纯收入(元/人)", 13, "人均纯收入\n(元/人)"), ("户(人)数", 9, "户(人)数"), ("组建率(应建已建率)", 9, "组建率(应建已建率)"),
        ("党员活动阵地面积（平方米）合计", 12, "党员活动阵地面积（平方米）合计"),
        ("甲乙丙（家）丁戊（%）", 9, "甲乙丙（家）丁戊\n（%）"),
    ],
)  # fmt: skip
def test_a_short_bracket_of_a_head_is_not_cut(head, width, printed):
    assert uncut(head, width).replace("\n", "") == head.replace("\n", "")
    assert uncut(head, width) == printed
