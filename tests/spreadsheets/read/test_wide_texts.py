"""Texts in UTF-16 and UTF-32 are known for what they are, marked or not; nothing else is taken for one."""

import codecs

import pytest

from spreadsheets.read.file_kinds import recognised
from spreadsheets.read.files import read_file
from spreadsheets.read.wide_texts import wide_of
from spreadsheets.tables.csv_rows import csv_rows
from tests.spreadsheets.read.compound import old_workbook
from tests.spreadsheets.read.xlsx_parts import workbook

TEXTS = {
    "commas": "村名,受理件数\n甲村,12\n一村,0\n",
    "tabs": "村名\t受理件数\r\n甲村\t12\r\n",
    "Latin": "code,name,value\nV1,village,7\n",
    "one row": "甲村,12",
    "rare letters": "村名,备注\n𠮷野村,“引号”——…\n㐂村,１２\n",
    "long": "单位,走访\n" + "".join(f"第{number}村,{number}\n" for number in range(20_000)),
}
MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE,
}  # fmt: skip


def rows_in(content, name="表.csv"):
    (sheet,) = read_file(content, name).sheets
    return {place: cell.text for place, cell in sheet.cells.items()}


@pytest.mark.parametrize("codec", MARKS)
@pytest.mark.parametrize("has_mark", [True, False])
@pytest.mark.parametrize("text", TEXTS)
def test_they_read_as_the_same_text_in_utf_8_and_a_note_says_so(codec, has_mark, text):
    written = TEXTS[text].encode(codec)
    content = MARKS[codec] + written if has_mark else written
    assert rows_in(content) == rows_in(TEXTS[text].encode())
    assert codec[:6].upper() in read_file(content, "表.csv").notes[0]


@pytest.mark.parametrize(
    "content",
    [
        TEXTS["commas"].encode(), TEXTS["commas"].encode("gb18030"), b"", b"\0", b"\0\0\0\0", bytes(range(256)), workbook(), old_workbook(),
        b"SQLite format 3\0\x10\0\1\1", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", b"a,b\0\n1,2\n",
    ],
    ids=range(11),
)  # fmt: skip
def test_nothing_else_is_taken_for_one(content):
    assert wide_of(content) is None


def test_a_mark_alone_is_an_empty_file():
    assert {recognised(mark) for mark in MARKS.values()} == {"empty"}


@pytest.mark.parametrize("codec", MARKS)
@pytest.mark.parametrize("has_mark", [True, False])
@pytest.mark.parametrize("text", ["commas", "Latin"])
def test_a_loader_reads_them_too(codec, has_mark, text):
    content = (MARKS[codec] if has_mark else b"") + TEXTS[text].encode(codec)
    assert list(csv_rows(content, "orgs.csv")) == list(csv_rows(TEXTS[text].encode(), "orgs.csv"))


def test_a_page_in_utf_16_is_still_called_a_page():
    page = "<html><table><tr><td>甲</td></tr></table></html>"
    for codec, mark in MARKS.items():
        assert recognised(mark + page.encode(codec)) == recognised(page.encode(codec)) == "HTML"
