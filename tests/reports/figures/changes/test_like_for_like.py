"""Like for like: complete sums are compared, others over the units that answered in both periods (semantics T77)."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.utils import timezone

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from orgs.tree.restructuring import merge
from tests.reports.story import Story

PREV = {"period": "2026Q3", "compare": "prev"}


@pytest.fixture
def county(story) -> Story:
    """Three villages in two townships; a stock, a flow, a mean, a greatest, a count and a ratio."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,",
        "V1,甲村,village,T,,,,", "V2,乙村,village,T,,,,", "V3,丙村,village,U,,,,",
    )  # fmt: skip
    story.indicators(
        "S,党员,名,stock,,,,,", "F,培训,人次,flow,,,,,", "G,应训,人次,flow,,,,,", "M,得分,分,score,,,,mean,", "X,最高,分,score,,,,max,",
        "Y,达标,家,stock,,,,count_if,{F} >= 4", "R,参训率,%,ratio,F,G,,,", extra="org_rule,formula",
    )  # fmt: skip
    story.form("Q", "S", "F", "G", "M", "X", "Y", "R")
    story.open("Q", "2025Q3", "2026Q1", "2026Q2", "2026Q3")
    return story


def given(story: Story, code: str, period: str, *values: str, state: str = "approved") -> None:
    """One value per village, in order; "" where it was not reported."""
    story.figures(
        "Q", *(f"{period},V{n},{code},,{value}" for n, value in enumerate(values, start=1) if value), state=state
    )  # fmt: skip


def change(cell: dict, compared: str = "prev") -> tuple:
    """(change, percent, units, change of these, percent of these)"""
    found = cell["compare"][compared]
    same = found["same_units"] or {"units": None, "change": None, "percent": None}
    return found["change"], found["percent"], same["units"], same["change"], same["percent"] and same["percent"][:6]


def test_the_change_of_a_third_is_that_of_the_third(county):
    """T77: −107 (−54.3 %) would be a lie."""
    given(county, "S", "2026Q2", "87", "60", "50")
    given(county, "S", "2026Q3", "90")
    answer = county.ask("S", **PREV)
    assert change(answer.cell()) == (None, None, 1, "3", "3.4482")
    assert (answer.cell()["complete"], answer.cell()["compare"]["prev"]["value"]) == (False, "197")
    assert change(county.ask("S", by="units", **PREV).cell("V1"))[:3] == (
        "3",
        "3.4482758620689655172413793103448275862068",
        None,
    )


def test_complete_sums_are_compared_plainly(county):
    given(county, "S", "2026Q2", "87", "60", "53")
    given(county, "S", "2026Q3", "90", "60", "60")
    answer = county.ask("S", **PREV)
    assert change(answer.cell()) == ("10", "5", None, None, None)
    assert answer.cell()["complete"]


def test_a_figure_that_is_not_given_yet_has_its_base_beside_it(county):
    given(county, "S", "2026Q2", "87", "60", "50")
    found = county.ask("S", **PREV).cell()["compare"]["prev"]
    assert (found["value"], found["change"], found["same_units"], found["said"]) == ("197", None, None, "nothing to compare")


def test_what_is_sent_but_not_approved_counts_on_its_own_basis_only(county):
    given(county, "S", "2026Q2", "87", "60", "50")
    given(county, "S", "2026Q3", "90")
    given(county, "S", "2026Q3", "", "61", "52", state="submitted")
    assert change(county.ask("S", **PREV).cell())[2:4] == (1, "3")
    assert change(county.ask("S", basis="submitted", **PREV).cell())[:1] == ("6",)


def test_as_many_units_are_not_the_same_units(county):
    given(county, "S", "2026Q2", "87", "60")
    given(county, "S", "2026Q3", "", "70", "50")
    assert change(county.ask("S", **PREV).cell()) == (None, None, 1, "10", "16.666")


def test_no_unit_in_both_says_so(county):
    given(county, "S", "2026Q2", "87")
    given(county, "S", "2026Q3", "", "70", "50")
    found = county.ask("S", **PREV).cell()["compare"]["prev"]
    assert found["same_units"] == {"units": 0, "change": None, "percent": None}
    assert found["said"] == "no unit answered in both periods"


