"""Any text can stand in a workbook, a comma file, a title, a file name; none becomes a formula."""

import csv
import io

import pytest
from openpyxl import Workbook

from spreadsheets.safe_text import clean, comma_text, file_name, page_text, sheet_titles, workbook_text
from tests.spreadsheets.nasty_texts import NASTY

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def units(text):
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_any_text_becomes_one_that_xml_and_a_cell_can_hold(text):
    cleaned = clean(text)
    cleaned.encode()  # no lone surrogate
    assert not set(cleaned) & set(map(chr, [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))
    assert units(cleaned) <= 32_767
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_a_comma_field_never_starts_a_formula_and_reads_back(text):
    buffer = io.StringIO()
    csv.writer(buffer).writerow([comma_text(text), "last"])
    (field, last), *rest = csv.reader(io.StringIO(buffer.getvalue(), newline=""))
    assert (last, rest) == ("last", [])
    assert not field.lstrip(" \u00a0\u3000").startswith(FORMULA_STARTS)
    assert field.removeprefix("'") == clean(text).removeprefix("'")


def test_harmless_text_is_left_alone():
    for text in ("东关村党支部", "12人", "a=b", "A-B", "1,200", "党建（一）"):
        assert clean(text) == comma_text(text) == workbook_text(text) == text


def test_a_text_too_long_is_cut_openly():
    cut = clean("长" * 40_000)
    assert units(cut) == 32_767
    assert cut.startswith("长" * 30_000)
    assert not cut.endswith("长")
    assert clean("长" * 32_767) == "长" * 32_767


@pytest.mark.parametrize(
    ("text", "written"),
    [("_x0041_", "_x005F_x0041_"), ("_x005F_", "_x005F_x005F_"), ("_xZZZZ_", "_xZZZZ_"), ("a_x", "a_x")],
)
def test_what_excel_would_decode_is_escaped(text, written):
    assert workbook_text(text) == written


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (["表1", "表1", "表1"], ["表1", "表1 (2)", "表1 (3)"]),
        (["a", "A"], ["a", "A (2)"]),
        (["a/b\\c?d*e[f]g:h"], ["a-b-c-d-e-f-g-h"]),
        (["", "'", "History"], ["-", "- (2)", "History (2)"]),
        (["长" * 40, "长" * 50], ["长" * 31, "长" * 27 + " (2)"]),
        (["😀" * 20], ["😀" * 15]),
    ],
)
def test_sheet_titles_are_taken_by_a_workbook(wanted, titles):
    assert sheet_titles(wanted) == titles
    book = Workbook()
    for title in titles:
        book.create_sheet(title)
    assert book.sheetnames[1:] == titles


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_any_text_makes_a_sheet_title_and_a_file_name(text, tmp_path):
    (title,) = sheet_titles([text])
    assert Workbook().create_sheet(title).title == title
    name = file_name(text, ".xlsx")
    (tmp_path / name).write_bytes(b"")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_ampersand_in_a_page_head_is_doubled():
    assert page_text("a & b\nc") == "a && b c"
