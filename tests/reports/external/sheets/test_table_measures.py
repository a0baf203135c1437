"""What an upper level's table counts in besides its heads: over it, on its sheet, in the formats of its cells."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from orgs.models import Organization
from reports.external.search.search import find
from spreadsheets.preview.sheet_preview import sheet_previews
from tests.factories.upper_tables import a_blank_table, bytes_of

HEADS, ROW = ["单位", "活动经费", "受理件数"], ["青山镇", None, None]


def measures_in(*rows, formats=None):
    content = a_blank_table(rows)
    if formats:
        book = load_workbook(BytesIO(content))
        for cell, code in formats.items():
            book.active[cell].number_format = code
        content = bytes_of(book)
    found = find(sheet_previews(content), Organization.objects.get(code="C"), date(2026, 9, 30))
    figures = {cell.removeprefix("表1!"): one for cell, one in found.bindings.items() if one.key == "M-1"}
    return {cell: (one.unit, one.certainty) for cell, one in figures.items()}, found


@pytest.mark.parametrize(
    "over",
    [
        ["党建经费情况表（万元）"],
        [None, None, "（万元）"],
        [None, None, "（单位：万元）"],
        [None, None, "（金额单位：万元）"],
        ["（万元）"],
    ],
)
def test_over_the_table(county, over):
    assert measures_in(over, HEADS, ROW)[0] == {"B3": ("万元", "sure")}


def test_over_a_table_of_lines(county):
    assert measures_in([None, "（万元）"], ["项目", "数量"], ["活动经费", None], ["受理件数", None])[0] == {
        "B3": ("万元", "sure")
    }


def test_in_a_row_of_measures(county):
    assert measures_in(HEADS, [None, "（万元）", "（件）"], ROW)[0] == {"B3": ("万元", "sure")}


def test_each_table_of_a_sheet_has_its_own(county):
    rows = [["单位：万元"], HEADS[:2], ROW[:2], [None], ["单位：元"], HEADS[:2], ["白沙镇", None]]
    assert measures_in(*rows)[0] == {"B3": ("万元", "sure"), "B7": ("", "sure")}


def test_in_the_format_of_the_cell(county):
    assert measures_in(HEADS, ROW, formats={"B2": '#,##0.00"万元"'})[0] == {"B2": ("万元", "sure")}
    assert measures_in(HEADS, ROW, formats={"B2": '0!.0,"万元"'})[0] == {"B2": ("", "sure")}


def test_a_format_that_says_another_measure_than_the_table(county):
    bindings, found = measures_in(["单位", "活动经费（元）"], ["青山镇", None], formats={"B2": '0"万元"'})
    assert bindings == {"B2": ("", "likely")}
    assert found.doubts["表1!B2"] == "the format of the cell shows 万元, the table counts in 元"
    bindings, found = measures_in(["单位", "活动经费"], ["青山镇", None], formats={"B2": '0"人"'})
    assert bindings["B2"][1] == "likely"
