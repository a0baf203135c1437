"""A cell reads as it stands, to the last digit; nothing that is no number becomes one, nothing vanishes."""

import pytest

from spreadsheets.read.parser import parsed
from spreadsheets.read.wire_format import unflattened
from spreadsheets.read.workbook import Cell, Content
from tests.spreadsheets.read.xlsx_parts import of_cells, strings_xml, styles_xml

NUMBER, TEXT, DATE, ERROR, BOOLEAN, UNCOMPUTED = (
    Content.NUMBER, Content.TEXT, Content.DATE, Content.ERROR, Content.BOOLEAN, Content.UNCOMPUTED,
)  # fmt: skip
FORMATS = ("0%", "yyyy/m/d", "General", "@", "[h]:mm", "0.0_ ;[Red]-0.0", "h:mm", 'yyyy"年"m"月"', "G/通用格式", '"d"0')


def cells(*elements, **more):
    (sheet,) = unflattened(parsed(of_cells(*elements, **more), "表.xlsx")).sheets
    return sheet.cells


def one(element, **more):
    return cells(element, **more).get((1, 1))


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("12", "12"), ("0", "0"), ("-5", "-5"), ("-0", "0"), ("12.50", "12.5"), ("12.0", "12"), ("007", "7"), ("+3", "3"),
        ("1E3", "1000"), ("1.2e-7", "0.00000012"), ("0.30000000000000004", "0.3"), ("80.099999999999994", "80.1"),
        ("123456789012345678", "123456789012345678"), ("1.2345678901234567E+18", "1234567890123456700"), (" 12 ", "12"),
        ("0.1234567890123456789", "0.123456789012346"), (".5", "0.5"), ("5.", "5"), ("1E300", "1" + "0" * 300),
    ],
)  # fmt: skip
def test_a_number_reads_in_its_own_plain_digits(stored, text):
    assert one(f"<c><v>{stored}</v></c>") == Cell(text, NUMBER)


@pytest.mark.parametrize(
    "stored", ["1_000", "NaN", "INF", "-Infinity", "1E999", "1E-999", "１２", "٣", "1,200", "0x10", "--", "1 2"]
)
def test_what_no_program_stores_as_a_number_stays_a_text_and_says_so(stored):
    assert one(f"<c><v>{stored}</v></c>") == Cell(stored, TEXT, raw=stored)


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<c t="b"><v>1</v></c>', Cell("TRUE", BOOLEAN)),
        ('<c t="b"><v>0</v></c>', Cell("FALSE", BOOLEAN)),
        ('<c t="e"><v>#REF!</v></c>', Cell("#REF!", ERROR)),
        ('<c t="e"><f>A9/0</f><v>#DIV/0!</v></c>', Cell("#DIV/0!", ERROR, is_formula=True)),
        ('<c t="str"><f>A1&amp;B1</f><v>甲_x0041_</v></c>', Cell("甲A", TEXT, is_formula=True)),
        ('<c t="d"><v>2026-09-30T00:00:00.000Z</v></c>', Cell("2026-09-30", DATE, raw="2026-09-30T00:00:00.000Z")),
        ('<c t="inlineStr"><is><t>１２ 人</t></is></c>', Cell("１２ 人", TEXT)),
        ('<c t="inlineStr"><is><t xml:space="preserve"> 两端 </t></is></c>', Cell(" 两端 ", TEXT)),
        ('<c t="inlineStr"><is><r><t>东</t></r><r><t>关</t></r><rPh><t>どん</t></rPh></is></c>', Cell("东关", TEXT)),
        ("<c><f>1+1</f><v>2</v></c>", Cell("2", NUMBER, is_formula=True)),
        ("<c><f>1+1</f></c>", Cell("=1+1", UNCOMPUTED, is_formula=True)),
        ("<c><f>1+1</f><v></v></c>", Cell("=1+1", UNCOMPUTED, is_formula=True)),
        ("<c><f>1+1</f><v/></c>", Cell("=1+1", UNCOMPUTED, is_formula=True)),
        ('<c><f t="shared" si="0"/></c>', Cell("=…", UNCOMPUTED, is_formula=True)),
        ('<c><f t="shared" si="0"/><v>3</v></c>', Cell("3", NUMBER, is_formula=True)),
        ('<c t="str"><f>""</f><v></v></c>', None),
        ("<c/>", None),
        ("<c></c>", None),
        ("<c><v/></c>", None),
        ('<c t="inlineStr"><is><t/></is></c>', None),
        ("<c><v><![CDATA[12]]></v></c>", Cell("12", NUMBER)),
        ("<c><v>1<!-- two -->2</v></c>", Cell("12", NUMBER)),
        ('<c t="inlineStr"><is><t>a&lt;b &#x7532;</t></is></c>', Cell("a<b 甲", TEXT)),
    ],
)
def test_a_cell_reads_by_its_type(element, expected):
    assert one(element) == expected


