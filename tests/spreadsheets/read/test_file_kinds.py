"""Every file is called what it is, whatever its name says, with a sentence that says what to do."""

import io

import pytest
from openpyxl import Workbook

from spreadsheets import limits
from spreadsheets.ooxml.refusals import KINDS
from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import Unreadable
from tests.spreadsheets.read import hostile
from tests.spreadsheets.read.compound import compound, label, number, old_workbook
from tests.spreadsheets.read.xlsx_parts import packed, parts, workbook

OFFICE = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"}
HTML = "<html><head><title>表</title></head><body><table><tr><td>12</td></tr></table></body></html>"
XML_2003 = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
TEXT_DOCUMENT = "application/vnd.oasis.opendocument.text"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"

REFUSED = [
    ("empty", b""),
    ("empty", b"\0" * 600),
    ("empty", b"\xef\xbb\xbf\r\n"),
    ("encrypted", compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"x" * 5000})),
    ("encrypted", old_workbook(label(0, 0, "x"), locked=True)),
    ("locked zip", hostile.locked_entries()),
    ("Word document", compound({"WordDocument": b"x", "1Table": b"x"})),
    ("Word document", packed({**OFFICE, "word/document.xml": "<w/>"})),
    ("PowerPoint", compound({"PowerPoint Document": b"x"})),
    ("PowerPoint", packed({**OFFICE, "ppt/presentation.xml": "<p/>"})),
    ("OLE document", compound({"Contents": b"x"})),
    ("OpenDocument", packed({"mimetype": TEXT_DOCUMENT, "content.xml": "<x/>"})),
    ("Numbers", packed({"Index/Document.iwa": b"x", "Metadata/Properties.plist": b"x"})),
    ("HTML", HTML.encode()),
    ("HTML", b"\xef\xbb\xbf\r\n<!DOCTYPE HTML><p>"),
    ("HTML", HTML.encode("gbk")),
    ("HTML", f'<?xml version="1.0"?>\n<!-- made by a system -->{HTML}'.encode()),
    ("HTML", HTML.encode("utf-16")),
    ("HTML", b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"),
    ("XML spreadsheet", XML_2003.encode()),
    ("XML", b'<?xml version="1.0"?><data><row/></data>'),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3"),
    ("picture", PNG),
    ("picture", b"\xff\xd8\xff\xe0\0\x10JFIF"),
    ("picture", b"GIF89a\1\0\1\0"),
    ("picture", b"BM6\0\0\0\0\0\0\x006\0\0\0"),
    ("picture", b"RIFF\x24\0\0\0WEBPVP8 "),
    ("RTF", b"{\\rtf1\\ansi x}"),
    ("rar", b"Rar!\x1a\x07\x01\0"),
    ("7z", b"7z\xbc\xaf\x27\x1c\0\4"),
    ("gzip", b"\x1f\x8b\x08\0"),
    ("zip", packed({"a.xlsx": b"x", "b.xlsx": b"y"})),
    ("damaged", b"PK\x03\x04 and nothing else"),
    ("damaged", hostile.truncated()),
    ("damaged", hostile.wrong_sum()),
    ("damaged", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    ("damaged", packed({name: text for name, text in parts().items() if name != "xl/workbook.xml"})),
    ("damaged", workbook("<html/>")),
    ("text", "请于周五前报送。\n谢谢".encode()),
    ("text", b'{"figures": 12}'),
    ("unknown", bytes(range(1, 200)) * 9),
    ("unknown", b"SQLite format 3\0\x10\0\1\1"),
    ("damaged", old_workbook()[:700]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "content"), REFUSED, ids=[f"{n}-{kind}" for n, (kind, _content) in enumerate(REFUSED)])
def test_what_is_no_workbook_is_called_what_it_is(kind, content):
    with pytest.raises(Unreadable) as caught:
        read_file(content, "季报.xlsx")
    assert (caught.value.kind, caught.value.sentence) == (kind, KINDS[kind])


def made_by_openpyxl():
    book, buffer = Workbook(), io.BytesIO()
    book.active.append(["单位", 12])
    book.save(buffer)
    return buffer.getvalue()


SEPARATED = "单位,数\n东关村,12\n"
OPEN_DOCUMENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="表1"><table:table-row><table:table-cell office:value-type="float" '
    'office:value="12"><text:p>12</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
READ = [
    ("xlsx", made_by_openpyxl(), "季报.xls", 0),
    ("xlsx", workbook(), "季报.csv", 0),
    ("xlsm", workbook(macros=True), "季报.xlsx", 1),
    ("old .xls", old_workbook(number(0, 0, 12)), "季报.xlsx", 1),
    (".et", old_workbook(number(0, 0, 12)), "季报.et", 1),
    (
        ".ods",
        packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": OPEN_DOCUMENT,
                "META-INF/manifest.xml": MANIFEST,
            }
        ),
        "季报.xlsx",
        1,
    ),
    ("csv", SEPARATED.encode(), "季报.xlsx", 0),
    ("csv", SEPARATED.encode("utf-8-sig"), "季报.csv", 0),
    ("csv", SEPARATED.encode("gbk"), "季报.csv", 1),
    ("csv", SEPARATED.encode("utf-16"), "季报.csv", 1),
    ("csv", SEPARATED.replace(",", "\t").encode(), "季报.txt", 1),
    ("csv", SEPARATED.replace(",", ";").encode(), "季报.csv", 1),
    ("csv", SEPARATED.replace(",", "\t").encode("utf-16"), "季报.xls", 2),
    ("csv", "单位\n东关村\n".encode(), "季报.csv", 0),
    ("csv", b"BMI,count\n1,2\n", "季报.csv", 0),
]


@pytest.mark.parametrize(("kind", "content", "name", "notes"), READ, ids=[f"{n}-{line[0]}" for n, line in enumerate(READ)])
def test_what_can_be_read_is_read_under_any_name(kind, content, name, notes):
    found = read_file(content, name)
    assert (found.kind, len(found.notes)) == (kind, notes)
    assert found.sheets[0].cells[min(found.sheets[0].cells)].text


def test_a_comma_file_stands_at_its_addresses():
    (sheet,) = read_file('单位,数\r\n\r\n"东,关",１２,\r\n'.encode("gb18030"), "季报.csv").sheets
    assert {place: cell.text for place, cell in sheet.cells.items()} == {
        (1, 1): "单位",
        (1, 2): "数",
        (3, 1): "东,关",
        (3, 2): "１２",
    }
    assert sheet.title == "季报"


def test_a_broken_comma_file_is_refused_with_its_row():
    with pytest.raises(Unreadable) as caught:
        read_file('单位,数\n"东关"村,12\n'.encode(), "季报.csv")
    assert caught.value.kind == "csv"
    assert "2" in caught.value.sentence


def test_a_file_too_large_is_refused_before_anyone_opens_it():
    with pytest.raises(Unreadable) as caught:
        read_file(bytes(60 * limits.MEBIBYTE), "季报.xlsx")
    assert caught.value.kind == "too large"
    assert "5 MB" in caught.value.sentence
