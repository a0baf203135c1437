"""T15, T16, T18, T20–T24 and T29 of docs/semantics.md through the commands, with other numbers: totals, stocks, growth over time."""

from decimal import Decimal

import pytest

YEAR = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")


@pytest.fixture
def county(story):
    story.villages("V", "W")
    story.indicators(
        "C,累计培训,人次,cumulative,,,,", "S,党员,名,stock,,,,", "A,平均党员,名,stock,,,,mean", "F,培训,人次,flow,,,,",
        "U,参训人数,人,flow,,,,none", extra="period_rule",
    )  # fmt: skip
    story.form("Q", "C", "S", "A", "F", "U")
    story.open("Q", *YEAR, "2025Q1", "2025Q2", "2025Q3", "2025Q4")
    return story


def values(story, code: str, *periods: str, org: str = "V", **options: str) -> list[Decimal | None]:
    return [story.ask(code, period=period, org=org, by="self", **options).value() for period in periods]


def test_t15_a_running_total_is_parted_never_added(county):
    county.series("Q", "C", "V", 2026, "7", "7", "31", "64")
    county.series("Q", "C", "W", 2026, "5", "9", "9", "10")
    assert values(county, "C", *YEAR) == [7, 0, 24, 33]
    assert values(county, "C", *YEAR, org="C") == [12, 4, 24, 34]
    assert values(county, "C", *YEAR, org="C", view="ytd") == [12, 16, 40, 74]
    assert values(county, "C", "2026", "2026H1", "2026H2", org="C") == [74, 16, 58]


def test_t15_a_new_year_starts_at_nothing(county):
    county.series("Q", "C", "V", 2025, "3", "4", "5", "90")
    county.series("Q", "C", "V", 2026, "6")
    assert values(county, "C", "2026Q1", "2025Q4", "2025") == [6, 85, 90]


def test_t16_a_gap_leaves_the_part_after_it_open(county):
    county.series("Q", "C", "V", 2026, "12", "", "40", "45")
    assert values(county, "C", *YEAR) == [12, None, None, 5]
    assert county.ask("C", period="2026Q3", org="V", by="self").text() == ""
    assert values(county, "C", "2026Q3", view="since:2026-04-01") == [28]
    assert values(county, "C", "2026Q3", view="ytd") == [40]
    assert values(county, "C", "2026") == [45]


def test_t16_the_gap_of_one_unit_takes_nothing_from_another(county):
    county.series("Q", "C", "V", 2026, "12", "", "40")
    county.series("Q", "C", "W", 2026, "1", "3", "8")
    answer = county.ask("C", period="2026Q3")
    assert (answer.value(), answer.coverage()) == (5, (1, 2))
    assert values(county, "C", "2026Q3", org="C", view="since:2026-04-01") == [35]
    assert values(county, "C", "2026Q3", org="C", view="ytd") == [48]


def test_t16_a_gap_filled_later_closes_both_parts(county):
    county.series("Q", "C", "V", 2026, "12", "", "40")
    county.figures("Q", "2026Q2,V,C,,15")
    assert values(county, "C", *YEAR[:3]) == [12, 3, 25]


def test_t18_a_falling_total_is_noticed_and_shown_as_it_is(county):
    county.series("Q", "C", "V", 2026, "12", "40")
    county.figures("Q", "2026Q3,V,C,,34", state="submitted")
    assert "figures.csv:2: value:" in county.error_output
    assert values(county, "C", "2026Q3", basis="submitted") == [-6]


def test_t20_a_mean_over_time_leaves_the_missing_out(county):
    """60, nothing, 90, 0: 50 from three of four, not 37.5 from four."""
    county.series("Q", "A", "V", 2025, "60", "", "90", "0")
    answer = county.ask("A", period="2025", org="V", by="self")
    assert (answer.value(), answer.coverage()) == (50, (3, 4))
    county.series("Q", "A", "W", 2025, "10", "10", "10", "10")
    assert county.ask("A", period="2025").value() == 60


def test_t21_a_stock_is_not_carried_on(county):
    """A unit that did not report the last period is missing from it; nobody's old value is carried on."""
    county.series("Q", "S", "V", 2026, "50", "51")
    county.series("Q", "S", "W", 2026, "70")
    assert values(county, "S", "2026Q1", "2026Q2", "2026H1", org="C") == [120, 51, 51]
    assert county.ask("S", period="2026Q2").coverage() == (1, 2)


