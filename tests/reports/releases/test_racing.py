"""Many issue at once: one table leaves one release, several get numbers without a gap, and every audit chain holds."""

import pytest

from audit.chain_verification import broken_links
from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from reports.models import Release
from reports.releases.issuing import issue
from reports.releases.orders import ReleaseOrder
from reports.tables.export import Options
from reports.tables.layouts.ready import ready_layouts
from reports.verification.releases import releases_are_as_issued
from tests.reports.releases.correcting import AT, correct, quarter
from tests.reports.story import Story
from tests.submissions.core.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(tmp_path) -> Story:
    story = quarter(Story(tmp_path))
    story.ask("A", period="2026Q1")  # sums are kept before anybody races
    return story


def order(org: str, title: str = "统计表", seen: str | None = None) -> ReleaseOrder:
    organization = Organization.objects.get(code=org)
    return ReleaseOrder(ready_layouts()["R2"], "", read_period("2026Q1"), organization, Options(), title, seen=seen)


def test_the_same_table_many_times_is_one_release(county):
    by = system_operator()
    results = race(6, lambda _number: issue(order("C"), by=by, at=AT))
    assert Release.objects.count() == 1
    assert sorted(result.is_new for result in results) == [False] * 5 + [True]


def test_different_tables_get_numbers_without_a_gap(county):
    by = system_operator()
    race(6, lambda number: issue(order(("C", "T", "U")[number % 3], title=f"表{number % 3}"), by=by, at=AT))
    assert sorted(Release.objects.values_list("serial", flat=True)) == [1, 2, 3]
    assert list(releases_are_as_issued()) == []
    assert broken_links() == []


def test_of_two_next_editions_one_is_issued(county):
    by = system_operator()
    first = issue(order("C"), by=by, at=AT).release
    correct("V", "2026Q1", {"A": 12})
    results = race(4, lambda number: issue(order("C", title=f"更正{number}", seen=first.number), by=by, at=AT))
    assert sorted(type(result).__name__ for result in results) == ["Issue", "NotIssued", "NotIssued", "NotIssued"]
    assert Release.objects.count() == 2


def test_a_correction_in_between_is_in_the_release_or_a_change_since(county):
    """Grid, workbook and versions are of one moment: whichever comes first, the parts agree."""
    by = system_operator()

    def act(number: int):
        return correct("V", "2026Q1", {"A": 12}) if number == 1 else issue(order("C"), by=by, at=AT)

    race(2, act)
    release = Release.objects.get()
    total = 102 if '"12"' in release.tables else 100
    assert f'["{total}","{total}"' in release.tables
    assert list(releases_are_as_issued()) == []
