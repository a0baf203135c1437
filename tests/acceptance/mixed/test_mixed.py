"""Counties of mixed frequencies against an oracle in plain fractions: every row, figure, basis, view and tree, after every act.

MIXED_COUNTIES=200 draws more of them; each says how many cells were compared.
"""

import os
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from indicators.periods import read_period
from reports.figures.answers.figure_query import figures
from reports.figures.output.grid import FigureCell, Grid
from reports.figures.plan.query_plan import View
from reports.figures.sums.stored_sums import _remembered
from reports.verification import CHECKS
from tests.acceptance.mixed.calendar import Stretch, stretch
from tests.acceptance.mixed.cells import Question
from tests.acceptance.mixed.changes import difference, is_complete
from tests.acceptance.mixed.county import TODAY, County, org
from tests.acceptance.mixed.places import Asked, RowMembers, one_unit
from tests.acceptance.sums.oracle import printed

COMPARED = ("prev", "same_last_year")
COUNTIES = int(os.environ.get("MIXED_COUNTIES", "2"))
FIRST = int(os.environ.get("MIXED_FIRST", "0"))
QUESTIONS, ROUNDS = 6, 2
EXACT_ENOUGH = Fraction(1, 10**25)  # what does not end is cut there
WAYS = ("self", "children", "children", "units", "unit_category")
PERIODS = ("2026W01", "2026W13", "2026W14", "2026W15", "2026-03", "2026-04", "2026-05", "2026-06", "2026Q1", "2026Q2", "2026Q3", "2026H1",
           "2026", "2025Q4", "2025")  # fmt: skip

Way = tuple[str, str, str, str, str, bool, tuple[str, ...]]


def drawn_question(county: County) -> Way:
    """(where, way, tree, basis, period, to date, compared)."""
    dice = county.dice
    tree = dice.choice(("then", "now"))
    return (
        dice.choice(("C", "C", "C", "TA", "TB", dice.choice(county.places.order))), dice.choice(WAYS), tree,
        dice.choice(("approved", "submitted")), dice.choice(PERIODS), dice.random() < 0.4,
        COMPARED if tree == "then" and dice.random() < 0.5 else (),
    )  # fmt: skip


def compare(county: County, question: Way) -> int:
    """Every cell of one question; how many they are."""
    where, way, tree, basis, period, to_date, compared = question
    grid = figures(
        list(county.book.lines), periods=[read_period(period)], org=org(where), by=way, basis=basis, tree=tree,
        view=View("ytd" if to_date else "period"), today=TODAY, compare=compared,
    )  # fmt: skip
    asked = Asked(where, way, tree, TODAY)
    rows = [(row, RowMembers(county.places, asked, row.org, row.kind, row.name)) for row in grid.rows]
    for row, members in rows:
        is_emptied = (
            tree == "now" and row.kind in ("subtotal", "unit") and not holds_any(county, members, stretch(period), to_date)
        )
        for column, cell in zip(grid.columns, row.cells, strict=True):
            told = Question(county.book, column.key, stretch(period), to_date, basis, members)
            told.is_unit = one_unit(county.places, asked, row.org or where, row.kind, told.days)
            what = (*question, row.org, row.kind, column.key, county.catalogue.formulas.get(column.key, ""))
            check(cell, told, is_emptied, what)
            if compared:
                check_changes(cell, told, what)
    every_answer_stands_in_one_row(county, grid, rows, asked)
    return sum(len(row.cells) for row in grid.rows)


def holds_any(county: County, members: RowMembers, period: Stretch, to_date: bool) -> bool:
    """Whether any report of the stretch stands in the row."""
    first = date(period.year, 1, 1) if to_date else period.first
    return any(
        members.held(code, task.period.last, report.category) is not None
        for task, reports in county.book.ledger.items()
        if task.period.is_inside(first, period.last)
        for code, report in reports.items()
    )


def check(cell: FigureCell, question: Question, is_emptied: bool, what: tuple) -> None:
    told = question.told()
    if is_emptied and question.tasks and question.line.adds and question.key != "Y":
        told.value = Fraction(0)  # everything that stood there stands elsewhere today
    right = (told.expected, told.reported, told.approved, told.na, told.value is None)
    assert (cell.expected, cell.reported, cell.approved, cell.na, cell.value is None) == right, (what, told, cell)
    if told.value is None:
        assert cell.text == printed(told, question.line.decimals, question.is_unit), (what, told, cell)
        return
    off = abs(Fraction(cell.value) - told.value)
    if question.shared and (question.line.running or question.line.of_unit):
        # Cut in the last digit that it is kept with: of a running total's part the sixth, of what is computed at least the unit.
        assert off <= question.shared * (Fraction(1, 10**5) if question.line.running else 1), (what, told, cell)
        return
    assert cell.text == printed(told, question.line.decimals, question.is_unit), (what, told, cell)
    assert off < EXACT_ENOUGH if 10**60 % told.value.denominator else not off, (what, told, cell)


def check_changes(cell: FigureCell, question: Question, what: tuple) -> None:
    assert cell.is_complete == is_complete(question, question.told()), what
    for name in COMPARED:
        right, found = difference(question, name), cell.compare[name]
        told = found if found.same_units is None else found.same_units
        assert (found.value is None, found.same_units and found.same_units.units) == (right.other is None, right.units), (
            what, name, right, found,
        )  # fmt: skip
        assert found.same_units is None or (found.change, found.percent) == (None, None), what
        for given, due in ((found.value, right.other), (told.change, right.change), (told.percent, right.percent)):
            assert (given is None) == (due is None), (what, name, right, found)
            assert given is None or abs(Fraction(given) - due) < EXACT_ENOUGH * max(1, abs(due)), (what, name, right, found)


def every_answer_stands_in_one_row(county: County, grid: Grid, rows: list, asked: Asked) -> None:
    """Parts make the whole: what the total holds, the rows beside it hold once, in parts or whole."""
    if asked.way == "self" or len(rows) < 2:
        return
    (_total, whole), *others = rows
    parts = [members for row, members in others if not (asked.way == "units" and row.kind == "subtotal")]
    period = stretch(grid.period)
    for code, tasks in county.book.taken("A", period.first, period.last).items():
        for task in tasks:
            at = (code, task.period.last, county.book.category(task, code))
            held = [one for members in parts if (one := members.held(*at)) is not None]
            total = whole.held(*at)
            numbers = sorted(number for one in held for number in one.numbers)
            everyone = held[0].shares if held else ()
            if total is None or not everyone:
                assert len(held) == (total is not None), (at, held)
            else:
                assert numbers == list(total.numbers or range(len(everyone))), (at, held)


def walks(seed: int, story) -> Iterator[tuple[County, Way]]:
    """Questions to a lived county, the same ones again after further acts."""
    county = County(story, Random(seed))
    county.live()
    asked = [drawn_question(county) for _number in range(QUESTIONS)]
    for _round in range(ROUNDS):
        for question in asked:
            yield county, question
        county.act_some(3)
        asked = asked[: QUESTIONS // 2]
    _remembered.clear()  # as another process would verify


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(FIRST, FIRST + COUNTIES))
def test_a_county_of_mixed_frequencies(story, seed, record_property):
    cells = 0
    for county, question in walks(seed, story):
        cells += compare(county, question)
    record_property("cells", cells)
    assert [said for verified in CHECKS for said in verified()] == []
