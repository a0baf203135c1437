"""What is written reads back equal, whoever reads it; a file is whole or not there."""

import subprocess
import tracemalloc
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from shutil import which
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from benchmarks.read_back import differences
from benchmarks.slow_sheets import write_slowly
from spreadsheets.safe_text import clean
from spreadsheets.tables import read_table
from spreadsheets.write import workbook_writer
from spreadsheets.write.row_writer import number_literal
from spreadsheets.write.sheet import BodyRow, Paper
from spreadsheets.write.workbook_writer import Count, NotWritten, write_workbook
from tests.programs.headers import contradictions
from tests.spreadsheets.nasty_texts import NASTY
from tests.spreadsheets.write.sheets import PROPERTIES, ROWS, sheet


@pytest.fixture
def path(tmp_path):
    return tmp_path / "out.xlsx"


def test_values_read_back_equal_with_openpyxl(path):
    counts = write_workbook(path, [sheet()], PROPERTIES)
    assert counts == [Count(rows=2 + 4 + 3, cells=8 + 16 + 8)]
    found = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=3, max_row=6)]
    assert found == [
        ["总　计", 10**14, 80.1, datetime(2026, 9, 30)],
        ["=1+1", 0, -0.5, None],
        ["甲 < 乙 & 丙\n第二行", -7, None, datetime(2024, 2, 29)],
        [" 两端 ", None, "—", None],
    ]


def test_values_read_back_equal_with_calamine(path):
    write_workbook(path, [sheet()], PROPERTIES)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert rows[2][:3] == ["总　计", 1e14, 80.1]
    assert rows[3][:3] == ["=1+1", 0, -0.5]
    assert rows[5][:3] == [" 两端 ", "", "—"]


def test_the_slow_obvious_writer_writes_the_same(path, tmp_path):
    rows = (*ROWS, *[("unit", (text, 1, None, None)) for text in NASTY], ("note", ("说明", None, None, None)))
    write_workbook(path, [sheet(rows), sheet(title="R2")], PROPERTIES)
    write_slowly(tmp_path / "slow.xlsx", [sheet(rows), sheet(title="R2")])
    assert list(differences(path, tmp_path / "slow.xlsx")) == []


def test_a_difference_of_one_value_or_style_is_seen(path, tmp_path):
    write_workbook(path, [sheet()], PROPERTIES)
    write_slowly(tmp_path / "slow.xlsx", [sheet((*ROWS[:-1], ("total", ROWS[-1][1])))])
    assert len(list(differences(path, tmp_path / "slow.xlsx"))) == 2  # the name, whose style alone differs, and the height


def test_the_print_set_up_is_what_an_office_expects(path):
    write_workbook(path, [sheet()], PROPERTIES)
    worksheet = openpyxl.load_workbook(path).active
    assert (worksheet.page_setup.paperSize, worksheet.page_setup.orientation) == (8, "landscape")
    assert (worksheet.page_setup.scale, [cut.id for cut in worksheet.col_breaks.brk]) == (65, [2])
    assert (worksheet.print_title_rows, worksheet.print_title_cols) == ("$1:$2", "$A:$A")
    assert worksheet.freeze_panes == "B3"
    assert worksheet.HeaderFooter.oddFooter.left.text == "导出 && 核对"
    assert worksheet.HeaderFooter.oddFooter.right.text == "&P / &N"
    assert worksheet.HeaderFooter.firstHeader.left.text is None
    assert worksheet.HeaderFooter.oddHeader.left.text == "季报（续）"
    assert sorted(map(str, worksheet.merged_cells.ranges)) == ["A1:A2", "A7:D7", "A9:B10", "B1:C1", "D1:D2"]


def test_a_sheet_without_breaks_is_fitted_to_one_page_across(path):
    write_workbook(path, [sheet(paper=Paper())], PROPERTIES)
    worksheet = openpyxl.load_workbook(path).active
    assert (worksheet.page_setup.paperSize, worksheet.page_setup.orientation) == (9, "landscape")
    assert (worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight) == (1, 0)
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage


def test_every_cell_of_a_merged_range_has_its_border(path):
    write_workbook(path, [sheet()], PROPERTIES)
    worksheet = openpyxl.load_workbook(path).active
    assert {worksheet[cell].border.bottom.style for cell in ("A1", "A2", "B1", "C1", "D1", "D2")} == {"thin"}


def test_nasty_texts_stand_in_a_workbook_as_text(path):
    write_workbook(path, [sheet([("unit", (text, None, None, None)) for text in NASTY])], PROPERTIES)
    worksheet = openpyxl.load_workbook(path).active
    cells = [worksheet.cell(row, 1) for row in range(3, 3 + len(NASTY))]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {cell.value for cell in cells if cell.data_type == "n"} == {None}  # an empty text is an empty cell
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[0] for row in rows[2 : 2 + len(NASTY)]] == [clean(text) for text in NASTY]


