"""Which relations hold in every printed row, and the notes on the others."""

import pytest

from reports.figures.output.grid import FigureColumn
from reports.tables.layouts.relation_breaks import break_notes, breaks_of, printed_rows
from tests.reports.grids import grid

COLUMNS = tuple(
    FigureColumn(code, None, code, "家", decimals, "flow") for code, decimals in (("A", 0), ("B", 0), ("C", 0), ("R", 1))
)


def table(*rows):
    return grid([("unit", str(number), f"第{number}村", 1, texts) for number, texts in enumerate(rows, 1)], COLUMNS)


@pytest.mark.parametrize(
    ("expression", "texts", "is_broken"),
    [
        ("{A} == {B} + {C}", ("5", "3", "2", ""), False),
        ("{A} == {B} + {C}", ("5", "3", "1", ""), True),
        ("{A} == {B} + {C}", ("5", "3", "", ""), True),  # a blank beside figures is nothing
        ("{A} == {B} + {C}", ("3", "3", "", ""), False),
        ("{A} == {B} + {C}", ("", "", "", ""), False),
        ("{A} + {B} - {C} == {R}", ("5", "2", "3", "4.0"), False),
        ("{R} == {B} / {A} * 100", ("3", "1", "", "33.3"), False),  # rounded
        ("{R} == {B} / {A} * 100", ("3", "1", "", "30.0"), True),
        ("{R} == {B} / {A} * 100", ("3", "", "", ""), False),
        ("{R} == {B} / {A} * 100", ("0", "0", "", "—"), False),
        ("{B} <= {A}", ("3", "4", "", ""), True),
        ("{B} <= {A}", ("3", "", "", ""), False),
        ("{B} <= {A}", ("", "3", "", ""), True),  # a part without its whole
        ("{A} <= {A@prev}", ("3", "", "", ""), False),  # another period does not stand in the table
    ],
)
def test_a_relation_is_broken_by_printed_figures_alone(expression, texts, is_broken):
    found = breaks_of({"relation": expression}, printed_rows(table(texts), ["甲村"]))
    assert bool(found) is is_broken


def test_the_rows_are_named_and_many_are_counted():
    rows = [("5", "3", "1", "")] * 7 + [("5", "3", "2", "")]
    names = [f"第{number}村" for number in range(1, 9)]
    found = breaks_of({"1=2+3": "{A} == {B} + {C}"}, printed_rows(table(*rows), names))
    assert list(break_notes(found)) == [
        "1=2+3 holds but for 第1村、第2村、第3村、第4村、第5村 and 2 more: "
        "its figures were not all reported there, or were reported so."
    ]


def test_what_is_computed_for_each_unit_has_a_note():
    breaks = {"3=if(1≥80,floor(1÷5),0)": ["合计"], "3=sum(1,2)×2": ["合计"]}
    assert [note.partition(": ")[2] for note in break_notes(breaks)] == [
        "it is computed for each unit and period, and added up there.",
        "its figures were not all reported there, or were reported so.",
    ]
