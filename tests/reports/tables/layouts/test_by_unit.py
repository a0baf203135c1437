"""R2 as it is printed: heads, order, numbers, foot, paper."""

from dataclasses import replace

import openpyxl
import pytest
from django.utils import timezone

from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow
from reports.tables.layouts.by_unit import by_unit
from spreadsheets.write.sheet import Properties
from spreadsheets.write.workbook_writer import write_workbook
from tests.reports.grids import BY_UNIT, HEADING, grid


@pytest.fixture
def drawn(tmp_path):
    """Draws a sheet into a workbook and reads it back."""

    def draw(sheet):
        write_workbook(tmp_path / "out.xlsx", [sheet], Properties("t", "c", timezone.now()))
        return openpyxl.load_workbook(tmp_path / "out.xlsx").active

    return draw


def texts(worksheet, row):
    return [worksheet.cell(row, column).value for column in range(1, worksheet.max_column + 1)]


def first_row(worksheet):
    """The row after 甲 乙 丙 1 2 3."""
    return next(row for row in range(1, 30) if worksheet.cell(row, 1).value == "甲") + 1


def test_the_heading_says_what_the_table_is(drawn):
    worksheet = drawn(by_unit(BY_UNIT, HEADING))
    texts = [cell.value for row in worksheet.iter_rows(max_row=6) for cell in row if cell.value]
    assert texts == [
        "两新组织党建覆盖情况统计表",
        "Form number: 两新季01表",
        "Issuing body: 中共青石县委组织部",
        "Document number: 青组〔2026〕3号",
        "Summarised by: 中共青石县委组织部",
        "2026年第三季度",
        "Valid until: 2027年12月",
        "Units of measure: 家、%、人次、万元",
    ]


def test_heads_are_merged_by_section_indicator_and_items(drawn):
    worksheet = drawn(by_unit(BY_UNIT, HEADING))
    merged = {str(area): worksheet[str(area).split(":")[0]].value for area in worksheet.merged_cells.ranges}
    assert merged["D7:H7"] == "一、组织覆盖"
    assert merged["I7:K7"] == "二、教育培训"
    assert merged["E8:G8"] == "已建立党组织"
    assert merged["I8:J8"] == "培训党员"
    assert merged["A7:A9"] == "No."
    assert merged["H8:H9"] == "组建率\n（%）"
    assert texts(worksheet, 9)[4:7] == ["Subtotal\n（家）", "单独组建\n（家）", "联合组建\n（家）"]
    assert texts(worksheet, 9)[8:10] == ["Subtotal\n（人次）", "of which: 培训农村党员\n（人次）"]
    assert texts(worksheet, 10) == ["甲", "乙", "丙", 1, 2, 3, 4, 5, 6, 7, 8]


def test_total_first_then_townships_with_their_units_in_the_order_of_the_grid(drawn):
    worksheet = drawn(by_unit(BY_UNIT, HEADING))
    first = first_row(worksheet)
    assert [texts(worksheet, row)[:3] for row in range(first, first + 7)] == [
        [None, "Grand total", "370800"],
        [None, "城关镇, subtotal", "370800100"],
        [1, "新村", "370800100201"],
        [2, "东关村", "370800100202"],
        [None, "河西镇, subtotal", "370800101"],
        [3, "新村", "370800101201"],
        [4, "=1+1村", "370800101202"],
    ]
    assert worksheet.cell(first, 2).font.bold
    assert not worksheet.cell(first + 2, 2).font.bold


def test_numbers_are_the_printed_ones_blank_zero_and_dash_apart(drawn):
    worksheet = drawn(by_unit(BY_UNIT, HEADING))
    first = first_row(worksheet)
    assert texts(worksheet, first)[3:] == [437, 350, 270, 80, 80.1, 1200, 0, 12.5]
    assert texts(worksheet, first + 6)[3:] == [None, None, None, None, "—", 0, None, None]
    formats = [worksheet.cell(first, column).number_format for column in range(4, 12)]
    assert formats == ["0", "0", "0", "0", "0.0", "0", "0", "0.00"]


