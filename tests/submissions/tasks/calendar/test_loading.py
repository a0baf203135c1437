"""A county's own days come in by a table: all or nothing, idempotent, and no open task moves."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from orgs.accounts.accounts import system_operator
from spreadsheets.tables import TableProblems, read_table
from submissions.models import CalendarDay, Task
from submissions.tasks.calendar.loading import load_calendar
from tests.factories.submissions import AT, a_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def load(county, text: str):
    table = read_table(text.encode(), "days.csv")
    return load_calendar(table, county=county, by=system_operator(), at=AT)


@pytest.mark.parametrize(
    ("head", "row", "kept"),
    [
        ("day,kind,name", "2027-02-08,off,春节", (date(2027, 2, 8), False, "春节")),
        ("日期,类型,名称", "2027/2/8,放假,春节", (date(2027, 2, 8), False, "春节")),
        ("日期,安排", "2027年2月14日,调休上班", (date(2027, 2, 14), True, "")),
        ("名称,日期,是否上班".replace("是否上班", "类别"), "春节,2027.2.14,补班", (date(2027, 2, 14), True, "春节")),
    ],
)
def test_as_offices_write_it(head, row, kept, place):
    assert load(place.county, f"{head}\n{row}\n").added == 1
    assert CalendarDay.objects.values_list("day", "is_working", "name").get() == kept
    again = load(place.county, f"{head}\n{row}\n")
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert Event.objects.filter(kind="calendar.loaded").count() == 1


@pytest.mark.parametrize(
    ("rows", "column", "word"),
    [
        ("2027-02-30,off,", "day", "not a date"),
        (",off,", "day", "not a date"),
        ("2027-02-08,,", "kind", "empty"),
        ("2027-02-08,maybe,", "kind", "not one of"),
        ("2027-02-08,off,\n2027-02-08,working,", "day", "row 2"),
        (f"2027-02-08,off,{'长' * 61}", "name", "longer"),
    ],
)
def test_what_is_refused_writes_nothing(rows, column, word, place):
    with pytest.raises(TableProblems) as refusal:
        load(place.county, f"day,kind,name\n2027-01-01,off,元旦\n{rows}\n".replace("row 2", "row 3"))
    lines = " ".join(refusal.value.lines())
    assert column in lines
    assert (word if word != "row 2" else "row 3") in lines
    assert not CalendarDay.objects.exists()


def test_days_left_out_stay_and_a_changed_day_is_said(place):
    load(place.county, "day,kind\n2027-02-08,off\n2027-02-09,off\n")
    loaded = load(place.county, "day,kind\n2027-02-09,working\n")
    assert (loaded.added, loaded.changed) == (0, 1)
    assert "2027-02-09: Day off → Working day." in loaded.sentence
    assert list(CalendarDay.objects.order_by("day").values_list("is_working", flat=True)) == [False, True]


def test_open_tasks_keep_their_days_and_are_named(place):
    a_task(place.county)
    loaded = load(place.county, "day,kind\n2026-10-10,off\n")
    assert "2026-10-10" in loaded.notes[0]
    assert Task.objects.get().due_on == date(2026, 10, 10)


def test_the_command_and_a_county_that_is_none(place, tmp_path):
    file = tmp_path / "days.csv"
    file.write_text("日期,类型,名称\n2027-02-08,放假,春节\n")
    out = io.StringIO()
    call_command("load_calendar", str(file), stdout=out)
    assert "1 added" in out.getvalue()
    with pytest.raises(CommandError, match="no county"):
        call_command("load_calendar", str(file), org=place.village.code)
    trial = io.StringIO()
    call_command("load_calendar", str(file), dry_run=True, stdout=trial)
    assert CalendarDay.objects.count() == 1
