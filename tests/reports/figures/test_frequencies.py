"""One figure asked in periods of different length: each unit's stretch of time counts once, the longest period answering (T69, T72)."""

import pytest

FORMS_HEAD = "unit_categories"


@pytest.fixture
def county(story):
    """Villages V and W report A by months, the enterprise E by quarters; M is a form by quarters for villages too."""
    story.orgs(
        "C,县,county,,,,,",
        "T,镇,township,C,,,,",
        "V,甲村,village,T,,,,",
        "W,乙村,village,T,,,,",
        "E,企业,private_enterprise,T,,,,",
    )
    story.indicators(
        "A,活动,次,flow,,,", "S,党员,名,stock,,,", "CU,累计,次,cumulative,,,", "X,最多,次,flow,,,,max", extra="org_rule"
    )
    story.form("MM", "A", "S", "CU", "X", frequency="month", head=FORMS_HEAD, values="village")
    story.form("QE", "A", "S", "CU", "X", head=FORMS_HEAD, values="private_enterprise")
    story.form("QV", "A", "CU", head=FORMS_HEAD, values="village")
    story.open("MM", "2025-01", "2025-02", "2025-03")
    story.open("QE", "2025Q1")
    return story


def months(story, code: str, unit: str, *values: str, first: int = 1) -> None:
    rows = [f"2025-{number:02d},{unit},{code},,{value}" for number, value in enumerate(values, start=first) if value != ""]
    story.figures("MM", *rows)


def test_months_of_the_ones_and_quarters_of_the_others(county):
    """T69: 2 + 3 + 4, 1 + 1 + 1 and 10; three units, each once."""
    months(county, "A", "V", "2", "3", "4")
    months(county, "A", "W", "1", "1", "1")
    county.figures("QE", "2025Q1,E,A,,10")
    answer = county.ask("A", period="2025Q1", by="units")
    assert {row["org"]: row["cells"][0]["text"] for row in answer.rows()} == {
        "C": "22",
        "T": "22",
        "V": "9",
        "W": "3",
        "E": "10",
    }
    assert (answer.coverage(), answer.coverage("V"), answer.data["notes"]) == ((3, 3), (1, 1), [])
    for by in ("self", "children", "unit_category", "district"):
        assert county.ask("A", period="2025Q1", by=by).value() == 22
    assert [county.ask("A", period=period, view="ytd").value() for period in ("2025-02", "2025-03", "2025Q1")] == [7, 22, 22]
    assert county.ask("X", period="2025Q1").text() == ""


def test_a_unit_with_a_missing_month_is_not_whole(county):
    months(county, "A", "V", "2", "", "4")
    county.figures("QE", "2025Q1,E,A,,10")
    answer = county.ask("A", period="2025Q1")
    assert (answer.value(), answer.coverage()) == (16, (1, 3))


def test_a_unit_asked_both_is_answered_by_the_longer_period(county):
    """V gave its months and its quarter; W its months only, and owes the quarter."""
    county.open("QV", "2025Q1")
    months(county, "A", "V", "2", "3", "4")
    months(county, "A", "W", "1", "1", "1")
    county.figures("QV", "2025Q1,V,A,,8")
    county.figures("QE", "2025Q1,E,A,,10")
    answer = county.ask("A", period="2025Q1")
    assert (answer.value(), answer.coverage()) == (18, (2, 3))
    [note] = answer.data["notes"]
    assert all(name in note for name in ("MM", "甲村", "乙村"))
    assert county.ask("A", period="2025-02").value() == 4


def test_a_unit_that_changes_its_form_counts_each_stretch_once(county):
    """Months until March, a quarter from then on; the running total goes on over both."""
    county.open("QV", "2025Q2")
    figures = {"A": (2, 3, 4), "CU": (10, 20, 35)}
    rows = [f"2025-0{number + 1},V,{code},,{values[number]}" for code, values in figures.items() for number in range(3)]
    county.figures("MM", *rows)
    county.figures("QV", "2025Q2,V,A,,7", "2025Q2,V,CU,,50", "2025Q2,W,CU,,5")
    half = county.ask("A", "CU", period="2025H1", org="V", by="self")
    assert (half.value(), half.value(column=1)) == (16, 50)
    assert county.ask("CU", period="2025Q2", org="V", by="self").value() == 15
    assert county.ask("CU", period="2025Q2").value() == 15
    assert county.ask("CU", period="2025Q2", view="ytd").value() == 55
    assert [county.ask("CU", period=period, org="V", by="self").value() for period in ("2025-03", "2025Q1")] == [15, 35]


