"""Lists that stand side by side in an upper level's table: each has its own rows, and no cell gets the figure of another list's unit."""

from datetime import date

import pytest

from orgs.models import Organization
from reports.external.search.search import find
from spreadsheets.preview.sheet_preview import sheet_previews
from tests.factories.upper_tables import a_blank_table

HEADS = ("村名", "受理件数")


@pytest.fixture(scope="module")
def module_county(module_story):
    module_story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,", "V1,甲村,village,T1,,,,", "V2,乙村,village,T1,,,,",
        "V3,丙村,village,T1,,,,", "V4,丁村,village,T2,,,,", "V5,新村,village,T1,,,,", "V6,新村,village,T2,,,,",
    )  # fmt: skip
    module_story.indicators("A-1,受理件数,件,flow,,,", "A-2,办结件数,件,flow,,,", "M-1,单位自筹,元,flow,,,")
    module_story.form("F", "A-1", "A-2", "M-1")
    module_story.open("F", "2026Q3")
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path):
    return module_county.in_folder(tmp_path)


def found_in(*rows, merged=(), unit_column=None):
    columns = {"表1": unit_column} if unit_column else None
    found = find(sheet_previews(a_blank_table(rows, merged)), Organization.objects.get(code="C"), date(2026, 9, 30), columns)
    figures = {cell.removeprefix("表1!"): one for cell, one in found.bindings.items() if one.kind == "figure"}
    return {cell: one.org for cell, one in figures.items() if one.certainty == "sure"}, figures, found


