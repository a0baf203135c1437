"""T34–T36 of docs/semantics.md as far as sums stand on them already: today's tree asked of a township, with heirs elsewhere."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from orgs.tree.restructuring import close, merge, open_organization, split

AT = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
ON = date(2026, 4, 1)


@pytest.fixture(scope="module")
def module_county(module_story):
    """Two townships; 40 and 7 reported at A1 and A2 of the first, 100 at B1 of the second, before 2026-04-01."""
    module_story.orgs(
        "C,县,county,,,,,", "TA,甲镇,township,C,,,,", "TB,乙镇,township,C,,,,", "A1,甲1村,village,TA,,,,", "A2,甲2村,village,TA,,,,",
        "A3,甲3村,village,TA,,,,", "B1,乙1村,village,TB,,,,",
    )  # fmt: skip
    module_story.indicators("N,走访,次,flow,,,", "P,培训,次,flow,,,", "R,比率,%,ratio,N,P,")
    module_story.form("F", "N", "P", "R")
    module_story.open("F", "2026Q1")
    figures = {"A1": (40, 50), "A2": (7, 70), "B1": (100, 100)}
    module_story.figures(
        "F", *(f"2026Q1,{unit},{code},,{value}" for unit, own in figures.items() for code, value in zip("NP", own, strict=True))
    )
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path):
    return module_county.in_folder(tmp_path)


def org(code: str) -> Organization:
    return Organization.objects.get(code=code)


def opened(code: str, township: str) -> Organization:
    return open_organization(
        code=code, name=f"{code}村", parent=org(township), on=ON, by=system_operator(), at=AT, unit_category="village"
    )


def now(county, place: str) -> list[Decimal | None]:
    answer = county.ask("N", period="2026Q1", org=place, tree="now")
    return [answer.value(), *(answer.value(row["org"]) for row in answer.rows("unit") + answer.rows("subtotal") if row["org"])]


def test_an_heir_in_another_township_takes_the_past_with_it(county):
    """A1 merges into B1: today 7 and 140, then 47 and 100; the rate is of the sums, never a mean."""
    merge(predecessors=[org("A1"), org("B1")], successor=org("B1"), on=ON, by=system_operator(), at=AT)
    answer = county.ask("N", "R", period="2026Q1", tree="now")
    assert [answer.value(place) for place in ("C", "TA", "TB")] == [147, 7, 140]
    assert (answer.value("TB", 1).quantize(Decimal("0.01")), answer.text("TA", 1)) == (Decimal("93.33"), "10.0")
    for place, value in (("TA", 7), ("TB", 140)):
        own = county.ask("N", period="2026Q1", org=place, tree="now")
        assert own.value() == value
        assert own.data["notes"] == []
    assert [county.ask("N", period="2026Q1").value(place) for place in ("C", "TA", "TB")] == [147, 47, 100]
    assert county.ask("N", period="2026Q1", org="TB", tree="now").cell("B1")["estimated"]


def test_a_split_over_two_townships_is_shared_in_each(county):
    """A1 of 40 is split 3 : 1 into one village of either township."""
    shares = {opened("X", "TA"): Decimal("0.75"), opened("Y", "TB"): Decimal("0.25")}
    split(predecessor=org("A1"), successors=shares, on=ON, by=system_operator(), at=AT)
    answer = county.ask("N", period="2026Q1", tree="now")
    assert [answer.value(place) for place in ("C", "TA", "TB")] == [147, 37, 110]
    assert [county.ask("N", period="2026Q1", org=place, tree="now").value() for place in ("TA", "TB")] == [37, 110]
    assert [
        county.ask("N", period="2026Q1", org=place, tree="now").value(unit) for place, unit in (("TA", "X"), ("TB", "Y"))
    ] == [30, 10]


def test_an_heir_closed_since_leaves_its_share_apart(county):
    shares = {opened("X", "TA"): Decimal("0.5"), opened("Y", "TA"): Decimal("0.5")}
    split(predecessor=org("A1"), successors=shares, on=ON, by=system_operator(), at=AT)
    close(organization=org("Y"), on=date(2026, 5, 1), by=system_operator(), at=AT)
    answer = county.ask("N", period="2026Q1", org="TA", tree="now")
    texts = {row["org"]: row["cells"][0]["text"] for row in answer.rows()}
    assert texts == {"TA": "47", "A2": "7", "A3": "", "X": "20", "": "20"}
    assert any("甲1村" in note for note in answer.data["notes"])


def test_what_nobody_divided_is_not_divided(county):
    split(
        predecessor=org("A1"), successors={opened("X", "TA"): None, opened("Y", "TB"): None}, on=ON, by=system_operator(), at=AT
    )
    answer = county.ask("N", period="2026Q1", tree="now")
    assert (answer.value(), answer.value("TA"), answer.value("TB")) == (147, 7, 100)
    assert answer.rows()[-1]["cells"][0]["text"] == "40"
