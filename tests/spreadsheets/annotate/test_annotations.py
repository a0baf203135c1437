"""Annotations in workbook files of many makers: cells turn red, comments join those that stand there, the rest stays byte for byte."""

import io
import re
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.properties import PageSetupProperties

from spreadsheets.annotate.annotations import Annotations, annotated
from spreadsheets.annotate.plain_workbook import plain_workbook
from spreadsheets.ooxml.xml_offsets import BadPart
from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import Cell, Content, ReadSheet, ReadWorkbook

RED = "FFFFC7CE"


def a_workbook(comment: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "表 & 一"
    for row in range(1, 6):
        sheet.append([row, row * 10, f"第{row}行"])
    sheet["B3"].number_format = "0.00"
    sheet["B4"] = "=B3*2"
    if comment:
        sheet["B3"].comment = Comment(comment, "科")
    book.create_sheet("另一张")["A1"] = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(content: bytes):
    return load_workbook(io.BytesIO(content)).worksheets[0]


def test_a_cell_keeps_its_value_and_its_format():
    cell = sheet_of(annotated(a_workbook(), {"表 & 一": Annotations({(3, 2): "太大"}, 4)}))["B3"]
    assert (cell.value, cell.number_format, cell.fill.fgColor.rgb, cell.comment.text) == (30, "0.00", RED, "太大")


def test_the_column_holds_the_sentences_of_a_row():
    sheet = sheet_of(annotated(a_workbook(), {"表 & 一": Annotations({(3, 1): "一 < 二", (3, 2): "太大"}, 4)}))
    assert sheet["D3"].value == "⚠ 一 < 二 太大"
    assert sheet["D2"].value is None


def test_formulas_and_other_sheets_stay_byte_for_byte():
    before, after = a_workbook(), annotated(a_workbook(), {"表 & 一": Annotations({(1, 1): "x"}, 4)})
    with ZipFile(io.BytesIO(before)) as old, ZipFile(io.BytesIO(after)) as new:
        assert old.read("xl/worksheets/sheet2.xml") == new.read("xl/worksheets/sheet2.xml")
        assert old.read("xl/workbook.xml") == new.read("xl/workbook.xml")
    assert sheet_of(after)["B4"].value == "=B3*2"


def test_a_comment_that_stands_there_stays_below_the_new_one():
    sheet = sheet_of(annotated(a_workbook("口径：期末数"), {"表 & 一": Annotations({(3, 2): "太大", (5, 1): "空"}, 4)}))
    assert sheet["B3"].comment.text == "太大\n口径：期末数"
    assert sheet["A5"].comment.text == "空"


def test_old_sentences_of_the_column_go():
    once = annotated(a_workbook(), {"表 & 一": Annotations({(2, 1): "旧"}, 4)})
    again = annotated(once, {"表 & 一": Annotations({(3, 2): "新"}, 4, frozenset({2}))})
    assert [sheet_of(again)[f"D{row}"].value for row in (2, 3)] == [None, "⚠ 新"]


def test_a_place_without_a_cell_and_a_sheet_that_is_not_there():
    content = annotated(a_workbook(), {"表 & 一": Annotations({(30, 9): "少了"}, 4), "没有": Annotations({(1, 1): "x"}, 2)})
    sheet = sheet_of(content)
    assert sheet["D30"].value == "⚠ 少了"
    assert sheet["I30"].comment.text == "少了"


def test_no_sentence_changes_no_part():
    before = a_workbook()
    after = annotated(before, {})
    with ZipFile(io.BytesIO(before)) as old, ZipFile(io.BytesIO(after)) as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed == []


def test_what_is_no_workbook_is_refused():
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("_rels/.rels", "<Relationships></Relationships>")
    with pytest.raises(BadPart):
        annotated(packed.getvalue(), {"a": Annotations({(1, 1): "x"}, 2)})


def test_a_plain_workbook_holds_every_cell_at_its_address():
    cells = {
        (1, 1): Cell("=1+1", Content.TEXT), (2, 3): Cell("12.50", Content.NUMBER), (3, 1): Cell("2026-09-30", Content.DATE),
        (4, 1): Cell("TRUE", Content.BOOLEAN), (5, 2): Cell("10:30", Content.DATE),
    }  # fmt: skip
    read = ReadWorkbook("old .xls", (ReadSheet("表", cells, hidden_rows=frozenset({2}), hidden_columns=frozenset({1})),))
    sheet = read_file(plain_workbook(read), "a.xlsx").sheets[0]
    assert {place: (cell.text, cell.content) for place, cell in sheet.cells.items()} == {
        (1, 1): ("=1+1", Content.TEXT), (2, 3): ("12.5", Content.NUMBER), (3, 1): ("2026-09-30", Content.DATE),
        (4, 1): ("TRUE", Content.BOOLEAN), (5, 2): ("10:30", Content.TEXT),
    }  # fmt: skip
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset({2}), frozenset({1}))


def a_form(*, area: str = "", fitted: bool = True) -> bytes:
    """A sheet that is fitted to the width of its page."""
    book = load_workbook(io.BytesIO(a_workbook()))
    sheet = book.worksheets[0]
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=fitted)
    sheet.page_setup.fitToHeight = 0
    sheet.column_dimensions.group("C", "F", hidden=False)
    sheet.row_dimensions[3].height = 18
    sheet.print_title_rows = "1:1"
    if area:
        sheet.print_area = area
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


LONG = "“30多”不能导入。这不是确切的数。请核实后填写准确数字。" * 3


def test_a_sentence_wraps_beside_its_row():
    sheet = sheet_of(annotated(a_form(), {"表 & 一": Annotations({(3, 2): LONG}, 4)}))
    assert sheet["D3"].alignment.wrap_text
    assert sheet["D3"].fill.fgColor.rgb == RED
    assert sheet.column_dimensions["D"].width == 60
    assert sheet.row_dimensions[3].height > 40
    assert sheet.row_dimensions[2].height is None


def test_the_columns_around_it_stay_as_wide_as_they_were():
    content = annotated(a_form(), {"表 & 一": Annotations({(3, 2): LONG}, 4)})
    with ZipFile(io.BytesIO(content)) as packed:
        elements = re.findall(rb"<col [^>]*/>", packed.read("xl/worksheets/sheet1.xml"))
    spans = [(re.search(rb'min="(\d+)"', one)[1], re.search(rb'max="(\d+)"', one)[1]) for one in elements]
    assert spans == [(b"3", b"3"), (b"4", b"4"), (b"5", b"6")]


def test_a_form_fitted_to_its_page_prints_without_the_column():
    sheet = sheet_of(annotated(a_form(), {"表 & 一": Annotations({(3, 2): LONG}, 4)}))
    assert sheet.print_area == "'表 & 一'!$A$1:$C$5"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_print_area_of_its_own_stays():
    assert (
        sheet_of(annotated(a_form(area="A1:B4"), {"表 & 一": Annotations({(3, 2): LONG}, 4)})).print_area
        == "'表 & 一'!$A$1:$B$4"
    )


def test_what_is_not_fitted_gets_no_print_area():
    assert not sheet_of(annotated(a_form(fitted=False), {"表 & 一": Annotations({(3, 2): LONG}, 4)})).print_area


def test_marked_twice_prints_the_same():
    once = annotated(a_form(), {"表 & 一": Annotations({(3, 2): LONG}, 4)})
    twice = annotated(once, {"表 & 一": Annotations({(4, 2): LONG}, 4, frozenset({3}))})
    assert sheet_of(twice).print_area == sheet_of(once).print_area
    assert sheet_of(twice).column_dimensions["D"].width == 60
