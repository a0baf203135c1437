"""The year to date of a line for one unit, before and after this period is typed."""

from decimal import Decimal

import pytest

from indicators.choices import Kind, PeriodRule
from indicators.measures.document_measures import Leaf
from indicators.measures.history import NOTHING_EARLIER, EarlierDocuments
from indicators.values.documents import NA
from submissions.core.year_to_date import Before, adds_up, before_now, covers_year, has_year, is_mean, to_date
from tests.factories.indicators import layout, line

MADE = layout(
    line("A"),
    line("B", decimals=1),
    line("M", kind=Kind.STOCK, period_rule=PeriodRule.MEAN),
    line("S", kind=Kind.STOCK, period_rule=PeriodRule.LAST),
    line("N", period_rule=PeriodRule.NONE),
    line("T", kind=Kind.CUMULATIVE),
    line("Y", kind=Kind.YES_NO, period_rule=PeriodRule.SUM),
    line("R", numerator="{A}", denominator="{B}", unit="%"),
    line("RS", numerator="{A}", denominator="{S}", unit=""),
    line("RY", numerator="{Y}", denominator="1", unit=""),
    line("RP", numerator="{A} + {A@prev}", denominator="{B}", unit=""),
    line("FY", formula="{A@ytd} + 1"),
    line("FT", formula="{T} * 2"),
    line("FF", formula="{FT} + {A}"),
    line("FP", formula="{T@prev}"),
    line("RT", numerator="{T}", denominator="{A}"),
)
BY_KEY = MADE.by_key


def leaf(**figures) -> Leaf:
    return Leaf(MADE, figures, NOTHING_EARLIER)


def test_a_side_that_looks_back_keeps_its_own_period():
    """Of the numerator A adds up over the year, A of the period before stays what it was: (1 + 3 + 5 + 3) ÷ (2 + 0.5 + 0.5)."""
    now = Leaf(MADE, {"A": 5, "B": Decimal("0.5")}, EarlierDocuments(previous={"A": 3}))
    assert to_date(now, BY_KEY["RP"], YEAR) == 4


FIRST, THIRD = leaf(A=1, B=2, M=4, S=10, N=1, T=1, Y=1), leaf(A=3, B=Decimal("0.5"), M=NA, S=12, N=3, T=9, Y=0)
YEAR = (FIRST, None, THIRD)


@pytest.mark.parametrize(
    ("code", "covers"),
    [
        ("A", False),
        ("S", False),
        ("T", True),
        ("FY", True),
        ("FT", True),
        ("FF", True),
        ("FP", False),
        ("R", False),
        ("RT", True),
    ],
)
def test_which_figures_hold_the_year_already(code, covers):
    assert covers_year(MADE, BY_KEY[code]) is covers


@pytest.mark.parametrize(
    ("code", "year", "has"), [("A", YEAR, True), ("N", YEAR, False), ("N", (), True), ("S", YEAR, True), ("R", YEAR, True)]
)
def test_which_have_a_year(code, year, has):
    assert has_year(BY_KEY[code], year) is has


@pytest.mark.parametrize(
    ("code", "now", "figure"),
    [
        ("A", {"A": 5}, 9), ("A", {}, 4), ("A", {"A": NA}, 4), ("A", {"A": 0}, 4), ("B", {"B": Decimal("0.1")}, Decimal("2.6")),
        ("M", {"M": 7}, Decimal("5.5")), ("M", {}, 4), ("S", {"S": 11}, 11), ("S", {}, None), ("T", {"T": 12}, 12), ("T", {}, None),
        ("R", {"A": 5, "B": Decimal("7.5")}, 90), ("R", {}, 160), ("RS", {"A": 5, "S": 3}, 3), ("RY", {"Y": 1}, Decimal(2) / 3),
        ("RY", {}, Decimal("0.5")), ("FT", {"T": 3}, 26),
    ],
)  # fmt: skip
def test_with_this_period(code, now, figure):
    found = to_date(leaf(**now), BY_KEY[code], YEAR)
    assert found == figure if not isinstance(figure, Decimal) else abs(found - figure) < Decimal("1E-20")


def test_nothing_is_known_of_the_year():
    assert to_date(leaf(), BY_KEY["A"], (None,)) is None
    assert to_date(leaf(A=NA), BY_KEY["A"], (None,)) == NA
    assert to_date(leaf(M=NA), BY_KEY["M"], ()) == NA
    assert to_date(leaf(A=5), BY_KEY["A"], ()) == 5


@pytest.mark.parametrize(
    ("code", "year", "before"),
    [
        ("A", YEAR, Before(4, 2)),
        ("M", YEAR, Before(4, 1)),
        ("A", (None, leaf()), None),
        ("A", (), None),
        ("A", (leaf(A=0),), Before(0, 1)),
    ],
)
def test_what_stands_before(code, year, before):
    assert before_now(BY_KEY[code], year) == before


@pytest.mark.parametrize(
    ("code", "adds", "mean"), [("A", True, False), ("M", False, True), ("S", False, False), ("T", False, False)]
)
def test_how_it_goes_over_time(code, adds, mean):
    assert adds_up(BY_KEY[code]) is adds
    assert is_mean(BY_KEY[code]) is mean
