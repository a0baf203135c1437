"""A form is read by its keys wherever its rows and columns went, and what stands outside of them is named."""

from dataclasses import replace

import pytest

from orgs.choices import Role
from spreadsheets.read.workbook import Cell, Content, ReadSheet
from submissions.imports.report.import_report import FileVerdict, Weight
from tests.factories.orgs import a_user
from tests.submissions.imports.workbooks import (
    FIRST_ROW,
    cell,
    grid_sheet,
    stamp_of,
    stamps_sheet,
    unit_form,
    unit_sheet,
    workbook,
)

A_AT, B_AT = f"!D{FIRST_ROW}", f"!D{FIRST_ROW + 1}"


def changed(result) -> dict[tuple[str, str], object]:
    return {(unit.org, change.key): change.figure for unit, change in result.changes()}


def errors(result) -> dict[str, str]:
    found = [*result.remarks, *(remark for unit in result.units for remark in unit.remarks)]
    return {remark.address: remark.sentence for remark in found if remark.weight == Weight.ERROR}


def moved(sheet: ReadSheet, place) -> ReadSheet:
    """Every cell where `place(row, column)` puts it."""
    return replace(sheet, cells={place(*at): cell for at, cell in sheet.cells.items()})


@pytest.mark.parametrize(
    "place",
    [
        lambda row, column: (row, column),
        lambda row, column: (row + 3, column + 2),  # rows and columns put before
        lambda row, column: (40 - row if row >= FIRST_ROW else row, column),  # rows sorted
        lambda row, column: (row, 9 - column if column > 1 else column),  # columns in another order
        lambda row, column: (row * 3 if row >= FIRST_ROW else row, column),  # rows put between
    ],
)
def test_rows_and_columns_may_be_anywhere(desk, place):
    village = desk.place.village
    result = desk.weigh(workbook(moved(unit_sheet(desk.task, village, {"A": 12, "B": 5}), place)))
    assert changed(result) == {(village.code, "A"): 12, (village.code, "B"): 5}
    assert not errors(result)


def test_hidden_rows_and_columns_count_like_others(desk):
    read = unit_form(
        desk.task, desk.place.village, {"A": 12}, hidden_rows=frozenset({FIRST_ROW}), hidden_columns=frozenset({4})
    )
    assert changed(desk.weigh(read)) == {(desk.place.village.code, "A"): 12}


def test_the_order_of_the_lines_is_free(desk):
    result = desk.weigh(workbook(unit_sheet(desk.task, desk.place.village, {"A": 12, "B": 5}, order=["B", "A"])))
    assert changed(result) == {(desk.place.village.code, "A"): 12, (desk.place.village.code, "B"): 5}


def test_the_same_key_twice_is_an_error_at_both_places(desk):
    village = desk.place.village
    result = desk.weigh(unit_form(desk.task, village, {"A": 12}, more={(30, 1): "A", (30, 4): 13}))
    assert set(errors(result)) == {village.name + A_AT, f"{village.name}!D30"}
    assert f"{village.name}!D30" in errors(result)[village.name + A_AT]
    assert not result.units[0].is_ready


def test_the_same_key_twice_and_nothing_filled_in_harms_nobody(desk):
    result = desk.weigh(unit_form(desk.task, desk.place.village, {"B": 12}, more={(30, 1): "A"}))
    assert not errors(result)


def test_the_same_sheet_twice_is_an_error_at_both_places(desk):
    village = desk.place.village
    sheets = [unit_sheet(desk.task, village, {"A": 12}, title=title) for title in ("一", "二")]
    assert set(errors(desk.weigh(workbook(*sheets)))) == {"一" + A_AT, "二" + A_AT}


def test_a_key_that_is_not_of_the_form_is_reported(desk):
    village = desk.place.village
    result = desk.weigh(unit_form(desk.task, village, {"A": 12}, more={(30, 1): "X", (30, 4): 7, (31, 1): "Y"}))
    assert errors(result) == {f"{village.name}!D30": "“X” is no line of this form."}
    assert [remark.sentence for remark in result.remarks] == ["“Y” is no line of this form."]


