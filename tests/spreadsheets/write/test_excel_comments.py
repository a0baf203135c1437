"""Comments stand under the names that Excel gives them, known to sheet and package, and are read back as they were written."""

import io
from zipfile import ZipFile

from openpyxl import load_workbook

from spreadsheets.annotate.annotations import Annotations, annotated
from spreadsheets.write.entry_controls import Filling, Note
from spreadsheets.write.sheet import Block, BodyRow, Look, Sheet, Style
from spreadsheets.write.workbook_writer import workbook_bytes
from tests.spreadsheets.write.sheets import PROPERTIES

NOTES = (Note("A1", "口径：<在册> & 已建\n第二行"), Note("B2", "其中"))


def a_sheet(title: str, notes=()) -> Sheet:
    return Sheet(
        title=title, widths=(20.0, 20.0), head=(Block(1, 1, "头", Style()),), looks={"row": Look((Style(), Style()))},
        body=[BodyRow("row", ("甲", 1))], filling=Filling(notes=notes),
    )  # fmt: skip


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_each_sheet_points_to_its_comments_under_their_usual_names():
    content = workbook_bytes([a_sheet("一", NOTES), a_sheet("二"), a_sheet("三", NOTES[:1])], PROPERTIES)
    parts = parts_of(content)
    assert {name for name in parts if "omment" in name or name.endswith(".vml")} == {
        "xl/comments1.xml", "xl/comments2.xml", "xl/drawings/vmlDrawing1.vml", "xl/drawings/vmlDrawing2.vml",
    }  # fmt: skip
    for number, comments in ((1, 1), (3, 2)):
        relations = parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"].decode()
        assert f'"../comments{comments}.xml"' in relations
        assert f'"../drawings/vmlDrawing{comments}.vml"' in relations
    assert b'"/xl/comments2.xml"' in parts["[Content_Types].xml"]
    sheet = load_workbook(io.BytesIO(content))["一"]
    assert [sheet[note.cell].comment.text for note in NOTES] == [note.text for note in NOTES]


def test_marks_join_the_comments_that_stand_there():
    content = annotated(workbook_bytes([a_sheet("一", NOTES)], PROPERTIES), {"一": Annotations({(2, 2): "过大"}, 4)})
    assert load_workbook(io.BytesIO(content))["一"]["B2"].comment.text == "过大\n其中"


def test_marks_on_a_sheet_without_comments_get_parts_with_relative_targets():
    parts = parts_of(annotated(workbook_bytes([a_sheet("一")], PROPERTIES), {"一": Annotations({(2, 2): "过大"}, 4)}))
    assert b'"../comments1.xml"' in parts["xl/worksheets/_rels/sheet1.xml.rels"]
    assert {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"} <= parts.keys()
