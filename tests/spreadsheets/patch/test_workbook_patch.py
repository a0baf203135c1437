"""A patched workbook differs from the one before in the cells that were to change and in results of formulas: in nothing else."""

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from spreadsheets.patch.workbook_patch import patched
from spreadsheets.read.workbook import Unreadable
from tests.spreadsheets.patch.templates import SHEET, a_template, opened, parts_of, saved, stored_values, without_cells

TITLE = "汇总 表"
FIGURES = {(row, 2): row for row in range(4, 8)} | {(row, 3): Decimal(row) / 8 for row in range(4, 8)}
FORMULAS = {"D4", "D5", "D6", "D7", "B8", "C8", "D8", "E8"}


@pytest.fixture(scope="module")
def template() -> bytes:
    return a_template()


@pytest.fixture(scope="module")
def filled(template) -> bytes:
    return patched(template, {TITLE: FIGURES}).content


def test_every_other_part_is_equal_and_in_the_same_order(template, filled):
    before, after = parts_of(template), parts_of(filled)
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {SHEET, "xl/worksheets/sheet2.xml"}


def test_what_the_directory_of_the_zip_says_is_kept(template, filled):
    parts = [
        [
            (info.filename, info.compress_type, info.date_time, info.external_attr, info.create_system)
            for info in zipped.infolist()
        ]
        for zipped in (ZipFile(BytesIO(template)), ZipFile(BytesIO(filled)))
    ]
    assert parts[0] == parts[1]
    assert ZipFile(BytesIO(filled)).comment == b"made by somebody"


def test_in_the_changed_sheet_every_byte_outside_the_cells_is_equal(template, filled):
    cells = FORMULAS | {f"{letter}{row}" for letter in "BC" for row in range(4, 8)}
    assert without_cells(parts_of(template)[SHEET], cells) == without_cells(parts_of(filled)[SHEET], cells)


def test_opened_again_everything_but_the_cells_is_as_it_was(template, filled):
    before, after = (opened(content)[TITLE] for content in (template, filled))
    bound = {before.cell(*place).coordinate for place in FIGURES}
    for row in before.iter_rows(max_row=12, max_col=9):
        for cell in row:
            other = after[cell.coordinate]
            assert cell._style == other._style
            if cell.coordinate not in bound | {"E8"}:
                assert cell.value == other.value
    assert after["B4"].comment.text == "按市委口径"
    assert after["E8"].value.text == before["E8"].value.text
    assert str(before.merged_cells) == str(after.merged_cells)
    assert len(after._charts) == 1


def test_formulas_have_the_results_of_the_new_figures(filled):
    values = stored_values(filled)
    assert values[TITLE]["B8"] == 22
    assert values[TITLE]["C8"] == 2.75
    assert values[TITLE]["D8"] == 5.5
    assert values[TITLE]["E8"] == (16 + 25 + 36 + 49) / 8
    assert values[TITLE]["D4"] == 0.125
    assert values["第二"]["A1"] == "22家"


def test_a_text_and_a_blank(template):
    changes = {(4, 2): None, (5, 2): "—", (1, 1): " 标题 <&> “x”\n二 "}
    values = stored_values(patched(template, {TITLE: changes}).content)[TITLE]
    assert "B4" not in values
    assert (values["B5"], values["A1"]) == ("—", " 标题 <&> “x”\n二 ")
    assert values["D4"] == "—"
    assert values["D5"] == "#VALUE!"
    assert values["D8"] == "#DIV/0!"


def test_new_cells_take_the_format_of_their_row_or_column_and_stand_in_order():
    book = Workbook()
    sheet = book.active
    sheet["B2"], sheet["D2"], sheet["B6"] = 1, 2, 3
    sheet.column_dimensions["C"].number_format = "0.00"
    sheet.row_dimensions[4].number_format = "0.000"
    changes = {(2, 3): 5, (2, 1): 6, (2, 9): 7, (4, 3): 8, (1, 3): 9, (9, 3): 10, (8, 2): None}
    made = patched(saved(book), {"Sheet": changes})
    sheet = load_workbook(BytesIO(made.content)).active
    assert [sheet.cell(*place).value for place in changes] == [5, 6, 7, 8, 9, 10, None]
    assert (sheet["C2"].number_format, sheet["C4"].number_format, sheet["A2"].number_format) == ("0.00", "0.000", "General")
    xml = parts_of(made.content)["xl/worksheets/sheet1.xml"].decode()
    places = [xml.index(f'r="{name}"') for name in ("C1", "A2", "B2", "C2", "D2", "I2", "C4", "B6", "C9")]
    assert places == sorted(places)
    assert '<dimension ref="A1:I9"' in xml
    assert 'r="8"' not in xml


def test_an_empty_sheet_is_opened_for_its_first_row():
    made = patched(saved(Workbook()), {"Sheet": {(3, 2): 1}})
    assert load_workbook(BytesIO(made.content)).active["B3"].value == 1


def rewritten(content: bytes, change) -> bytes:
    """The file with its first sheet's XML changed."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w") as new:
        for info in old.infolist():
            part = old.read(info.filename)
            new.writestr(info, change(part.decode()).encode() if info.filename == SHEET else part)
    return made.getvalue()


def test_prefixes_shared_formulas_and_cells_without_addresses():
    """What other programs write: names with a prefix, one formula for many cells, cells that only stand in order."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f"""<?xml version="1.0" encoding="UTF-8"?>
