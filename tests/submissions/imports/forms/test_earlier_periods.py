"""A file of another quarter says so first, and which form is being filled in now; never only that nothing would change."""

from datetime import date

import pytest

from submissions.choices import State
from submissions.imports.report.import_report import FileVerdict
from submissions.models import Task
from tests.factories.submissions import a_task, bring_to, submission_of
from tests.submissions.imports.workbooks import unit_form


@pytest.fixture
def last_quarter(desk):
    task = a_task(desk.place.county, period="2026Q2", due_on=date(2026, 7, 10))
    return Task.objects.select_related("form", "county").get(pk=task.pk)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(State.APPROVED, "approved already"), (State.SUBMITTED, "handed in already"), (State.DRAFT, "being filled in now")],
)
@pytest.mark.parametrize("figure", [1, 2])
def test_the_period_comes_first(desk, last_quarter, state, sentence, figure):
    bring_to(state, submission_of(last_quarter, desk.place.village), desk.place)
    result = desk.weigh(unit_form(last_quarter, desk.place.village, {"A": figure}))
    assert result.sentence.startswith("This file is for Second quarter of 2026")
    assert sentence in result.sentence
    assert "Third quarter of 2026" in result.sentence
    assert (result.fresh.period, result.fresh.organization_id) == ("2026Q3", desk.place.village.pk)
    assert result.is_unchanged == (figure == 1)


def test_so_it_is_when_taken_in(desk, last_quarter):
    bring_to(State.APPROVED, submission_of(last_quarter, desk.place.village), desk.place)
    result = desk.accept(unit_form(last_quarter, desk.place.village, {"A": 1}))
    assert result.sentence.startswith("This file is for Second quarter of 2026")


def test_the_newest_period_says_nothing_of_it(desk, last_quarter):
    assert not desk.weigh(unit_form(desk.task, desk.place.village, {"A": 1})).period_words


def test_where_nothing_later_is_to_be_filled_in_there_is_no_sentence(desk, last_quarter):
    bring_to(State.SUBMITTED, submission_of(desk.task, desk.place.village), desk.place)
    assert not desk.weigh(unit_form(last_quarter, desk.place.village, {"A": 1})).period_words


def test_what_a_file_is_for_is_always_named(desk, last_quarter):
    village = desk.place.village
    result = desk.weigh(unit_form(desk.task, village, {"A": 1}))
    assert (result.subject.form, result.subject.period, result.named_units) == (
        "季01表",
        "2026Q3",
        ((village.code, village.name),),
    )
    refused = desk.weigh(unit_form(last_quarter, village, {"A": 1}), task=desk.task)
    assert refused.verdict == FileVerdict.REFUSED
    assert (refused.subject.form, refused.subject.period, refused.named_units) == (
        "季01表",
        "2026Q2",
        ((village.code, village.name),),
    )
