"""Lists that change what was asked, while reports stand: the reports touched are named, what would re-label figures is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from indicators.catalogue.form_actions import change_form
from indicators.catalogue.forms import HeadForm
from indicators.catalogue.queries import layout_of
from indicators.choices import Kind
from indicators.loading.catalogue import load_catalogue
from indicators.loading.checks import load_checks
from indicators.loading.forms import load_forms
from indicators.models import Form, Indicator
from indicators.periods import read_periods
from orgs.accounts.accounts import system_operator
from orgs.loading.reports_affected import Reports, in_words, reports
from spreadsheets.tables import TableProblems
from submissions.choices import State
from submissions.models import Task
from tests.factories.indicators import AT, make_form, make_indicator
from tests.factories.submissions import a_place, a_task, bring_to, submission_of
from tests.indicators.loading.tables import lines_of, table_of

pytestmark = pytest.mark.django_db
ROW = {"code": "A", "name_zh": "A", "unit": "件", "kind": "flow"}


@pytest.fixture(autouse=True)
def place(settings):
    settings.LANGUAGE_CODE = "en"
    return a_place()


@pytest.fixture
def task(place):
    make_indicator("A", name="A", unit="件", kind=Kind.FLOW)
    return a_task(place.county, make_form("季01表", ("A",)))


@pytest.fixture
def begun(task, place):
    """A task of which one report is as far as the test asks."""

    def bring(state: State) -> Task:
        unit = task.submissions.select_related("organization").order_by("pk").first().organization
        bring_to(state, submission_of(task, unit), place)
        return task

    return bring


def load(row, **given):
    return load_catalogue(table_of(row), by=system_operator(), at=AT, **given)


def refusal(row, **given) -> list[str]:
    with pytest.raises(TableProblems) as caught:
        load(row, **given)
    return lines_of(caught.value)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.PASSED, State.RETURNED, State.APPROVED])
@pytest.mark.parametrize(("column", "value"), [("unit", "万件"), ("kind", "stock"), ("kind", "累计数")])
def test_figures_keep_their_unit_of_measure_and_kind(begun, state, column, value):
    begun(state)
    problems = refusal({**ROW, column: value})
    assert len(problems) == 1
    assert problems[0].startswith(f"file.csv:2: {column}: A has figures in ")
    assert "季01表 Third quarter of 2026" in problems[0]
    assert "valid_to 2026-09-30" in problems[0]
    assert "valid_from 2026-10-01" in problems[0]
    assert (Indicator.objects.get().unit, Indicator.objects.get().kind) == ("件", "flow")


def test_an_empty_unit_of_measure_is_no_other_one(begun):
    begun(State.APPROVED)
    assert refusal({**ROW, "unit": ""}) == ["file.csv:2: unit: This cell is empty; it is needed."]


@pytest.mark.parametrize("code", ["a", "Ａ", "ａ"])
def test_a_code_that_is_a_known_one_in_other_signs_makes_no_second_indicator(task, code):
    assert refusal({**ROW, "code": code}) == [
        f"file.csv:2: code: The code {code} differs from A only by capital or full-width signs; write A."
    ]


def test_the_day_that_is_asked_for_is_in_the_way(begun):
    begun(State.APPROVED)
    assert "valid_from 2027-01-01" in refusal({**ROW, "unit": "万件"}, since=date(2027, 1, 1))[0]
    assert "valid_from 2026-10-01" in refusal({**ROW, "unit": "万件"}, since=date(2026, 8, 1))[0]


def test_another_way_to_write_the_unit_is_no_other_unit(begun):
    begun(State.APPROVED)
    load({**ROW, "unit": " 件"})


def test_before_anybody_begins_the_unit_may_be_mended_and_the_task_is_named(task):
    loaded = load({**ROW, "unit": "万件"})
    assert loaded.changes == ("A A: Unit of measure 件 → 万件.",)
    assert loaded.notes == (
        "Tasks opened and not begun by anybody (季01表 2026Q3) take the change over when open_task is run again.",
    )
    assert Task.objects.get().layout.by_key["A"].unit == "件"


def test_what_else_changes_says_which_reports_it_touches(begun):
    begun(State.APPROVED)
    loaded = load({**ROW, "name_zh": "新名"})
    assert loaded.touched == (
        "Reports already sent in or approved that hold A (季01表 Third quarter of 2026: 1 approved) keep the lines they were opened with.",
    )
    assert load({**ROW, "name_zh": "新名"}).touched == ()


def test_a_form_keeps_its_frequency_while_reports_stand(begun):
    begun(State.SUBMITTED)
    title = Form.objects.get().title
    row = {"form": "季01表", "title": title, "frequency": "month", "indicator_code": "A"}
    with pytest.raises(TableProblems) as caught:
        load_forms(table_of(row), by=system_operator(), at=AT)
    assert lines_of(caught.value)[0].startswith(
        "file.csv:2: frequency: Form 季01表 is reported Quarterly (季01表 Third quarter"
    )
    loaded = load_forms(table_of({**row, "frequency": "quarter", "title": "新表"}), by=system_operator(), at=AT)
    assert loaded.touched == ("Reports of these forms already sent in or approved: 季01表 Third quarter of 2026: 1 sent in.",)


def test_neither_a_page_nor_an_act_changes_the_frequency_meanwhile(begun, place):
    begun(State.SUBMITTED)
    form = Form.objects.get()
    head = {name: getattr(form, name) or "" for name in HeadForm.Meta.fields if name != "unit_categories"}
    page = HeadForm({**head, "frequency": "month"}, instance=Form.objects.get(), counties=(place.county,))
    assert "add a form with a number of its own" in page.errors["frequency"][0]
    with pytest.raises(ValidationError, match="add a form with a number of its own"):
        change_form(form=form, frequency="month", by=system_operator(), at=AT)
    assert HeadForm(head, instance=Form.objects.get(), counties=(place.county,)).is_valid()


def test_a_rule_says_which_reports_it_does_not_ask_again(begun):
    begun(State.APPROVED)
    row = {"form": "季01表", "expression": "{A} >= 0", "severity": "hint"}
    assert (
        "(季01表 Third quarter of 2026: 1 approved) are not checked again"
        in (load_checks(table_of(row), by=system_operator(), at=AT).touched[0])
    )


def test_a_new_indicator_holds_from_the_day_that_is_asked_for():
    load({**ROW, "code": "N"}, since=date(2026, 10, 1))
    assert Indicator.objects.get(code="N").valid_from == date(2026, 10, 1)


def test_the_dated_way_asks_each_definition_in_its_time(begun, place):
    begun(State.APPROVED)
    load({**ROW, "valid_to": "2026-09-30"})
    load({**ROW, "code": "A2", "unit": "万件", "valid_from": "2026-10-01"})
    form = make_form("季02表", ("A", "A2"))
    assert [line.code for line in layout_of(form, date(2026, 9, 30)).lines] == ["A"]
    assert [line.code for line in layout_of(form, date(2026, 10, 1)).lines] == ["A2"]
    assert [line.code for line in layout_of(form).lines] == ["A", "A2"]


def test_many_reports_are_shortened():
    quarters = [
        Reports("季01表", str(period), str(period), period.first_day, period.last_day, approved=1)
        for period in read_periods("2025Q1,2025Q2,2025Q3,2025Q4,2026Q1,2026Q2")
    ]
    assert in_words([*quarters, quarters[0]]) == (
        "季01表 2026Q2: 1 approved; 季01表 2026Q1: 1 approved; 季01表 2025Q4: 1 approved; 季01表 2025Q3: 1 approved; 2 earlier ones"
    )
    assert in_words([]) == ""


def test_the_reports_of_units_in_a_stretch_of_time(begun, place):
    task = begun(State.APPROVED)
    unit = task.submissions.get(state=State.APPROVED).organization
    of_units = reports().of_units
    (found,) = of_units([unit.pk], date(2026, 9, 30), None)
    assert (found.form, found.period, found.approved, found.sent_in, found.drafts, found.units) == (
        "季01表",
        "2026Q3",
        1,
        0,
        0,
        (unit.code,),
    )
    assert of_units([unit.pk], date(2026, 10, 1), None) == []
    assert of_units([unit.pk], date(2000, 1, 1), date(2026, 6, 30)) == []
    assert len(of_units([unit.pk], date(2000, 1, 1), date(2026, 7, 1))) == 1
    assert of_units([place.county.pk], date(2000, 1, 1), None) == []