def test_the_grand_total_is_the_grids_and_never_the_sum_of_the_rows(drawn):
    """T42: subtotal 9 over leaves 5 and 4."""
    column = (FigureColumn("A", None, "两新组织", "家", 0, "flow"),)
    rows = [
        ("total", "C", "县", 0, ("9",)),
        ("subtotal", "T", "镇", 1, ("9",)),
        ("unit", "V1", "一村", 2, ("5",)),
        ("unit", "V2", "二村", 2, ("4",)),
    ]
    worksheet = drawn(by_unit(grid(rows, column), HEADING))
    first = first_row(worksheet)
    assert [worksheet.cell(row, 4).value for row in range(first, first + 4)] == [9, 9, 5, 4]
    assert not [cell for row in worksheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_two_villages_of_one_name_are_distinguished_by_code(drawn):
    worksheet = drawn(by_unit(BY_UNIT, HEADING))
    named = {row[2].value for row in worksheet.iter_rows() if row[1].value == "新村"}
    assert named == {"370800100201", "370800101201"}


def test_the_foot_has_signatures_relations_notes_and_status(drawn):
    worksheet = drawn(by_unit(replace(BY_UNIT, notes=("ORG-009 本期未布置。",)), HEADING))
    foot = [cell.value for row in worksheet.iter_rows(min_row=first_row(worksheet) + 7) for cell in row if cell.value]
    assert [text.split(":")[0] for text in foot] == ["Head of the unit", "Notes", HEADING.status, HEADING.made.split(":")[0]]
    assert "Checks: 2=3+4；2≤1." in foot[1]
    assert "Parts may not add up" in foot[1]
    assert "ORG-009 本期未布置。" in foot[1]
    assert "Date of report: 2026年10月12日" in foot[0]


def test_children_without_units_below_are_numbered_rows(drawn):
    rows = [
        ("total", "C", "县", 0, ("9",)),
        ("own", "C", "县 itself", 1, ("0",)),
        ("subtotal", "T", "镇", 1, ("9",)),
    ]
    worksheet = drawn(by_unit(grid(rows, (FigureColumn("A", None, "两新组织", "家", 0, "flow"),)), HEADING))
    first = first_row(worksheet)
    assert [texts(worksheet, row)[:2] for row in range(first, first + 3)] == [
        [None, "Grand total"],
        [1, "县 itself"],
        [2, "镇"],
    ]


def test_an_estimated_or_revised_number_stays_a_number_and_gets_a_star(drawn):
    rows = (
        FigureRow("C", "县", "total", (FigureCell(None, "30", is_estimated=True), FigureCell(None, "1.5"))),
        FigureRow("V", "村", "unit", (FigureCell(None, "30"), FigureCell(None, "1.5", is_revised=True)), 1),
    )
    columns = (FigureColumn("A", None, "甲数", "家", 0, "flow"), FigureColumn("B", None, "乙数", "家", 1, "flow"))
    worksheet = drawn(by_unit(replace(BY_UNIT, columns=columns, rows=rows), HEADING))
    first = first_row(worksheet)
    assert [worksheet.cell(first, 4).value, worksheet.cell(first + 1, 5).value] == [30, 1.5]
    starred = [(row, column) for row in (0, 1) for column in (4, 5) if "*" in worksheet.cell(first + row, column).number_format]
    assert starred == [(0, 4), (1, 5)]
    assert any("*: estimated or revised." in str(cell.value) for row in worksheet.iter_rows() for cell in row)


def test_the_print_set_up_of_a_small_table(drawn):
    worksheet = drawn(by_unit(BY_UNIT, HEADING))
    assert (worksheet.page_setup.paperSize, worksheet.page_setup.orientation) == (9, "landscape")
    assert (worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight) == (1, 0)
    assert worksheet.print_title_rows == "$7:$10"
    assert worksheet.print_title_cols == "$A:$C"
    assert worksheet.freeze_panes == "C11"
    assert HEADING.made in worksheet.HeaderFooter.oddFooter.left.text


def wide(count):
    columns = tuple(
        FigureColumn(
            f"X-{number // 4:03}", None if number % 4 == 0 else f"第{number % 4}项", f"指标{number // 4}", "家", 0, "flow"
        )
        for number in range(count)
    )
    return grid([("total", "C", "县", 0, ["60000"] * count), ("unit", "V", "村", 1, ["3"] * count)], columns)


def test_a_wide_table_goes_over_pages_cut_between_indicators(drawn):
    worksheet = drawn(by_unit(wide(60), HEADING))
    cuts = [cut.id for cut in worksheet.col_breaks.brk]
    assert (worksheet.page_setup.paperSize, len(cuts)) == (8, 1)
    assert (cuts[0] - 3) % 4 == 0
    assert 60 <= worksheet.page_setup.scale <= 100
    assert not worksheet.sheet_properties.pageSetUpPr.fitToPage
    assert worksheet.cell(1, 4).value == HEADING.title  # right of the columns that every page repeats


def test_a_section_is_named_again_behind_the_cut(drawn):
    columns = tuple(replace(column, section="组织覆盖") for column in wide(60).columns)
    worksheet = drawn(by_unit(replace(wide(60), columns=columns), HEADING))
    named = [cell.column for cell in worksheet[7] if cell.value == "组织覆盖"]
    assert named == [4, worksheet.col_breaks.brk[0].id + 1]


def test_a_long_name_gets_a_higher_row(drawn):
    long_name = "青石县城关镇西河沿社区第二网格联合党支部委员会（非公有制企业）"
    worksheet = drawn(by_unit(grid([("total", "C", "县", 0, ["1"] * 8), ("unit", "V", long_name, 1, ["1"] * 8)]), HEADING))
    first = first_row(worksheet)
    assert worksheet.row_dimensions[first + 1].height > 1.5 * worksheet.row_dimensions[first].height