SHAPES = {
    "the same rows": (
        [HEADS * 2, ["甲村", None, "丙村", None], ["乙村", None, "丁村", None]],
        {"B2": "V1", "B3": "V2", "D2": "V3", "D3": "V4"},
    ),
    "a shorter list on the right": (
        [HEADS * 2, ["甲村", None, "丙村", None], ["乙村", None, None, None]],
        {"B2": "V1", "B3": "V2", "D2": "V3"},
    ),
    "a shorter list on the left": (
        [HEADS * 2, ["甲村", None, "丙村", None], [None, None, "丁村", None]],
        {"B2": "V1", "D2": "V3", "D3": "V4"},
    ),
    "the right list still to be filled in": (
        [HEADS * 2, ["甲村", None, None, None], ["乙村", None, None, None]],
        {"B2": "V1", "B3": "V2"},
    ),
    "a gap between": ([(*HEADS, None, *HEADS), ["甲村", None, None, "丙村", None]], {"B2": "V1", "E2": "V3"}),
    "numbers in each": (
        [("序号", *HEADS) * 2, [1, "甲村", None, 3, "丙村", None], [2, "乙村", None, 4, "丁村", None]],
        {"C2": "V1", "C3": "V2", "F2": "V3", "F3": "V4"},
    ),
    "three lists": ([HEADS * 3, ["甲村", None, "丙村", None, "丁村", None]], {"B2": "V1", "D2": "V3", "F2": "V4"}),
    "two figures": (
        [("村名", "受理件数", "办结件数") * 2, ["甲村", None, None, "丙村", None, None]],
        {"B2": "V1", "C2": "V1", "E2": "V3", "F2": "V3"},
    ),
    "codes beside the names": (
        [("村代码", *HEADS) * 2, ["V1", "甲村", None, "V3", "丙村", None]],
        {"C2": "V1", "F2": "V3"},
    ),
    "townships tell namesakes apart": (
        [("乡镇", *HEADS) * 2, ["青山镇", "新村", None, "白沙镇", "新村", None]],
        {"C2": "V5", "F2": "V6"},
    ),
    "remarks behind the figures": (
        [(*HEADS, "备注") * 2, ["甲村", None, None, "丙村", None, None]],
        {"B2": "V1", "E2": "V3"},
    ),
    "heads repeated further down": (
        [HEADS * 2, ["甲村", None, "丙村", None], HEADS * 2, ["乙村", None, "丁村", None]],
        {"B2": "V1", "B4": "V2", "D2": "V3", "D4": "V4"},
    ),
    "villages over the figures": (
        [["村名", "甲村", "乙村"], ["受理件数", None, None], ["村名", "丙村", "丁村"], ["受理件数", None, None]],
        {"B2": "V1", "C2": "V2", "B4": "V3", "C4": "V4"},
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_each_list_has_its_own_rows(county, name):
    rows, orgs = SHAPES[name]
    assert found_in(*rows)[0] == orgs


def test_a_township_over_each_list(county):
    rows = [["青山镇", None, "白沙镇", None], HEADS * 2, ["甲村", None, "丁村", None], ["新村", None, "新村", None]]
    assert found_in(*rows, merged=("A1:B1", "C1:D1"))[0] == {"B3": "V1", "B4": "V5", "D3": "V4", "D4": "V6"}


def test_a_period_over_each_list(county):
    rows = [["2025年第三季度", None, "2026年第三季度", None], HEADS * 2, ["甲村", None, "甲村", None]]
    _sure, figures, _found = found_in(*rows, merged=("A1:B1", "C1:D1"))
    assert {cell: one.period for cell, one in figures.items()} == {"B3": "same_last_year", "D3": "this"}


def test_the_measure_behind_a_figure_stays_with_it(county):
    rows = [("村名", "单位自筹", "单位") * 2, ["甲村", None, "万元", "丙村", None, "元"]]
    _sure, figures, _found = found_in(*rows)
    assert {cell: (one.org, one.unit) for cell, one in figures.items()} == {"B2": ("V1", "万元"), "E2": ("V3", "")}


def test_one_total_is_of_all_lists(county):
    rows = [
        ("乡镇", *HEADS) * 2,
        ["青山镇", "甲村", None, "白沙镇", "丁村", None],
        ["青山镇", "乙村", None, "白沙镇", "新村", None],
        ["青山镇", "丙村", None, None, "合计", None],
        ["青山镇", "新村", None, None, None, None],
    ]
    assert found_in(*rows)[0]["F4"] == ""
    rows[3][4], rows[4][1] = None, "合计"
    assert "C5" not in found_in(*rows)[0]  # 新村 of 青山镇 is not listed any more


def test_each_list_with_a_total_of_its_own_is_doubted(county):
    rows = [HEADS * 2, ["甲村", None, "丙村", None], ["合计", None, "合计", None]]
    _sure, figures, found = found_in(*rows)
    assert {cell: one.certainty for cell, one in figures.items() if cell in ("B3", "D3")} == {"B3": "likely", "D3": "likely"}
    assert "not listed" in found.doubts["表1!B3"]


def test_one_answer_is_for_all_lists(county):
    rows = [("示范村", "受理件数") * 2, ["甲村", None, "丙村", None]]
    sure, _figures, found = found_in(*rows)
    assert (sure, dict(found.unsettled)) == ({}, {"表1": ((1, "示范村"), (3, "示范村"))})
    for column in (1, 3):
        assert found_in(*rows, unit_column=column)[0] == {"B2": "V1", "D2": "V3"}


@pytest.mark.parametrize(
    ("heads", "own"), [(("村名", "受理件数", "结对村", "受理件数"), "B2"), (("结对村", "受理件数", "村名", "受理件数"), "D2")]
)
def test_a_figure_beside_the_partner_is_the_partners(county, heads, own):
    names = {"村名": "甲村", "结对村": "丙村"}
    sure, _figures, found = found_in(heads, [names.get(head) for head in heads])
    assert sure == {own: "V1"}
    assert found.unmatched[0].reason == "beside 结对村 it holds another unit's figures"


def test_a_group_that_is_written_once_reaches_over_its_figures(county):
    rows = [
        ["村名", "本期", None, "上年同期", None],
        [None, "受理件数", "办结件数", "受理件数", "办结件数"],
        ["甲村", None, None, None, None],
    ]
    _sure, figures, _found = found_in(*rows, merged=("A1:A2",))
    assert [(figures[cell].key, figures[cell].period) for cell in ("B3", "C3", "D3", "E3")] == [
        ("A-1", "this"),
        ("A-2", "this"),
        ("A-1", "same_last_year"),
        ("A-2", "same_last_year"),
    ]


@pytest.mark.parametrize(
    ("rows", "sure"),
    [
        (
            [["项目", "数量", "村名", "受理件数"], ["办结件数", None, "甲村", None], ["单位自筹", None, "乙村", None]],
            {"B2": "", "B3": ""},
        ),
        (
            [["村名", "受理件数", "项目", "数量"], ["甲村", None, "办结件数", None], ["乙村", None, "单位自筹", None]],
            {"B2": "V1", "B3": "V2", "D2": "", "D3": ""},
        ),
    ],
)
def test_a_list_of_lines_beside_a_list_of_units_is_of_none_of_them(county, rows, sure):
    assert found_in(*rows)[0] == sure
