"""Which typed cells of which periods a measure is made of, by table."""

import pytest

from indicators.measures.cells_behind import cells_behind
from indicators.measures.document_measures import plan_of
from indicators.periods import read_period
from tests.factories.indicators import layout, line

LINES = layout(
    line("A"), line("B"), line("S", kind="stock"), line("T", kind="cumulative"), line("SUM", formula="{A} + {B}"),
    line("OPEN", kind="stock", formula="{S@prev}"), line("YEAR", formula="{A@ytd} + {S@ytd}"), line("TWICE", formula="{SUM} * 2"),
    line("LAST", formula="{SUM@same_last_year}"), line("RATE", numerator="{A}", denominator="{OPEN}"),
    line("MET", org_rule="count_if", condition="{A} > {B@prev}"),
)  # fmt: skip
CASES = [
    ("A", "value", {"2026Q3 A"}),
    ("SUM", "value", {"2026Q3 A", "2026Q3 B"}),
    ("TWICE", "value", {"2026Q3 A", "2026Q3 B"}),
    ("OPEN", "value", {"2026Q2 S"}),
    ("YEAR", "value", {"2026Q1 A", "2026Q2 A", "2026Q3 A", "2026Q3 S"}),
    ("LAST", "value", {"2025Q3 A", "2025Q3 B"}),
    ("RATE", "numerator", {"2026Q3 A", "2026Q2 S"}),
    ("MET", "value", {"2026Q3 A", "2026Q2 B", "2026Q3 MET"}),
    ("T", "total", {"2026Q3 T"}),
    ("T", "part", {"2026Q3 T", "2026Q2 T"}),
    ("T", "rest", {"2026Q3 T", "2026Q2 T", "2026Q1 T"}),
]


@pytest.mark.parametrize(("key", "role", "cells"), CASES)
def test_the_cells_behind_a_measure(key, role, cells):
    found = cells_behind(LINES, plan_of(LINES).measure(key, role), read_period("2026Q3"))
    assert {f"{period} {one}" for period, one in found} == cells


def test_the_first_period_of_a_year_looks_no_further_back():
    found = cells_behind(LINES, plan_of(LINES).measure("T", "part"), read_period("2026Q1"))
    assert {f"{period} {one}" for period, one in found} == {"2026Q1 T"}
