"""Who reviews next, on lines that changed since the period, and what a report leans on from before."""

from datetime import date

import pytest
from django.db.models import ProtectedError

from indicators.choices import Kind
from indicators.measures.history import EarlierDocuments
from orgs.choices import Role
from orgs.models import Placement
from submissions.core.history import earlier_for
from submissions.core.reviewers import Lines, lines_for
from submissions.core.unit_reports import elsewhere_for
from submissions.tasks.progress import Progress
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import a_county, a_township, a_user, an_organization
from tests.factories.submissions import a_place, a_task, send, submission_of

COUNTY, TOWN, GROUP, UNIT = 1, 2, 3, 4


def lines(then, today=None, standing=(COUNTY, TOWN, GROUP, 5), reviewers=()) -> Lines:
    return Lines(COUNTY, {UNIT: then}, {UNIT: today} if today else {}, frozenset(standing), frozenset(reviewers))


@pytest.mark.parametrize(("given", "level", "right"), [
    (lines([GROUP, TOWN, COUNTY], reviewers=(TOWN,)), None, TOWN),
    (lines([GROUP, TOWN, COUNTY], reviewers=(GROUP, TOWN)), None, GROUP),
    (lines([GROUP, TOWN, COUNTY], reviewers=(GROUP, TOWN)), GROUP, TOWN),
    (lines([GROUP, TOWN, COUNTY], reviewers=(GROUP, TOWN)), TOWN, COUNTY),
    (lines([GROUP, TOWN, COUNTY]), None, COUNTY),
    (lines([], reviewers=(COUNTY,)), None, COUNTY),  # the county's own report
    (lines([TOWN, COUNTY], today=[5, COUNTY], standing=(COUNTY, 5), reviewers=(TOWN, 5)), None, 5),  # TOWN is gone, the unit moved
    (lines([TOWN, COUNTY], standing=(COUNTY,), reviewers=(TOWN,)), None, COUNTY),  # TOWN is gone and so is the unit
])  # fmt: skip
def test_the_next_above(given, level, right):
    assert given.next_above(UNIT, level) == right


@pytest.mark.django_db
def test_the_line_of_the_period_counts_while_it_stands():
    county = a_county("350100")
    old, new = a_township("35010001", county), a_township("35010002", county)
    for town in (old, new):
        a_user(Role.REVIEWER, town)
    village = an_organization("3501000101", parent=old)
    task = a_task(county, period="2026Q2", due_on=date(2026, 7, 10))
    Placement.objects.filter(organization=village).update(valid_to=date(2026, 6, 30))
    moved = Placement.objects.get(organization=village)
    Placement.objects.create(
        county=county,
        organization=village,
        parent=new,
        valid_from=date(2026, 7, 1),
        path=moved.path.replace(f"{old.pk:08d}", f"{new.pk:08d}"),
    )
    today = date(2026, 7, 5)
    assert lines_for(task, [village.pk], today).next_above(village.pk) == old.pk
    Placement.objects.filter(organization=old).update(valid_to=date(2026, 7, 1))
    assert lines_for(task, [village.pk], today).next_above(village.pk) == new.pk


@pytest.mark.django_db
def test_standing_documents_only_and_constant_queries(django_assert_num_queries):
    place = a_place()
    make_indicator("C", kind=Kind.CUMULATIVE)
    form = make_form("累计表", ("C",))
    dues = {
        "2025Q3": date(2025, 10, 10),
        "2025Q4": date(2026, 1, 10),
        "2026Q1": date(2026, 4, 10),
        "2026Q2": date(2026, 7, 10),
        "2026Q3": date(2026, 10, 10),
    }
    tasks = {period: a_task(place.county, form, period=period, due_on=due) for period, due in dues.items()}
    for number, period in enumerate(("2025Q3", "2025Q4", "2026Q1")):
        send(submission_of(tasks[period], place.village), {"C": 10 + number}, by=place.clerk)
    ids = [place.village.pk, place.other_village.pk]
    with django_assert_num_queries(1):
        third = earlier_for(tasks["2026Q3"], ids)
    assert third[place.village.pk] == EarlierDocuments(previous=None, year=({"C": 12}, None), same_last_year={"C": 10})
    assert third[place.other_village.pk] == EarlierDocuments(previous=None, year=(None, None), same_last_year=None)
    first = earlier_for(tasks["2026Q1"], ids)
    assert first[place.village.pk] == EarlierDocuments(previous={"C": 11}, year=(), same_last_year=None)


@pytest.mark.django_db
def test_other_forms_are_read_only_where_a_rule_looks_at_them(django_assert_num_queries):
    place = a_place()
    make_indicator("X")
    make_indicator("Y")
    make_indicator("R", numerator="{X}", denominator="{Y}")
    other = a_task(place.county, make_form("另表", ("X", "Y", "R")))
    mine = a_task(place.county, make_form("本表", ("A",)))
    send(submission_of(other, place.village), {"X": 9, "Y": 10}, by=place.clerk)
    with django_assert_num_queries(0):
        assert elsewhere_for(mine, [place.village.pk], set()) == {}
    with django_assert_num_queries(4):  # the tasks, and for each form its reports with what they lean on
        found = elsewhere_for(mine, [place.village.pk], {"X", "R"})
    assert found == {place.village.pk: {"X": 9, "R": 90}}


@pytest.mark.django_db
def test_who_answered_is_never_deleted():
    """T49: values are protected, no cascade removes history."""
    place = a_place()
    send(submission_of(a_task(place.county), place.village), by=place.clerk)
    for thing in (place.village, place.clerk):
        with pytest.raises(ProtectedError):
            thing.delete()


@pytest.mark.parametrize(
    ("sent", "expected", "right"), [(37, 38, "97.4%"), (38, 38, "100.0%"), (0, 38, "0.0%"), (0, 0, "—"), (1, 3, "33.3%")]
)
def test_rates_are_of_those_expected(sent, expected, right):
    """T31: the one that is missing shows."""
    assert Progress(expected=expected, submitted=sent).submitted_rate == right
