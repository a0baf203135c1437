"""Which form answers for a unit where a figure is on several: pure, over tasks that are in no database."""

import pytest

from indicators.models import Form
from indicators.periods import read_period
from reports.figures.plan.column_plan import ColumnPart
from reports.figures.plan.overlapping_forms import is_shared, without_repeats
from submissions.models import Task
from tests.factories.indicators import line

COMMON = Form(id=1, code="G1", sort_order=2)
EDITION = Form(id=2, code="G1", sort_order=2, adopted_from=COMMON)
OTHER = Form(id=3, code="G2", sort_order=1)
V, W, E = 11, 12, 13


def part(number: int, form: Form, period: str, *categories: str) -> ColumnPart:
    return ColumnPart(Task(id=number, form=form, period=read_period(period)), line("A", unit_categories=categories))


@pytest.mark.parametrize(
    ("forms", "shared"),
    [
        ([], False),
        ([COMMON, COMMON], False),
        ([COMMON, EDITION], False),  # of two counties: no unit is asked both
        ([COMMON, OTHER], True),
        ([EDITION, OTHER], True),
    ],
)
def test_a_figure_on_two_forms_may_be_answered_twice(forms, shared):
    assert is_shared([part(number, form, "2026Q1") for number, form in enumerate(forms)]) == shared


VILLAGES = {V: "village", W: "village"}


@pytest.mark.parametrize(
    ("parts", "units", "answering", "left_out"),
    [
        # The longest period answers, whatever the order of the forms.
        (
            [part(1, OTHER, "2026-01"), part(2, COMMON, "2026Q1")],
            {1: VILLAGES, 2: {V: "village"}},
            [(1, {V}), (2, set())],
            [("G2", {V})],
        ),
        # Of the same length the first form does; the other has its own units still.
        (
            [part(1, COMMON, "2026Q1"), part(2, OTHER, "2026Q1")],
            {1: {V: "village", W: "village"}, 2: {W: "village", E: "enterprise"}},
            [(1, {W}), (2, set())],
            [("G1", {W})],
        ),
        # Side by side in time nobody is asked twice.
        ([part(1, COMMON, "2026Q1"), part(2, OTHER, "2026Q2")], {1: VILLAGES, 2: VILLAGES}, [(1, set()), (2, set())], []),
        # What the line does not ask of a unit it does not take away.
        (
            [part(1, COMMON, "2026Q1"), part(2, OTHER, "2026Q1", "enterprise")],
            {1: VILLAGES, 2: {V: "village", E: "enterprise"}},
            [(1, set()), (2, set())],
            [],
        ),
        # A form that answers for nobody goes.
        ([part(1, COMMON, "2026-02"), part(2, OTHER, "2026Q1")], {1: VILLAGES, 2: VILLAGES}, [(2, set())], [("G1", {V, W})]),
        ([part(1, COMMON, "2026Q2"), part(2, OTHER, "2026Q1")], {1: {}, 2: VILLAGES}, [(2, set())], []),
        # Where nobody owes anything all stay, in time order.
        ([part(1, COMMON, "2026Q2"), part(2, OTHER, "2026Q1")], {}, [(2, set()), (1, set())], []),
    ],
)
def test_a_unit_answers_once_for_a_stretch_of_time(parts, units, answering, left_out):
    found, others = without_repeats(parts, units)
    assert [(one.task.id, set(one.excluded)) for one in found] == answering
    assert [(one.form, set(one.units)) for one in others] == left_out
