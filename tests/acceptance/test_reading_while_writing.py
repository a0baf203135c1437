"""A county total read while others write is always the sum of units that had answered, and in the end of all of them (7)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from django.db import connection

from indicators.periods import read_period
from orgs.models import Organization
from reports.figures.answers.figure_query import figures
from submissions.models import Submission, Task
from submissions.review.actions import approve
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import a_county, a_township, a_user, an_organization
from tests.factories.submissions import a_task, send, submission_of

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)
UNITS, READERS = 12, 3
PERIOD = read_period("2026Q3")


@pytest.fixture
def task() -> Task:
    """Three townships of four villages, all sent: village n reports 2ⁿ, so that a sum tells whose answers are in it."""
    county = a_county("C")
    townships = [a_township(f"T{number}", county) for number in range(3)]
    make_indicator("A")
    villages = [an_organization(f"V{number:02d}", parent=townships[number % 3]) for number in range(UNITS)]
    task = a_task(county, make_form("季01表", ("A",)), period=str(PERIOD))
    clerk = a_user("clerk", county)
    for number, village in enumerate(villages):
        send(submission_of(task, village), {"A": 2**number}, by=clerk, at=AT)
    return task


def read(county: Organization) -> tuple[int, int, int, int]:
    """Total, how many approved answers stand behind it, and the sum and coverage of the rows below it."""
    grid = figures(["A"], periods=[PERIOD], org=county)
    cells = [row.cells[0] for row in grid.rows]
    return (
        int(cells[0].value or 0),
        cells[0].approved,
        sum(int(cell.value or 0) for cell in cells[1:]),
        sum(cell.approved for cell in cells[1:]),
    )


def test_every_reading_is_of_units_that_had_answered(task):
    county, officer = task.county, a_user("officer", task.county)
    done = Event()

    def keep_reading(_number: int) -> list[tuple]:
        found = []
        try:
            while not done.is_set():
                found.append(read(county))
            return [*found, read(county)]
        finally:
            connection.close()

    def approve_all(part: int) -> None:
        try:
            for submission in list(Submission.objects.filter(task=task).order_by("organization__code")[part::2]):
                seen = submission_of(task, submission.organization)
                while seen.state != "approved":
                    approve(submission=seen, version_number=1, by=officer, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=READERS + 2) as pool:
        readings = [pool.submit(keep_reading, number) for number in range(READERS)]
        writers = [pool.submit(approve_all, part) for part in range(2)]
        for writer in writers:
            writer.result()
        done.set()
        found = [reading for future in readings for reading in future.result()]
    whole = (2**UNITS - 1, UNITS)
    assert read(county) == (*whole, *whole)
    assert all(bin(total).count("1") == approved for total, approved, _below, _count in found)
    assert all(bin(below).count("1") == count for _total, _approved, below, count in found if below)
    assert len({total for total, *_rest in found}) > 1
