"""Workbooks that are built wrongly are read with the right figures, by us or the second reader; damaged is what none reads."""

import io
from contextlib import suppress

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook

from spreadsheets.annotate.annotations import Annotations, annotated
from spreadsheets.annotate.plain_workbook import plain_workbook
from spreadsheets.ooxml.xml_offsets import BadPart
from spreadsheets.patch.workbook_patch import patched
from spreadsheets.preview.sheet_preview import sheet_previews
from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import Unreadable
from tests.spreadsheets.read.broken import DAMAGED, FIGURES, OTHERWISE, READ, changed, good
from tests.spreadsheets.read.xlsx_parts import MAIN, SHEET, packed, sheet_xml

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def figures(content):
    (sheet,) = read_file(content, "季报.xlsx").sheets
    return {sheet.address(*place).partition("!")[2]: cell.text for place, cell in sheet.cells.items()}


def refused(content):
    with pytest.raises(Unreadable) as caught:
        read_file(content, "季报.xlsx")
    return caught.value.kind


@pytest.mark.parametrize("wrong", READ)
def test_it_is_read_with_its_figures(wrong):
    assert figures(READ[wrong]) == FIGURES


@pytest.mark.parametrize("wrong", OTHERWISE)
def test_it_is_read_as_it_stands(wrong):
    content, expected = OTHERWISE[wrong]
    assert figures(content) == expected


@pytest.mark.parametrize("wrong", DAMAGED)
def test_it_is_called_damaged_where_the_second_reader_gives_up_too(wrong):
    assert refused(DAMAGED[wrong]) == "damaged"
    with pytest.raises((CalamineError, ValueError, OSError)):
        CalamineWorkbook.from_filelike(io.BytesIO(DAMAGED[wrong])).get_sheet_by_index(0).to_python()


def two_sheets(second):
    relation = RELATION.format("worksheets/sheet2.xml")
    return packed({
        **good(), BOOK: good()[BOOK].replace("</sheets>", '<sheet name="二" sheetId="2" r:id="rId2"/></sheets>'),
        RELATIONS: good()[RELATIONS].replace("</Relationships>", f"{relation}</Relationships>"), "xl/worksheets/sheet2.xml": second,
    })  # fmt: skip


RELATION = (
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="{}"/>'
)


@pytest.mark.parametrize("second", ["<a><b></a>", "<oops/>", "", f'<worksheet xmlns="{MAIN}"/>', sheet_xml(after="<a>")[:-1]])
def test_figures_that_the_second_reader_passes_over_are_not_lost_in_silence(second):
    """It takes a sheet of rubbish for an empty one; what stood there nobody knows."""
    found = two_sheets(second)
    if second.startswith("<worksheet"):
        assert [len(sheet.cells) for sheet in read_file(found, "季报.xlsx").sheets] == [4, 0]
    else:
        assert refused(found) == "damaged"


@pytest.mark.parametrize("cut", range(1, 200, 7))
def test_a_sheet_that_breaks_off_within_its_rows_is_damaged(cut):
    rows = good()[SHEET].index("</sheetData>")
    assert refused(packed({**good(), SHEET: good()[SHEET][: rows - cut]})) == "damaged"


def test_a_value_that_the_second_reader_does_not_see_is_not_lost():
    """It passes over what is marked as CDATA; broken elsewhere, such a sheet is for nobody."""
    marked = changed(SHEET, "<v>12</v>", "<v><![CDATA[12]]></v>")
    assert figures(marked) == FIGURES
    assert refused(packed({**good(), SHEET: good()[SHEET].replace("<v>12</v>", "<v><![CDATA[12]]></v>") + "oops"})) == "damaged"


def test_a_part_that_is_not_what_the_zip_counted_is_not_given_to_the_second_reader():
    broken = changed(SHEET, "</worksheet>", "</worksheet>oops")
    assert figures(broken) == FIGURES
    start = broken.index(b"xl/styles.xml") + len("xl/styles.xml")
    assert refused(broken[: start + 20] + bytes([broken[start + 20] ^ 0x10]) + broken[start + 21 :]) == "damaged"


@pytest.mark.parametrize("wrong", READ)
def test_it_can_be_given_back_marked_drawn_and_patched_or_is_refused_as_such(wrong):
    """Whatever is read may be sent back with marks, or chosen as a table to fill: nothing else may be raised there."""
    content = READ[wrong]
    read = read_file(content, "季报.xlsx")
    title = read.sheets[0].title
    for act in (
        lambda: annotated(content, {title: Annotations({(1, 1): "错"}, 6)}),
        lambda: sheet_previews(content),
        lambda: patched(content, {title: {(1, 1): 5}}),
    ):
        with suppress(BadPart, Unreadable, KeyError):  # the last: a sheet that the file does not tie to its part
            act()
    book = load_workbook(io.BytesIO(annotated(plain_workbook(read), {title: Annotations({(1, 1): "错"}, 6)})))
    assert book[title]["A1"].comment.text == "错"
