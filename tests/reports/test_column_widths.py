"""Columns as wide as what stands in them, narrowed where the paper asks it."""

import pytest

from reports.layouts.column_widths import code_width, least_width, longest, name_width, spread, squeezed


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