def test_a_village_closed_since_and_one_opened_leave_both_complete(county):
    county.orgs("V3,丙村,village,U,,,2000-01-01,2026-06-30", "V4,丁村,village,U,,,2026-07-01,")
    county.open("Q", "2026Q3")
    given(county, "S", "2026Q2", "1", "2", "3")
    county.figures("Q", "2026Q3,V1,S,,1", "2026Q3,V2,S,,2", "2026Q3,V4,S,,9")
    assert change(county.ask("S", **PREV).cell()) == ("6", "100", None, None, None)


def test_not_applicable_is_an_answer_and_no_number(county):
    given(county, "S", "2026Q2", "10", "20", "30")
    given(county, "S", "2026Q3", "11", "20", "NA")
    assert change(county.ask("S", **PREV).cell())[:3] == ("-29", "-48.3333333333333333333333333333333333333333", None)
    given(county, "S", "2026Q1", "10", "", "NA")
    found = county.ask("S", period="2026Q2", compare="prev")
    assert change(found.cell()) == (None, None, 1, "0", "0")


@pytest.mark.parametrize(
    ("code", "now", "then", "same"),
    [
        ("M", ("8", "6", ""), ("5", "5", "9"), (2, "2")),  # 7 − 5, not 7 − 6.33
        ("X", ("8", "6", ""), ("5", "7", "9"), (2, "1")),  # 8 − 7, not 8 − 9
        ("Y", ("5", "1", ""), ("1", "9", "9"), (2, "0")),  # one of two meets four, as before
    ],
)
def test_means_extremes_and_counts_are_made_of_the_same_units(county, code, now, then, same):
    given(county, "F" if code == "Y" else code, "2026Q3", *now)
    given(county, "F" if code == "Y" else code, "2026Q2", *then)
    assert change(county.ask(code, **PREV).cell())[2:4] == same


def test_a_ratio_moves_by_the_points_of_those_who_gave_both_sides(county):
    county.figures("Q", *(f"2026Q2,V{n},{code},,{value}" for n, code, value in ((1, "F", 5), (1, "G", 10), (2, "F", 30))))
    county.figures("Q", "2026Q2,V3,F,,9", "2026Q2,V3,G,,9")
    county.figures("Q", *(f"2026Q3,V{n},{code},,{value}" for n, code, value in ((1, "F", 8), (1, "G", 10), (3, "G", 9))))
    assert change(county.ask("R", **PREV).cell()) == (None, None, 1, "30", None)  # 80 − 50


def test_the_year_so_far_is_compared_for_those_who_gave_every_period(county):
    county.open("Q", "2025Q1", "2025Q2")
    for period in ("2025Q1", "2025Q2", "2025Q3"):
        given(county, "F", period, "1", "1", "1")
    given(county, "F", "2026Q1", "2", "2", "2")
    given(county, "F", "2026Q2", "2", "", "2")
    given(county, "F", "2026Q3", "2", "9", "2")
    asked = {"period": "2026Q3", "view": "ytd", "compare": "same_last_year"}
    assert change(county.ask("F", **asked).cell(), "same_last_year") == (None, None, 2, "6", "100")
    county.figures("Q", "2026Q2,V2,F,,2")
    assert change(county.ask("F", **asked).cell(), "same_last_year")[:3] == (
        "16",
        "177.7777777777777777777777777777777777777777",
        None,
    )


def test_a_year_of_which_less_was_asked_is_not_compared_plainly(county):
    """Three quarters beside one would be growth of asking."""
    given(county, "F", "2025Q3", "1", "1", "1")
    for period in ("2026Q1", "2026Q2", "2026Q3"):
        given(county, "F", period, "2", "2", "2")
    answer = county.ask("F", period="2026Q3", view="ytd", compare="same_last_year")
    assert (answer.cell()["complete"], change(answer.cell(), "same_last_year")) == (True, (None, None, 0, None, None))
    assert change(county.ask("S", period="2026Q3", view="ytd", compare="same_last_year").cell(), "same_last_year")[0] is None


