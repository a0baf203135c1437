"""Annotations in a form of ours: sentences right beside their rows, a print at the form's scale; and the added list of everything."""

import io
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.properties import PageSetupProperties

from spreadsheets.annotate.annotations import Annotations, annotated
from spreadsheets.annotate.problem_list import Listing, Row, without_listing
from spreadsheets.read.files import read_file

LONG = "“30多”不能导入。这不是确切的数。请核实后填写准确数字。" * 3
TITLE = "表 & '一'"


def a_form(*, protected: bool = True, width: float = 42) -> bytes:
    """Three columns, the last for warnings; 20 rows of 19.5 points."""
    book = Workbook()
    sheet = book.active
    sheet.title = TITLE
    sheet.append(["指标", "本季", "⚠"])
    for row in range(2, 21):
        sheet.append([f"第{row}行", row, f'=IF(B{row}<0,"×","")'])
        sheet.row_dimensions[row].height = 19.5
    sheet.column_dimensions["C"].width = width
    sheet.merge_cells("A20:B20")
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.protection.sheet = protected
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def marks(*rows: int, stale: frozenset[int] = frozenset(), beside_sign: bool = True) -> dict[str, Annotations]:
    return {TITLE: Annotations({(row, 2): LONG for row in rows}, 4, stale, beside_sign=beside_sign)}


def sheet_of(content: bytes):
    return load_workbook(io.BytesIO(content)).worksheets[0]


def heights(sheet) -> list[float | None]:
    return [sheet.row_dimensions[row].height for row in range(1, 21)]


def test_the_sentences_share_the_width_of_the_warnings_and_print():
    sheet = sheet_of(annotated(a_form(), marks(3)))
    widths = [sheet.column_dimensions[letter].width for letter in "CD"]
    assert (sum(widths), widths[0]) == (42, 4)
    assert sheet.print_area == "'表 & ''一'''!$A$1:$D$20"


@pytest.mark.parametrize(
    ("form", "beside_sign"), [(a_form(width=20), True), (a_form(), False), (a_form(protected=False), True)]
)
def test_where_nothing_can_be_shared_the_form_prints_alone(form, beside_sign):
    before, sheet = sheet_of(form), sheet_of(annotated(form, marks(3, beside_sign=beside_sign)))
    assert [sheet.column_dimensions[letter].width for letter in "CD"] == [before.column_dimensions["C"].width, 60]
    assert sheet.print_area == "'表 & ''一'''!$A$1:$C$20"


def test_a_sentence_spans_free_rows_and_no_row_grows():
    before, sheet = a_form(), sheet_of(annotated(a_form(), marks(3)))
    (span,) = [area for area in map(str, sheet.merged_cells.ranges) if area.startswith("D")]
    assert span.startswith("D3:D")
    assert heights(sheet) == heights(sheet_of(before))


def test_between_sentences_the_row_grows():
    sheet = sheet_of(annotated(a_form(), marks(3, 4)))
    assert sheet.row_dimensions[3].height > 60
    assert sheet.row_dimensions[5].height == 19.5


def test_a_table_that_may_be_sorted_gets_no_merged_cells():
    sheet = sheet_of(annotated(a_form(protected=False), marks(3)))
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A20:B20"]
    assert sheet.row_dimensions[3].height > 40


def test_marked_again_the_old_spans_go_and_the_column_stays():
    once = annotated(a_form(), marks(3, 9))
    twice = annotated(once, marks(6, stale=frozenset({3, 9})))
    one, two = sheet_of(once), sheet_of(twice)
    assert sorted(str(area)[:3] for area in two.merged_cells.ranges) == ["A20", "D6:"]
    assert one.print_area == two.print_area
    assert [two.column_dimensions[letter].width for letter in "CD"] == [4, 38]
    assert [two[f"D{row}"].value for row in (3, 9)] == [None, None]


def test_a_comment_alone_leaves_the_cell_as_it_looked():
    sheet = sheet_of(annotated(a_form(), {TITLE: Annotations({}, 4, notes={(3, 2): "已改为 61"})}))
    assert (sheet["B3"].comment.text, sheet["B3"].fill.fill_type, sheet["D3"].value) == ("已改为 61", None, None)


def test_a_comment_stands_before_the_sentence_of_its_cell():
    sheet = sheet_of(annotated(a_form(), {TITLE: Annotations({(3, 2): "太大"}, 4, notes={(3, 2): "已改为 61"})}))
    assert (sheet["B3"].comment.text, sheet["D3"].value) == ("已改为 61 太大", "⚠ 太大")


def a_list(*rows: Row, title: str = "⚠ 需改正") -> Listing:
    return Listing(title, "⚠ 需改正：2 处", "改正后重新导入", ("位置", "问题"), (20, 60), rows)


ROWS = (Row(("整个文件", "<&> 头部不符")), Row((f"{TITLE}!B3", LONG), TITLE, "B3"))


def test_the_list_is_the_last_sheet_with_links_and_repeated_heads():
    book = load_workbook(io.BytesIO(annotated(a_form(), marks(3), a_list(*ROWS))))
    assert book.sheetnames == [TITLE, "⚠ 需改正"]
    sheet = book.worksheets[1]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] == [
        ["位置", "问题"], ["整个文件", "<&> 头部不符"], [f"{TITLE}!B3", LONG],
    ]  # fmt: skip
    assert (sheet["A4"].hyperlink, sheet["A5"].hyperlink.location) == (None, "'表 & ''一'''!B3")
    assert (sheet.print_title_rows, sheet.page_setup.fitToHeight, sheet["B5"].alignment.wrap_text) == ("$3:$3", 0, True)
    assert book.active.title == TITLE


def test_the_list_alone_leaves_every_other_sheet_byte_for_byte():
    before, after = a_form(), annotated(a_form(), {}, a_list(ROWS[0]))
    with ZipFile(io.BytesIO(before)) as old, ZipFile(io.BytesIO(after)) as new:
        assert old.read("xl/worksheets/sheet1.xml") == new.read("xl/worksheets/sheet1.xml")


def test_a_list_that_stands_there_is_written_anew():
    once = annotated(a_form(), marks(3), a_list(*ROWS))
    book = load_workbook(io.BytesIO(annotated(once, {}, a_list())))
    assert (book.sheetnames, book.worksheets[1].max_row) == ([TITLE, "⚠ 需改正"], 3)


def test_the_list_is_left_out_of_what_was_read():
    read = read_file(annotated(a_form(), marks(3), a_list(*ROWS)), "a.xlsx")
    assert [sheet.title for sheet in without_listing(read).sheets] == [TITLE]


def test_a_sheet_of_somebody_with_such_a_title_is_read():
    book = Workbook()
    book.active.title = "⚠ 问题"
    book.active["A1"] = "村名"
    out = io.BytesIO()
    book.save(out)
    read = read_file(out.getvalue(), "a.xlsx")
    assert without_listing(read) is read