STRAYS = [
    ((30, 4), 7),  # in the column to fill, in a row without a key
    ((30, 4), "7"),
    ((30, 4), "1.2万"),
    ((30, 4), "清空"),
    ((30, 4), Cell("#REF!", Content.ERROR)),
    ((30, 4), Cell("=D7", Content.UNCOMPUTED, is_formula=True)),
    ((FIRST_ROW, 9), 7),  # beside the table
    ((200, 30), 7),  # far away
]


@pytest.mark.parametrize(("at", "value"), STRAYS)
def test_a_figure_outside_the_table_is_named(desk, at, value):
    village = desk.place.village
    result = desk.weigh(unit_form(desk.task, village, {"A": 12}, more={at: value}))
    sheet = ReadSheet(village.name, {})
    assert list(errors(result)) == [sheet.address(*at)]
    assert not result.units[0].is_ready


def test_a_figure_outside_the_table_can_be_left_out(desk):
    village = desk.place.village
    read = unit_form(desk.task, village, {"A": 12, "B": "1.2.3"}, more={(30, 9): 7})
    sheet = ReadSheet(village.name, {})
    stray, odd = sheet.address(30, 9), sheet.address(FIRST_ROW + 1, 4)
    assert set(errors(desk.weigh(read))) == {stray, odd}
    assert set(errors(desk.weigh(read, mended={stray: ""}))) == {odd}
    result = desk.weigh(read, mended={stray: "", odd: ""})
    assert [change.key for change in result.units[0].changes] == ["A"]
    assert result.units[0].is_ready


@pytest.mark.parametrize(
    ("at", "value"), [((FIRST_ROW, 6), "见附件3"), ((FIRST_ROW, 6), 3), ((30, 3), "填表人：王某"), ((30, 4), "盖章")]
)
def test_notes_and_texts_of_the_frame_are_fine(desk, at, value):
    result = desk.weigh(unit_form(desk.task, desk.place.village, {"A": 12}, more={at: value}))
    assert not errors(result)
    assert result.units[0].is_ready


def test_a_thousand_strays_are_named_by_fifty_and_a_count(desk):
    more = {(row, 9): row for row in range(100, 1100)}
    found = errors(desk.weigh(unit_form(desk.task, desk.place.village, {"A": 12}, more=more)))
    assert len(found) == 51
    assert found[desk.place.village.name].startswith("950 more cells")


def test_an_error_of_a_cell_says_which_line_it_is(desk):
    merged = ((FIRST_ROW, 4, FIRST_ROW + 1, 4),)
    result = desk.weigh(unit_form(desk.task, desk.place.village, {"A": 12}, merged=merged))
    labels = {(remark.key, remark.label) for unit in result.units for remark in unit.remarks}
    assert labels == {(key, desk.task.layout.by_key[key].name) for key in ("A", "B")}


@pytest.mark.parametrize("merged", [(FIRST_ROW, 4, FIRST_ROW + 1, 4), (FIRST_ROW, 3, FIRST_ROW + 1, 5)])
def test_each_cell_under_a_merged_range_is_named(desk, merged):
    village = desk.place.village
    result = desk.weigh(unit_form(desk.task, village, {"A": 12}, merged=(merged,)))
    assert set(errors(result)) == {village.name + A_AT, village.name + B_AT}


def test_a_merge_that_begins_with_its_one_cell_is_fine(desk):
    result = desk.weigh(
        unit_form(desk.task, desk.place.village, {"A": 12}, merged=((FIRST_ROW, 4, FIRST_ROW, 6), (1, 2, 2, 9)))
    )
    assert not errors(result)


def test_what_is_chosen_beside_a_blank_cell_counts(desk):
    result = desk.weigh(unit_form(desk.task, desk.place.village, {}, more={(FIRST_ROW, 5): "不适用"}))
    assert changed(result) == {(desk.place.village.code, "A"): "NA"}
    assert next(result.changes())[1].address == f"{desk.place.village.name}!E{FIRST_ROW}"


def test_a_choice_against_a_figure_is_an_error(desk):
    result = desk.weigh(unit_form(desk.task, desk.place.village, {"A": 12}, more={(FIRST_ROW, 5): "清空"}))
    assert list(errors(result)) == [f"{desk.place.village.name}!E{FIRST_ROW}"]


def test_a_row_that_was_sorted_without_its_key_is_named(desk):
    village = desk.place.village
    result = desk.weigh(unit_form(desk.task, village, {"A": 12, "B": 5}, more={(FIRST_ROW, 2): "B", (FIRST_ROW + 1, 2): "A"}))
    assert set(errors(result)) == {f"{village.name}!B{FIRST_ROW}", f"{village.name}!B{FIRST_ROW + 1}"}


