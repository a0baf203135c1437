"""Recorded changes of organizations in numbers, for the tests of their list."""

from datetime import date, timedelta

from orgs.models import Succession, SuccessionEnd
from tests.factories.submissions import AT


def make_successions(world, count: int) -> None:
    """Each of the two villages into one."""
    a, kinds = world.place, ("merge", "close", "rename")
    for number in world.numbers(count):
        succession = Succession.objects.create(
            county=a.county, kind=kinds[number % 3], on=date(2026, 1, 1 + number % 28), note=f"文{number}",
            recorded_at=AT + timedelta(hours=number), recorded_by=a.officer,
        )  # fmt: skip
        SuccessionEnd.objects.bulk_create(
            SuccessionEnd(county=a.county, succession=succession, organization=org, is_predecessor=is_predecessor)
            for org, is_predecessor in ((a.village, True), (a.other_village, True), (a.village, False))
        )
