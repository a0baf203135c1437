"""Published figures come back as they were printed: on the figures command and in the exported workbook.

Exact ones to the digit; 余, 多, 近, 以上 through a value that satisfies them; ratios, means and differences from their
published parts. How points are graded (forewarning at 25, the bands at 90 and 80) is not part of what is built here.
"""

from decimal import Decimal

import pytest
from django.db import transaction

from tests.acceptance import published
from tests.acceptance.published import Case
from tests.reports.story import Story

pytestmark = pytest.mark.django_db
EXACT = [case for case in published.cases() if not case.unrounded and case.comparator == "="]
QUALIFIED = [case for case in published.cases() if case.comparator != "="]
COMPUTED = [case for case in published.cases() if case.unrounded and case.comparator == "="]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everything loaded, asked and exported once: place -> (place, answer), place -> head -> (grand total, unit)."""
    story = Story(tmp_path_factory.mktemp("published"))
    with django_db_blocker.unblock(), transaction.atomic():
        published.load(story)
        yield published.answers(story), published.workbooks(story)
        transaction.set_rollback(True)


def agreed_figure(world, case: Case) -> tuple[Decimal, str]:
    """The figure's unrounded value and its text, once total, unit, screen and workbook have been seen to agree."""
    answers, workbooks = world
    place, answer = answers[case.place]
    column = place.asked.index(case.code)
    value, text = answer.value(column=column), answer.text(column=column)
    assert (answer.value(place.unit, column), answer.text(place.unit, column)) == (value, text)
    assert answer.coverage(column=column) == (1, 1)
    printed = workbooks[case.place][answer.data["columns"][column]["name"]]
    assert [Decimal(str(number)) for number in printed] == [Decimal(text)] * 2
    return value, text


@pytest.mark.parametrize("case", EXACT, ids=lambda case: case.case)
def test_an_exact_figure(world, case):
    value, text = agreed_figure(world, case)
    assert value == Decimal(text) == Decimal(case.value)


@pytest.mark.parametrize("case", QUALIFIED, ids=lambda case: case.case)
def test_a_qualified_figure(world, case):
    value, text = agreed_figure(world, case)
    assert case.holds(value)
    assert case.holds(Decimal(text))


@pytest.mark.parametrize("case", COMPUTED, ids=lambda case: case.case)
def test_a_computed_figure(world, case):
    value, text = agreed_figure(world, case)
    assert text == case.value
    assert value.quantize(Decimal("0.0001")) == Decimal(case.unrounded)


def test_every_case_is_tried_once():
    assert len(EXACT) + len(QUALIFIED) + len(COMPUTED) == len(published.cases()) == 152
    assert len({case.case for case in published.cases()}) == 152


def test_no_place_is_added_to_another(world):
    """1332 两新 organizations stand in one county and in no other's total."""
    answers, _workbooks = world
    for place, answer in answers.values():
        assert {row["org"] for row in answer.rows()} == {place.code, place.unit}
