"""A county of three townships that reported two periods, for tables that are bound and filled."""

import pytest

from tests.reports.story import Story

FORM = "F"


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    """2026Q3 of V1, V2, V3 (townships T1, T2, T3): A-1 30, 60, 90; B-1 18, 21, 24; M-1 37035 each. A year before a third of it."""
    module_story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,", "T3,临河镇,township,C,,,,",
        "V1,甲村,village,T1,,,,", "V2,乙村,village,T2,,,,", "V3,丙村,village,T3,,,,",
    )  # fmt: skip
    module_story.indicators(
        "A-1,受理件数,件,flow,,,", "B-1,办结件数,件,flow,,,", "M-1,活动经费,元,flow,,,", "R-1,办结率,%,ratio,B-1,A-1,",
        "P-1,党员总数,名,stock,,,男;女", "Z-1,从未要求,件,flow,,,",
    )  # fmt: skip
    module_story.form(FORM, "A-1", "B-1", "M-1", "R-1", "P-1")
    module_story.open(FORM, "2025Q3", "2026Q2", "2026Q3")
    for period, times in (("2025Q3", 1), ("2026Q2", 2), ("2026Q3", 3)):
        for number, village in enumerate(("V1", "V2", "V3"), start=1):
            rows = (("A-1", 10 * number), ("B-1", 5 + number), ("M-1", 12345), ("P-1", number))
            module_story.figures(FORM, *(f"{period},{village},{code},,{value * times}" for code, value in rows))
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)
