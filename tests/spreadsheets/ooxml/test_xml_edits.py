"""Edits of a part: elements at the place the schema wants, groups that grow or are made, other bytes as they were."""

import pytest

from spreadsheets.ooxml.schema_order import WORKBOOK, WORKSHEET
from spreadsheets.ooxml.xml_edits import element, in_order, with_members
from spreadsheets.ooxml.xml_elements import MAIN, is_true, whole_number
from spreadsheets.ooxml.xml_offsets import children_of_root, spans_at

SHEET = f'<worksheet xmlns="{MAIN}"><sheetData/><pageMargins left="1"/><tableParts/></worksheet>'.encode()
PREFIXED = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData></x:sheetData ><x:extLst/></x:worksheet>'.encode()


def names(content: bytes) -> list[str]:
    return [name for name, _span in children_of_root(content)]


@pytest.mark.parametrize("name", WORKSHEET)
def test_an_element_comes_between_those_that_stand_before_and_behind_it(name):
    content = in_order(SHEET, name, element(name.encode(), {}), WORKSHEET)
    found = names(content)
    assert found == sorted(found, key=WORKSHEET.index)
    assert content.replace(element(name.encode(), {}), b"", 1) in (SHEET, SHEET.replace(element(name.encode(), {}), b"", 1))


@pytest.mark.parametrize("root", [b"<workbook/>", b"<workbook></workbook>", b"<workbook><fileVersion/></workbook>"])
def test_what_stands_before_nothing_comes_last(root):
    assert names(in_order(root, "calcPr", b"<calcPr/>", WORKBOOK))[-1] == "calcPr"


def test_a_group_grows_and_its_count_with_it():
    sheet = SHEET.replace(b"<pageM", b'<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><pageM')
    content, number = with_members(sheet, "mergeCells", "mergeCell", [b'<mergeCell ref="A2:B2"/>', b'<mergeCell ref="A3:B3"/>'])
    assert (number, content.count(b'count="3"')) == (1, 1)
    assert [span.attributes["ref"] for span in spans_at(content, "mergeCells", "mergeCell")] == ["A1:B1", "A2:B2", "A3:B3"]


@pytest.mark.parametrize(("sheet", "prefix"), [(SHEET, b""), (PREFIXED, b"x:")])
def test_a_group_that_is_missing_is_made_at_its_place(sheet, prefix):
    content, number = with_members(
        sheet, "mergeCells", "mergeCell", [element(prefix + b"mergeCell", {"ref": "A1:B1"})], WORKSHEET
    )
    assert (number, names(content)[1]) == (0, "mergeCells")
    assert prefix + b"mergeCells>" in content


def test_a_group_without_place_is_not_made():
    with pytest.raises(ValueError, match="not in tuple"):
        with_members(b"<styleSheet/>", "fills", "fill", [b"<fill/>"])


def test_an_element_says_its_attributes_and_what_stands_in_it():
    given = {"r": 'a"<b', "s": None, "n": 1.5}
    assert element(b"x:c", given) == b"""<x:c r='a"&lt;b' n="1.5"/>"""
    assert element(b"x:c", given, b"<v/>") == b"""<x:c r='a"&lt;b' n="1.5"><v/></x:c>"""


def test_the_text_of_an_element_is_its_own():
    book = b"<workbook><definedNames><definedName>a&amp;b<x>no</x>c</definedName></definedNames></workbook>"
    assert [span.text for span in spans_at(book, "definedNames", "definedName")] == ["a&bc"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("999999999", 999999999)]
    + [(text, None) for text in (None, "", " 1", "-1", "1.0", "1_0", "１", "²", "9" * 10, "9" * 5000)],
)
def test_only_a_short_row_of_digits_is_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("text", "switch"), [("1", True), ("true", True), ("0", False), ("false", False), ("", False), (None, False)]
)
def test_switches(text, switch):
    assert is_true(text) is switch
