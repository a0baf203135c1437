"""Hostile and broken workbooks are refused by a sentence, before they cost anything."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from spreadsheets import limits
from spreadsheets.tables import TableProblems, read_table


def packed(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook_parts():
    book, buffer = Workbook(), io.BytesIO()
    book.active.append(["code"])
    book.active.append([1])
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def with_part(name, change):
    return packed([(part, change(content) if part == name else content) for part, content in workbook_parts()])


SHEET = "xl/worksheets/sheet1.xml"
HOSTILE = {
    "a zip of something else": packed([("hello.txt", "hello")]),
    "a part that unpacks to a thousand times its size": packed([*workbook_parts(), ("xl/media/zeros.bin", b"\0" * 5_000_000)]),
    "too many parts": packed([*workbook_parts(), *((f"xl/{number}.bin", b"") for number in range(limits.ZIP_ENTRIES))]),
    "a path out of the container": packed([*workbook_parts(), ("xl/../../evil.xml", b"<x/>")]),
    "a document type": with_part(SHEET, lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml),
    "a document type in UTF-16": with_part(SHEET, lambda xml: '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")),
    "a sheet that breaks off": with_part(SHEET, lambda xml: xml[:-40]),
    "a sheet that is no sheet": with_part(SHEET, lambda xml: b"<html/>"),
    "a number that is none": with_part(SHEET, lambda xml: xml.replace(b"<v>1</v>", b"<v>NaN</v>")),
    "a number without end": with_part(SHEET, lambda xml: xml.replace(b"<v>1</v>", b"<v>1E999</v>")),
    "no workbook part": packed([part for part in workbook_parts() if part[0] != "xl/workbook.xml"]),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_or_broken_container_is_refused_with_a_sentence(kind):
    with pytest.raises(TableProblems) as caught:
        read_table(HOSTILE[kind], "evil.xlsx")
    assert str(caught.value).startswith("evil.xlsx")


def test_the_untouched_workbook_is_read():
    assert len(read_table(packed(workbook_parts()), "good.xlsx").rows) == 1


@pytest.mark.parametrize(
    "bomb",
    [b'<mergeCell ref="A1:XFD1048576"/>', b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'],
)
def test_a_merge_over_the_whole_sheet_costs_nothing(bomb):
    content = with_part(SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + bomb))
    assert len(read_table(content, "bomb.xlsx").rows) == 1


def test_a_cell_at_the_far_end_is_refused_by_name():
    far = b'<row r="3"><c r="XFD3"><v>1</v></c></row></sheetData>'
    with pytest.raises(TableProblems):
        read_table(with_part(SHEET, lambda xml: xml.replace(b"</sheetData>", far)), "far.xlsx")


def test_a_wrong_dimension_loses_no_row():
    def lie(xml):
        return xml.replace(b'<dimension ref="A1:A2"', b'<dimension ref="A1"')

    assert lie(dict(workbook_parts())[SHEET]) != dict(workbook_parts())[SHEET]
    assert len(read_table(with_part(SHEET, lie), "lie.xlsx").rows) == 1
