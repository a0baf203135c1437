"""Which period is complete and which is in progress: the rules by table, and which forms decide."""

from datetime import date

import pytest
from django.utils import timezone

from indicators.models import Indicator
from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from reports.figures.plan.report_trees import counties_below
from reports.models import Headline
from reports.scope.complete_periods import FormStage, PeriodStage, Stages, stages_of
from reports.scope.opening_period import usual_period
from reports.scope.task_queries import tasks_begun
from submissions.models import Submission
from submissions.tasks.exemptions import exempt
from submissions.tasks.progress import Progress

OCTOBER = date(2026, 10, 15)  # the third quarter is over, the fourth is running
BEFORE = "2026-10-14"


def form(approved: int, sent: int | None = None, *, of: int = 100, closes_on: str = "") -> FormStage:
    """`sent`: also those that wait for a reviewer; the approved alone by default."""
    sent = approved if sent is None else sent
    progress = Progress(expected=of, submitted=sent, on_time=sent, approved=approved, missing=of - sent)
    return FormStage("", date.fromisoformat(closes_on) if closes_on else None, progress)


def stages(today: date = OCTOBER, **periods: FormStage | tuple[FormStage, ...]) -> Stages:
    """`Q2026Q3=form(…)`; the newest first."""
    found = [
        PeriodStage(read_period(name[1:]), forms if isinstance(forms, tuple) else (forms,)) for name, forms in periods.items()
    ]
    return Stages(tuple(sorted(found, key=lambda stage: stage.period.last_day, reverse=True)), today)


def labels(found: Stages) -> tuple[str, str]:
    return tuple(str(stage.period) if stage else "" for stage in (found.complete, found.in_progress))


@pytest.mark.parametrize(
    ("found", "right"),
    [
        # A third approved in the middle of the quarter, the next one's form just opened.
        (stages(Q2026Q2=form(100), Q2026Q3=form(33, 67), Q2026Q4=form(0)), ("2026Q2", "2026Q3")),
        (stages(Q2026Q2=form(100), Q2026Q3=form(33, 67), Q2027Q1=form(0)), ("2026Q2", "2026Q3")),
        # A few early reports do not begin it either; half of them do.
        (stages(Q2026Q2=form(100), Q2026Q3=form(85, 90), Q2026Q4=form(0, 20)), ("2026Q2", "2026Q3")),
        (stages(Q2026Q2=form(100), Q2026Q3=form(85, 90), Q2026Q4=form(0, 50)), ("2026Q2", "2026Q4")),
        # Once it is over, it goes before the older one that never came to its end.
        (stages(date(2027, 1, 5), Q2026Q2=form(100), Q2026Q3=form(50), Q2026Q4=form(0)), ("2026Q2", "2026Q4")),
        # On its last day the quarter is still running.
        (stages(date(2026, 12, 31), Q2026Q2=form(100), Q2026Q3=form(50), Q2026Q4=form(0)), ("2026Q2", "2026Q3")),
        # At 90 % it is complete, at 89.9 % it is not.
        (stages(Q2026Q2=form(100), Q2026Q3=form(90)), ("2026Q3", "")),
        (stages(Q2026Q2=form(100), Q2026Q3=form(899, of=1000)), ("2026Q2", "2026Q3")),
        (stages(Q2026Q3=form(95), Q2026Q4=form(0)), ("2026Q3", "2026Q4")),
        # A form opened for a period that has not begun is nothing yet, even where nothing else is asked.
        (stages(Q2026Q3=form(95), Q2027Q1=form(0)), ("2026Q3", "")),
        (stages(Q2027Q1=form(0)), ("", "")),
        # Closed, half of it missing: nothing comes in any more. With a reviewer, it is not at its end.
        (stages(Q2026Q2=form(100), Q2026Q3=form(50, closes_on=BEFORE)), ("2026Q3", "")),
        (stages(Q2026Q2=form(100), Q2026Q3=form(50, 60, closes_on=BEFORE)), ("2026Q2", "2026Q3")),
        (stages(Q2026Q2=form(100), Q2026Q3=form(50, closes_on="2026-10-15")), ("2026Q2", "2026Q3")),
        (stages(Q2026Q2=form(100), Q2026Q3=form(0, closes_on=BEFORE)), ("2026Q2", "2026Q3")),
        # Every main form has to be there: a large one does not carry a small one.
        (stages(Q2026Q2=form(100), Q2026Q3=(form(1000, of=1000), form(5, of=10))), ("2026Q2", "2026Q3")),
        (stages(Q2026Q2=form(100), Q2026Q3=(form(95), form(5, of=10, closes_on=BEFORE))), ("2026Q3", "")),
        # What is older than a complete one is over, whatever it misses.
        (stages(Q2026Q1=form(50), Q2026Q2=form(92), Q2026Q3=form(95)), ("2026Q3", "")),
        # Nothing is complete yet.
        (stages(Q2026Q3=form(33)), ("", "2026Q3")),
        (stages(Q2026Q2=form(50), Q2026Q3=form(33)), ("", "2026Q3")),
        (stages(), ("", "")),
    ],
)  # fmt: skip
def test_what_is_complete_and_what_is_in_progress(found, right):
    assert labels(found) == right


