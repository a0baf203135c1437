"""Counts of a task are kept while nothing happens to it, and made again after every act, a moved deadline and a moved unit."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orgs.models import Organization
from submissions.models import Task
from submissions.tasks.progress import CHILDREN, SELF, progress_below


@pytest.fixture
def county(story):
    story.villages("V1", "V2", "V3")
    story.indicators("S,人数,名,stock,,,,")
    story.form("F", "S")
    story.open("F", "2026Q3")
    return story


def counts(by: str = CHILDREN) -> list[tuple]:
    found = progress_below(list(Task.objects.all()), Organization.objects.get(code="C"), by)
    return [(one.expected, one.submitted, one.on_time, one.returned, one.approved) for one in found.values()]


@pytest.mark.parametrize("by", [SELF, CHILDREN])
def test_acts_are_counted_at_once(county, by):
    assert counts(by) == [(3, 0, 0, 0, 0)]
    county.figures("F", "2026Q3,V1,S,,1", state="submitted")
    assert counts(by) == [(3, 1, 1, 0, 0)]
    county.figures("F", "2026Q3,V2,S,,1")
    assert counts(by) == [(3, 2, 2, 0, 1)]


def test_another_due_day_is_another_count(county):
    county.figures("F", "2026Q3,V1,S,,1")
    assert counts() == [(3, 1, 1, 0, 1)]
    Task.objects.update(opens_on=date(2026, 1, 1), due_on=date(2026, 1, 1))
    assert counts() == [(3, 1, 0, 0, 1)]


def test_who_moves_is_counted_where_it_stands(county):
    assert counts() == [(3, 0, 0, 0, 0)]
    county.orgs("U,乡,township,C,,,,", "V3,V3村,village,U,,,2026-08-01,")
    assert sorted(counts()) == [(1, 0, 0, 0, 0), (2, 0, 0, 0, 0)]


def test_what_is_kept_is_not_counted_again(county):
    counts()
    with CaptureQueriesContext(connection) as queries:
        counts()
    assert not [row for row in queries if "submissions_submission" in row["sql"]]
