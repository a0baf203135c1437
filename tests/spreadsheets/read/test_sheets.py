"""Cells stand at their addresses whatever the file claims of itself, and what stands at no address is refused by name."""

import re

import pytest

from spreadsheets.ooxml.refusals import Refusal
from spreadsheets.read.parser import SECOND_READER, parsed
from spreadsheets.read.wire_format import unflattened
from tests.spreadsheets.read.xlsx_parts import MAIN, SHEET, STRICT, packed, parts, relations, sheet_xml, strings_xml, workbook

_HIDDEN = ' hidden="1"'


def read(content, name="表.xlsx"):
    return unflattened(parsed(content, name))


def texts(content):
    (sheet,) = read(content).sheets
    return {place: cell.text for place, cell in sheet.cells.items()}


def rows(inner, **more):
    return workbook(sheet_xml(inner, **more))


@pytest.mark.parametrize(
    ("inner", "places"),
    [
        ('<row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row>', {(2, 2): "1", (2, 4): "2"}),
        ("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>", {(1, 1): "1", (1, 3): "3", (2, 1): "4"}),
        (
            '<row r="5"><c r="C5"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>',
            {(5, 3): "1", (5, 4): "2", (6, 1): "3"},
        ),
        ('<row r="9"><c r="A9"><v>9</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>', {(9, 1): "9", (3, 1): "3"}),
        ('<row r="1"><c r="AA1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>', {(1, 27): "1", (1, 16384): "2"}),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', {(1048576, 16384): "1"}),
        ('<row r="1">\n  <c r="A1">\n <v>1</v>\n </c>\n</row>', {(1, 1): "1"}),
        ('<row r="0"><c r="A0"/></row><row r="1"><c r="A1"><v>1</v></c></row>', {(1, 1): "1"}),
    ],
)
def test_cells_stand_where_their_addresses_or_their_order_say(inner, places):
    assert texts(rows(inner)) == places


@pytest.mark.parametrize("claim", ["A1", "A1:A1", "A1:XFD1048576", "Z9:A1", "nonsense", ""])
def test_the_dimension_that_a_sheet_claims_is_not_believed(claim):
    inner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="300"><c r="K300"><v>2</v></c></row>'
    assert texts(rows(inner, before=f'<dimension ref="{claim}"/>')) == {(1, 1): "1", (300, 11): "2"}


@pytest.mark.parametrize(
    "inner",
    [
        '<row r="1"><c r="C1"><v>7</v></c><c r="B1"><v>8</v></c></row>',
        '<row r="1"><c r="C1"><v>7</v></c><c r="A1"/><c r="B1"><v>8</v></c></row>',
    ],
)
def test_cells_out_of_their_order_are_read_at_their_addresses(inner):
    assert texts(rows(inner)) == {(1, 3): "7", (1, 2): "8"}


@pytest.mark.parametrize(
    ("inner", "address"),
    [
        ('<row r="1"><c r="C1"><v>7</v></c><c r="B1"><v>7</v></c><c r="C1"><v>7</v></c></row>', "C1"),
        ('<row r="0"><c r="A0"><v>7</v></c></row>', "A0"),
        ('<row r="1048577"><c r="A1048577"><v>7</v></c></row>', "A1048577"),
        ('<row r="1"><c r="XFE1"><v>7</v></c></row>', "XFE1"),
        ('<row r="1"><c r="ZZZZ1"><v>7</v></c></row>', "ZZZZ1"),
        ('<row r="1"><c r="A2"><v>7</v></c></row>', "A2"),
        ('<row r="1"><c r="C1"><v>7</v></c><c r="C1"><v>8</v></c></row>', "C1"),
        ('<row r="1"><c r="1A"><v>7</v></c></row>', "1A"),
        ('<row r="2"><c r="B2"><v>7</v></c></row><row r="2"><c r="B2"><v>8</v></c></row>', "B2"),
        ('<row r="2"><c r="B2" t="s"><v>5</v></c></row>', "B2"),
        ('<row r="2"><c r="B2" t="s"><v>-1</v></c></row>', "B2"),
    ],
)
def test_a_cell_that_stands_nowhere_or_twice_is_refused_by_its_address(inner, address):
    with pytest.raises(Refusal) as caught:
        read(rows(inner))
    assert re.search(rf"\b{address}\b", caught.value.sentence())
    assert "表1" in caught.value.sentence()


@pytest.mark.parametrize(
    "inner",
    ["<row r='1'><x/></row>", "<row r='1'><c r='A1'><w>1</w></c></row>", "<row r='1'><c r='A1' t='z'><v>1</v></c></row>"],
)
def test_what_we_do_not_know_is_for_the_second_reader(inner):
    assert parsed(rows(inner), "表.xlsx") == {SECOND_READER: "xlsx"}


PADDING = "".join(
    f'<row r="{n}" s="1" customFormat="1"><c r="B{n}" s="12"/><c r="C{n}" s="12"></c></row>' for n in range(100, 60_000)
)


