"""Running totals of groups are what their units added, each where it then stood; of one unit its running total (T15–T18, T73, T74)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from orgs.tree.restructuring import open_organization, split


@pytest.fixture
def county(story):
    """V moves from T to U on 1 May, X closes on 30 June, Y opens on 1 April."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,", "V,甲村,village,T,,,,2025-04-30",
        "V,甲村,village,U,,,2025-05-01,", "W,乙村,village,T,,,,", "X,丙村,village,U,,,,2025-06-29", "Y,丁村,village,U,,,2025-04-01,",
    )  # fmt: skip
    story.indicators("K,累计,次,cumulative,,,")
    story.form("MM", "K", frequency="month")
    story.form("QQ", "K")
    return story


def months(story, unit: str, *values: str) -> None:
    rows = [f"2025-{number:02d},{unit},K,,{value}" for number, value in enumerate(values, start=1) if value != ""]
    story.figures("MM", *rows)


def texts(story, period: str, **options: str) -> dict[str, str]:
    return {row["org"]: row["cells"][0]["text"] for row in story.ask("K", period=period, **options).rows()}


def test_a_unit_that_moves_keeps_what_it_did_where_it_did_it(county):
    """T73: V 10, 20 … 60 by months, W 1, 2 … 6."""
    county.open("MM", *(f"2025-{month:02d}" for month in range(1, 7)))
    months(county, "V", "10", "20", "30", "40", "50", "60")
    months(county, "W", "1", "2", "3", "4", "5", "6")
    assert texts(county, "2025Q2") == {"C": "33", "T": "13", "U": "20"}
    assert texts(county, "2025Q2", view="ytd") == {"C": "66", "T": "46", "U": "20"}
    assert texts(county, "2025H1") == {"C": "66", "T": "46", "U": "20"}
    assert texts(county, "2025Q2", by="units")["V"] == "30"
    assert texts(county, "2025Q2", tree="now") == {"C": "33", "T": "3", "U": "30", "": ""}
    assert texts(county, "2025-05", view="since:2025-03-01") == {"C": "33", "T": "23", "U": "10"}
    assert texts(county, "2025-05") == {"C": "11", "T": "1", "U": "10"}


def test_a_hole_inside_the_stretch_is_bridged_and_one_before_it_is_not(county):
    """T16, and over a move: V gives nothing in May."""
    county.open("MM", *(f"2025-{month:02d}" for month in range(1, 7)))
    months(county, "V", "10", "20", "30", "40", "", "60")
    months(county, "W", "1", "2", "", "4", "5", "6")
    answer = county.ask("K", period="2025Q2")
    assert (answer.value(), answer.coverage()) == (32, (1, 3))
    assert any("乙村" in note for note in answer.data["notes"])
    assert texts(county, "2025Q2") == {"C": "32", "T": "12", "U": "20"}
    assert county.ask("K", period="2025-06").value() == 1
    assert texts(county, "2025H1") == {"C": "66", "T": "46", "U": "20"}


def test_a_year_never_falls_because_a_village_closed(county):
    """T74: X gives 40 in the first quarter and is gone by the second; Y is new."""
    county.open("QQ", "2025Q1", "2025Q2")
    county.figures("QQ", "2025Q1,W,K,,5", "2025Q1,X,K,,40", "2025Q1,V,K,,7")
    assert county.ask("K", period="2025Q1", view="ytd").value() == 52
    county.figures("QQ", "2025Q2,W,K,,9", "2025Q2,Y,K,,3")
    answer = county.ask("K", period="2025Q2", view="ytd", by="units")
    cells = {row["org"]: row["cells"][0]["text"] for row in answer.rows()}
    assert (cells["C"], cells["X"], cells["W"], cells["Y"], cells["V"]) == ("59", "40", "9", "3", "")
    assert answer.coverage() == (2, 3)
    assert county.ask("K", period="2025Q2").value() == 4
    assert any("甲村" in note for note in answer.data["notes"])


def test_both_directions_are_inverse_where_nothing_is_missing(county):
    county.open("QQ", "2025Q1", "2025Q2", "2025Q3")
    for quarter, values in enumerate((("5", "7"), ("9", "7"), ("30", "11")), start=1):
        county.figures("QQ", *(f"2025Q{quarter},{unit},K,,{value}" for unit, value in zip("WV", values, strict=True)))
    for org in ("C", "T", "U", "V", "W"):
        parts = [county.ask("K", period=f"2025Q{quarter}", org=org, by="self").value() or 0 for quarter in (1, 2, 3)]
        to_date = [
            county.ask("K", period=f"2025Q{quarter}", org=org, by="self", view="ytd").value() or 0 for quarter in (1, 2, 3)
        ]
        assert to_date == [parts[0], parts[0] + parts[1], sum(parts)]


