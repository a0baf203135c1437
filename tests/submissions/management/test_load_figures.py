"""The figures loader: same checks, same acts, all or nothing, idempotent, errors with their row."""

import csv
import io
import json
from copy import deepcopy
from datetime import date

import pytest
from django.core.management import call_command

from audit.models import Event
from indicators.choices import Kind
from indicators.measures.document_measures import pack
from indicators.measures.history import EarlierDocuments
from orgs.accounts.accounts import system_operator
from submissions.choices import State
from submissions.core.change_records import replayed
from submissions.models import Review, Submission, Version
from submissions.tasks.exemptions import exempt
from tests.factories.indicators import make_check, make_form, make_indicator
from tests.factories.submissions import AT, a_place, a_task, bring_to, fill, submission_of

pytestmark = pytest.mark.django_db
HEAD = ("form", "period", "org_code", "indicator_code", "item", "value")


@pytest.fixture(scope="module")
def module_place(module_db):
    return a_place()


@pytest.fixture
def place(module_place, db):
    return deepcopy(module_place)


@pytest.fixture
def task(place):
    make_indicator("A")
    make_indicator("B", items=("甲", "乙"))
    make_indicator("S", kind=Kind.STOCK)
    make_indicator("R", numerator="{A}", denominator="{S}")
    return a_task(place.county, make_form("季01表", ("A", "B", "S", "R")))


@pytest.fixture
def load(tmp_path):
    """load(rows, state="submitted") -> (exit code, stdout, stderr); a row leaves out form and period."""

    def run(*rows: tuple, state: str = "submitted", period: str = "2026Q3", form: str = "季01表", head=HEAD, name="数.csv"):
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file).writerows([head, *((form, period, *row) for row in rows)])
        out, error = io.StringIO(), io.StringIO()
        try:
            call_command("load_figures", str(path), state=state, stdout=out, stderr=error)
        except SystemExit as ended:
            return ended.code, out.getvalue(), error.getvalue().replace(f"{tmp_path}/", "")
        return 0, out.getvalue(), error.getvalue().replace(f"{tmp_path}/", "")

    return run


FIGURES = (
    ("3501000101", "A", "", "12"),
    ("3501000101", "B", "", "3"),
    ("3501000101", "B", "甲", "1"),
    ("3501000101", "B", "乙", "2"),
    ("3501000101", "S", "", "1,200"),
    ("3501000102", "A", "", "NA"),
    ("3501000102", "S", "", ""),
    ("3501000102", "B", "", "0"),
)


def test_approved_goes_through_every_level(place, task, load):
    code, out, error = load(*FIGURES, state="approved")
    assert (code, error) == (0, "")
    assert "2" in out
    first, second = submission_of(task, place.village), submission_of(task, place.other_village)
    assert first.standing.figures == {"A": 12, "B": 3, "B:甲": 1, "B:乙": 2, "S": 1200}
    assert second.standing.figures == {"A": "NA", "B": 0}
    assert first.state == second.state == State.APPROVED
    assert bytes(first.standing.measures) == pack(
        task.layout, "village", first.standing.figures, EarlierDocuments(year=(None, None))
    )
    acts = list(Review.objects.filter(submission=first).order_by("id").values_list("act", "organization_id", "by__username"))
    assert acts == [
        ("submit", place.village.pk, "system"), ("pass", place.township.pk, "system"), ("approve", place.county.pk, "system"),
    ]  # fmt: skip


def test_one_event_per_unit_says_who_and_how(place, task, load):
    load(*FIGURES, state="approved")
    events = Event.objects.filter(kind="submission.loaded")
    assert events.count() == 2
    event = events.get(subject=f"submission:{submission_of(task, place.village).pk}")
    assert (event.actor_name, event.channel) == ("system", "command:load_figures")
    data = json.loads(event.data)
    assert (data["A"], data["_state"]) == ([None, 12], ["blank", "approved"])
    for submission in Submission.objects.all():
        assert replayed(submission) == submission.standing.figures


@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
def test_the_same_file_again_changes_nothing(place, task, load, state):
    load(*FIGURES, state=state)
    before = (Event.objects.count(), list(Version.objects.order_by("id").values()))
    code, out, _error = load(*FIGURES, state=state)
    assert (code, (Event.objects.count(), list(Version.objects.order_by("id").values()))) == (0, before)
    assert "2" in out


def test_from_draft_to_submitted_to_approved(place, task, load):
    for state in ("draft", "submitted", "approved"):
        assert load(*FIGURES, state=state)[0] == 0
        assert submission_of(task, place.village).state == state
    assert Version.objects.filter(submission__organization=place.village).count() == 1


def test_an_approved_report_with_other_figures_is_locked(place, task, load):
    load(*FIGURES, state="approved")
    code, _out, error = load(("3501000101", "A", "", "13"))
    assert code == 1
    assert error.startswith("数.csv:2: org_code: ")
    assert "correct" in error
    assert submission_of(task, place.village).standing.figures["A"] == 12


def test_what_waits_for_review_is_not_overwritten(place, task, load):
    load(*FIGURES)
    assert load(("3501000101", "A", "", "13"))[0] == 1
    assert submission_of(task, place.village).standing.figures["A"] == 12


def test_a_clerks_draft_is_completed_and_not_emptied(place, task, load):
    fill(submission_of(task, place.village), {"S": 7}, by=place.clerk)
    load(("3501000101", "A", "", "12"))
    version = submission_of(task, place.village).standing
    assert (version.figures, version.number) == ({"A": 12, "S": 7}, 1)