def test_a_running_total_that_waits_for_approval_is_not_the_one_before_it(county):
    """V is approved at 35 in March and sent 50 in June: approved it has no total of the half-year yet."""
    county.open("QV", "2025Q2")
    months(county, "CU", "V", "10", "20", "35")
    county.figures("QV", "2025Q2,V,CU,,50", state="submitted")
    approved, sent = (county.ask("CU", period="2025H1", org="V", by="self", basis=basis) for basis in ("approved", "submitted"))
    assert (approved.text(), sent.text()) == ("", "50")


def test_a_stock_is_of_the_end_of_the_period(county):
    """Villages by months and the enterprise by quarter; a month that was not asked is noted."""
    months(county, "S", "V", "50", "51", "52")
    county.figures("QE", "2025Q1,E,S,,30")
    assert county.ask("S", period="2025Q1").value() == 82
    assert county.ask("S", period="2025-02", view="ytd").value() == 51
    behind = county.ask("S", period="2025Q2", view="ytd")
    assert (behind.value(), behind.text()) == (None, "")
    assert any("2025年" in note or "2025" in note for note in behind.data["notes"])
    year = county.ask("S", period="2025")
    assert (year.value(), len(year.data["notes"])) == (82, 1)


def test_the_same_units_by_weeks_months_and_quarters(county):
    """A week belongs to the month of its Thursday: 2025W05 (27 January to 2 February) to January, 2025W14 to April."""
    county.form("WW", "A", frequency="week", head=FORMS_HEAD, values="village")
    county.open("WW", "2025W01", "2025W05", "2025W14")
    county.figures("WW", "2025W01,V,A,,100", "2025W05,V,A,,100", "2025W14,V,A,,5")
    months(county, "A", "V", "2", "3", "4")
    assert county.ask("A", period="2025Q1").value() == 9
    assert county.ask("A", period="2025Q2").value() == 5
    assert county.ask("A", period="2025W14", view="ytd").value() == 14
    assert county.ask("A", period="2025H1").value() == 14


def test_weeks_add_up_in_the_year_of_their_thursday(story):
    """T72: 30 December 2024 to 5 January is the first week of 2025; 2026W53 ends in 2027."""
    story.villages("V")
    story.indicators("A,活动,次,flow,,,", "CU,累计,次,cumulative,,,")
    story.form("WW", "A", "CU", frequency="week")
    story.open("WW", "2024W52", "2025W01", "2025W02", "2026W53", "2027W01")
    story.figures(
        "WW",
        "2024W52,V,A,,9",
        "2025W01,V,A,,2",
        "2025W02,V,A,,4",
        "2026W53,V,A,,7",
        "2027W01,V,A,,8",
        "2024W52,V,CU,,90",
        "2025W01,V,CU,,2",
        "2025W02,V,CU,,6",
    )
    asked = [
        ("2025W01", "ytd"),
        ("2025W02", "ytd"),
        ("2026W53", "ytd"),
        ("2027W01", "ytd"),
        ("2025", "period"),
        ("2025-01", "period"),
    ]
    assert [story.ask("A", period=period, view=view).value() for period, view in asked] == [2, 6, 7, 8, 6, 6]
    assert [story.ask("A", period=period).value() for period in ("2024-12", "2026", "2027", "2024")] == [9, 7, 8, 9]
    assert [story.ask("CU", period=period).value() for period in ("2025W01", "2025W02", "2025-01", "2025")] == [2, 4, 6, 6]


def test_a_form_that_asks_nobody_ends_no_period(county):
    """A quarterly form of agencies, of which the county has none, takes away no village's stock of April and makes no mixture."""
    county.form("QG", "A", "S", head=FORMS_HEAD, values="agency")
    county.open("MM", "2025-04", "2025-05")
    county.open("QG", "2025Q2")
    county.figures("MM", "2025-04,V,S,,50", "2025-04,W,S,,5", "2025-05,V,S,,51", "2025-04,W,A,,2")
    stock = county.ask("S", period="2025Q2")
    assert (stock.value(), stock.coverage(), len(stock.data["notes"])) == (51, (1, 2), 1)
    assert county.ask("A", period="2025Q2").coverage() == (1, 4)


def test_who_reports_by_quarters_misses_no_month_of_others(county):
    """The enterprise answered in both quarters; that villages were asked months of the first one only takes nothing from it."""
    county.open("QE", "2025Q2")
    months(county, "A", "V", "2", "", "4")
    county.figures("QE", "2025Q1,E,A,,10", "2025Q2,E,A,,13")
    found = county.ask("A", period="2025Q2", compare="prev").cell()["compare"]["prev"]
    assert (found["change"], found["same_units"]) == (None, {"units": 1, "change": "3", "percent": "30"})
