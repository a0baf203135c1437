"""What figures mean over a tree that changes (semantics T30, T31, T37–T40, T42 and the invariants)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from orgs.tree.restructuring import merge


def test_expectation_counts_unit_periods(story):
    """T30, T31: ten villages, one closed at mid-year, one misses a quarter."""
    rows = ["C,县,county,,,,,", "T,镇,township,C,,,,", "V0,村0,village,T,,,,2025-06-30"]
    story.orgs(*rows, *(f"V{number},村{number},village,T,,,," for number in range(1, 10)))
    story.indicators("A,走访,次,flow,,,")
    story.form("F", "A")
    story.open("F", "2025Q1", "2025Q2", "2025Q3", "2025Q4")
    periods = [(quarter, number) for quarter in (1, 2, 3, 4) for number in range(10) if number or quarter < 3]
    story.figures("F", *(f"2025Q{quarter},V{number},A,,1" for quarter, number in periods if (quarter, number) != (4, 9)))
    assert story.ask("A", period="2025").coverage() == (37, 38)
    assert story.ask("A", period="2025").value() == 37


@pytest.fixture
def moved(story):
    story.orgs(
        "C,县,county,,,,,", "TA,甲镇,township,C,,,,", "TB,乙镇,township,C,,,,", "B1,乙村,village,TB,,,,",
        "V,某村,village,TA,,,2000-01-01,2026-06-30", "V,某村,village,TB,,,2026-07-01,",
    )  # fmt: skip
    story.indicators("A,走访,次,flow,,,")
    story.form("F", "A", head="unit_categories", values="village")
    story.open("F", "2026Q2", "2026Q3")
    story.figures("F", "2026Q2,V,A,,8", "2026Q3,V,A,,9")
    return story


def test_a_move_leaves_the_past_where_it_was(moved):
    """T37."""
    assert moved.ask("A", period="2026Q2").value("TA") == 8
    assert moved.ask("A", period="2026Q3").value("TB") == 9
    both = moved.ask("A", period="2026Q3", view="ytd")
    assert (both.value(), both.value("TA"), both.value("TB")) == (17, 8, 9)
    now = moved.ask("A", period="2026Q3", view="ytd", tree="now")
    assert (now.value(), now.value("TA"), now.value("TB")) == (17, 0, 17)


def test_two_lines_are_views_not_sums(story):
    """T38."""
    story.orgs(
        "C,县,county,,,,,", "S,街道,street,C,,,,", "S1,社区,community,S,,,,", "I,快递行业党委,industry_committee,C,,,,",
        "E,快递公司,private_enterprise,I,S,I,,",
    )  # fmt: skip
    story.indicators("P,党员,名,stock,,,")
    story.form("F", "P", head="unit_categories", values="private_enterprise")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,E,P,,30")
    assert story.ask("P", period="2026Q1").value() == 30
    assert story.ask("P", period="2026Q1", by="district").value("S") == 30
    assert story.ask("P", period="2026Q1", by="line").value("I") == 30
    parents = story.ask("P", period="2026Q1", by="children")
    assert sum(parents.value(row["org"]) or 0 for row in parents.rows() if row["kind"] != "total") == 30


def test_own_and_below_are_three_named_figures(story):
    """T39, T42."""
    story.villages("V1", "V2")
    story.indicators("A,培训,次,flow,,,")
    story.form("F", "A", head="aggregate_own,unit_categories", values="1,township;village")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,T,A,,3", "2026Q1,V1,A,,5", "2026Q1,V2,A,,4")
    answer = story.ask("A", period="2026Q1", org="T")
    assert (answer.value("T", kind="total"), answer.value("T", kind="own")) == (12, 3)
    assert answer.value("V1") + answer.value("V2") == 9
    units = story.ask("A", period="2026Q1", by="units")
    assert (units.value(), units.value("T", kind="subtotal"), units.value("T", kind="own")) == (12, 12, 3)


def test_a_township_is_not_asked_what_villages_answer(story):
    """T40."""
    story.villages("V1")
    story.indicators("A,培训,次,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q1")
    with pytest.raises(SystemExit):
        story.figures("F", "2026Q1,T,A,,9")


def test_groups_by_category_add_up_to_the_total(story):
    story.orgs(
        "C,县,county,,,,,",
        "T,镇,township,C,,,,",
        "V,村,village,T,,,,",
        "E,企业,private_enterprise,T,,,,",
        "D,局,department,C,,,,",
    )
    story.indicators("A,培训,次,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,V,A,,1", "2026Q1,E,A,,20", "2026Q1,D,A,,300")
    answer = story.ask("A", period="2026Q1", by="unit_category")
    assert {row["org"]: Decimal(row["cells"][0]["value"]) for row in answer.rows("group")} == {
        "department": 300, "village": 1, "private_enterprise": 20,
    }  # fmt: skip
    assert answer.value() == 321


def test_provisional_and_approved_stand_apart(story):
    story.villages("V1", "V2", "V3")
    story.indicators("A,培训,次,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,V1,A,,1")
    story.figures("F", "2026Q1,V2,A,,20", state="submitted")
    story.figures("F", "2026Q1,V3,A,,300", state="draft")
    approved, submitted = (story.ask("A", period="2026Q1", basis=basis) for basis in ("approved", "submitted"))
    assert (approved.value(), submitted.value()) == (1, 21)
    assert approved.cell() | {"expected": 3, "reported": 2, "approved": 1} == approved.cell()


def test_a_township_that_answers_alone_has_one_row(story):
    story.orgs("C,县,county,,,,,", "T,镇,township,C,,,,", "V,村,village,T,,,,", "U,乡,township,C,,,,")
    story.indicators("A,培训,次,flow,,,")
    story.form("F", "A", head="unit_categories", values="township")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,T,A,,3", "2026Q1,U,A,,4")
    rows = story.ask("A", period="2026Q1", by="units").rows()
    assert [(row["org"], row["kind"], row["cells"][0]["text"]) for row in rows] == [
        ("C", "total", "7"), ("T", "unit", "3"), ("U", "unit", "4"),
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["units", "children"])
def test_days_before_the_stretch_make_no_subtotal(story, by):
    """The village of T closed in March; from April on T answers alone, though April leans on the running total of March."""
    story.orgs("C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,", "V,甲村,village,T,,,,2026-03-31")
    story.indicators("K,累计,次,cumulative,,,")
    story.form("M", "K", frequency="month", head="unit_categories,aggregate_own", values="township;village,1")
    story.open("M", "2026-03", "2026-04", "2026-05")
    story.figures("M", "2026-03,V,K,,7", *(f"2026-0{month},T,K,,NA" for month in (3, 4, 5)))
    asked = {"period": "2026-05", "view": "since:2026-04-01"}
    assert [(row["org"], row["kind"]) for row in story.ask("K", by=by, **asked).rows()][:2] == [("C", "total"), ("T", "unit")]
    assert story.ask("K", org="T", by=by, **asked).text("T") == story.ask("K", by=by, **asked).text("T") == "N/A"


@pytest.mark.parametrize(("merged", "estimated"), [("V1", {"V2"}), ("W", {"T", "V2"})])
def test_what_an_heir_took_over_is_an_estimate_in_rows_that_did_not_hold_it(story, merged, estimated):
    """V2 of T took over its neighbour V1, or W of the other township."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,", "V1,甲村,village,T,,,,", "V2,乙村,village,T,,,,",
        "W,丙村,village,U,,,,", "X,丁村,village,U,,,,",
    )  # fmt: skip
    story.indicators("A,走访,次,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,V1,A,,1", "2026Q1,V2,A,,20", "2026Q1,W,A,,300", "2026Q1,X,A,,4000")
    one, other = (Organization.objects.get(code=code) for code in (merged, "V2"))
    at = datetime(2026, 4, 1, 1, tzinfo=UTC)
    merge(predecessors=[one, other], successor=other, on=date(2026, 4, 1), by=system_operator(), at=at)
    rows = story.ask("A", period="2026Q1", by="units", tree="now").rows()
    assert {row["org"] for row in rows if row["cells"][0]["estimated"]} == estimated
    assert {row["org"]: row["cells"][0]["text"] for row in rows}["V2"] == {"V1": "21", "W": "320"}[merged]
