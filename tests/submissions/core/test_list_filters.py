"""Filters by form and year offer what the list has, and nothing of other counties."""

from datetime import date

import pytest
from django.http import QueryDict

from submissions.models import Task
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
    ("asked", "count"), [("form=H", 1), ("form=T", 0), ("form=gone", 0), ("year=2026", 1), ("year=2025", 0)]
)
def test_what_no_row_has_is_an_empty_list(tasks, asked, count):
    found = TaskFilter(QueryDict(asked), queryset=tasks)
    assert (found.errors, found.qs.count()) == ({}, count)


@pytest.mark.parametrize("year", ["abcd", "26", "20261", "１９９９", "2026年", "-2026", "0000"])
def test_what_is_no_year_is_refused_and_narrows_nothing(tasks, year):
    found = TaskFilter(QueryDict(mutable=True) | {"year": year}, queryset=tasks)
    assert (list(found.errors), found.qs.count(), "year" in choices(found, "year")) == (["year"], 1, False)
