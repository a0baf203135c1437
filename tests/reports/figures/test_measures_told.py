"""Verify reports measures that are packed otherwise than their documents say, whichever lane it is."""

from decimal import Decimal

import pytest

from reports.figures.sums.stored_sums import _remembered
from reports.models import Summary
from reports.verification import CHECKS
from submissions.models import Version
from tests.reports.story import Story

VILLAGES = ("V", "W", "X")


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    """Two quarters of three villages: a product, a sixth, what came on since the quarter before, a running total."""
    module_story.villages(*VILLAGES)
    module_story.indicators("D,金额,元,flow,,,,2,", "S,平方,元,flow,,,,4,{D} * {D}", "P,六分之一,元,flow,,,,0,{D} / 6",
                     "N,净增,元,flow,,,,2,{D} - {D@prev}", "K,累计,次,cumulative,,,,0,", extra="decimals,formula")  # fmt: skip
    module_story.form("F", "D", "S", "P", "N", "K")
    module_story.open("F", "2026Q1", "2026Q2")
    for period, more in (("2026Q1", Decimal(0)), ("2026Q2", Decimal("5.05"))):
        amounts = [f"{period},{unit},D,,{more + number}" for number, unit in enumerate(VILLAGES, start=5)]
        totals = [f"{period},{unit},K,,{int(more) + number}" for number, unit in enumerate(VILLAGES, start=1)]
        module_story.figures("F", *amounts, *totals)
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def complaints() -> dict[str, list[str]]:
    _remembered.clear()
    return {check.__name__: failures for check in CHECKS if (failures := list(check()))}


@pytest.mark.django_db
def test_verify_tells_measures_of_another_scale(county):
    """The lanes are as many, the counts are right; only the meaning of a number is another."""
    for version in Version.objects.all():
        vector = bytes(version.measures)
        wrong = int.from_bytes(vector[:16], "little") + int(Decimal(version.figures["D"]) * 900)  # one decimal more than it has
        Version.objects.filter(pk=version.pk).update(measures=wrong.to_bytes(16, "little") + vector[16:])
    Summary.objects.all().delete()
    found = complaints()
    assert set(found) == {"sealed_versions_are_as_sealed", "kept_sums_equal_the_documents"}
    assert (
        "F 2026Q1 C D (approved): kept 180 (answered 3, N/A 0), but the documents give 18 (answered 3, N/A 0)."
        in (found["kept_sums_equal_the_documents"])
    )


@pytest.mark.django_db
@pytest.mark.parametrize("place", range(11))
def test_verify_tells_any_lane_that_is_one_off(county, place):
    """D, two lanes of S, P, two of N, the total of K, two of its part and two of its rest."""
    version = Version.objects.order_by("pk").first()
    lanes = [bytes(version.measures)[start : start + 16] for start in range(0, len(version.measures), 16)]
    assert len(lanes) == 11
    lanes[place] = (int.from_bytes(lanes[place], "little") + 1).to_bytes(16, "little")
    Version.objects.filter(pk=version.pk).update(measures=b"".join(lanes))
    Summary.objects.all().delete()
    assert "kept_sums_equal_the_documents" in complaints()
