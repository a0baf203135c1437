"""A table that states another stretch than its task's own period is a question; a file's name alone states none."""

from datetime import date

import pytest

from spreadsheets.read.workbook import ReadSheet, ReadWorkbook
from submissions.imports.report.import_report import FileVerdict
from submissions.imports.report.scope import scope_of
from submissions.imports.service.import_service import accept, weigh
from submissions.imports.tables.recognition.candidates import TASK_AT
from tests.factories.submissions import AT, a_task
from tests.submissions.imports.tables.world import sheet_of


def _weigh(desk, *title, name: str = "a.xlsx", sheet: str = "Sheet1", **fields):
    rows = [*title, ["村名", "A"], [desk.place.village.name, 7]]
    read = ReadWorkbook("xlsx", (sheet_of(rows, title=sheet),))
    return weigh(name, read, scope_of(desk.place.clerk, AT.date()), **fields)


@pytest.mark.parametrize(
    "title",
    ["2026年9月份党建统计表", "2026年8月情况表", "9月份", "2026年6月", "2026年下半年情况表", "上半年", "1-9月", "2026年1—9月统计表",
     "H2 2026", "统计月份：2026年9月"],
)  # fmt: skip
def test_another_stretch_than_the_quarter_is_a_question(desk, title):
    result = _weigh(desk, [title])
    (question,) = result.questions
    assert (question.what, question.address, [answer for answer, _words in question.choices]) == (
        "period",
        TASK_AT,
        [str(desk.task.pk)],
    )
    assert (result.verdict, result.units) == (FileVerdict.PREVIEW, ())
    result = _weigh(desk, [title], heads={TASK_AT: str(desk.task.pk)})
    assert (result.questions, len(list(result.changes()))) == ((), 1)
    assert _weigh(desk, [title], task=desk.task).questions == ()


def test_nothing_is_taken_before_the_period_is_answered(desk):
    read = ReadWorkbook("xlsx", (sheet_of([["2026年9月"], ["村名", "A"], [desk.place.village.name, 7]]),))
    result = accept("a.xlsx", read, scope_of(desk.place.clerk, AT.date()), by=desk.place.clerk, at=AT)
    assert result.verdict == FileVerdict.REFUSED
    assert desk.stored() == {}


@pytest.mark.parametrize(
    "title",
    [["填报时间：2026年9月"], ["填报时间：", "2026年9月"], ["填报日期：2026年10月8日"], ["截至2026年9月底"], ["2026年第三季度（9月填报）"],
     ["2026年度党建统计表"], ["2026年党建统计表"], ["7—9月统计表"], ["三季度（填报：9月）"]],
)  # fmt: skip
def test_the_day_of_filling_in_and_the_own_period_are_no_question(desk, title):
    result = _weigh(desk, title)
    assert (result.questions, len(list(result.changes()))) == ((), 1)


def test_a_sheets_title_states_a_month_too(desk):
    assert [question.what for question in _weigh(desk, sheet="9月").questions] == ["period"]


def test_the_task_of_that_very_stretch_is_offered_too(desk):
    form = desk.task.form
    monthly = a_task(desk.place.county, form, period="2026Q2", due_on=date(2026, 7, 10))
    result = _weigh(desk, name="2026年第二季度.xlsx")
    assert {answer for answer, _words in result.questions[0].choices} == {str(desk.task.pk), str(monthly.pk)}
    result = _weigh(desk, name="2026年第二季度.xlsx", heads={TASK_AT: str(monthly.pk)})
    assert (result.subject.period, result.questions) == ("2026Q2", ())


@pytest.mark.parametrize(
    ("name", "is_reported"), [("q1.xlsx", False), ("Q2.xlsx", False), ("一季度.xlsx", True), ("三季度.xlsx", False)]
)
def test_a_name_without_a_year_asks_nothing(desk, name, is_reported):
    result = _weigh(desk, name=name)
    assert (result.questions, len(list(result.changes()))) == ((), 1)
    assert any("file's name" in remark.sentence for remark in result.remarks) == is_reported


def test_a_hidden_sheet_states_nothing(desk):
    shown = sheet_of([["村名", "A"], [desk.place.village.name, 7]])
    hidden = ReadSheet("9月", sheet_of([["村名"]]).cells, state="hidden")
    result = weigh("a.xlsx", ReadWorkbook("xlsx", (shown, hidden)), scope_of(desk.place.clerk, AT.date()))
    assert result.questions == ()
