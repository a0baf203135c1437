"""A ratio whose numerator and denominator stand on two forms of the same units and period."""

import pytest


@pytest.fixture
def county(story):
    """N on form F1 and P on form F2; E is asked both on one form, Z only one of them."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "V,甲村,village,T,,,,", "W,乙村,village,T,,,,", "X,丙村,village,T,,,,",
        "E,企业,private_enterprise,T,,,,", "Z,社区,community,T,,,,",
    )  # fmt: skip
    story.indicators(
        "N,办结,件,flow,,,",
        "P,收到,件,flow,,,",
        "S,党员,名,stock,,,",
        "L,应建,家,stock,,,",
        "R,办结率,%,ratio,N,P,",
        "Q,组建率,%,ratio,S,L,",
    )
    story.form("F1", "N", "S", head="unit_categories", values="village;community")
    story.form("F2", "P", "L", head="unit_categories", values="village")
    story.form("F3", "N", "P", head="unit_categories", values="private_enterprise")
    story.open("F1", "2026Q1", "2026Q2")
    story.open("F2", "2026Q1", "2026Q2")
    story.open("F3", "2026Q1")
    return story


def test_units_that_gave_both_sides_are_divided(county):
    """V 3/10, W 1/40, X half, E 5/5 on one form, Z without denominator."""
    county.figures("F1", "2026Q1,V,N,,3", "2026Q1,W,N,,1", "2026Q1,X,N,,9", "2026Q1,Z,N,,100")
    county.figures("F2", "2026Q1,V,P,,10", "2026Q1,W,P,,40")
    county.figures("F3", "2026Q1,E,N,,5", "2026Q1,E,P,,5")
    answer = county.ask("R", period="2026Q1", by="units")
    texts = {row["org"]: row["cells"][0]["text"] for row in answer.rows()}
    assert texts == {"C": "16.4", "T": "16.4", "V": "30.0", "W": "2.5", "X": "", "E": "100.0"}
    assert answer.coverage() == (3, 4)
    for by in ("self", "children", "unit_category"):
        assert county.ask("R", period="2026Q1", by=by, tree="now").text() == "16.4"


def test_both_forms_must_be_approved(county):
    county.figures("F1", "2026Q1,V,N,,3", "2026Q1,W,N,,1")
    county.figures("F2", "2026Q1,V,P,,10")
    county.figures("F2", "2026Q1,W,P,,40", state="submitted")
    approved = county.ask("R", period="2026Q1").cell()
    assert (approved["text"], approved["reported"], approved["approved"]) == ("30.0", 2, 1)
    assert county.ask("R", period="2026Q1", basis="submitted").text() == "8.0"


def test_over_time_each_side_follows_its_own_rule(county):
    """T10, T11: flows add before they are divided, stocks are of the last period."""
    county.figures("F1", "2026Q1,V,N,,30", "2026Q2,V,N,,10", "2026Q1,V,S,,80", "2026Q2,V,S,,90")
    county.figures("F2", "2026Q1,V,P,,40", "2026Q2,V,P,,60", "2026Q1,V,L,,100", "2026Q2,V,L,,120")
    half = county.ask("R", "Q", period="2026H1")
    assert (half.text(), half.text(column=1)) == ("40.0", "75.0")
    assert county.ask("R", period="2026Q2", view="ytd").text() == "40.0"
    compared = county.ask("R", period="2026Q2", compare="prev").cell()["compare"]["prev"]
    assert compared["value"] == "75"
