"""A workbook whose parts are named unusually is changed as it is read; what is not touched stays as it is."""

import io
import struct
import zipfile

import pytest
from openpyxl import Workbook

from spreadsheets.annotate.annotations import Annotations, annotated
from spreadsheets.ooxml.container import Bounds
from spreadsheets.ooxml.package import Package, as_in
from spreadsheets.ooxml.refusals import Refusal
from spreadsheets.patch.workbook_patch import patched
from spreadsheets.preview.sheet_preview import sheet_previews
from spreadsheets.read.files import read_file
from tests.spreadsheets.read import hostile
from tests.spreadsheets.read.broken import good
from tests.spreadsheets.read.xlsx_parts import SHEET, packed

BOUNDS = Bounds(1 << 20, 1 << 20)
RELATIONS = "xl/_rels/workbook.xml.rels"
UNUSUAL = {
    "another case": "xl/Worksheets/SHEET1.XML",
    "backslashes": "xl\\worksheets\\sheet1.xml",
}


def renamed(name: str) -> bytes:
    """A workbook that openpyxl wrote, its sheet under another name."""
    book, buffer = Workbook(), io.BytesIO()
    book.active.append(["单位", 12])
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return packed({name if part == SHEET else part: archive.read(part) for part in archive.namelist()})


@pytest.mark.parametrize("way", UNUSUAL)
def test_a_part_named_unusually_is_read_shown_patched_and_annotated(way):
    content = renamed(UNUSUAL[way])
    (sheet,) = read_file(content, "季报.xlsx").sheets
    place = next(iter(sheet.cells))
    assert sheet_previews(content)[0].cells[place].text == sheet.cells[place].text
    changed = patched(content, {sheet.title: {place: 4711}}).content
    assert read_file(changed, "季报.xlsx").sheets[0].cells[place].text == "4711"
    with zipfile.ZipFile(io.BytesIO(changed)) as archive:
        assert UNUSUAL[way].replace("\\", "/") in [name.replace("\\", "/") for name in archive.namelist()]
    red = annotated(content, {sheet.title: Annotations({place: "错"}, 9)})
    assert read_file(red, "季报.xlsx").sheets[0].cells[place[0], 9].text == "⚠ 错"


def test_parts_stay_in_their_order_and_new_ones_come_last():
    package = Package(packed(good()), BOUNDS)
    package["xl/new.xml"] = b"<a/>"
    package[SHEET] = b"<b/>"
    with zipfile.ZipFile(io.BytesIO(package.packed())) as archive:
        assert archive.namelist() == [*good(), "xl/new.xml"]
        assert (archive.read(SHEET), archive.read("xl/new.xml")) == (b"<b/>", b"<a/>")
    assert package.new_name("xl/worksheets/sheet{}.xml") == "xl/worksheets/sheet2.xml"


def test_a_zip_whose_parts_overlap_is_not_changed():
    with pytest.raises(Refusal):
        Package(hostile.overlapping(), BOUNDS)


def test_an_entry_for_another_zip_forgets_the_sizes_of_the_old_one():
    info = zipfile.ZipInfo("xl/a.xml", (2026, 10, 12, 9, 30, 18))
    info.extra, info.extract_version, info.comment = struct.pack("<2H2Q", 1, 16, 5, 5), 45, b"remark"
    kept = as_in(info)
    assert (kept.extra, kept.extract_version, kept.comment, kept.date_time) == (b"", 20, b"remark", info.date_time)
    assert info.extract_version == 45