def test_a_sheet_whose_heads_were_emptied_is_named(desk):
    sheet = unit_sheet(desk.task, desk.place.village, {"A": 12})
    kept = {at: cell for at, cell in sheet.cells.items() if at[0] > 1 or at == (1, 1)}
    result = desk.weigh(workbook(replace(sheet, cells=kept)))
    assert list(errors(result)) == [desk.place.village.name]
    assert not list(result.changes())


# Units × indicators.


@pytest.fixture
def township_clerk(desk):
    return a_user(Role.CLERK, desk.place.township)


def test_units_are_known_by_their_code_however_rows_are_sorted(desk, township_clerk):
    one, two = desk.place.village.code, desk.place.other_village.code
    grid = grid_sheet(desk.task, desk.place.township, {one: {"A": 1, "B": 2}, two: {"A": 3}})
    for read in (grid, moved(grid, lambda row, column: (40 - row if row >= FIRST_ROW else row, column))):
        result = desk.weigh(workbook(read), township_clerk)
        assert changed(result) == {(one, "A"): 1, (one, "B"): 2, (two, "A"): 3}


def test_rows_sorted_without_their_hidden_codes_are_named(desk, township_clerk):
    one, two = desk.place.village.code, desk.place.other_village.code
    grid = grid_sheet(desk.task, desk.place.township, {one: {"A": 1}, two: {"A": 3}}, codes={one: two, two: one})
    result = desk.weigh(workbook(grid), township_clerk)
    assert set(errors(result)) == {f"总表!B{FIRST_ROW}", f"总表!B{FIRST_ROW + 1}"}


def test_a_row_added_by_hand_is_named_and_the_others_are_taken(desk, township_clerk):
    one = desk.place.village.code
    grid = grid_sheet(desk.task, desk.place.township, {one: {"A": 1}}, more={(20, 2): "新村", (20, 3): 9})
    result = desk.weigh(workbook(grid), township_clerk)
    assert list(errors(result)) == ["总表!C20"]
    assert result.units[0].is_ready
    assert desk.accept(workbook(grid), township_clerk).verdict == FileVerdict.PARTLY
    assert desk.stored() == {"A": 1}


def test_a_code_that_is_nobodys_here_is_refused_without_a_name(desk, township_clerk):
    grid = grid_sheet(desk.task, desk.place.township, {desk.place.village.code: {"A": 1}, "999": {"A": 2}, "998": {}})
    result = desk.weigh(workbook(grid), township_clerk)
    (unknown,) = [unit for unit in result.units if unit.refused]
    assert (unknown.org, unknown.name, unknown.submission_id) == ("999", "", 0)
    assert "999" in unknown.refused


def test_a_column_twice_is_an_error_for_every_unit_that_fills_it(desk, township_clerk):
    one = desk.place.village.code
    more = {(1, 9): "A", (FIRST_ROW, 9): 5}
    result = desk.weigh(workbook(grid_sheet(desk.task, desk.place.township, {one: {"A": 1}}, more=more)), township_clerk)
    assert set(errors(result)) == {f"总表!C{FIRST_ROW}", f"总表!I{FIRST_ROW}"}


def test_sheets_of_several_units_are_one_file(desk, township_clerk):
    villages = (desk.place.village, desk.place.other_village)
    sheets = [unit_sheet(desk.task, village, {"A": 4}) for village in villages]
    result = desk.weigh(
        workbook(*sheets, stamps_sheet(*(stamp_of(desk.task, village) for village in villages))), township_clerk
    )
    assert changed(result) == {(village.code, "A"): 4 for village in villages}


@pytest.mark.parametrize(("title", "is_ours"), [("上季", True), ("Last quarter", True), ("我的计算", False)])
def test_the_sheet_of_the_last_period_is_ours_in_whatever_language(desk, title, is_ours):
    village = desk.place.village
    beside = ReadSheet(title, {(9, 4): cell(3)})
    result = desk.weigh(workbook(unit_sheet(desk.task, village, {"A": 12}), beside))
    assert [remark.address for remark in result.remarks] == ([] if is_ours else [title])
    assert result.units[0].is_ready
