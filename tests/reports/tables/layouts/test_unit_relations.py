"""Which checks are claimed under one unit's form: those that hold in each of its printed columns."""

from decimal import Decimal

import pytest

from reports.figures.output.grid import Change, FigureCell, FigureColumn, FigureRow, Grid
from reports.tables.layouts.unit_relations import unit_relations

KINDS = {"A": "flow", "B": "flow", "C": "flow", "S": "stock", "R": "ratio", "D": "flow"}
COLUMNS = tuple(FigureColumn(code, None, code, "家", {"R": 1, "D": 2}.get(code, 0), kind) for code, kind in KINDS.items())


def number(text):
    return Decimal(text) if text not in ("", "—") else None


def one_row(texts, **others):
    """`texts`: this period's, by code; `others`: the same of other periods."""
    cells = tuple(
        FigureCell(
            number(texts.get(code, "")),
            texts.get(code, ""),
            compare={name: Change(number(found.get(code, "")), None, None) for name, found in others.items()},
        )
        for code in KINDS
    )
    return Grid("2026Q3", "V", "approved", "period", "then", COLUMNS, (FigureRow("V", "甲村", "total", cells),))


SUM = "{A} == {B} + {C}"
GOOD = {"A": "5", "B": "3", "C": "2"}
BAD = {"A": "5", "B": "3"}


@pytest.mark.parametrize(
    ("expression", "now", "year", "prev", "claimed"),
    [
        (SUM, GOOD, GOOD, {}, True),
        (SUM, BAD, BAD, {}, False),
        (SUM, {**GOOD, "C": "—"}, GOOD, {}, False),
        (SUM, GOOD, BAD, {}, False),
        (SUM, GOOD, GOOD, BAD, False),
        (SUM, {}, {}, {}, True),
        (SUM, {}, {}, GOOD, True),
        ("{B} <= {A}", {"B": "3"}, {}, {}, False),
        ("{B} <= {A}", {"B": "3", "A": "3"}, {"B": "9", "A": "8"}, {}, False),
        ("{S} == {S@prev} + {A} - {B}", {"S": "7", "A": "5", "B": "3"}, {"S": "7", "A": "9", "B": "3"}, {"S": "5"}, True),
        ("{S} == {S@prev} + {A} - {B}", {"S": "7", "A": "5", "B": "3"}, {"S": "7", "A": "9", "B": "3"}, {"S": "4"}, False),
        ("{A@ytd} >= {A}", {"A": "5"}, {"A": "4"}, {}, False),
        ("{A@ytd} >= {A}", {"A": "5"}, {"A": "9"}, {}, True),
        ("{R} == {B} / {A} * 100", {"A": "3", "B": "1", "R": "33.3"}, {"A": "6", "B": "1", "R": "16.7"}, {}, True),
        ("{R} == {B} / {A} * 100", {"A": "3", "B": "1", "R": "33.3"}, {"A": "6", "B": "1", "R": "33.3"}, {}, False),
        ("{A} <= {S}", {"A": "5", "S": "6"}, {"A": "9", "S": "6"}, {}, True),
        ("{A} <= {S}", {"A": "5", "S": "6"}, {}, {"A": "7", "S": "6"}, False),
        ("{D} == {A} * 0.25", {"A": "5", "D": "1.25"}, {"A": "9", "D": "2.25"}, {}, True),
    ],
)
def test_a_check_is_claimed_where_it_holds_in_every_column(expression, now, year, prev, claimed):
    claimed_relations, _notes = unit_relations([expression], one_row(now, prev=prev, same_last_year={}), one_row(year))
    assert bool(claimed_relations) is claimed


def test_where_it_does_not_hold_is_noted():
    grid = one_row(BAD, prev=GOOD, same_last_year=BAD)
    claimed_relations, notes = unit_relations([SUM, "{A} >= {B}"], grid, one_row(GOOD))
    assert claimed_relations == ("A≥B",)
    assert notes == (
        "A=B+C holds but for This quarter、Same period last year: its figures were not all reported there, or were reported so.",
    )


def test_figures_of_a_period_and_at_its_end_do_not_add_up_over_the_year():
    grid = one_row({"A": "5", "S": "6"}, prev={}, same_last_year={})
    claimed_relations, notes = unit_relations(["{A} <= {S}"], grid, one_row({"A": "9", "S": "6"}))
    assert claimed_relations == ("A≤S",)
    assert notes == ("A≤S: of figures of a period and figures at its end; not of the year to date.",)


def test_nothing_is_claimed_of_a_line_that_is_blank_in_every_column():
    claimed_relations, _notes = unit_relations(["{A} <= {S}", SUM], one_row(GOOD, prev={}, same_last_year={}), one_row(GOOD))
    assert claimed_relations == ("A=B+C",)
