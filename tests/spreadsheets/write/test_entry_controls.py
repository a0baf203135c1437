"""Sheets to be filled: what is locked, offered, checked, noted, hidden and carried stands in the file as it was meant."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from spreadsheets.write.entry_controls import ERROR_TEXT, ERROR_TITLE, PROMPT_TEXT, Filling, Highlight, Limits, Note, Validation
from spreadsheets.write.sheet import Block, BodyRow, Formula, Look, Sheet, Style
from spreadsheets.write.workbook_writer import workbook_bytes
from tests.spreadsheets.write.sheets import PROPERTIES

OPEN, SHUT = Style(locked=False, lines=True), Style(lines=True)
FILLING = Filling(
    validations=(
        Validation("B3:B4", "custom", "B3>=0", Limits.WARNING, "提示" * 30, "填整数" * 200, "核对" * 30, "不小于0" * 200),
        Validation("C3 C4", "list", '"不适用,清空"', Limits.STOP, error="只能选择"),
        Validation("D3", "decimal", "0"),
    ),
    highlights=(Highlight("B3:B4", 'LEFT($D3,1)="×"', "FFC7CE", "9C0006", bold=True),),
    notes=(Note("A3", "口径：=1+1\ufffe 期末数"),),
    is_protected=True,
    hidden_columns=(4,),
    hidden_rows=frozenset({1}),
    start="B3",
)


def a_sheet(*rows, **other) -> Sheet:
    given = {
        "title": "表", "widths": (10, 10, 10, 10), "filling": FILLING, "freeze": (2, 1),
        "head": (Block(1, 1, "stamp", SHUT), Block(2, 1, "题", SHUT, columns=4)),
        "looks": {"row": Look((SHUT, OPEN, OPEN, SHUT), merges=((3, 4),))},
        "body": [BodyRow("row", row) for row in (rows or (("甲", 1, None, "×"), ("乙", None, None, None)))],
    }  # fmt: skip
    return Sheet(**{**given, **other})


def opened(*sheets: Sheet, properties=PROPERTIES, **how):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheets, properties)), **how)


@pytest.fixture
def sheet():
    return opened(a_sheet()).active


def test_protection_without_a_password_and_open_cells(sheet):
    protection = sheet.protection
    assert (protection.sheet, protection.password, protection.formatColumns, protection.sort) == (True, None, False, False)
    assert [[cell.protection.locked for cell in row] for row in sheet["A3:C4"]] == [[True, False, False]] * 2


def test_validations_are_cut_to_what_excel_takes(sheet):
    custom, choice, decimal = sheet.data_validations.dataValidation
    assert (custom.type, custom.errorStyle, custom.showErrorMessage) == ("custom", "warning", True)
    assert [len(custom.errorTitle), len(custom.error), len(custom.prompt)] == [ERROR_TITLE, ERROR_TEXT, PROMPT_TEXT]
    assert (str(choice.sqref), choice.formula1, choice.errorStyle) == ("C3 C4", '"不适用,清空"', "stop")
    assert (decimal.showErrorMessage, decimal.showInputMessage) == (False, False)


def test_highlights_notes_and_what_is_hidden(sheet):
    ((area, (rule,)),) = [(str(one.sqref), one.rules) for one in sheet.conditional_formatting]
    assert (area, rule.formula, rule.dxf.fill.bgColor.rgb) == ("B3:B4", ['LEFT($D3,1)="×"'], "00FFC7CE")
    assert sheet["A3"].comment.text == "口径：=1+1 期末数"
    assert sheet.column_dimensions["D"].hidden
    assert (sheet.row_dimensions[1].hidden, sheet.row_dimensions[2].hidden) == (True, False)
    assert sheet.sheet_view.selection[0].activeCell == "B3"


def test_the_parts_of_a_sheet_stand_in_the_order_the_format_asks(sheet):
    content = workbook_bytes([a_sheet()], PROPERTIES)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    order = ["<sheetData>", "<sheetProtection ", "<mergeCells ", "<conditionalFormatting ", "<dataValidations ", "<pageMargins ",
             "<ignoredErrors>", "<legacyDrawing "]  # fmt: skip
    places = [xml.index(part) for part in order]
    assert places == sorted(places)


def test_formulas_with_their_results():
    rows = (
        ("甲", Formula("B4*2", 6), Formula('IF(A3<"乙","a&b","")', "a&b"), Formula("1/3", Decimal(1) / 3)),
        ("乙", 3, None, Formula("B9", None)),
    )
    sheet = a_sheet(*rows, looks={"row": Look((SHUT, OPEN, OPEN, SHUT))})
    live, cached = (opened(sheet, data_only=only).active for only in (False, True))
    assert [cell.value for cell in live[3]] == ["甲", "=B4*2", '=IF(A3<"乙","a&b","")', "=1/3"]
    assert [cell.value for cell in cached[3]] == ["甲", 6, "a&b", 0.333333333333333]
    assert cached["D4"].value in (None, "")
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes([sheet], PROPERTIES)))
    assert book.get_sheet_by_index(0).to_python()[2][1:3] == [6, "a&b"]


def test_a_very_hidden_sheet_and_properties_of_ones_own():
    properties = replace(PROPERTIES, custom=(("form", "季01表 & <b>"), ("period", "2026Q3")))
    book = opened(a_sheet(), a_sheet(title="_form", is_very_hidden=True, filling=Filling()), properties=properties)
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "veryHidden"]
    assert [(one.name, one.value) for one in book.custom_doc_props.props] == list(properties.custom)
    other = opened(a_sheet(), properties=replace(properties, custom=(("form", "别的"),)))
    assert [(one.name, one.value) for one in other.custom_doc_props.props] == [("form", "别的")]


def test_workbooks_of_one_kind_differ_in_their_values_alone():
    """The kept parts of the first workbook leak nothing into the second."""
    first, second = opened(a_sheet()), opened(a_sheet(("丙", 7, "清空", "△"), ("丁", 8, None, None)))
    assert [cell.value for cell in second.active["A"]] == ["stamp", "题", "丙", "丁"]
    assert second.active["A3"].comment.text == first.active["A3"].comment.text
    wider = opened(a_sheet(widths=(20, 10, 10, 10)))
    assert (first.active.column_dimensions["A"].width, wider.active.column_dimensions["A"].width) == (10, 20)
