"""A workbook as one sees it: texts, merged cells, widths, formats, hidden sheets; hostile files are refused."""

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from spreadsheets.patch.workbook_patch import patched
from spreadsheets.preview.sheet_preview import place_in, sheet_previews
from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import Unreadable
from tests.spreadsheets.patch.templates import a_template, saved
from tests.spreadsheets.read.xlsx_parts import sheet_xml, workbook


def test_a_sheet_is_drawn_as_it_looks():
    sheet, other = sheet_previews(a_template())
    assert (sheet.title, other.title) == ("汇总 表", "第二")
    assert sheet.last == (8, 5)
    assert sheet.merged == ((1, 1, 1, 5),)
    assert sheet.cell((1, 1)).text == "两新组织统计表"
    assert sheet.is_covered((1, 3))
    assert not sheet.is_covered((1, 1))
    assert sheet.cell((8, 2)).is_formula
    assert sheet.cell((4, 4)).look.is_percent
    assert sheet.cell((3, 1)).look.is_bold
    assert sheet.cell((3, 1)).look.align == "center"
    assert not sheet.cell((4, 1)).look.is_bold
    assert sheet.width(1) == 24.5
    assert sheet.address((4, 27)) == "汇总 表!AA4"


def test_formats_that_say_nothing_of_a_number():
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["A3"] = 1, 2, "x"
    sheet["A2"].number_format = "0.00"
    sheet["A3"].font, sheet["A3"].alignment = Font(bold=True), Alignment(horizontal="right")
    drawn_sheet = sheet_previews(saved(book))[0]
    assert [drawn_sheet.cell((row, 1)).look.is_general for row in (1, 2, 3, 9)] == [True, False, True, True]
    assert (drawn_sheet.cell((3, 1)).look.align, drawn_sheet.cell((3, 1)).is_text) == ("right", True)


def test_hidden_sheets_are_not_drawn_and_hidden_lines_are_known():
    book = Workbook()
    book.active["A1"] = 1
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.create_sheet("暗").sheet_state = "hidden"
    sheet = sheet_previews(saved(book))
    assert [one.title for one in sheet] == ["Sheet"]
    assert sheet[0].hidden_columns == {3}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x89PNG"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(Unreadable):
        sheet_previews(content)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("Sheet1!D7", ("Sheet1", (7, 4))), ("a!b!C1", ("a!b", (1, 3))), ("Sheet1!$D$7", ("Sheet1", (7, 4))), ("D7", None), ("!D7", None),
        ("S!D", None), ("S!A1:B2", None), ("S!ZZZZ1", None), ("S!A0", None), ("S!A99999999", None),
    ],
)  # fmt: skip
def test_an_address_names_one_cell(address, place):
    assert place_in(address) == place


NUMBERS = ("1" * 5000, "-1", "１", "²", "1.0", "")


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_that_no_workbook_holds_are_passed_over(number):
    rows = f'<row r="1"><c r="A1" s="{number}"><v>1</v></c><c r="B1" t="s"><v>{number}</v></c></row>'
    columns = f'<cols><col min="{number}" max="{number}" width="9" hidden="1"/><col min="2" max="2" width="7"/></cols>'
    content = workbook(sheet_xml(rows, columns))
    (sheet,) = sheet_previews(content)
    assert (sheet.cell((1, 1)).text, sheet.cell((1, 2)).text, sheet.hidden_columns, sheet.width(2)) == ("1", "", set(), 7)
    (again,) = sheet_previews(patched(content, {"表1": {(1, 1): 2}}).content)
    assert again.cell((1, 1)).text == "2"


def test_a_text_in_its_cell_is_read_as_the_reader_of_files_reads_it():
    inside = "_x0041_甲 &amp; _x005F_"
    rows = (
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{inside}</t></is></c><c r="B1" t="str"><f>C1</f><v>{inside}</v></c></row>'
    )
    content = workbook(sheet_xml(rows))
    (sheet,), (read,) = sheet_previews(content), read_file(content, "表.xlsx").sheets
    assert {sheet.cell(place).text for place in read.cells} == {cell.text for cell in read.cells.values()} == {"A甲 & _"}
