"""Small rules of a printed cell: its number, its rank, how many answers it is made from, the title over it."""

from decimal import Decimal

import pytest

from reports.figures.output.cells import at_precision, counted, printed, ranks
from reports.figures.output.grid import FigureCell, FigureColumn, timed


@pytest.mark.parametrize(
    ("value", "text", "number"),
    [
        (None, "—", None),
        (Decimal("2.55"), "2.6", Decimal("2.6")),
        (Decimal(1), "是", Decimal(1)),
        (Decimal(3), "3/5", Decimal(3)),
        (None, "", None),
    ],
)
def test_the_number_of_a_cell_is_the_printed_one(value, text, number):
    assert FigureCell(value, text).number == number


@pytest.mark.parametrize(
    ("values", "decimals", "found"),
    [
        ((3, 5, 1), 0, [2, 1, 3]), ((5, 3, 3, 1), 0, [1, 2, 2, 4]), ((5, None, 3), 0, [1, None, 2]), 
        (("2.44", "2.41", "2.5"), 1, [2, 2, 1]),
        ((), 0, []), ((None,), 0, [None]), ((-1, 0), 0, [2, 1]),
    ],
)  # fmt: skip
def test_ranks(values, decimals, found):
    assert ranks([None if value is None else Decimal(value) for value in values], decimals) == found


def test_how_many_answers_count():
    cell = FigureCell(Decimal(1), "1", expected=4, reported=3, approved=2)
    assert (counted(cell, "approved"), counted(cell, "submitted")) == (2, 3)


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [("2.675", 2, "2.68"), ("-0.04", 1, "0.0"), ("1E+2", 0, "100"), ("80", 1, "80.0")]
)
def test_a_figure_in_print(value, decimals, text):
    assert printed(Decimal(value), decimals) == text
    assert at_precision(Decimal(value), decimals) == Decimal(text)


def test_the_title_over_a_column():
    column = FigureColumn("A", "甲", "受理", "件", 0, "flow", time="year to date")
    assert (column.title, column.key) == ("受理 (year to date)", "A:甲")
    assert FigureColumn("A", None, "受理", "件", 0, "flow").key == "A"
    assert timed("受理", "") == "受理"
