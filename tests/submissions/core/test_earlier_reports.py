"""Reports of earlier periods that a later one leans on and that are not approved: which ones, and the sentence for each."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.choices import Kind
from indicators.periods import Period, read_period
from submissions.choices import State
from submissions.core.earlier_reports import OpenReport, leaned_figures, listed, open_report_sentences, open_reports
from submissions.filling.submission_actions import withdraw
from submissions.models import Submission, Task
from submissions.review.actions import approve, send_back
from tests.factories.indicators import items_of, layout, line, make_form, make_indicator
from tests.factories.submissions import AT, a_place, a_task, bring_to, fill, send, submission_of

DUES = {"2025Q3": date(2025, 10, 10), "2026Q1": date(2026, 4, 10), "2026Q2": date(2026, 7, 10), "2026Q3": date(2026, 10, 10)}
FIRST, SECOND, THIRD = (read_period(f"2026Q{number}") for number in (1, 2, 3))
RETURNED_AT = AT + timedelta(days=3, hours=15)  # after midnight in Shanghai
PLAIN = OpenReport(1, 2, SECOND, 3, "一村", State.SUBMITTED, None)


@pytest.mark.parametrize(
    ("report", "is_counted", "condition"),
    [
        (PLAIN, True, "waiting for review"),
        (replace(PLAIN, state=State.PASSED), True, "waiting for review"),
        (replace(PLAIN, state=State.RETURNED, returned_on=date(2026, 7, 3)), False, "returned on 2026-07-03"),
        (replace(PLAIN, state=State.DRAFT), False, "taken back by the unit"),
    ],
)
def test_the_condition_of_a_report(report, is_counted, condition):
    assert report.is_counted is is_counted
    assert report.condition.lower() == condition


@pytest.mark.parametrize(("count", "text"), [(0, ""), (1, "0"), (3, "0、1、2"), (10, "0、1、2、3、4、5、6、7、8、9")])
def test_up_to_ten_names_are_listed(count, text):
    assert listed([str(number) for number in range(count)]) == text
    assert listed([str(number) for number in range(11)]) == "0、1、2、3、4、5、6、7、8、9…"


def test_which_figures_lean_on_which_period():
    made = layout(
        *items_of("C", "甲", kind=Kind.CUMULATIVE, name="累计"), line("A", name="受理"), line("B", name="增减", formula="{A} - {A@prev}"),
        line("Y", name="同比", formula="{A} - {A@same_last_year}"),
    )  # fmt: skip
    assert leaned_figures(made, THIRD) == {SECOND: ["累计", "累计:甲", "增减"], read_period("2025Q3"): ["同比"]}
    assert leaned_figures(layout(line("A")), THIRD) == {}


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def tasks(place) -> dict[Period, Task]:
    """C, 累计, is a running total: each quarter leans on the one before. A leans on nothing."""
    make_indicator("C", kind=Kind.CUMULATIVE, name="累计")
    form = make_form("累计表", ("A", "C"))
    return {read_period(period): a_task(place.county, form, period=period, due_on=due) for period, due in DUES.items()}


def returned(submission: Submission, place) -> None:
    number = submission.versions.get().number
    given = {"reason": "请核对", "cell_reasons": {}, "by": place.reviewer, "at": RETURNED_AT}
    send_back(submission=submission, version_number=number, **given)


def walk(to: str, submission: Submission, place) -> None:
    """`sent again` and `taken back` are not states of their own."""
    figures = {"A": 1, "C": 2} if "C" in submission.task.layout.by_key else {"A": 1}
    if to == "draft":
        fill(submission, figures, by=place.clerk)
    elif to != "blank":
        version = send(submission, figures, by=place.clerk)
        if to in ("returned", "sent again"):
            returned(submission, place)
        if to == "sent again":
            send(submission, {"A": 2}, by=place.clerk)
        if to == "taken back":
            withdraw(submission=submission, by=place.clerk, at=AT)
        for person in {"passed": (place.reviewer,), "approved": (place.reviewer, place.officer)}.get(to, ()):
            approve(submission=submission, version_number=version.number, by=person, at=AT)


LEANS = "The figures of 累计 lean on First quarter of 2026, which "


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "sentences"),
    [
        ("blank", []),
        ("draft", []),
        ("submitted", [LEANS + "is still waiting for review."]),
        ("passed", [LEANS + "is still waiting for review."]),
        ("returned", [LEANS + "was returned on 2026-10-12 and is not approved again."]),
        ("sent again", [LEANS + "is still waiting for review."]),
        ("taken back", [LEANS + "the unit took back."]),
        ("approved", []),
    ],
)
def test_a_unit_reads_what_its_figures_lean_on(place, tasks, to, sentences):
    walk(to, submission_of(tasks[FIRST], place.village), place)
    assert open_report_sentences(submission_of(tasks[SECOND], place.village)) == sentences
    for other in (submission_of(tasks[SECOND], place.other_village), submission_of(tasks[THIRD], place.village)):
        assert open_report_sentences(other) == []


@pytest.mark.django_db
def test_the_reports_stand_in_the_order_of_their_periods(place, tasks):
    """D leans on the quarter before and on a year ago."""
    make_indicator("D", name="增减", formula="{A} - {A@prev} - {A@same_last_year}")
    task = a_task(place.county, make_form("增减表", ("A", "D")), period="2026Q3")
    for period in ("2026Q2", "2025Q3"):
        walk(
            "submitted",
            submission_of(a_task(place.county, task.form, period=period, due_on=DUES[period]), place.village),
            place,
        )
    found = open_report_sentences(submission_of(task, place.village))
    assert [sentence.split(", which")[0] for sentence in found] == [
        f"The figures of 增减 lean on {read_period(period).label}" for period in ("2025Q3", "2026Q2")
    ]


@pytest.mark.django_db
def test_open_reports_of_many_units_in_two_queries(place, tasks):
    walk("submitted", submission_of(tasks[FIRST], place.other_village), place)
    walk("returned", submission_of(tasks[FIRST], place.village), place)
    walk("submitted", submission_of(tasks[SECOND], place.village), place)
    task = tasks[FIRST]
    with CaptureQueriesContext(connection) as queries:
        found = open_reports([tasks[SECOND], tasks[THIRD]], [FIRST])
    assert len(queries) == 2
    assert found == [
        OpenReport(
            task.form_id, place.county.pk, FIRST, place.village.pk, place.village.name, State.RETURNED, date(2026, 10, 12)
        ),
        OpenReport(
            task.form_id, place.county.pk, FIRST, place.other_village.pk, place.other_village.name, State.SUBMITTED, None
        ),
    ]
    several = open_reports([tasks[THIRD]], [FIRST, SECOND])
    assert [(report.organization_id, report.period) for report in several] == [
        (place.village.pk, FIRST), (place.village.pk, SECOND), (place.other_village.pk, FIRST),
    ]  # fmt: skip


@pytest.mark.django_db
def test_neither_other_counties_nor_other_forms_are_open(place, tasks):
    other = a_place("350200")
    there = a_task(other.county, tasks[FIRST].form, period="2026Q1", due_on=DUES["2026Q1"])
    walk("submitted", submission_of(there, other.village), other)
    beside = a_task(place.county, make_form("另表", ("A",)), period="2026Q1", due_on=DUES["2026Q1"])
    bring_to(State.SUBMITTED, submission_of(beside, place.village), place)
    assert open_reports([tasks[SECOND]], [FIRST]) == []
    assert [report.county_id for report in open_reports([there], [FIRST])] == [other.county.pk]
    with CaptureQueriesContext(connection) as queries:
        assert open_reports([], [FIRST]) == open_reports([tasks[SECOND]], []) == []
    assert len(queries) == 0