def test_a_year_not_asked_to_its_end_says_so(county):
    county.open("QQ", "2025Q1")
    county.figures("QQ", "2025Q1,W,K,,5")
    answer = county.ask("K", period="2025Q3", view="ytd")
    assert answer.value() == 5
    assert len(answer.data["notes"]) == 1


@pytest.mark.parametrize("view", ["period", "ytd"])
def test_a_year_of_which_a_later_quarter_alone_was_asked(county, view):
    """The county began in the third quarter: the year is its running total, of which the third quarter's part is not known."""
    county.open("QQ", "2025Q3")
    county.figures("QQ", "2025Q3,W,K,,30", "2025Q3,Y,K,,4")
    year = county.ask("K", period="2025", view=view)
    assert (year.value(), year.coverage(), texts(county, "2025", view=view, by="units")["W"]) == (34, (2, 3), "30")
    assert [county.ask("K", period=period).value() for period in ("2025Q3", "2025H2")] == [None, None]


def test_a_unit_whose_part_is_not_known_is_in_no_comparison(county):
    """W gave no total in March 2026, so what it added in the second quarter is not known; V added 40 after 30 a year before."""
    figures = {
        "2025": {"V": ("30", "40", "50", "60"), "W": ("1", "2", "3", "4")},
        "2026": {"V": ("3", "13", "23", "43"), "W": ("", "5", "6", "7")},
    }
    for year, units in figures.items():
        county.open("MM", *(f"{year}-{month:02d}" for month in range(3, 7)))
        rows = [(month, unit, value) for unit, values in units.items() for month, value in enumerate(values, start=3) if value]
        county.figures("MM", *(f"{year}-{month:02d},{unit},K,,{value}" for month, unit, value in rows))
    found = county.ask("K", period="2026Q2", compare="same_last_year").cell()["compare"]["same_last_year"]
    assert (found["change"], found["same_units"]["units"], found["same_units"]["change"]) == (None, 1, "10")


def test_a_quarter_of_which_its_last_month_alone_was_asked(county):
    """From the total of March to that of June; asked since April it is the same."""
    county.open("MM", "2025-03", "2025-06")
    county.figures(
        "MM",
        *(
            f"2025-{month},{unit},K,,{value}"
            for month, v, w in (("03", 30, 3), ("06", 70, 9))
            for unit, value in (("V", v), ("W", w))
        ),
    )
    for asked in ({"period": "2025Q2"}, {"period": "2025-06", "view": "since:2025-04-01"}):
        answer = county.ask("K", **asked)
        assert (answer.value(), answer.value("T"), answer.value("U"), answer.coverage()) == (46, 6, 40, (2, 3))
    assert county.ask("K", period="2025-06").value() is None


def test_who_stood_there_only_before_the_stretch_has_no_row(county):
    """X reported in May and is gone by the end of June: June and July lean on May, but nothing in them is X's."""
    county.open("MM", "2025-05", "2025-06", "2025-07")
    county.figures("MM", "2025-05,X,K,,40", "2025-05,W,K,,5", "2025-06,W,K,,6", "2025-07,W,K,,9")
    assert texts(county, "2025-07", view="since:2025-06-01", by="units") == {
        "C": "4",
        "T": "4",
        "W": "4",
        "U": "",
        "V": "",
        "Y": "",
    }


def test_who_gave_half_of_himself_away_keeps_what_he_added_since(county):
    """W gives 3, 7, 13 by May, half of it goes over to N on 1 June, then W gives 20: 5 and 7 are his, 5 are N's."""
    county.open("MM", "2025-03", "2025-04", "2025-05")
    county.figures("MM", *(f"2025-{month},W,K,,{value}" for month, value in (("03", 3), ("04", 7), ("05", 13))))
    act = {"on": date(2025, 6, 1), "by": system_operator(), "at": datetime(2025, 6, 1, 1, tzinfo=UTC)}
    w, u = (Organization.objects.get(code=code) for code in "WU")
    heir = open_organization(code="N", name="新村", parent=u, unit_category="village", **act)
    split(predecessor=w, successors={w: Decimal("0.5"), heir: Decimal("0.5")}, **act)
    county.open("MM", "2025-06")
    county.figures("MM", "2025-06,W,K,,20")
    cells = texts(county, "2025Q2", tree="now", by="units")
    assert (cells["C"], cells["W"], cells["N"]) == ("17", "12", "5")
    assert texts(county, "2025Q2")["C"] == "17"


def test_half_years_are_compared_by_their_last_totals(county):
    """The second half goes from June to December though September was not asked; the first one from New Year."""
    county.open("QQ", "2025Q2", "2025Q4", "2026Q1", "2026Q2")
    county.figures("QQ", "2025Q2,W,K,,10", "2025Q4,W,K,,18", "2026Q1,W,K,,2", "2026Q2,W,K,,9", "2026Q2,V,K,,1")
    found = county.ask("K", period="2026H1", compare="prev").cell()["compare"]["prev"]
    assert (found["value"], found["same_units"]["units"], found["same_units"]["change"]) == ("8", 1, "1")
