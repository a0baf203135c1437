"""Today's tree after a split: what adds is shared out, ratios keep both sides, the rest is not comparable (T34–T37, T79)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from orgs.tree.restructuring import open_organization, split

CODES = ("N", "P", "R", "SC", "MX", "MN", "CI", "K")
VALUES = {"V": (100, 200, 80, 80, 80, 5), "W": (7, 70, 60, 60, 60, 9)}


@pytest.fixture
def county(story):
    """V is split 60 : 40 into VA in T and VB in U after the first quarter."""
    story.orgs("C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,", "V,甲村,village,T,,,,", "W,乙村,village,T,,,,")
    story.indicators(
        "N,办结,件,flow,,,,,", "P,收到,件,flow,,,,,", "R,比率,%,ratio,N,P,,,", "SC,得分,分,score,,,,mean,", "MX,最多,名,stock,,,,max,",
        "MN,最少,名,stock,,,,min,", "CI,达标,家,flow,,,,count_if,{N} >= 50", "K,累计,次,cumulative,,,,,", extra="org_rule,formula",
    )  # fmt: skip
    story.form("F", *CODES)
    story.open("F", "2026Q1")
    typed = ("N", "P", "SC", "MX", "MN", "K")
    story.figures(
        "F", *(f"2026Q1,{unit},{code},,{value}" for unit, own in VALUES.items() for code, value in zip(typed, own, strict=True))
    )
    heirs = {}
    for code, parent, share in (("VA", "T", "0.6"), ("VB", "U", "0.4")):
        heir = open_organization(
            code=code, name=f"{code}村", parent=Organization.objects.get(code=parent), on=date(2026, 4, 1),
            by=system_operator(), at=datetime(2026, 4, 1, 1, tzinfo=UTC), unit_category="village",
        )  # fmt: skip
        heirs[heir] = Decimal(share)
    split(
        predecessor=Organization.objects.get(code="V"), successors=heirs, on=date(2026, 4, 1), by=system_operator(),
        at=datetime(2026, 4, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    return story


def test_only_what_adds_is_shared(county):
    then = county.ask(*CODES, period="2026Q1", by="units")
    now = county.ask(*CODES, period="2026Q1", by="units", tree="now")
    rows = {row["org"]: [cell["text"] for cell in row["cells"]] for row in now.rows()}
    assert (
        rows["C"] == [cell["text"] for cell in then.rows()[0]["cells"]] == ["107", "270", "39.6", "70.0", "80", "60", "1", "14"]
    )
    assert rows["VA"] == ["60", "120", "50.0", "—", "—", "—", "1", "3"]
    assert rows["VB"] == ["40", "80", "50.0", "—", "—", "—", "0", "2"]
    assert rows["T"] == ["67", "190", "35.3", "—", "—", "—", "1", "12"]
    assert rows["W"] == ["7", "70", "10.0", "60.0", "60", "60", "0", "9"]
    assert [now.coverage(column=column) for column in range(8)] == [then.coverage(column=column) for column in range(8)]
    assert now.coverage("VA") == now.coverage("VA", 3) == (1, 1)
    assert [note for note in now.data["notes"] if "SC" in note and "甲村" in note and "2026-04-01" in note]
    assert [now.cell(org)["estimated"] for org in ("VA", "C")] == [True, False]


def test_a_township_asked_alone_has_its_share(county):
    for place in ("T", "U"):
        whole = county.ask(*CODES, period="2026Q1", tree="now").rows("subtotal")
        row = next((row for row in whole if row["org"] == place), None) or next(
            row for row in county.ask(*CODES, period="2026Q1", tree="now").rows() if row["org"] == place
        )
        alone = county.ask(*CODES, period="2026Q1", org=place, tree="now").rows()[0]
        assert [cell["text"] for cell in alone["cells"]] == [cell["text"] for cell in row["cells"]]
