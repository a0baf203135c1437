"""What one copy of a form is known by never changes what another says: other formats, texts, calendars, titles, a changed byte."""

import pytest

from spreadsheets.read.parser import parsed
from spreadsheets.read.wire_format import as_lines, from_lines, unflattened
from spreadsheets.read.workbook import Cell, Content
from tests.spreadsheets.read.xlsx_parts import SHEET, packed, parts, sheet_xml, strings_xml, styles_xml, workbook

ROW = '<row r="1"><c r="A1" s="1"><v>45000</v></c><c r="B1" t="s"><v>0</v></c></row>'
ALONE = '<row r="1"><c r="A1" s="1"><v>45000</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row>'


def cells(content):
    (sheet,) = unflattened(from_lines(as_lines(parsed(content, "表.xlsx")))).sheets
    return dict(sheet.cells)


def read_twice(*contents):
    """Each as it is read first and as it is read after all others."""
    first = [cells(content) for content in contents]
    assert [cells(content) for content in reversed(contents)] == first[::-1]
    return first


@pytest.mark.parametrize("row", [ROW, ALONE])
def test_the_same_rows_under_other_formats(row):
    share, day, plain = read_twice(
        *(
            workbook(sheet_xml(row), styles=styles_xml(code), strings=strings_xml("<t>甲</t>"))
            for code in ("0%", "yyyy-mm-dd", "0")
        )
    )
    assert share[1, 1] == Cell("45000", Content.NUMBER, "0%")
    assert day[1, 1] == Cell("2023-03-15", Content.DATE, "yyyy-mm-dd", raw="45000")
    assert plain[1, 1] == Cell("45000", Content.NUMBER, "0")


@pytest.mark.parametrize("row", [ROW, ALONE])
def test_the_same_rows_in_another_calendar(row):
    usual, early = read_twice(
        *(
            workbook(sheet_xml(row), styles=styles_xml("yyyy-mm-dd"), strings=strings_xml("<t>甲</t>"), settings=settings)
            for settings in ("", '<workbookPr date1904="1"/>')
        )
    )
    assert (usual[1, 1].text, early[1, 1].text) == ("2023-03-15", "2027-03-16")


def test_the_same_rows_with_other_texts():
    texts = [workbook(sheet_xml(ROW), styles=styles_xml("0"), strings=strings_xml(f"<t>{text}</t>")) for text in "甲乙"]
    assert [found[1, 2].text for found in read_twice(*texts)] == ["甲", "乙"]


def test_the_same_sheet_under_another_title_and_state():
    one = parts(sheet_xml(ALONE))
    other = {**one, "xl/workbook.xml": one["xl/workbook.xml"].replace('name="表1"', 'name="表2" state="hidden"')}
    for _ in range(2):
        sheets = [unflattened(parsed(packed(each), "表.xlsx")).sheets[0] for each in (one, other)]
        assert [(sheet.title, sheet.state) for sheet in sheets] == [("表1", "visible"), ("表2", "hidden")]


def test_a_part_known_by_its_packed_bytes_must_still_have_its_sum():
    good = workbook(sheet_xml(ALONE))
    assert cells(good)
    crc = good[good.index(SHEET.encode(), good.index(b"PK\x01\x02")) - 30 :][:4]
    bad = good.replace(crc, bytes([crc[0] ^ 1]) + crc[1:])
    for _ in range(2):
        assert parsed(bad, "表.xlsx")["refused"] == "damaged"
        assert cells(good)


def test_a_cell_known_from_one_row_does_not_stand_in_another():
    assert cells(workbook(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')))
    wrong = workbook(sheet_xml('<row r="2"><c r="A1"><v>1</v></c></row>'))
    for _ in range(2):
        assert "stands where no cell can stand" in parsed(wrong, "表.xlsx")["message"]


def test_frames_of_other_sheets_keep_their_own_merges():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    merged = [
        workbook(sheet_xml(rows, after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>')) for ref in ("A1:B2", "A1:C3")
    ]
    for _ in range(2):
        found = [unflattened(parsed(content, "表.xlsx")).sheets[0].merged for content in merged]
        assert found == [((1, 1, 2, 2),), ((1, 1, 3, 3),)]