@pytest.mark.parametrize(
    ("code", "stored", "expected"),
    [
        ("0%", "0.85", Cell("0.85", NUMBER, "0%")),
        ("yyyy/m/d", "46295", Cell("2026-09-30", DATE, "yyyy/m/d", raw="46295")),
        ("yyyy/m/d", "46295.5", Cell("2026-09-30 12:00:00", DATE, "yyyy/m/d", raw="46295.5")),
        ("yyyy/m/d", "46295.999999999", Cell("2026-10-01", DATE, "yyyy/m/d", raw="46295.999999999")),
        ("yyyy/m/d", "12", Cell("1900-01-12", DATE, "yyyy/m/d", raw="12")),
        ("yyyy/m/d", "60", Cell("1900-02-29", DATE, "yyyy/m/d", raw="60")),
        ("yyyy/m/d", "61", Cell("1900-03-01", DATE, "yyyy/m/d", raw="61")),
        ("yyyy/m/d", "-3", Cell("-3", NUMBER, "yyyy/m/d")),
        ("yyyy/m/d", "99999999", Cell("99999999", NUMBER, "yyyy/m/d")),
        ("h:mm", "0.25", Cell("06:00:00", DATE, "h:mm", raw="0.25")),
        ("[h]:mm", "1.5", Cell("1.5", NUMBER, "[h]:mm")),
        ('yyyy"年"m"月"', "46295", Cell("2026-09-30", DATE, 'yyyy"年"m"月"', raw="46295")),
        ('"d"0', "12", Cell("12", NUMBER, '"d"0')),
        ("0.0_ ;[Red]-0.0", "-1.5", Cell("-1.5", NUMBER, "0.0_ ;[Red]-0.0")),
        ("General", "12", Cell("12", NUMBER)),
        ("G/通用格式", "12", Cell("12", NUMBER)),
        ("@", "12", Cell("12", NUMBER)),
    ],
)
def test_a_number_reads_with_its_format_and_a_date_as_a_day(code, stored, expected):
    style = FORMATS.index(code) + 1
    codes = (format_code.replace('"', "&quot;") for format_code in FORMATS)
    assert one(f'<c s="{style}"><v>{stored}</v></c>', styles=styles_xml(*codes)) == expected


def test_the_days_of_a_mac_count_from_1904():
    elements = '<c s="1"><v>0</v></c>', '<c s="1"><v>44833</v></c>'
    found = cells(*elements, styles=styles_xml("yyyy/m/d"), settings='<workbookPr date1904="1"/>')
    assert [cell.text for cell in found.values()] == ["1904-01-01", "2026-09-30"]


def test_a_style_that_is_not_there_is_no_format():
    assert one('<c s="77"><v>12</v></c>', styles=styles_xml("0%")) == Cell("12", NUMBER)


def test_shared_texts_join_their_runs_and_drop_their_readings():
    strings = strings_xml(
        "<t>东关村</t>", "<r><rPr><b/></rPr><t>西</t></r><r><t xml:space='preserve'> 关</t></r><rPh sb='0' eb='1'><t>シ</t></rPh>",
        "<t>_x0041__x005F_x0041_</t>", "<t/>", "<t>_xD83D__xDE00_ _xD800_</t>",
    )  # fmt: skip
    found = cells(*(f'<c t="s"><v>{number}</v></c>' for number in range(5)), strings=strings)
    assert {place: cell.text for place, cell in found.items()} == {
        (1, 1): "东关村",
        (1, 2): "西 关",
        (1, 3): "A_x0041_",
        (1, 5): "😀 \ufffd",
    }
