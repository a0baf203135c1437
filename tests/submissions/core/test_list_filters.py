"""Filters by form and year offer what the list has, and nothing of other counties."""

from datetime import date

import pytest
from django.http import QueryDict

from submissions.core.list_filters import form_filter, year_filter
from submissions.models import Submission, Task
from submissions.tasks.tables import TaskFilter
from tests.factories.indicators import make_form
from tests.factories.orgs import a_county, an_organization
from tests.factories.submissions import a_task

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 10)


@pytest.fixture
def tasks():
    """Two counties with a form each; the list is that of the first."""
    here, there = a_county("C1"), a_county("C2")
    for county in (here, there):
        an_organization(f"V{county.code}", parent=county)
    a_task(here, make_form("H", ("A",)), due_on=DUE)
    a_task(there, make_form("T", ("B",), owner=there), due_on=DUE)
    return Task.objects.filter(county=here)


def choices(found: TaskFilter, name: str) -> list[str]:
    return [value for value, _label in found.form.fields[name].choices if value]


def test_only_forms_and_years_of_the_list_are_offered(tasks):
    found = TaskFilter(QueryDict(), queryset=tasks)
    assert choices(found, "form") == ["H"]
    assert choices(found, "year") == ["2026"]


@pytest.mark.parametrize(
    ("found", "field", "lookup", "label", "every"),
    [
        (form_filter, "form__code", "exact", "Form", "All forms"),
        (form_filter, "task__form__code", "exact", "Form", "All forms"),
        (year_filter, "period", "startswith", "Year", "All years"),
        (year_filter, "task__period", "startswith", "Year", "All years"),
    ],
)
def test_by_what_a_list_is_narrowed(found, field, lookup, label, every):
    made = found(field.removesuffix("__code"))
    assert (made.field_name, made.lookup_expr, str(made.label), str(made.extra["empty_label"])) == (field, lookup, label, every)
    assert made.kept


def test_forms_stand_in_their_order_with_title_and_number_and_years_backwards(tasks):
    here = tasks.get().county
    a_task(here, make_form("A2", ("A",), title="二表", sort_order=2), period="2025Q3", due_on=date(2025, 10, 10))
    a_task(here, make_form("Z1", ("A",), title="一表", sort_order=1), due_on=DUE)
    a_task(here, tasks.first().form, period="2025Q4", due_on=date(2026, 1, 10))
    assert form_filter("form").offered(Task.objects.filter(county=here)) == [
        ("H", "H基层表 H"), ("Z1", "一表 Z1"), ("A2", "二表 A2"),
    ]  # fmt: skip
    assert year_filter("period").offered(Task.objects.filter(county=here)) == [("2026", "2026"), ("2025", "2025")]
    reports = Submission.objects.filter(county=here, task__form__code="Z1")
    assert form_filter("task__form").offered(reports) == [("Z1", "一表 Z1")]
    assert year_filter("task__period").offered(reports) == [("2026", "2026")]


@pytest.mark.parametrize(
    ("asked", "count"), [("form=H", 1), ("form=T", 0), ("form=gone", 0), ("year=2026", 1), ("year=2025", 0)]
)
def test_what_no_row_has_is_an_empty_list(tasks, asked, count):
    found = TaskFilter(QueryDict(asked), queryset=tasks)
    assert (found.errors, found.qs.count()) == ({}, count)


@pytest.mark.parametrize("year", ["abcd", "26", "20261", "１９９９", "2026年", "-2026", "0000"])
def test_what_is_no_year_is_refused_and_narrows_nothing(tasks, year):
    found = TaskFilter(QueryDict(mutable=True) | {"year": year}, queryset=tasks)
    assert (list(found.errors), found.qs.count(), "year" in choices(found, "year")) == (["year"], 1, False)