def test_t21_the_closed_leave_with_their_stock(story):
    story.orgs("C,县,county,,,,,", "T,镇,township,C,,,,", "V1,一村,village,T,,,,2025-09-30", "V2,二村,village,T,,,,")
    story.indicators("S,党员,名,stock,,,", "N,发展,名,flow,,,")
    story.form("Q", "S", "N")
    story.open("Q", "2025Q3", "2025Q4", "2026Q1")
    story.figures(
        "Q", *(f"2025Q3,{unit},{code},,{value}" for unit, code, value in (("V1", "S", 33), ("V1", "N", 2), ("V2", "S", 40)))
    )
    story.figures("Q", "2025Q4,V2,S,,73", "2025Q4,V2,N,,1", "2026Q1,V2,S,,74")
    asked = story.ask("S", "N", period="2025", view="ytd")
    assert (asked.value(), asked.value(column=1)) == (73, 3)
    assert story.ask("S", period="2025Q3").value() == 73
    assert [story.ask("S", period=period).coverage() for period in ("2025Q3", "2025Q4")] == [(2, 2), (1, 1)]


def test_t22_people_have_no_sum_over_time_and_times_have(county):
    county.series("Q", "F", "V", 2026, "11", "14")
    county.series("Q", "U", "W", 2026, "11", "14")
    answer = county.ask("F", "U", period="2026H1")
    assert (answer.value(), answer.text(), answer.value(column=1), answer.text(column=1)) == (25, "25", None, "—")
    assert any("U" in note for note in answer.data["notes"])
    assert county.ask("U", period="2026Q2").value() == 14


def test_t23_year_to_date_is_compared_with_the_same_stretch(county):
    county.series("Q", "F", "V", 2025, "20", "20", "60", "100")
    county.series("Q", "F", "V", 2026, "16", "14")
    county.series("Q", "C", "W", 2025, "20", "40", "100", "200")
    county.series("Q", "C", "W", 2026, "16", "30")
    answer = county.ask("F", "C", period="2026Q2", view="ytd", by="units", compare="same_last_year,year_end")
    for column, unit in enumerate(("V", "W")):
        compared = answer.cell(unit, column)["compare"]["same_last_year"]
        assert [compared[part] for part in ("value", "change", "percent")] == ["40", "-10", "-25"]
    half = county.ask("F", period="2026H1", by="units", compare="same_last_year").cell("V")["compare"]["same_last_year"]
    assert (half["value"], half["percent"]) == ("40", "-25")


@pytest.mark.parametrize(
    ("base", "now", "change", "percent"),
    [("0", "0", "0", None), ("0", "7", "7", None), ("", "7", None, None), ("-4", "4", "8", None), ("3", "4", "1", "33.33"),
     ("4", "-4", "-8", "-200"), ("NA", "4", None, None), ("4", "NA", None, None)],
)  # fmt: skip
def test_t24_growth_needs_a_base_above_nothing(story, base, now, change, percent):
    story.villages("V")
    head = "code,name_zh,domain,unit,kind,frequency,validation"
    story.run("load_catalogue", story._file("c.csv", head, ["N,增收,economy,万元,flow,quarter,decimal(2)"]))
    story.form("Q", "N")
    story.open("Q", "2025Q1", "2026Q1")
    story.figures("Q", *([f"2025Q1,V,N,,{base}"] if base else []), f"2026Q1,V,N,,{now}")
    compared = story.ask("N", period="2026Q1", compare="same_last_year").cell()["compare"]["same_last_year"]
    shown_percent = compared["percent"] and str(Decimal(compared["percent"]).quantize(Decimal("0.01"))).removesuffix(".00")
    assert (compared["change"], shown_percent) == (change, percent)
    assert bool(compared["said"]) == (percent is None)


def test_t29_months_make_a_quarter_with_its_gaps(story):
    story.villages("V", "W")
    story.indicators("F,学习,次,flow,,,", "S,党员,名,stock,,,")
    story.form("M", "F", "S", frequency="month")
    story.open("M", "2026-04", "2026-05", "2026-06")
    story.figures("M", "2026-04,V,F,,4", "2026-06,V,F,,9", "2026-05,W,F,,0", "2026-05,W,S,,8")
    answer = story.ask("F", "S", period="2026Q2")
    assert (answer.value(), answer.coverage()) == (13, (3, 6))
    assert (answer.value(column=1), answer.text(column=1), answer.coverage(column=1)) == (None, "", (0, 2))
