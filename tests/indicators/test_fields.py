"""A period and categories of units are values from the moment they are set, and texts in the columns."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Max

from indicators.models import Form, FormLine
from indicators.periods import Period, read_period
from submissions.models import Task
from tests.factories.indicators import make_form
from tests.factories.orgs import a_county, a_township, an_organization
from tests.factories.submissions import a_task

WEEK, MONTH = "2026W09", "2026-09"


@pytest.mark.parametrize("text", ["2026", "2026H1", "2026Q3", MONTH, WEEK])
def test_a_period_is_a_value_from_the_moment_it_is_set(text):
    assert Task().period is None
    for given in (text, read_period(text)):
        period = Task(period=given).period
        assert isinstance(period, Period)
        assert str(period) == text
    assert Task(period=f" {read_period(text).label} ").period == read_period(text)


@pytest.mark.parametrize("text", ["", "2026Q5", "2026-13", "2025W53", "2026-09-01", "soon"])
def test_what_is_no_period_is_refused_with_the_sentence(text):
    with pytest.raises(ValidationError) as refused:
        Task(period=text)
    assert refused.value.messages[0]


@pytest.fixture
def tasks(db):
    county = a_county()
    an_organization("V", parent=a_township("T", county))
    frequencies = {"2026Q1": "quarter", "2026Q2": "quarter", MONTH: "month", WEEK: "week"}
    for number, (period, frequency) in enumerate(frequencies.items()):
        a_task(county, form=make_form(f"表{number}", frequency=frequency), period=period)
    return Task.objects.order_by("pk")


def test_the_column_keeps_the_text_it_always_had(tasks):
    with connection.cursor() as cursor:
        cursor.execute("SELECT period FROM submissions_task ORDER BY id")
        assert [text for (text,) in cursor.fetchall()] == ["2026Q1", "2026Q2", MONTH, WEEK]


def test_lookups_take_a_period_or_its_text(tasks):
    for given in ("2026Q2", read_period("2026Q2"), read_period("2026年第二季度")):
        assert Task.objects.get(period=given).period == read_period("2026Q2")
    assert Task.objects.filter(period__in=[MONTH, read_period(WEEK)]).count() == 2
    assert Task.objects.filter(period__gt=read_period("2026Q1"), form__frequency="quarter").count() == 1
    assert not Task.objects.filter(period="no period").exists()


def test_every_way_of_reading_gives_a_period(tasks):
    quarters = tasks.filter(form__frequency="quarter")
    assert list(quarters.values_list("period", flat=True)) == [read_period("2026Q1"), read_period("2026Q2")]
    assert quarters.aggregate(last=Max("period"))["last"] == read_period("2026Q2")
    assert quarters.values("period")[0] == {"period": read_period("2026Q1")}
    assert tasks.defer("period")[0].period == read_period("2026Q1")


def test_categories_are_in_their_order_each_once_and_of_the_list():
    assert Form(unit_categories=("community", "village", "community")).unit_categories == ("village", "community")
    assert Form(unit_categories="community; village").unit_categories == ("village", "community")
    assert FormLine().unit_categories == ()
    with pytest.raises(ValidationError, match="moon"):
        Form(unit_categories=("village", "moon"))


@pytest.mark.django_db
def test_categories_are_kept_and_found_as_they_are_written():
    form = make_form("季01表", unit_categories=("community", "village"))
    assert Form.objects.get(pk=form.pk).unit_categories == ("village", "community")
    Form.objects.filter(pk=form.pk).update(unit_categories=["school", "village"])
    assert Form.objects.get(unit_categories=("village", "school")) == form
    assert Form.objects.values_list("unit_categories", flat=True).get() == ("village", "school")
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_categories FROM indicators_form")
        assert cursor.fetchone() == ("village;school",)