@pytest.mark.parametrize(
    ("found", "known", "leader", "staff"),
    [
        (stages(Q2026Q2=form(100), Q2026Q3=form(33)), ("2026Q4", "2026Q3"), "2026Q2", "2026Q3"),
        (stages(Q2026Q3=form(100)), ("2026Q3",), "2026Q3", "2026Q3"),
        (stages(Q2026Q3=form(10)), ("2026Q3",), "2026Q3", "2026Q3"),
        (stages(Q2027Q1=form(0)), ("2027Q1", "2026Q1"), "2026Q1", "2026Q1"),
        (stages(Q2027Q1=form(0)), ("2027Q1",), "2027Q1", "2027Q1"),
        (stages(), (), "2026Q4", "2026Q4"),
    ],
)
def test_where_a_page_opens_for_whom(found, known, leader, staff):
    known = tuple(map(read_period, known))
    assert str(usual_period(found, known, is_leader=True)) == leader
    assert str(usual_period(found, known, is_leader=False)) == staff


@pytest.fixture
def county(story):
    """A long form of four villages and a short one of an enterprise, a quarter each; and one of every month."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,",
        *(f"V{n},村{n},village,{'T' if n < 3 else 'U'},,,," for n in (1, 2, 3, 4)), "E,厂,private_enterprise,U,,,,",
    )  # fmt: skip
    story.indicators(
        "A,受理,件,flow,,,", "B,办结,件,flow,,,", "R,办结率,%,ratio,B,A,", "P,产值,元,flow,,,", "M,会议,次,flow,,,"
    )
    story.form("F", "A", "B", head="unit_categories", values="village")
    story.form("G", "P", head="unit_categories", values="private_enterprise")
    story.form("M", "M", frequency="month", head="unit_categories", values="private_enterprise")
    story.open("F", "2026Q1", "2026Q2")
    story.open("G", "2026Q1", "2026Q2")
    story.open("M", "2026-05", "2026-06")
    for period in ("2026Q1", "2026Q2"):
        story.figures("F", *(f"{period},V{n},A,,10" for n in (1, 2, 3, 4)))
    story.figures("G", "2026Q1,E,P,,1")
    return story


def stages_at(code: str, today: date = OCTOBER) -> Stages:
    organization = Organization.objects.get(code=code)
    return stages_of(organization, tasks_begun([organization.county_id], today), today)


def test_the_largest_form_decides_where_no_headline_is_chosen(county):
    """F is 4 × 4 lines (办结率 is derived), G 1 × 1: that G misses the second quarter holds nothing up."""
    assert labels(stages_at("C")) == ("2026Q2", "")


@pytest.mark.parametrize(("code", "complete"), [("P", "2026Q1"), ("R", "2026Q2"), ("A", "2026Q2"), ("M", "")])
def test_the_forms_of_the_headline_figures_decide(county, code, complete):
    """Also where the form only asks what a headline figure is computed from."""
    headline = Indicator.objects.get(code=code)
    Headline.objects.create(county=Organization.objects.get(code="C"), indicator=headline, position=1)
    assert labels(stages_at("C"))[0] == complete


def test_a_township_is_asked_by_its_own_units(county):
    county.open("F", "2026Q3")
    county.figures("F", *(f"2026Q3,V{n},A,,10" for n in (1, 2)))
    assert (labels(stages_at("C")), labels(stages_at("T")), labels(stages_at("U"))) == (
        ("2026Q2", "2026Q3"), ("2026Q3", ""), ("2026Q2", "2026Q3"),
    )  # fmt: skip


def test_where_the_main_forms_ask_nobody_the_others_decide(county):
    """The enterprise fills no F: G and the form of every month are its own."""
    Headline.objects.create(county=Organization.objects.get(code="C"), indicator=Indicator.objects.get(code="A"), position=1)
    assert labels(stages_at("E")) == ("2026Q1", "2026Q2")


def test_exempt_units_hold_nothing_up(county):
    county.open("F", "2026Q3")
    county.figures("F", *(f"2026Q3,V{n},A,,10" for n in (1, 2, 3)))
    assert labels(stages_at("C")) == ("2026Q2", "2026Q3")
    held = Submission.objects.get(task__form__code="F", task__period="2026Q3", organization__code="V4")
    exempt(submission=held, reason="停业", by=system_operator(), at=timezone.now())
    assert labels(stages_at("C")) == ("2026Q3", "")


def test_a_complete_period_is_found_however_far_back(county):
    """Five quarters since, none of them at its end."""
    county.open("F", "2026Q3", "2026Q4", "2027Q1", "2027Q2", "2027Q3")
    assert labels(stages_at("C", date(2027, 10, 15))) == ("2026Q2", "2027Q3")


def test_above_counties_the_tasks_of_a_form_are_one(story):
    """Nine of ten units: a small county that misses its report does not hold up nine others."""
    counties = [f"C{n},县{n},county,S,,,," for n in range(10)]
    story.orgs("S,市,county,,,,,", *counties, *(f"V{n},村{n},village,C{n},,,," for n in range(10)))
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A", head="unit_categories", values="village")
    for n in range(10):
        story.open("F", "2026Q2", "2026Q3", org=f"C{n}")
    story.figures("F", *(f"2026Q2,V{n},A,,1" for n in range(10)), *(f"2026Q3,V{n},A,,1" for n in range(9)))
    top = Organization.objects.get(code="S")
    found = stages_of(top, tasks_begun(counties_below(top, OCTOBER), OCTOBER), OCTOBER)
    assert labels(found) == ("2026Q3", "")
    assert found.complete.progress.expected == 10
