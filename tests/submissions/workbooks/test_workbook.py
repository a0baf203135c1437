"""Making workbooks as an act: every shape, whom there is nothing to make for, the audit, and a number of queries that stays."""

import io

import openpyxl
import pytest

from audit.models import Event
from orgs.models import Organization
from submissions.choices import State
from submissions.workbooks.stamps import STAMPS_SHEET, Shape, is_stamp_like, place_of_grid, read_stamp
from submissions.workbooks.unit_data import MOST_SHEETS, NoWorkbook, default_shape
from submissions.workbooks.workbook import form_workbooks
from tests.factories.orgs import an_organization
from tests.factories.submissions import AT, a_task, bring_to, fill, submission_of
from tests.submissions.workbooks.world import columns_of, rows_of


def more_villages(world, count: int) -> None:
    for number in range(count):
        an_organization(f"35010109{number:02d}", parent=world.place.township)
    a_task(world.place.county, world.task.form)


def to_fill(book):
    return [sheet for sheet in book.worksheets if is_stamp_like(sheet["A1"].value or "") and sheet.title != STAMPS_SHEET]


def test_a_sheet_for_every_unit_below_each_with_its_stamp(world):
    book = world.opened(Shape.SHEETS)
    villages = [world.place.village, world.place.other_village]
    assert [read_stamp(sheet["A1"].value).org for sheet in to_fill(book)] == [village.code for village in villages]
    assert [sheet.title for sheet in to_fill(book)] == [village.short_name or village.name for village in villages]
    assert [row[0].value for row in book[STAMPS_SHEET].iter_rows()] == [sheet["A1"].value for sheet in to_fill(book)]


def test_units_of_one_name_get_sheets_of_different_titles(world):
    Organization.objects.filter(pk__in=[world.place.village.pk, world.place.other_village.pk]).update(
        name="新村", short_name=""
    )
    titles = [sheet.title for sheet in to_fill(world.opened(Shape.SHEETS))]
    assert titles == ["新村", "新村 (2)"]


def test_a_grid_has_a_row_per_unit_and_a_column_per_line(world):
    fill(submission_of(world.task, world.place.village), {"ALL": 8, "SOME": 9}, by=world.place.clerk)
    book = world.opened(Shape.GRID)
    (sheet,) = to_fill(book)
    villages = [world.place.village.code, world.place.other_village.code]
    assert list(rows_of(sheet)) == villages
    columns, rows = columns_of(sheet), rows_of(sheet)
    assert [line.key for line in world.task.layout.printed] == [
        key for key in columns if key not in ("code", "name", "state", "warning")
    ]
    assert [sheet[f"{columns['SOME']}{rows[code]}"].value for code in villages] == [9, None]
    assert sheet[f"{columns['START']}{rows[villages[0]]}"].value == 48
    assert sheet[f"{columns['START']}{rows[villages[0]]}"].protection.locked
    assert not sheet[f"{columns['SOME']}{rows[villages[0]]}"].protection.locked
    assert read_stamp(sheet["A1"].value).place == place_of_grid(villages)


def test_a_grid_warns_by_the_numbers_of_its_columns(world):
    fill(submission_of(world.task, world.place.village), {"ALL": 8, "SOME": 9}, by=world.place.clerk)
    content = world.make(Shape.GRID).content
    (sheet,) = to_fill(openpyxl.load_workbook(io.BytesIO(content), data_only=True))
    warning = sheet[f"{columns_of(sheet)['warning']}{rows_of(sheet)[world.place.village.code]}"].value
    assert warning == "× [4]≤[1]　"
    numbers = {sheet[f"{letter}{min(rows_of(sheet).values()) - 1}"].value: key for key, letter in columns_of(sheet).items()}
    assert (numbers["[4]"], numbers["[1]"]) == ("SOME", "ALL")


