"""What figures mean over time (semantics T15, T16, T20–T24, T29)."""

from decimal import Decimal

import pytest

YEAR = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")


@pytest.fixture
def county(story):
    story.villages("V", "W")
    story.indicators(
        "C,累计培训,人次,cumulative,,,,", "S,党员,名,stock,,,,", "A,平均党员,名,stock,,,,mean", "F,培训,人次,flow,,,,",
        "U,参训人数,人,flow,,,,none", "N,增收,万元,flow,,,,", extra="period_rule",
    )  # fmt: skip
    story.form("Q", "C", "S", "A", "F", "U", "N")
    story.open("Q", *YEAR, "2025Q1", "2025Q2", "2025Q3", "2025Q4")
    return story


def values(story, code: str, *periods: str, **options: str) -> list[Decimal | None]:
    return [story.ask(code, period=period, org="V", by="self", **options).value() for period in periods]


def test_a_running_total_is_parted_never_added(county):
    """T15."""
    county.series("Q", "C", "V", 2026, "10", "25", "25", "40")
    assert values(county, "C", *YEAR) == [10, 15, 0, 15]
    assert values(county, "C", "2026") == [40]
    assert values(county, "C", *YEAR, view="ytd") == [10, 25, 25, 40]


def test_a_gap_in_a_running_total_leaves_its_part_open(county):
    """T16."""
    county.series("Q", "C", "V", 2026, "10", "", "25")
    assert values(county, "C", "2026Q3") == [None]
    assert county.ask("C", period="2026Q3", org="V", by="self").text() == ""
    assert values(county, "C", "2026Q3", view="since:2026-04-01") == [15]
    assert values(county, "C", "2026Q3", view="ytd") == [25]


def test_a_mean_over_time_is_of_the_periods_reported(county):
    """T20."""
    county.series("Q", "A", "V", 2025, "100", "", "100", "100")
    answer = county.ask("A", period="2025", org="V", by="self")
    assert (answer.value(), answer.coverage()) == (100, (3, 4))


def test_a_stock_is_not_carried_on_from_the_closed(story):
    """T21."""
    story.orgs("C,县,county,,,,,", "T,镇,township,C,,,,", "V1,一村,village,T,,,,2025-03-31", "V2,二村,village,T,,,,")
    story.indicators("S,党员,名,stock,,,")
    story.form("Q", "S")
    story.open("Q", "2024Q4", "2025Q2")
    story.figures("Q", "2024Q4,V1,S,,50", "2024Q4,V2,S,,70", "2025Q2,V2,S,,120")
    assert story.ask("S", period="2025Q2").value() == 120
    assert story.ask("S", period="2024Q4").value() == 120


def test_people_counted_twice_have_no_sum(county):
    """T22."""
    county.series("Q", "F", "V", 2026, "40", "35")
    county.series("Q", "U", "W", 2026, "40", "35")
    answer = county.ask("F", "U", period="2026H1")
    assert (answer.value(), answer.value(column=1), answer.text(column=1)) == (75, None, "—")
    assert any("U" in note for note in answer.data["notes"])


def test_year_to_date_is_compared_with_the_same_stretch(county):
    """T23."""
    county.series("Q", "F", "V", 2025, "10", "15", "20", "15")
    county.series("Q", "F", "V", 2026, "10", "20")
    compared = county.ask("F", period="2026Q2", view="ytd", by="units", compare="same_last_year,prev").cell("V")["compare"]
    assert compared["same_last_year"] | {"value": "25", "change": "5", "percent": "20"} == compared["same_last_year"]
    assert compared["prev"]["value"] is None


@pytest.mark.parametrize(
    ("base", "now", "change", "percent"),
    [("0", "5", "5", None), ("", "5", None, None), ("-5", "10", "15", None), ("8", "10", "2", "25")],
)
def test_growth_needs_a_base(story, base, now, change, percent):
    """T24."""
    story.villages("V")
    story.run(
        "load_catalogue",
        story._file(
            "c.csv", "code,name_zh,domain,unit,kind,frequency,validation", ["N,增收,economy,万元,flow,quarter,decimal(2)"]
        ),
    )
    story.form("Q", "N")
    story.open("Q", "2025Q1", "2026Q1")
    story.figures("Q", *([f"2025Q1,V,N,,{base}"] if base else []), f"2026Q1,V,N,,{now}")
    compared = story.ask("N", period="2026Q1", compare="same_last_year").cell()["compare"]["same_last_year"]
    assert (compared["change"], compared["percent"]) == (change, percent)
    assert bool(compared["said"]) == (percent is None)


def test_a_quarter_of_months_says_what_is_missing(story):
    """T29."""
    story.villages("V")
    story.indicators("F,学习,次,flow,,,")
    story.form("M", "F", frequency="month")
    story.open("M", "2026-01", "2026-02", "2026-03")
    story.figures("M", "2026-01,V,F,,4", "2026-03,V,F,,6")
    answer = story.ask("F", period="2026Q1")
    assert (answer.value(), answer.coverage()) == (10, (2, 3))