def test_our_own_reader_reads_what_we_write(path):
    rows = [("unit", ("code", "value", None, None)), ("unit", ("_x0041_", Decimal("12.50"), None, None))]
    write_workbook(path, [replace(sheet(rows), head=(), foot=(), heights={})], PROPERTIES)
    table = read_table(path)
    assert [(row["code"], row["value"]) for row in table] == [("_x0041_", "12.5")]


@pytest.mark.parametrize(
    ("number", "literal"),
    [
        (Decimal("80.10"), "80.10"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("-0"), "-0"),
        (Decimal("123456789012345"), "123456789012345"),
        (Decimal("1234567890123456"), None),
        (Decimal("0.123456789012345"), "0.123456789012345"),
        (Decimal("1.234567890123456"), None),
        (Decimal("1.50000000000000000000"), "1.5"),
        (Decimal("NaN"), None),
        (Decimal("Infinity"), None),
        (10**15 - 1, "999999999999999"),
        (10**15, None),
    ],
)
def test_a_number_is_written_exactly_or_not_as_a_number(number, literal):
    assert number_literal(number) == literal


def test_a_number_of_more_than_fifteen_digits_stays_readable_as_text(path):
    exact = Decimal("123456789012345.678")
    write_workbook(path, [sheet([("unit", ("x", 10**15, exact, None))])], PROPERTIES)
    worksheet = openpyxl.load_workbook(path).active
    assert (worksheet["B3"].value, worksheet["C3"].value) == ("1000000000000000", "123456789012345.678")


@pytest.mark.parametrize("value", [0.5, True, object(), datetime(2026, 1, 1)])
def test_what_no_sheet_holds_leaves_no_file(path, value):
    with pytest.raises(TypeError):
        write_workbook(path, [sheet([("unit", ("x", value, None, None))])], PROPERTIES)
    assert list(path.parent.iterdir()) == []


def test_a_row_of_the_wrong_width_leaves_the_old_file(path):
    path.write_bytes(b"the file of yesterday")
    with pytest.raises(TypeError, match="format string"):
        write_workbook(path, [sheet([("unit", ("x", 1))])], PROPERTIES)
    assert path.read_bytes() == b"the file of yesterday"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_reads_back_otherwise_is_not_handed_over(path, monkeypatch):
    monkeypatch.setattr(workbook_writer, "row_xml", lambda number, *rest, **more: f'<row r="{number}"/>')
    with pytest.raises(NotWritten):
        write_workbook(path, [sheet()], PROPERTIES)
    assert list(path.parent.iterdir()) == []


def test_the_same_sheets_give_the_same_bytes(path, tmp_path):
    write_workbook(path, [sheet()], PROPERTIES)
    write_workbook(tmp_path / "again.xlsx", [sheet()], PROPERTIES)
    assert path.read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_the_file_says_what_it_is(path):
    write_workbook(path, [sheet()], PROPERTIES)
    properties = openpyxl.load_workbook(path).properties
    assert (properties.title, properties.creator, properties.subject) == ("季报 & 汇总", "系统", "abc123")
    assert properties.created == properties.modified == datetime(2026, 10, 12, 9, 30)


def peak_of(path, count):
    body = (BodyRow("unit", ("东关村党支部", number, Decimal("80.1"), None)) for number in range(count))
    tracemalloc.start()
    write_workbook(path, [replace(sheet(), body=body)], PROPERTIES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_rows(path):
    peak_of(path, 10)  # what is imported and cached on first use is not the rows'
    few, many = peak_of(path, 500), peak_of(path, 10_000)
    assert many - few < 500_000


def test_libreoffice_opens_it_with_equal_values(path, tmp_path):
    soffice = which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed: the workbook was not opened in it")
    write_workbook(path, [sheet()], PROPERTIES)
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "ods", str(path)],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    rows = CalamineWorkbook.from_path(str(Path(tmp_path / "out.ods"))).get_sheet_by_index(0).to_python()
    assert [row[:3] for row in rows[2:6]] == [
        ["总　计", 1e14, 80.1],
        ["=1+1", 0, -0.5],
        ["甲 < 乙 & 丙\n第二行", -7, ""],
        [" 两端 ", "", "—"],
    ]


def test_the_headers_of_a_part_agree_and_hold_nothing_more(path):
    write_workbook(path, [sheet()], PROPERTIES)
    assert list(contradictions(path.read_bytes())) == []
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {(info.date_time, info.create_system) for info in archive.infolist()} == {
            (PROPERTIES.made_at.timetuple()[:6], 0)
        }
