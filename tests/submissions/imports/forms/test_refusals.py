"""What is not for here is refused with what was expected and what came, and with the form to fill instead; nothing foreign is named."""

from dataclasses import replace
from datetime import date

import pytest

from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.tree.placements import PlacementSpan
from orgs.tree.span_writer import place
from spreadsheets.read.workbook import Cell, Content
from submissions.choices import State
from submissions.imports.report.import_report import FileVerdict
from submissions.imports.report.scope import operator_scope
from submissions.imports.service.import_service import weigh
from submissions.workbooks.stamps import Shape
from tests.factories.indicators import make_form
from tests.factories.orgs import AT as LONG_AGO
from tests.factories.orgs import a_user, an_organization
from tests.factories.submissions import AT, a_place, a_task, bring_to
from tests.submissions.imports.workbooks import grid_sheet, stamp_of, stamps_sheet, unit_form, unit_sheet, workbook


def refused(result):
    assert result.verdict == FileVerdict.REFUSED
    assert not list(result.changes())
    return result.sentence


def test_another_edition(desk):
    stamp = stamp_of(desk.task, desk.place.village, edition="0123456789ab")
    result = desk.weigh(unit_form(desk.task, desk.place.village, {"A": 1}, stamp=stamp.text))
    assert "0123456789ab" in refused(result)
    assert (result.fresh.task_id, result.fresh.organization_id) == (desk.task.pk, desk.place.village.pk)
    assert result.fresh.command == f"form_workbook 季01表 2026Q3 --org {desk.place.village.code} --shape unit --out FILE.xlsx"


def test_a_period_without_a_task(desk):
    stamp = stamp_of(desk.task, desk.place.village, period="2026Q2")
    result = desk.weigh(unit_form(desk.task, desk.place.village, {"A": 1}, stamp=stamp.text))
    assert "2026Q2" in refused(result)
    assert "2026Q3" in result.sentence
    assert result.fresh.period == "2026Q3"


def test_the_form_of_one_quarter_put_in_for_another(desk):
    earlier = a_task(desk.place.county, period="2026Q2", due_on=date(2026, 7, 10))
    read = unit_form(earlier, desk.place.village, {"A": 1})
    assert desk.weigh(read).verdict == FileVerdict.PREVIEW  # late, but asked
    result = desk.weigh(read, task=desk.task)
    assert "2026Q2" in refused(result)
    assert result.fresh.task_id == desk.task.pk


def test_a_form_that_is_not_asked_of_the_unit(desk):
    form = make_form("季09表", ("A",), unit_categories="school")
    task = a_task(desk.place.county, form)
    assert "is not asked" in refused(desk.weigh(unit_form(task, desk.place.village, {"A": 1})))


def test_a_stamp_changed_by_hand(desk):
    stamp = stamp_of(desk.task, desk.place.village).text.replace(desk.place.village.code, desk.place.other_village.code)
    result = desk.weigh(unit_form(desk.task, desk.place.other_village, {"A": 1}, stamp=stamp))
    assert f"{desk.place.other_village.name}!A1" in refused(result)


def test_hidden_columns_deleted(desk):
    sheet = unit_sheet(desk.task, desk.place.village, {"A": 1})
    kept = {(row, column - 1): cell for (row, column), cell in sheet.cells.items() if column > 1}
    result = desk.weigh(workbook(replace(sheet, cells=kept), stamps_sheet(stamp_of(desk.task, desk.place.village))))
    assert "hidden first column" in refused(result)
    assert result.fresh.organization_id == desk.place.village.pk


def test_one_of_two_sheets_without_its_hidden_column(desk):
    clerk = a_user(Role.CLERK, desk.place.township)
    villages = (desk.place.village, desk.place.other_village)
    sheet = unit_sheet(desk.task, desk.place.village, {"A": 1})
    read = workbook(sheet, stamps_sheet(*(stamp_of(desk.task, village) for village in villages)))
    result = desk.accept(read, clerk)
    assert result.verdict == FileVerdict.PARTLY
    (lost,) = [unit for unit in result.units if unit.refused]
    assert (lost.org, lost.fresh.organization_id) == (desk.place.other_village.code, desk.place.other_village.pk)