def test_a_base_exists_for_every_row_whatever_rows_are_shown(county):
    """Subtotals, units and the total on any page; a unit that moved keeps its own base."""
    county.orgs("V2,乙村,village,T,,,2000-01-01,2026-06-30", "V2,乙村,village,U,,,2026-07-01,")
    given(county, "S", "2026Q2", "1", "2", "3")
    given(county, "S", "2026Q3", "2", "4", "6")
    answer = county.ask("S", by="units", **PREV)
    changes = {row["org"]: change(row["cells"][0])[0] for row in answer.rows()}
    assert changes == {"C": "6", "T": "-1", "U": "7", "V1": "1", "V2": "2", "V3": "3"}


def test_a_township_that_answered_alone_has_a_base_once_it_has_villages(story):
    story.orgs("C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,", "W,村,village,U,,,,")
    story.indicators("S,党员,名,stock,,,")
    story.form("Q", "S", head="unit_categories,aggregate_own", values="township;village,1")
    story.open("Q", "2026Q2")
    story.orgs("V1,甲村,village,T,,,2026-07-01,")
    story.open("Q", "2026Q3")
    story.figures("Q", "2026Q2,T,S,,5", "2026Q2,U,S,,1", "2026Q2,W,S,,1")
    story.figures("Q", "2026Q3,T,S,,6", "2026Q3,U,S,,1", "2026Q3,W,S,,1", "2026Q3,V1,S,,2")
    answer = story.ask("S", by="units", **PREV)
    changes = [(row["org"], row["kind"], change(row["cells"][0])[0]) for row in answer.rows() if row["org"] in ("T", "V1")]
    assert changes == [("T", "subtotal", "3"), ("T", "own", "1"), ("V1", "unit", None)]


def test_units_are_matched_through_what_became_of_them(county):
    """Under the tree of now V1 and V2 are V9: 30 before, 33 now. Of a half-known past nothing is compared."""
    given(county, "S", "2026Q2", "10", "20", "")
    county.orgs("V9,新村,village,T,,,2026-07-01,")
    v1, v2, v9 = (Organization.objects.get(code=code) for code in ("V1", "V2", "V9"))
    merge(predecessors=[v1, v2], successor=v9, on=date(2026, 7, 1), by=system_operator(), at=timezone.now())
    county.open("Q", "2026Q3")
    county.figures("Q", "2026Q3,V9,S,,33")
    for by in ("children", "units"):
        answer = county.ask("S", by=by, tree="now", **PREV)
        assert change(answer.cell()) == (None, None, 1, "3", "10"), by
    assert change(answer.cell("V9"))[:1] == ("3",)
    assert change(county.ask("S", **PREV).cell()) == (None, None, 0, None, None)


def test_the_same_stands_in_comma_text(county):
    given(county, "S", "2026Q2", "87", "60", "50")
    given(county, "S", "2026Q3", "90")
    printed = county.run("figures", "S", "--period", "2026Q3", "--org", "C", "--compare", "prev", "--format", "csv")
    row = next(iter(csv.DictReader(StringIO(printed))))
    fields = [row[f"prev_{part}"] for part in ("value", "change", "percent", "same_units", "same_change")]
    assert (fields, row["complete"]) == (["197", "", "", "1", "3"], "0")


def test_several_counties_are_compared_together(story):
    """Each has a task of its own; the first county is complete in both quarters, the second in one."""
    story.orgs(
        "P,市,other,,,,,", "C1,甲县,county,P,,,,", "C2,乙县,county,P,,,,", "V1,一村,village,C1,,,,", "V2,二村,village,C2,,,,",
        "V3,三村,village,C2,,,,",
    )  # fmt: skip
    story.indicators("S,党员,名,stock,,,")
    story.form("Q", "S")
    for period in ("2026Q2", "2026Q3"):
        for county in ("C1", "C2"):
            story.open("Q", period, org=county)
    story.figures("Q", "2026Q2,V1,S,,10", "2026Q2,V2,S,,20", "2026Q2,V3,S,,30", "2026Q3,V1,S,,11", "2026Q3,V2,S,,25")
    answer = story.ask("S", org="P", **PREV)
    assert [change(row["cells"][0])[:4] for row in answer.rows()] == [
        (None, None, 2, "6"), ("1", "10", None, None), (None, None, 1, "5"),
    ]  # fmt: skip
