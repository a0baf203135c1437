"""What was made to hurt is read harmlessly or refused by a sentence; the child stays small and the next file is read."""

from pathlib import Path

import pytest

from spreadsheets import limits
from spreadsheets.ooxml import refusals
from spreadsheets.ooxml.refusals import Refusal
from spreadsheets.read.children import FIRST, Child
from spreadsheets.read.files import read_file
from spreadsheets.read.wire_format import unflattened
from spreadsheets.read.workbook import Unreadable
from tests.spreadsheets.read import hostile
from tests.spreadsheets.read.xlsx_parts import SHEET, packed, parts, sheet_xml, workbook

MEBIBYTE = limits.MEBIBYTE
LARGEST_CHILD = 600 * MEBIBYTE
FIGURES = workbook(sheet_xml('<row r="1"><c r="A1"><v>12</v></c></row>'))

REFUSED = {
    "a part of fifty million zeros": (hostile.zeros_of(50 * MEBIBYTE), refusals.BOMB),
    "a part of five million zeros": (hostile.zeros_of(5 * MEBIBYTE), refusals.BOMB),
    "a part larger than any": (packed({**parts(), "xl/a.bin": bytes(65 * MEBIBYTE)}, 0)[: 2 * MEBIBYTE], refusals.DAMAGED),
    "too many parts": (hostile.many_entries(limits.ZIP_ENTRIES), refusals.TOO_MANY_PARTS),
    "parts that overlap": (hostile.overlapping(), refusals.OVERLAPPING),
    "two parts of one name": (hostile.twice_named(), refusals.NAME_TWICE),
    "an unknown packing": (hostile.packed_otherwise(), refusals.STRANGE_PACKING),
    "a path out of the container": (packed({**parts(), "xl/../../evil.xml": "<x/>"}), refusals.PATH_OUTSIDE),
    "a path from the root": (packed({**parts(), "/etc/passwd": "x"}), refusals.ABSOLUTE_PATH),
    "a path of Windows": (packed({**parts(), "..\\evil.xml": "<x/>"}), refusals.PATH_OUTSIDE),
    "entities in the sheet": (hostile.with_entities(), refusals.ENTITIES),
    "entities in UTF-16": (hostile.with_entities(encoding="utf-16"), refusals.ENTITIES),
    "entities in the texts": (hostile.with_entities("xl/sharedStrings.xml"), refusals.ENTITIES),
    "entities in a part nobody reads": (hostile.with_entities("docProps/app.xml"), refusals.ENTITIES),
    "entities behind a comment": (hostile.hidden_entities(), refusals.ENTITIES),
    "one text shown too often": (hostile.shared_text_bomb(2_000), refusals.TOO_MUCH_TEXT),
    "texts without end": (hostile.many_shared_texts(9 * MEBIBYTE), refusals.TOO_MUCH_TEXT),
    "a text too long for a cell": (hostile.endless_text(900_000), refusals.TOO_MUCH_TEXT),
    "too many merged ranges": (hostile.many_merges(limits.UPLOAD_MERGES + 1), refusals.TOO_MANY_MERGES),
    "too many cells": (hostile.scattered_cells(limits.UPLOAD_CELLS + 1000), refusals.TOO_MANY_CELLS),
    "too many sheets": (hostile.many_sheets(limits.UPLOAD_SHEETS + 1), refusals.TOO_MANY_SHEETS),
    "a cell in row 0": (hostile.far_cell("A0", 0), refusals.BAD_PLACE),
    "a cell beyond the last column": (hostile.far_cell("XFE1", 1), refusals.BAD_PLACE),
    "a cell beyond the last row": (hostile.far_cell("A1048577", 1_048_577), refusals.BAD_PLACE),
    "a truncated file": (hostile.truncated(), refusals.DAMAGED),
    "a part that is not what was packed": (hostile.wrong_sum(), refusals.DAMAGED),
}
READ = {
    "a million empty styled rows": (hostile.empty_styled_rows(900_000), {"A1": "12"}),
    "one merged range over everything": (hostile.one_merge_over_all(), {"A1": "12"}),
    "one link over everything": (hostile.one_link_over_all(), {"A1": "12"}),
    "one cell at the far end": (hostile.far_cell("XFD1048576", 1_048_576), {"XFD1048576": "7"}),
    "a dimension that lies": (hostile.lying_dimension(), {"A1": "1", "D1": "4"}),
    "a hundred thousand styles": (hostile.style_bomb(100_000), {"A1": "12"}),
    "elements without end in each other": (hostile.deep_nesting(60_000), {}),
    "links to a file of the server": (hostile.with_links(), {"A1": "12"}),
}


def asked(content):
    """What a fresh child tells, and how large it grew in bytes."""
    child = Child(FIRST)
    child.send("季报.xlsx", content)
    answer = child.receive()
    status = Path(f"/proc/{child.pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    child.end()
    return answer, next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_by_its_sentence_in_a_small_child(kind):
    content, message = REFUSED[kind]
    answer, peak = asked(content)
    with pytest.raises(Refusal) as caught:
        unflattened(answer)
    assert caught.value.message == message
    assert caught.value.sentence()
    assert peak < LARGEST_CHILD


@pytest.mark.parametrize("kind", READ)
def test_it_is_read_harmlessly_in_a_small_child(kind):
    content, expected = READ[kind]
    answer, peak = asked(content)
    (sheet,) = unflattened(answer).sheets
    assert {sheet.address(*place).partition("!")[2]: cell.text for place, cell in sheet.cells.items()} == expected
    assert peak < LARGEST_CHILD


def test_a_merged_range_over_everything_ends_where_the_content_ends():
    (sheet,) = read_file(hostile.one_merge_over_all(), "季报.xlsx").sheets
    assert sheet.merged == ((1, 1, 1, 1),)


def test_links_are_not_followed_and_a_note_says_so():
    assert len(read_file(hostile.with_links(), "季报.xlsx").notes) == 1


def figures(content):
    """The texts of all cells, or None where the file was refused with a sentence and a kind that is known."""
    try:
        found = read_file(content, "季报.xlsx")
    except Unreadable as unreadable:
        return None if unreadable.sentence and unreadable.kind in refusals.KINDS else unreadable
    return [cell.text for sheet in found.sheets for cell in sheet.cells.values()]


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize(
    "content", [b"", b"<", b"\0\0", b"<a><b></a>", b'<?xml version="1.0" encoding="gb2312"?><a/>', b"\xff\xfe<\0"]
)
def test_a_part_of_rubbish_is_refused_or_not_needed(part, content):
    assert figures(packed({**parts(), part: content})) in (None, ["12"])


def test_a_changed_byte_never_changes_a_figure_in_silence():
    assert {str(figures(hostile.bent(seed))) for seed in range(300)} == {"None", "['12']"}


def test_after_everything_a_good_file_is_read():
    for content, _message in REFUSED.values():
        with pytest.raises(Unreadable):
            read_file(content, "季报.xlsx")
        assert read_file(FIGURES, "季报.xlsx").sheets[0].cells[1, 1].text == "12"