def test_nothing_is_revealed_to_a_neighbour_of_another_county(desk):
    other = a_place("350200")
    result = desk.weigh(unit_form(desk.task, desk.place.village, {"A": 1}), other.clerk)
    nowhere = stamp_of(desk.task, desk.place.village, org="nobody")
    unknown = desk.weigh(unit_form(desk.task, desk.place.village, {"A": 1}, stamp=nowhere.text), other.clerk)
    assert desk.place.village.name not in refused(result)
    assert refused(unknown) == result.sentence.replace(desk.place.village.code, "nobody")


def test_a_neighbour_in_the_same_township_is_offered_his_own_form(desk):
    result = desk.weigh(unit_form(desk.task, desk.place.village, {"A": 1}), desk.place.stranger)
    assert desk.place.village.name not in refused(result)
    assert (result.fresh.organization_id, result.fresh.shape) == (desk.place.other_village.pk, Shape.UNIT)


@pytest.mark.parametrize("who", ["reviewer", "officer", "leader"])
def test_who_looks_at_figures_takes_none_in(desk, who):
    refused(desk.weigh(unit_form(desk.task, desk.place.village, {"A": 1}), getattr(desk.place, who)))


def test_the_operator_takes_in_every_county(desk):
    scope = operator_scope(system_operator(), AT.date())
    assert weigh("a.xlsx", unit_form(desk.task, desk.place.village, {"A": 1}), scope).verdict == FileVerdict.PREVIEW


def test_a_unit_that_was_moved_since(desk):
    read = unit_form(desk.task, desk.place.village, {"A": 1})
    township = an_organization("350100T9", parent=desk.place.county, unit_category="township")
    spans = [
        PlacementSpan(desk.place.township.pk, date(2000, 1, 1), date(2026, 7, 31)),
        PlacementSpan(township.pk, date(2026, 8, 1)),
    ]
    place(declared={desk.place.village.pk: spans}, by=system_operator(), at=LONG_AGO)
    result = desk.weigh(read, a_user(Role.CLERK, desk.place.village))
    assert "moved, merged" in refused(result)
    assert result.fresh.organization_id == desk.place.village.pk
    assert desk.weigh(unit_form(desk.task, desk.place.village, {"A": 1})).verdict == FileVerdict.PREVIEW


def test_a_grid_from_before_a_unit_came_to_it(desk):
    clerk = a_user(Role.CLERK, desk.place.township)
    read = workbook(grid_sheet(desk.task, desk.place.township, {desk.place.village.code: {"A": 1}}))
    assert desk.weigh(read, clerk).verdict == FileVerdict.PREVIEW
    an_organization("3501000199", parent=desk.place.township)
    a_task(desk.place.county)
    result = desk.weigh(read, clerk)
    assert "moved, merged" in refused(result)
    assert result.fresh.shape == Shape.GRID


def test_sheets_of_two_periods_in_one_file(desk):
    earlier = a_task(desk.place.county, period="2026Q2", due_on=date(2026, 7, 10))
    read = workbook(*(unit_sheet(task, desk.place.village, {"A": 1}, title=str(task.period)) for task in (earlier, desk.task)))
    assert "several forms or periods" in refused(desk.weigh(read))


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.EXEMPT])
def test_a_report_that_is_not_the_units_turn(desk, state):
    bring_to(state, desk.report(), desk.place)
    result = desk.weigh(unit_form(desk.task, desk.place.village, {"A": 77}))
    assert refused(result)
    assert result.units[0].refused


def test_what_stands_already_is_nobodys_business(desk):
    bring_to(State.APPROVED, desk.report(), desk.place)
    result = desk.weigh(unit_form(desk.task, desk.place.village, desk.stored()))
    assert result.verdict == FileVerdict.PREVIEW
    assert "stand already" in result.sentence


def test_what_is_no_form(desk):
    sheet = unit_sheet(desk.task, desk.place.village, {"A": 1})
    assert "No head of the table" in refused(desk.weigh(workbook(replace(sheet, cells={(1, 1): Cell("通讯录", Content.TEXT)}))))