@pytest.mark.parametrize(
    ("behind", "places"),
    [
        ('<row r="60000" hidden="1"><c r="A60000" s="3"/><c r="B60000"><v>2</v></c></row>', {(60000, 2): "2"}),
        ('<row r="60000"><c r="A60000" s="3"/><c><v>2</v></c></row>', {(60000, 2): "2"}),
        ("<row><c><v>2</v></c></row>", {(60000, 1): "2"}),
        (
            '<row r="60000"><c r="A60000" t="inlineStr"><is><t><![CDATA[<c r="A1"/>]]></t></is></c></row>',
            {(60000, 1): '<c r="A1"/>'},
        ),
        ("", {}),
    ],
)
def test_a_large_sheet_loses_only_what_is_styled_and_empty(behind, places):
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert texts(rows(first + PADDING + behind)) == {(1, 1): "1", **places}


def test_prefixes_are_only_names():
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert texts(workbook(sheet)) == {(1, 1): "1"}
    strings = strings_xml("<t>甲</t>").replace("<", "<s:").replace("<s:/", "</s:").replace("xmlns=", "xmlns:s=")
    inner = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert texts(workbook(sheet_xml(inner), strings=strings)) == {(1, 1): "甲"}


def test_parts_are_found_by_absolute_and_relative_targets_of_any_case():
    found = parts(sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=strings_xml("<t>甲</t>"))
    found["XL/Worksheets/Sheet1.xml"] = found.pop(SHEET)
    lines = [("rId1", "worksheet", "/xl/worksheets/sheet1.xml"), ("rId2", "sharedStrings", "./worksheets/../sharedstrings.xml")]
    assert texts(packed({**found, "xl/_rels/workbook.xml.rels": relations(*lines)})) == {(1, 1): "甲"}


def test_sheets_come_in_the_order_and_with_the_states_of_the_workbook():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{kind}"><sheets><sheet name="后" r:id="b"/><sheet name="前" state="hidden" r:id="a"/>'
        '<sheet name="深" state="veryHidden" r:id="c"/><sheet name="图" r:id="d"/></sheets></workbook>'
    )
    lines = (
        ("a", "worksheet", "a.xml"),
        ("b", "worksheet", "b.xml"),
        ("c", "worksheet", "c.xml"),
        ("d", "chartsheet", "d.xml"),
    )
    more = {f"xl/{name}.xml": sheet_xml(f'<row r="1"><c r="A1"><v>{n}</v></c></row>') for n, name in enumerate("abc")}
    found = read(packed({**parts(), "xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations(*lines), **more}))
    assert [(sheet.title, sheet.state, sheet.cells[1, 1].text) for sheet in found.sheets] == [
        ("后", "visible", "1"),
        ("前", "hidden", "0"),
        ("深", "veryHidden", "2"),
    ]


def test_merged_ranges_and_hidden_rows_and_columns_are_listed():
    inner = (
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="true"/><row r="3"><c r="F3"><v>3</v></c></row>'
    )
    columns = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="1"/></cols>'
    merges = '<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="E4"/></mergeCells>'
    (sheet,) = read(rows(f'{inner}<row r="9" hidden="1"/>', before=columns, after=merges)).sheets
    assert sheet.merged == ((1, 1, 2, 3), (4, 5, 4, 5))
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1, 2}, {2, 3, 5, 6})


def test_the_strict_kind_of_open_xml_is_read():
    inner = '<row r="1"><c r="A1" t="d"><v>2026-09-30</v></c></row>'
    ours, theirs = "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"
    found = read(
        packed({name: text.replace(MAIN, STRICT).replace(ours, theirs) for name, text in parts(sheet_xml(inner)).items()})
    )
    assert (found.kind, found.sheets[0].cells[1, 1].text) == ("strict", "2026-09-30")


def test_macros_stay_asleep_and_a_note_says_so():
    found = read(workbook(macros=True), "表.xlsx")
    assert found.kind == "xlsm"
    assert len(found.notes) == 1
    assert found.sheets[0].cells[1, 1].text == "12"


def test_a_sheet_in_utf_16_is_read():
    sheet = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>东关</t></is></c></row>').replace("UTF-8", "UTF-16")
    assert texts(workbook(sheet.encode("utf-16"))) == {(1, 1): "东关"}


def test_the_plain_way_and_element_by_element_find_the_same():
    inner = "".join(
        f'<row r="{n}" spans="1:6" ht="15" customHeight="1"{_HIDDEN if n % 5 == 0 else ""}>'
        f'<c r="A{n}" s="1" t="inlineStr"><is><t>村{n}</t></is></c><c r="B{n}" s="1"/><c r="C{n}" t="b"><v>1</v></c>'
        f'<c r="D{n}"><f aca="false">A{n}+1</f><v>{n}.50</v></c><c r="E{n}" t="e"><v>#N/A</v></c><c r="AB{n}"><f>SUM(A1:B2)</f></c>'
        f'<c r="AC{n}"><f>IF(A{n}&lt;&gt;&quot;&amp;lt;&quot;,1,2)</f></c><c r="AD{n}" t="str"><v>甲&amp;amp;乙&apos;s</v></c></row>'
        for n in range(2, 40)
    )  # fmt: skip
    assert read(rows(inner)) == read(rows(f"<!-- no plain sheet -->{inner}"))