def test_an_empty_value_clears_the_cell(place, task, load):
    """T2: a blank in this file is on purpose."""
    load(*FIGURES, state="draft")
    load(("3501000101", "S", "", ""), state="draft")
    submission = submission_of(task, place.village)
    assert "S" not in submission.versions.get().figures
    data = json.loads(Event.objects.filter(kind="submission.loaded").latest("sequence").data)
    assert data["S"] == [1200, None]


def test_nil_for_the_whole_form(place, task, load):
    code, _out, error = load(("3501000101", "", "", "NIL"))
    assert code == 1
    assert "S" in error
    assert load(("3501000101", "", "", "NIL"), ("3501000101", "S", "", "40"))[0] == 0
    version = submission_of(task, place.village).standing
    assert (version.nil_report, version.figures) == (True, {"A": 0, "B": 0, "B:甲": 0, "B:乙": 0, "S": 40})
    assert load(("3501000101", "", "", "NIL"), ("3501000101", "S", "", "40"))[0] == 0


@pytest.mark.parametrize(("row", "column", "word"), [
    (("没有", "A", "", "1"), "org_code", "没有"),
    (("350100", "A", "", "1"), "org_code", "350100县"),
    (("3501000101", "Z", "", "1"), "indicator_code", "Z"),
    (("3501000101", "R", "", "1"), "indicator_code", "R"),
    (("3501000101", "B", "丙", "1"), "item", "丙"),
    (("3501000101", "A", "", "1.2.3"), "value", "1.2.3"),
    (("3501000101", "A", "", "1.5"), "value", "1.5"),
    (("3501000101", "A", "", "-1"), "value", "-1"),
    (("3501000101", "A", "", "1e5"), "value", "1e5"),
    (("3501000101", "A", "", "NIL"), "value", "NIL"),
    (("3501000101", "", "", "0"), "value", "NIL"),
    (("3501000101", "S", "", "7"), "indicator_code", "2"),
])  # fmt: skip
def test_errors_are_reported_with_their_row_and_nothing_is_taken(place, task, load, row, column, word):
    code, _out, error = load(("3501000101", "S", "", "5"), row)
    assert code == 1
    assert error.startswith(f"数.csv:3: {column}: ")
    assert word in error.splitlines()[0]
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("given", "column"), [({"form": "旧表"}, "form"), ({"period": "2026Q9"}, "period"), ({"period": "2025Q3"}, "period")]
)
def test_the_form_and_the_period_must_be_open(place, task, load, given, column):
    code, _out, error = load(("3501000101", "A", "", "5"), **given)
    assert code == 1
    assert error.startswith(f"数.csv:2: {column}: ")


def test_an_unknown_column_is_refused_by_name(place, task, load):
    code, _out, error = load(("3501000101", "A", "", "5", "x"), head=(*HEAD, "remark"))
    assert (code, "remark" in error) == (1, True)


def test_mandatory_findings_stop_the_file_at_their_row(place, task, load):
    make_check(task.form, "{A} <= {S}")
    code, _out, error = load(
        ("3501000101", "S", "", "5"), ("3501000101", "A", "", "6"), ("3501000102", "A", "", "1"), ("3501000102", "S", "", "1")
    )
    assert code == 1
    assert error.startswith("数.csv:3: value: ")
    assert not Version.objects.exists()


def test_findings_to_verify_are_noticed_and_settled_in_the_operators_name(place, task, load):
    make_check(task.form, "{A} <= 10", severity="verify", message="A 一般不超过 10")
    code, _out, error = load(*FIGURES, state="approved")
    assert code == 0
    assert error.startswith("数.csv:2: value: ")
    version = submission_of(task, place.village).standing
    (finding,) = version.findings
    assert "数.csv" in finding["explanation"]
    assert load(*FIGURES, state="approved", name="again.csv")[0] == 0


def test_an_exempt_unit_is_not_loaded(place, task, load):
    exempt(submission=submission_of(task, place.village), reason="停业", by=place.officer, at=AT)
    code, _out, error = load(*FIGURES)
    assert (code, "停业" in error) == (1, True)


def test_a_return_loaded_again_unchanged_is_refused(place, task, load):
    bring_to(State.RETURNED, submission_of(task, place.village), place)
    assert load(("3501000101", "A", "", "1"))[0] == 1
    assert load(("3501000101", "A", "", "2"))[0] == 0


def test_earlier_periods_are_loaded_first(place, tmp_path):
    """A running total's part needs the quarter before, whatever the order of the rows."""
    make_indicator("C", kind=Kind.CUMULATIVE)
    form = make_form("累计表", ("C",))
    for period, due in (("2026Q1", date(2026, 4, 10)), ("2026Q2", date(2026, 7, 10))):
        a_task(place.county, form, period=period, due_on=due)
    path = tmp_path / "c.csv"
    rows = [HEAD, ("累计表", "2026Q2", "3501000101", "C", "", "25"), ("累计表", "2026Q1", "3501000101", "C", "", "10")]
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    call_command("load_figures", str(path), state="approved", stdout=io.StringIO())
    second = Submission.objects.get(task__period="2026Q2", organization=place.village)
    right = pack(second.task.layout, "village", {"C": 25}, EarlierDocuments(previous={"C": 10}, year=({"C": 10},)))
    assert bytes(second.standing.measures) == right


def test_a_thousand_units_cost_no_more_reads_than_two(place, task, load, django_assert_max_num_queries):
    """Everything but the audit event (three statements a unit) is read and written for all at once."""
    with django_assert_max_num_queries(60):
        load(*FIGURES, state="approved")
    assert system_operator().username == "system"