<x:worksheet xmlns:x='{main}'><x:sheetData>
 <x:row><x:c s="0"/><x:c><x:f t='shared' ref="B1:B3" si="0">A1*2</x:f><x:v>0</x:v></x:c></x:row>
 <x:row r="2" ><x:c r="A2" ><x:v>4</x:v></x:c ><x:c r="B2"><x:f t="shared" si="0"/><x:v>8</x:v></x:c></x:row>
 <x:row><x:c/><x:c><x:f t="shared" si="0"/><x:v>0</x:v></x:c></x:row>
</x:sheetData></x:worksheet>"""
    made = patched(rewritten(saved(Workbook()), lambda _old: xml), {"Sheet": {(1, 1): 5, (3, 1): 6, (4, 1): 7}})
    assert stored_values(made.content)["Sheet"] == {"A1": 5, "B1": 10, "A2": 4, "B2": 8, "A3": 6, "B3": 12, "A4": 7}
    after = parts_of(made.content)[SHEET].decode()
    assert '<x:row r="4"><x:c r="A4"><x:v>7</x:v></x:c></x:row></x:sheetData>' in after
    assert '<x:c r="A2" ><x:v>4</x:v></x:c ><x:c r="B2"><x:f t="shared" si="0"/><x:v>8</x:v></x:c></x:row>' in after


def test_a_formula_nobody_can_compute_loses_its_stale_result_and_is_listed():
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["B2"], sheet["B3"], sheet["C1"], sheet["C2"] = (
        1,
        "=VLOOKUP(A1,A1:A2,1)",
        "=B1+1",
        "=A2",
        "=C2",
        "=C1+A1",
    )
    stale = rewritten(saved(book), lambda xml: xml.replace("<v />", "<v>99</v>").replace("<v></v>", "<v>99</v>"))
    made = patched(stale, {"Sheet": {(1, 1): 2}})
    assert made.uncomputed == ("Sheet!B1", "Sheet!C1", "Sheet!B2", "Sheet!C2")
    values = stored_values(made.content)["Sheet"]
    assert values == {"A1": 2, "B3": 99}
    assert b'fullCalcOnLoad="1"' in parts_of(made.content)["xl/workbook.xml"]


def test_formulas_that_depend_on_nothing_changed_keep_every_byte(template):
    made = patched(patched(template, {TITLE: FIGURES}).content, {TITLE: {(4, 5): "备注"}})
    again = patched(made.content, {TITLE: {(4, 5): "另注"}})
    assert without_cells(parts_of(made.content)[SHEET], {"E4"}) == without_cells(parts_of(again.content)[SHEET], {"E4"})
    assert again.uncomputed == ()


def test_a_formula_is_never_overwritten(template):
    made = patched(template, {TITLE: {(8, 2): 1, (4, 2): 3}})
    assert made.kept == (f"{TITLE}!B8",)
    assert stored_values(made.content)[TITLE]["B8"] == 3


def test_a_sheet_that_is_not_there(template):
    with pytest.raises(KeyError):
        patched(template, {"没有": {(1, 1): 1}})


HOSTILE = {
    "no zip": lambda _xml: None,
    "a document type after a long remark": lambda xml: f"<!--{'x' * 9000}--><!DOCTYPE a [<!ENTITY b 'c'>]>" + xml.partition("?>")[2],
    "a sheet that breaks off": lambda xml: xml[:-40],
    "no sheet": lambda _xml: "<html/>",
    "a cell in another row": lambda xml: xml.replace('r="B4"', 'r="B9"'),
    "a cell twice": lambda xml: xml.replace('r="B4"', 'r="A4"'),
    "a row beyond the last": lambda xml: xml.replace('<row r="8"', '<row r="9999999"'),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_by_a_sentence(template, kind):
    content = b"PK\x03\x04 nothing" if kind == "no zip" else rewritten(template, HOSTILE[kind])
    with pytest.raises(Unreadable) as refused:
        patched(content, {TITLE: {(4, 2): 1}})
    assert refused.value.sentence


PLACES = st.tuples(st.integers(1, 12), st.integers(1, 9))
VALUES = st.one_of(
    st.none(),
    st.integers(-(10**14), 10**14),
    st.decimals(-1000, 1000, places=3),
    st.text(st.characters(codec="utf-8"), max_size=8),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(PLACES, VALUES, max_size=12))
def test_any_cells_change_and_no_others(changes):
    book = Workbook()
    sheet = book.active
    for row in range(1, 11, 3):
        for column in range(1, 9, 2):
            sheet.cell(row, column, f"{row}/{column}")
    before = stored_values(saved(book))["Sheet"]
    made = patched(saved(book), {"Sheet": changes})
    after = load_workbook(BytesIO(made.content), data_only=True).active
    for row in range(1, 13):
        for column in range(1, 10):
            cell = after.cell(row, column)
            if (row, column) not in changes:
                assert cell.value == before.get(cell.coordinate)
            elif not isinstance(changes[row, column], str):
                assert cell.value == (None if changes[row, column] is None else float(changes[row, column]))


def test_formulas_over_cells_that_stay_empty_are_listed_with_these():
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A3"], sheet["B3"], sheet["A4"], sheet["B4"] = 1, "=SUM(A1:A2)", "=SUM(B1:B2)", "=A3+B3", "=A1"
    made = patched(saved(book), {"Sheet": {(1, 1): 2}}, {"Sheet": {(2, 1), (1, 2)}})
    assert made.over_unfilled == {
        "Sheet!A3": ("Sheet!A2",), "Sheet!B3": ("Sheet!B1",), "Sheet!A4": ("Sheet!B1", "Sheet!A2"),
    }  # fmt: skip
    assert patched(saved(book), {}).over_unfilled == {}
