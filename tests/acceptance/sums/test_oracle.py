"""Every figure against the slow oracle: any tree, any states, after every further act, whether the process remembers sums or not."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.periods import read_period
from orgs.models import Organization
from reports.figures.answers.figure_query import figures
from reports.figures.output.grid import FigureCell, FigureRow, Grid
from reports.figures.plan.query_plan import View
from reports.figures.sums.stored_sums import _remembered
from reports.verification import CHECKS
from tests.acceptance.sums import worlds
from tests.acceptance.sums.oracle import Told, printed
from tests.acceptance.sums.worlds import ACTS, RULES, World
from tests.reports.story import Story

pytestmark = pytest.mark.django_db
# Least, greatest and means are read unit by unit; asked together with the others they would keep these from the kept sums.
BY_UNIT = ("M", "X", "I", "E")
SUMMED = tuple(code for code in RULES if code not in BY_UNIT)
EXACT_ENOUGH = Fraction(1, 10**25)  # a division is carried to 40 digits
WAYS = ("self", "children", "units", "unit_category")
BASES = ("approved", "submitted")


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """The catalogue of worlds.py; each example undoes what it adds."""
    story = Story(tmp_path_factory.mktemp("oracle"))
    with django_db_blocker.unblock(), transaction.atomic():
        story.run("load_catalogue", story._file("catalogue.csv", worlds.CATALOGUE_HEAD, worlds.CATALOGUE))
        yield story
        transaction.set_rollback(True)


def questions(world: World) -> list[tuple]:
    """(where, way, basis, period, to date) for every quarter, the year to date and the year."""
    spans = [(period, to_date) for period in world.periods for to_date in (False, True)] + [("2026", False)]
    places = [unit.code for unit in world.plan.units if unit.code in ("C", "TA", "TC", "V0")]
    return [(*where, *span) for where, span in product(product(places, WAYS, BASES), spans)]


def compare(world: World, where: str, way: str, basis: str, period: str, to_date: bool) -> None:
    """Every cell of one question, and that no row is missing and none is made up."""
    covered = (
        [one for one in world.periods if one <= period] if to_date else [one for one in world.periods if one.startswith(period)]
    )
    for codes in (SUMMED, BY_UNIT):
        grid = figures(
            codes, periods=[read_period(period)], org=Organization.objects.get(code=where), by=way, basis=basis,
            view=View("ytd" if to_date else "period"), today=date(2026, 12, 31),
        )  # fmt: skip
        for row in grid.rows:
            inside = members(world, where, way, row)
            for column, cell in zip(grid.columns, row.cells, strict=True):
                of_one = is_of_one(world, where, row, covered)
                wanted = world.book.cell(column.key, covered, inside, basis, to_date, of_one)
                what = (where, way, basis, period, to_date, row.org, row.kind, column.key)
                check(cell, wanted, printed(wanted, RULES[column.key].decimals, of_one), what)
        rows_tell_every_unit_once(world, grid, where, way, covered)


def check(cell: FigureCell, wanted: Told, text: str, what: tuple) -> None:
    right = (wanted.expected, wanted.reported, wanted.approved, wanted.na, text)
    assert (cell.expected, cell.reported, cell.approved, cell.na, cell.text) == right, what
    assert (cell.value is None) == (wanted.value is None), what
    assert wanted.value is None or abs(Fraction(cell.value) - wanted.value) < EXACT_ENOUGH, what
    assert cell.expected >= cell.reported >= cell.approved, what


def members(world: World, where: str, way: str, row: FigureRow):
    """The units a row is about, by what stands in it: org, kind, and the way it was asked."""
    book = world.book

    def inside(org: str, period: str) -> bool:
        day = book.days[period]
        if not book.is_below(org, where, day):
            return False
        if row.kind == "total":
            return True
        if way == "unit_category":
            return book.ledger[period][org].category == row.org
        if row.kind == "own" or (way == "units" and row.kind == "unit"):
            return org == row.org
        return book.is_below(org, row.org, day)

    return inside


def is_of_one(world: World, where: str, row: FigureRow, covered: list[str]) -> bool:
    """Whether a row is one unit's: nobody ever stood below it while it was asked."""
    if row.kind not in ("total", "unit", "own"):
        return False
    days = [world.book.days[period] for period in covered]
    org = where if row.kind == "total" else row.org
    return row.kind == "own" or not any(world.book.parent(code, day) == org for code in world.book.places for day in days)


def rows_tell_every_unit_once(world: World, grid: Grid, where: str, way: str, covered: list[str]) -> None:
    """Parts and own make the whole: every unit that was asked stands in exactly one row beside total and subtotals."""
    if way == "self":
        assert [row.kind for row in grid.rows] == ["total"]
        return
    parts = [row for row in grid.rows[1:] if not (way == "units" and row.kind == "subtotal")]
    for period in covered:
        for org in world.book.ledger[period]:
            if org == where and len(grid.rows) == 1:
                continue
            found = [row.org for row in parts if members(world, where, way, row)(org, period)]
            assert len(found) == world.book.is_below(org, where, world.book.days[period]), (org, period, found)


HOUSE = settings(max_examples=10, suppress_health_check=list(HealthCheck))


@HOUSE
@given(plan=worlds.plans(), data=st.data())
def test_every_question_is_answered_as_by_hand(story, plan, data):
    with transaction.atomic():
        world = World(story, plan)
        for question in data.draw(st.lists(st.sampled_from(questions(world)), min_size=20, max_size=20, unique=True)):
            compare(world, *question)
        transaction.set_rollback(True)


@HOUSE
@given(plan=worlds.plans(), data=st.data())
def test_after_every_act_nothing_stale_is_answered(story, plan, data):
    """The same questions again after each act: a forgotten stamp would answer yesterday's sum."""
    with transaction.atomic():
        world = World(story, plan)
        asked = data.draw(st.lists(st.sampled_from(questions(world)), min_size=5, max_size=5, unique=True))
        for step in range(8):
            for question in asked:
                compare(world, *question)
            act(world, data)
            if step % 3 == 0:
                _remembered.clear()  # as another process would ask
        assert [problem for verified in CHECKS for problem in verified()] == []
        transaction.set_rollback(True)


def act(world: World, data) -> None:
    period = data.draw(st.sampled_from(world.periods))
    name = data.draw(st.sampled_from([*ACTS, "send", "approve", "move", "open"]))
    if name == "move":
        township = data.draw(st.sampled_from([unit.code for unit in world.plan.units if unit.category == "township"]))
        world.move(data.draw(st.integers(0, 9)), township, data.draw(st.sampled_from([date(2026, 3, 31), date(2026, 6, 1)])))
    elif name == "open":
        world.story.open(worlds.FORM, period)
        world.read()
    else:
        world.act(name, period, data.draw(st.integers(0, 9)), data.draw(worlds.documents()))
