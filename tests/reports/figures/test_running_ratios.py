"""A ratio of running totals is that of what its units did while they stood there, also of those that moved or closed in the year."""

import pytest


@pytest.fixture
def county(story):
    """W stays in T; X closes on 30 June; V moves from T to U on 1 July."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,", "W,乙村,village,T,,,,", "Y,丁村,village,U,,,,",
        "X,丙村,village,T,,,,2025-06-30", "V,甲村,village,T,,,,2025-06-30", "V,甲村,village,U,,,2025-07-01,",
    )  # fmt: skip
    story.indicators("K,累计办结,件,cumulative,,,", "L,累计受理,件,cumulative,,,", "F,受理,件,flow,,,", "R,办结率,%,ratio,K,L,")
    story.indicators("S,本年办结率,%,ratio,{K},{F@ytd},")
    story.form("Q", "K", "L", "F", "R", "S")
    story.open("Q", "2025Q1", "2025Q2", "2025Q3")
    for unit, given in {"W": ((1, 10), (2, 20), (4, 40)), "X": ((5, 10), (10, 10)), "V": ((2, 4), (8, 8), (9, 18))}.items():
        rows = (
            f"2025Q{n},{unit},{code},,{figure}"
            for n, (top, bottom) in enumerate(given, 1)
            for code, figure in (("K", top), ("L", bottom), ("F", bottom))
        )
        story.figures("Q", *rows)
    story.figures("Q", *(f"2025Q3,Y,{code},,10" for code in "KLF"))
    return story


def texts(story, code: str = "R", **options: str) -> dict[str, str]:
    return {row["org"]: row["cells"][0]["text"] for row in story.ask(code, period="2025Q3", **options).rows()}


@pytest.mark.parametrize("view", ["period", "ytd"])
def test_the_sides_are_the_running_totals_of_the_rows(county, view):
    """C: W 4/40, X 10/10, V 9/18, Y 10/10. T: W, X and V's 8/8 until June; U: Y and V's 1/10 since."""
    assert texts(county, view=view) == {"C": "42.3", "T": "37.9", "U": "55.0"}
    top, bottom = (
        {row["org"]: row["cells"][0]["text"] for row in county.ask(code, period="2025Q3", view="ytd").rows()} for code in "KL"
    )
    assert (top["C"], bottom["C"]) == ("33", "78")
    assert (top["T"], bottom["T"]) == ("22", "58")


def test_one_unit_shows_its_own_ratio(county):
    found = texts(county, by="units")
    assert (found["W"], found["V"], found["Y"]) == ("10.0", "50.0", "100.0")


def test_under_the_tree_of_now_the_whole_year_stands_where_the_unit_stands(county):
    found = texts(county, tree="now")
    assert (found["C"], found["T"]) == ("42.3", "10.0")


def test_a_year_to_date_of_flows_runs_on_too(county):
    """K over all F of the year: W 10+20+40, X 10+10, V 4+8+18, Y 10."""
    assert texts(county, "S")["C"] == f"{3300 / 130:.1f}"


def test_without_anybody_leaving_sums_of_branches_answer(story):
    story.villages("V", "W")
    story.indicators("K,一,件,cumulative,,,", "L,二,件,cumulative,,,", "R,率,%,ratio,K,L,")
    story.form("Q", "K", "L", "R")
    story.open("Q", "2025Q1", "2025Q2")
    story.figures("Q", "2025Q1,V,K,,9", "2025Q1,V,L,,10", "2025Q2,W,K,,1", "2025Q2,W,L,,4")
    assert story.ask("R", period="2025Q2").text() == "25.0"
