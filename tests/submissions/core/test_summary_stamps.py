"""Whose sums are stale after a unit's answer changed: all above it, itself where others stand below it, and nobody else."""

import pytest

from orgs.models import Organization
from submissions.core.summary_stamps import mark_changed
from submissions.models import ChangeMark, Task
from tests.factories.indicators import make_form
from tests.factories.orgs import a_township, an_organization
from tests.factories.submissions import Place, a_place, a_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def far_village(place) -> Organization:
    """In another township of the county."""
    return an_organization("3501000201", parent=a_township("35010002", place.county))


@pytest.fixture
def task(place, far_village) -> Task:
    return a_task(place.county, make_form("季01表", ("A",), aggregate_own=True))


def stamps(task: Task) -> dict[str, int]:
    return dict(ChangeMark.objects.filter(task=task).values_list("organization__code", "stamp"))


def renewed(task: Task, *units: Organization) -> set[str]:
    """The organizations whose stamp is another one after these units changed."""
    before = stamps(task)
    mark_changed(task, [unit.pk for unit in units])
    after = stamps(task)
    assert before.keys() <= after.keys()
    return {code for code, stamp in after.items() if before.get(code) != stamp}


def test_what_stands_above_a_unit_is_stale(place, far_village, task):
    county, town, far_town = "350100", "35010001", "35010002"
    assert set(stamps(task)) == {county, town, far_town}
    assert renewed(task, place.village) == {county, town}
    assert renewed(task, far_village) == {county, far_town}
    assert renewed(task, place.village, place.other_village, far_village) == {county, town, far_town}
    assert renewed(task, place.township) == {county, town}  # its own report stands in its own sum
    assert renewed(task, place.county) == {county}
    assert renewed(task) == set()


def test_where_no_mark_is_missing_none_is_looked_for(place, task, django_assert_num_queries):
    """Every act comes here: one reading of the tree, one change of the marks."""
    with django_assert_num_queries(2):
        mark_changed(task, [place.village.pk, place.other_village.pk])


def test_other_tasks_and_counties_stay_fresh(place, task):
    other = a_task(place.county, make_form("季02表", ("A",)))
    elsewhere = a_place("350200")
    there = a_task(elsewhere.county, task.form)
    before = stamps(other), stamps(there)
    mark_changed(task, [place.village.pk, elsewhere.village.pk])
    assert (stamps(other), stamps(there)) == before


def test_a_mark_that_is_missing_is_added(place, task):
    """The tree was corrected after the task was opened; sums that were kept without a mark would never be stale."""
    ChangeMark.objects.filter(task=task, organization=place.township).delete()
    assert renewed(task, place.village) == {"350100", "35010001"}
    assert set(ChangeMark.objects.filter(task=task).values_list("county", flat=True)) == {place.county.pk}
    assert renewed(task, place.other_village) == {"350100", "35010001"}