def test_last_periods_figures_stand_in_the_same_places_of_another_sheet(world):
    book = world.opened(Shape.GRID)
    (sheet,) = to_fill(book)
    before = book["Last quarter"]
    place = f"{columns_of(sheet)['IN']}{rows_of(sheet)[world.place.village.code]}"
    assert before[place].value == 6
    assert before["A1"].value is None
    assert before["A9"].value is None
    assert all(cell.protection.locked for row in before.iter_rows() for cell in row)


def test_lines_not_asked_of_a_category_are_not_there_or_locked(world):
    Organization.objects.filter(pk=world.place.other_village.pk).update(unit_category="community")
    line = world.task.form.lines.get(indicator__code="MONEY")
    line.unit_categories = ("village",)
    line.save()
    world.task = a_task(world.place.county, world.task.form, period="2026Q4", due_on=AT.date().replace(month=12))
    village, community = to_fill(world.opened(Shape.SHEETS))
    assert "MONEY" in rows_of(village)
    assert "MONEY" not in rows_of(community)
    (grid,) = to_fill(world.opened(Shape.GRID))
    money = columns_of(grid)["MONEY"]
    locked = [grid[f"{money}{row}"].protection.locked for row in rows_of(grid).values()]
    assert locked == [False, True]


def test_a_unit_that_is_not_asked_gets_a_sentence(world):
    with pytest.raises(NoWorkbook, match="not asked form 季01表"):
        world.make(Shape.UNIT, world.place.township)
    alone = an_organization("350101099", parent=world.place.county)
    with pytest.raises(NoWorkbook, match="Nobody at or below"):
        world.make(Shape.GRID, alone)
    assert Event.objects.filter(kind="form_workbook.made").count() == 0


def test_an_exempt_unit_gets_a_sentence_and_is_left_out(world):
    bring_to(State.EXEMPT, submission_of(world.task, world.place.village), world.place)
    with pytest.raises(NoWorkbook, match="exempt"):
        world.make()
    (sheet,) = to_fill(world.opened(Shape.SHEETS))
    assert read_stamp(sheet["A1"].value).org == world.place.other_village.code
    (grid,) = to_fill(world.opened(Shape.GRID))
    both = [world.place.village.code, world.place.other_village.code]
    assert read_stamp(grid["A1"].value).place == place_of_grid(both)


def test_too_many_sheets_are_refused_with_what_to_do(world, monkeypatch):
    monkeypatch.setattr("submissions.workbooks.unit_data.MOST_SHEETS", 1)
    with pytest.raises(NoWorkbook, match="at most 1 go into one workbook"):
        world.make(Shape.SHEETS)
    assert MOST_SHEETS >= 100


def test_the_audit_knows_of_it(world):
    world.make(Shape.GRID)
    event = Event.objects.get(kind="form_workbook.made")
    assert (event.subject, event.organization_id) == (f"task:{world.task.pk}", world.place.township.pk)
    assert '"grid"' in event.data
    assert "sha256" in event.data


def test_the_default_fits_the_organization(world):
    assert default_shape(world.task, world.place.village) == Shape.UNIT
    assert default_shape(world.task, world.place.township) == Shape.SHEETS


def test_a_workbook_for_each_unit_is_the_one_it_would_get_alone(world):
    kept = {}
    count = form_workbooks(
        task=world.task, organization=world.place.county, keep=lambda unit, made: kept.update({unit.code: made}),
        by=world.place.clerk, at=AT,
    )  # fmt: skip
    assert count == len(kept) == 2
    assert kept[world.place.village.code].content == world.make().content


@pytest.mark.parametrize(("shape", "queries"), [(Shape.SHEETS, 15), (Shape.GRID, 17)])
def test_thirty_units_cost_as_many_queries_as_two(world, shape, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        world.make(shape)
    more_villages(world, 28)
    with django_assert_num_queries(queries):
        made = world.make(shape)
    sheets = to_fill(openpyxl.load_workbook(io.BytesIO(made.content)))
    assert [len(sheets), len(rows_of(sheets[0]))] == ([30, 12] if shape == Shape.SHEETS else [1, 30])
