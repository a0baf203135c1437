"""A table without a period is for the task that is running or due; where several are, the person is asked which one."""

from datetime import date

import pytest

from spreadsheets.read.workbook import ReadSheet, ReadWorkbook
from submissions.imports.report.import_report import FileVerdict
from submissions.imports.tables.recognition.candidates import TASK_AT
from tests.factories.submissions import a_task
from tests.submissions.imports.workbooks import cell


def a_table(village, title: str = "") -> ReadWorkbook:
    rows = [[title], ["村名", "A"], [village.name, 7]]
    cells = {
        (row, column): cell(value)
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
        if value != ""
    }
    return ReadWorkbook("xlsx", (ReadSheet("Sheet1", cells),))


def open_too(desk, period: str, due_on: date):
    return a_task(desk.place.county, desk.task.form, period=period, due_on=due_on)


@pytest.mark.parametrize(
    ("period", "due_on"), [("2026Q1", date(2026, 4, 10)), ("2026Q2", date(2026, 7, 10)), ("2027Q1", date(2027, 4, 10))]
)
def test_long_over_or_not_begun_is_no_candidate(desk, period, due_on):
    open_too(desk, period, due_on)
    result = desk.weigh(a_table(desk.place.village))
    assert (result.subject.period, len(list(result.changes()))) == ("2026Q3", 1)


def test_a_table_that_states_its_period_is_for_that_task(desk):
    open_too(desk, "2026Q2", date(2026, 7, 10))
    result = desk.weigh(a_table(desk.place.village, "2026年第二季度情况表"))
    assert result.subject.period == "2026Q2"


def test_the_only_task_is_taken_however_late(desk):
    result = desk.weigh(a_table(desk.place.village), task=None)
    assert result.subject.period == "2026Q3"


@pytest.fixture
def two(desk):
    return open_too(desk, "2026Q2", date(2026, 12, 31))


def test_of_two_the_person_is_asked_and_nothing_is_taken(desk, two):
    result = desk.weigh(a_table(desk.place.village))
    assert (result.verdict, list(result.changes())) == (FileVerdict.PREVIEW, [])
    (question,) = result.questions
    assert (question.what, {answer for answer, _words in question.choices}) == ("task", {str(two.pk), str(desk.task.pk)})
    assert all("季01表" in words for _answer, words in question.choices)
    assert desk.accept(a_table(desk.place.village)).verdict == FileVerdict.REFUSED


@pytest.mark.parametrize("answer", ["{pk}", "季01表:2026Q2"])
def test_the_answer_counts(desk, two, answer):
    result = desk.weigh(a_table(desk.place.village), heads={TASK_AT: answer.format(pk=two.pk)})
    assert (result.subject.period, result.questions) == ("2026Q2", ())


@pytest.mark.parametrize("answer", ["", "0", "季01表:2020Q1", "季01表", "line:A"])
def test_an_answer_that_names_none_is_asked_again(desk, two, answer):
    assert desk.weigh(a_table(desk.place.village), heads={TASK_AT: answer}).questions
