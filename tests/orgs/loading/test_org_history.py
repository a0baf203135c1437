"""A table of organizations changes no past by accident: places without a day, closings inside a period, whose reports it touches."""

import json
from datetime import date

import pytest

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.loading.orgs import load_orgs
from orgs.models import Organization, Placement
from orgs.tree.queries import placement_on, report_tree_on
from orgs.tree.restructuring import close
from spreadsheets.tables import TableProblems, read_table
from submissions.choices import State
from submissions.models import Submission
from tests.factories.orgs import a_township
from tests.factories.submissions import AT, LATER, a_place, a_task, bring_to, submission_of

pytestmark = pytest.mark.django_db
HEAD = "code,name,parent_code,valid_from,valid_to"
JULY, SEPTEMBER, OCTOBER = date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 1)
BEGUN = [State.DRAFT, State.SUBMITTED, State.RETURNED, State.PASSED, State.APPROVED]


@pytest.fixture
def place():
    found = a_place()
    a_township("T2", found.county, name="白沙镇")
    return found


def load(*rows: str, head: str = HEAD, since: date | None = None):
    table = read_table("\n".join([head, *rows]).encode(), "orgs.csv")
    return load_orgs(table, by=system_operator(), at=LATER, since=since)


def row(unit: Organization, *cells: str) -> str:
    return ",".join([unit.code, unit.name, *cells])


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Organization, Placement, Submission, Event)]


def refused(*rows: str, **given) -> list[tuple[int, str, str]]:
    before = everything()
    with pytest.raises(TableProblems) as problems:
        load(*rows, **given)
    assert everything() == before
    return [(problem.row, problem.column, problem.sentence) for problem in problems.value.problems]


def test_another_place_without_a_day_is_refused_with_the_two_ways_to_say_it(place):
    ((number, column, sentence),) = refused(row(place.village, "T2", "", ""))
    assert (number, column) == (2, "parent_code")
    assert "白沙镇 (T2)" in sentence
    assert "valid_from" in sentence
    assert "--from" in sentence


def test_from_gives_the_day(place):
    loaded = load(row(place.village, "T2", "", ""), since=OCTOBER)
    assert (loaded.changed, placement_on(place.village.pk, SEPTEMBER).parent) == (1, place.township)
    assert placement_on(place.village.pk, OCTOBER).parent.code == "T2"
    assert "moved from" in loaded.sentence
    assert "2026-10-01" in loaded.sentence
    assert load(row(place.village, "T2", "", ""), since=OCTOBER).changed == 0


def test_another_district_without_a_day_is_refused_too(place):
    ((_row, column, _sentence),) = refused(row(place.village, "T2"), head="code,name,district_code")
    assert column == "district_code"


@pytest.mark.parametrize("state", BEGUN)
def test_a_closing_inside_a_period_with_a_report_is_refused(place, state):
    bring_to(state, submission_of(a_task(place.county), place.village), place)
    ((number, column, sentence),) = refused(row(place.village, "", "", "2026-08-15"))
    assert (number, column) == (2, "valid_to")
    assert "2026-09-30" in sentence
    assert "--from 2026-10-01" in sentence


def test_a_closing_after_the_period_is_done(place):
    bring_to(State.APPROVED, submission_of(a_task(place.county), place.village), place)
    assert load(row(place.village, "", "", "2026-09-30")).changed == 1


def test_from_closes_after_the_period(place):
    bring_to(State.APPROVED, submission_of(a_task(place.county), place.village), place)
    loaded = load(row(place.village, "", "2000-01-01", "2026-08-15"), since=OCTOBER)
    assert placement_on(place.village.pk, SEPTEMBER) is not None
    assert placement_on(place.village.pk, OCTOBER) is None
    assert "2026-09-30" in loaded.sentence
    assert refused(row(place.other_village, "", "", "2026-08-15"), row(place.township, "", "", "2026-08-15")) != []


def test_an_act_closes_within_a_reported_period_and_the_report_stands(place):
    submission = bring_to(State.APPROVED, submission_of(a_task(place.county), place.village), place)
    close(organization=place.village, on=date(2026, 8, 15), by=system_operator(), at=LATER)
    submission.refresh_from_db()
    assert submission.state == State.APPROVED
    assert placement_on(place.village.pk, SEPTEMBER) is None
    assert place.village.pk in report_tree_on(place.county.pk, SEPTEMBER)


def test_what_nobody_began_is_no_longer_expected_and_that_is_reported(place):
    task = a_task(place.county)
    loaded = load(row(place.village, "", "", "2026-08-15"))
    assert not Submission.objects.filter(task=task, organization=place.village).exists()
    assert "no longer expected" in loaded.sentence
    assert Event.objects.filter(kind="submission.dropped").count() == 1


def test_what_is_exempt_stays_in_the_ledger(place):
    submission = bring_to(State.EXEMPT, submission_of(a_task(place.county), place.village), place)
    assert load(row(place.village, "", "", "2026-08-15")).changed == 1
    assert Submission.objects.filter(pk=submission.pk).exists()


def test_a_dated_move_into_a_period_names_the_reports_it_touches(place):
    bring_to(State.APPROVED, submission_of(a_task(place.county), place.village), place)
    loaded = load(row(place.village, "T2", "2026-08-15", ""))
    (sentence,) = loaded.touched
    assert "Third quarter of 2026 (1 approved)" in sentence
    assert place.village.code in sentence
    data = json.loads(Event.objects.filter(kind="tree.changed").latest("pk").data)
    assert [*data["reports"].values()] == [[place.village.pk]]


def test_a_township_that_moves_takes_the_reports_below_it_along(place):
    bring_to(State.APPROVED, submission_of(a_task(place.county), place.village), place)
    assert place.village.code in load(row(place.township, "T2", "2026-08-15", "")).touched[0]


@pytest.mark.parametrize("row_of", [
    lambda place: row(place.village, "T2", "2026-10-01", ""),  # after the period
    lambda place: row(place.other_village, "T2", "2026-08-15", ""),  # a unit without a report
    lambda place: f"P,市,,,\n{row(place.county, 'P', '', '')}",  # above the county nothing of it changes
])  # fmt: skip
def test_what_touches_no_report_names_none(place, row_of):
    bring_to(State.APPROVED, submission_of(a_task(place.county), place.village), place)
    assert load(*row_of(place).split("\n")).touched == ()


def test_renamed_and_reported_from_what_to_what(place):
    loaded = load(f"{place.village.code},石桥村,王一", head="code,name,contact")
    assert loaded.changes == (f"石桥村 ({place.village.code}): renamed from {place.village.name}; Contact — → 王一.",)


@pytest.mark.parametrize("villages", [3, 40])
def test_a_row_costs_no_query_of_its_own(place, villages, django_assert_max_num_queries):
    bring_to(State.APPROVED, submission_of(a_task(place.county), place.village), place)
    rows = [f"N{number},{number}村,{place.township.code},," for number in range(villages)]
    load(*rows)
    table = read_table("\n".join([HEAD, *(line.replace(place.township.code, "T2") for line in rows)]).encode(), "orgs.csv")
    with django_assert_max_num_queries(35):
        assert load_orgs(table, by=system_operator(), at=AT, since=date(2026, 8, 1)).changed == villages
