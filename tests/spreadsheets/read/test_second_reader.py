"""Old workbooks and odd ones come in by the second reader: an .xls with all that it states about its cells."""

import struct

import pytest

from spreadsheets.read import notes
from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import Cell, Content, Unreadable
from tests.spreadsheets.read.compound import (
    error,
    failed_formula,
    hidden_columns,
    hidden_row,
    label,
    merged,
    number,
    old_workbook,
    record,
    text_formula,
)
from tests.spreadsheets.read.xlsx_parts import sheet_xml, workbook

PROTECTED, FROM_1904 = record(0x12, b"\1\0"), record(0x22, struct.pack("<H", 1))


def test_an_old_workbook_reads_with_its_errors_and_formats():
    (sheet,) = read_file(
        old_workbook(
            hidden_columns(1, 2), hidden_row(1), label(0, 0, "东关村"), number(0, 1, 12.0), number(0, 2, 0.85, style=1),
            error(1, 0, 0x17), failed_formula(1, 1, 0x07), number(2, 3, 1e14 + 1),
        ),
        "季报.xls",
    ).sheets  # fmt: skip
    assert dict(sheet.cells) == {
        (1, 1): Cell("东关村", Content.TEXT),
        (1, 2): Cell("12", Content.NUMBER),
        (1, 3): Cell("0.85", Content.NUMBER, "0%"),
        (2, 1): Cell("#REF!", Content.ERROR),
        (2, 2): Cell("#DIV/0!", Content.ERROR, is_formula=True),
        (3, 4): Cell("100000000000001", Content.NUMBER),
    }
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {2, 3})


def test_an_old_workbook_reads_with_its_formulas_dates_and_merged_ranges():
    (sheet,) = read_file(
        old_workbook(
            text_formula(0, 0, "合计"), text_formula(0, 1, ""), number(1, 0, 46295, style=1), number(1, 1, 46295.5, style=2),
            number(2, 0, 60, style=3), label(3, 0, "表\x01头"), merged(3, 4, 0, 2),
            formats=("General", 'yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm", "000"),
        ),
        "季报.xls",
    ).sheets  # fmt: skip
    assert dict(sheet.cells) == {
        (1, 1): Cell("合计", Content.TEXT, is_formula=True),
        (2, 1): Cell("2026-09-30", Content.DATE, 'yyyy"年"m"月"d"日"', raw="46295"),
        (2, 2): Cell("2026-09-30 12:00:00", Content.DATE, "yyyy-mm-dd hh:mm", raw="46295.5"),
        (3, 1): Cell("60", Content.NUMBER, "000"),
        (4, 1): Cell("表头", Content.TEXT),
    }
    assert sheet.merged == ((4, 1, 5, 3),)


def test_days_of_an_old_workbook_of_1904_are_counted_from_there():
    found = read_file(old_workbook(number(0, 0, 1, style=1), formats=("General", "d.m.yyyy"), before=FROM_1904), "季报.xls")
    assert found.sheets[0].cells[1, 1].text == "1904-01-02"


def test_an_old_workbook_that_names_a_style_it_does_not_have_is_read_with_a_note():
    found = read_file(old_workbook(number(0, 0, 12, style=7)), "季报.xls")
    assert (found.kind, found.sheets[0].cells[1, 1].text) == ("old .xls", "12")
    assert found.notes == (notes.OTHER,)


def test_a_cell_at_the_far_end_of_every_row_of_an_old_workbook_fills_no_memory():
    (sheet,) = read_file(old_workbook(*(number(row * 20, 255, row) for row in range(3_000))), "季报.xls").sheets
    assert (len(sheet.cells), sheet.cells[59_981, 256].text) == (3_000, "2999")


def test_sheets_of_an_old_workbook_come_with_their_states():
    sheets = {"前": (0, (number(0, 0, 1),)), "藏": (1, (number(0, 0, 2),)), "深": (2, (number(0, 0, 3),))}
    found = read_file(old_workbook(sheets=sheets), "季报.xls").sheets
    assert [(sheet.title, sheet.state, sheet.cells[1, 1].text) for sheet in found] == [
        ("前", "visible", "1"),
        ("藏", "hidden", "2"),
        ("深", "veryHidden", "3"),
    ]


def test_an_old_workbook_whose_structure_is_protected_is_not_locked():
    found = read_file(old_workbook(number(0, 0, 12), before=PROTECTED), "季报.xls")
    assert found.sheets[0].cells[1, 1].text == "12"


def test_what_our_own_reader_does_not_know_is_read_a_second_way_with_a_note():
    found = read_file(workbook(sheet_xml('<row r="1"><c r="A1"><v>12</v></c><odd/></row>')), "季报.xlsx")
    assert (found.kind, found.sheets[0].cells[1, 1]) == ("xlsx", Cell("12", Content.NUMBER))
    assert len(found.notes) == 1


def test_what_ends_the_second_reader_gets_a_sentence_and_the_next_file_is_read():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c><odd/></row>'
    with pytest.raises(Unreadable) as caught:
        read_file(workbook(sheet_xml(far)), "季报.xlsx")
    assert caught.value.sentence
    assert read_file(workbook(), "季报.xlsx").sheets[0].cells[1, 1].text == "12"
