"""同口径 of rows in which a unit stood for some of the stretch only: it counts with what it gave there, or not at all (T77)."""

from datetime import date, timedelta
from itertools import groupby

import pytest

from tests.reports.story import Story

MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 7))


@pytest.fixture
def county(story) -> Story:
    """W always stands in T and never reports, so that no sum of T is complete; where V stands each test says."""
    story.orgs("C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,", "W,乙村,village,T,,,,", "X,丙村,village,U,,,,")
    story.indicators("F,学习,次,flow,,,,", "K,累计,次,cumulative,,,,", "G,次数,次,flow,,,,min", extra="org_rule")
    story.form("M", "F", "K", "G", frequency="month")
    return story


def lived(story: Story, townships: str) -> None:
    """V stands in one township a month. F and G are 1, 2, 4 … 32, K their total so far."""
    story.orgs(*stays(townships))
    story.open("M", *MONTHS)
    for number, month in enumerate(MONTHS):
        story.figures("M", *(f"{month},V,{code},,{2**number}" for code in "FG"), f"{month},V,K,,{2 ** (number + 1) - 1}")


def stays(townships: str) -> list[str]:
    """`TTUUUU` -> one row of V for each of its stays, the last one without an end."""
    rows, start = [], date(2000, 1, 1)
    for township, numbers in groupby(range(len(townships)), key=townships.__getitem__):
        after = date(2026, max(numbers) + 2, 1)
        end = "" if after.month > len(townships) else after - timedelta(days=1)
        rows.append(f"V,甲村,village,{township},,,{start},{end}")
        start = after
    return rows


def same_units(story: Story, code: str, **asked: str) -> tuple:
    """How many units of T are in both, and their change."""
    found = story.ask(code, org="T", compare="prev", **asked).cell()["compare"]["prev"]["same_units"]
    return found["units"], found["change"]


@pytest.mark.parametrize(
    ("townships", "flow", "running"),
    [
        ("TTTTTT", (1, "49"), (1, "49")),  # 8 + 16 + 32 after 1 + 2 + 4
        ("UUTTTT", (0, None), (0, None)),  # a month in the row beside a quarter in it is no growth
        ("TTTUTT", (0, None), (0, None)),
        ("UTTUTT", (1, "42"), (1, "42")),  # 16 + 32 after 2 + 4: the same two months of both
        ("TUTTUT", (1, "35"), (1, "35")),  # 8 + 32 after 1 + 4
        ("TTUTTU", (1, "21"), (0, None)),  # 8 + 16 after 1 + 2; of a running total the last one is owed, and not in the row
    ],
)
def test_who_moved_counts_with_what_it_gave_in_the_row(county, townships, flow, running):
    lived(county, townships)
    for by in ("self", "units"):
        assert same_units(county, "F", period="2026Q2", by=by) == flow
        assert same_units(county, "G", period="2026Q2", by=by) == flow
        assert same_units(county, "K", period="2026Q2", by=by) == running


def test_the_county_has_every_unit_wherever_it_stood(county):
    lived(county, "UTTTUU")
    found = county.ask("K", period="2026Q2", compare="prev").cell()["compare"]["prev"]["same_units"]
    assert (found["units"], found["change"]) == (1, "49")


def test_who_was_asked_nothing_for_a_month_stood_nowhere_else(county):
    """V is suspended in April: 63 − 7 after 7, and no month of it in another row."""
    county.orgs("V,甲村,village,T,,,2000-01-01,2026-03-31", "V,甲村,village,T,,,2026-05-01,")
    county.open("M", *MONTHS)
    county.figures("M", *(f"{month},V,K,,{2**number - 1}" for number, month in enumerate(MONTHS, start=1) if number != 4))
    assert same_units(county, "K", period="2026Q2", by="self") == (1, "49")


def test_a_running_total_goes_on_in_another_form(story):
    """V reported by months until June and by quarters since; W does not report, so the quarter is not complete."""
    story.orgs("C,县,county,,,,,", "V,甲村,village,C,,,,", "W,乙村,village,C,,,,")
    story.indicators("K,累计,次,cumulative,,,,")
    story.form("M", "K", frequency="month")
    story.form("Q", "K", frequency="quarter")
    story.open("M", "2026-03", "2026-06")
    story.open("Q", "2026Q3")
    story.figures("M", "2026-03,V,K,,3", "2026-06,V,K,,11")
    story.figures("Q", "2026Q3,V,K,,51")
    found = story.ask("K", org="C", period="2026Q3", compare="prev").cell()
    assert found["value"] == "40"
    assert (found["compare"]["prev"]["same_units"]["units"], found["compare"]["prev"]["same_units"]["change"]) == (1, "32")
