"""Whole counties of computed lines, loaded, asked and verified by the operator's commands, against the oracle in plain fractions.

COMPUTED_COUNTIES=200 draws more of them.
"""

import os
from datetime import date
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from indicators.periods import read_period
from orgs.models import Organization
from reports.figures.answers.figure_query import figures
from reports.figures.plan.query_plan import View
from reports.verification.sums import kept_sums_equal_the_documents
from tests.acceptance.sums.computed_lines import NA, TYPED, drawn_document, drawn_lines
from tests.acceptance.sums.oracle import Book, Entry, Rule, printed
from tests.reports.story import Story

COUNTIES = int(os.environ.get("COMPUTED_COUNTIES", "4"))
PERIODS = ("2026Q1", "2026Q2", "2026Q3")
UNITS = {"V1": "TA", "V2": "TA", "V3": "TB", "V4": "TB", "V5": "TB"}
EXACT_ENOUGH = Fraction(1, 10**25)  # what does not end is cut there


class County:
    """Five villages of two townships over three quarters; a village's reports are all approved or all only sent in."""

    def __init__(self, story: Story, dice: Random):
        self.story, self.dice = story, dice
        self.lines = drawn_lines(dice)
        self.decimals = {code: dice.randint(0, 4) for code in self.lines}
        story.orgs("C,县,county,,,,,", *(f"{code},{code}镇,township,C,,,," for code in ("TA", "TB")),
                   *(f"{code},{code}村,village,{parent},,,," for code, parent in UNITS.items()))  # fmt: skip
        typed = [f"{code},{code}项,次,{'stock' if code == 'S' else 'flow'},,,,{places}," for code, places in TYPED.items()]
        computed = [f'{code},{code}项,次,flow,,,,{self.decimals[code]},"{line.text}"' for code, line in self.lines.items()]
        self._catalogue([*typed, *computed, "R,比率,%,ratio,{P1},abs({Q1}) + 1,,1,"])
        story.form("F", *TYPED, *self.lines, "R")
        story.open("F", *PERIODS)
        self.book = self._loaded_book()

    def _catalogue(self, rows: list[str]) -> None:
        head = "code,name_zh,unit,kind,numerator,denominator,disaggregation,decimals,formula"
        self.story.run("load_catalogue", self.story._file("catalogue.csv", head, rows))

    def _loaded_book(self) -> Book:
        """Loads what is drawn, and keeps it for the oracle."""
        rules = {
            code: Rule(code, decimals=places, over_time="last" if code == "S" else "sum") for code, places in TYPED.items()
        }
        rules |= {code: Rule(code, of_unit=line.means, decimals=self.decimals[code]) for code, line in self.lines.items()}
        rules["below"] = Rule("below", of_unit=_one_more(self.lines["Q1"].means))
        rules["R"] = Rule("R", ratio=("P1", "below"), times=100, decimals=1)
        book = Book(rules, {period: read_period(period).last_day for period in PERIODS})
        for state in ("approved", "submitted"):
            rows = []
            for unit in [code for code in UNITS if (code == "V2") == (state == "submitted")]:
                for period in PERIODS:
                    document = drawn_document(self.dice) if self.dice.random() < 0.9 else None
                    book.ledger.setdefault(period, {})[unit] = Entry(state if document else "blank", "village", document)
                    rows += [f"{period},{unit},{code},,{_cell(value)}" for code, value in (document or {}).items()]
            self.story.figures("F", *rows, state=state)
        return book


def _one_more(means):
    def below(documents):
        value = means(documents)
        return value if value is None or value == NA else abs(value) + 1

    return below


def _cell(value) -> str:
    """As it is written in a file."""
    if value == NA:
        return "/"
    whole, places = value, 0
    while whole.denominator != 1:
        whole, places = whole * 10, places + 1
    digits = str(whole.numerator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(COUNTIES))
def test_a_county_of_computed_lines(story, seed):
    county = County(story, Random(seed))
    codes = [*TYPED, *county.lines, "R"]
    for basis, period, to_date in product(("approved", "submitted"), PERIODS, (False, True)):
        grid = figures(
            codes, periods=[read_period(period)], org=Organization.objects.get(code="C"), by="units", basis=basis,
            view=View("ytd" if to_date else "period"), today=date(2026, 12, 31),
        )  # fmt: skip
        covered = [one for one in PERIODS if one <= period] if to_date else [period]
        for row in grid.rows:
            for column, cell in zip(grid.columns, row.cells, strict=True):
                what = (seed, basis, period, to_date, row.org, column.key, getattr(county.lines.get(column.key), "text", ""))
                _check(county.book, column, cell, _inside(row.org), covered, basis, to_date, what, row.kind == "unit")
    assert list(kept_sums_equal_the_documents()) == []


def _inside(org: str):
    return lambda unit, _period: org in ("C", UNITS[unit], unit)


def _check(book: Book, column, cell, inside, covered, basis, to_date, what, is_of_one) -> None:
    wanted = book.cell(column.key, covered, inside, basis, to_date)
    right = (wanted.expected, wanted.reported, wanted.approved, wanted.na, printed(wanted, column.decimals, is_of_one))
    assert (cell.expected, cell.reported, cell.approved, cell.na, cell.text) == right, what
    assert (cell.value is None) == (wanted.value is None), what
    if wanted.value is not None:
        off = abs(Fraction(cell.value) - wanted.value)
        assert not off if _ends(wanted.value) else off < EXACT_ENOUGH, what


def _ends(value: Fraction) -> bool:
    return 10**60 % value.denominator == 0
