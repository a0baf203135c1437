"""What a line of a list stands under, and whether that is the section of an indicator."""

import pytest

from reports.external.geometry.sections import agree_on_section, is_title, sections_of


def outlined(*lines: str) -> list[tuple[str, ...]]:
    """A line ending in # holds no figure."""
    sections = sections_of([(number, line.rstrip("#"), line.endswith("#")) for number, line in enumerate(lines)])
    return [sections[number] for number in range(len(lines))]


def test_numbers_say_what_stands_under_what():
    outline = outlined("一、投入#", "（一）规划#", "1.自筹", "其中：社会", "2.捐赠", "（二）实际#", "自筹", "二、成效#", "户数")
    assert outline == [
        (), ("一、投入",), ("（一）规划", "一、投入"), ("1.自筹", "（一）规划", "一、投入"), ("（一）规划", "一、投入"), ("一、投入",),
        ("（二）实际", "一、投入"), (), ("二、成效",),
    ]  # fmt: skip


def test_a_line_without_number_and_figure_is_a_section():
    assert outlined("种植#", "资金", "养殖#", "资金") == [(), ("种植",), (), ("养殖",)]
    assert outlined("户数", "资金") == [(), ()]


@pytest.mark.parametrize(
    ("stated", "own", "names", "agrees"),
    [
        ("一、党组织情况", {"党组织"}, (), True), ("（一）困难群众", {"困难群众基本情况"}, (), True),
        ("种植", {"教育"}, ("投入资金",), False),
        ("教育扶贫", {"教育"}, (), True), ("一、党员", {"党建"}, ("党员总数",), True), ("三、其他", {"教育"}, ("投入",), False),
    ],
)  # fmt: skip
def test_whether_sections_agree(stated, own, names, agrees):
    assert agree_on_section(stated, own, names) == agrees


def test_titles_of_tables():
    assert is_title("2026年第三季度两新组织统计表")
    assert not is_title("受理件数")
