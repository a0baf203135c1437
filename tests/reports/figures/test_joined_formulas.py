"""A formula whose inputs stand on two forms of the same units and period is computed like a ratio, or the table says why not."""

import pytest


@pytest.fixture
def county(story):
    """A on form F1 and B on form F2 of villages; E is asked both on one form, Z only A."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "V,甲村,village,T,,,,", "W,乙村,village,T,,,,", "X,丙村,village,T,,,,",
        "E,企业,private_enterprise,T,,,,", "Z,社区,community,T,,,,",
    )  # fmt: skip
    story.indicators(
        "A,一,件,flow,,,,,,", "B,二,件,flow,,,,,,", "SUM,和,件,flow,,,,,,{A} + {B}", "SQ,积,件,flow,,,,,,{A} * {B}",
        "SIXTH,六分之一,件,flow,,,,,,({A} + {B}) / 6", "BEST,最高,件,flow,,,,max,,{A} - {B}", "MEAN,平均,件,flow,,,,mean,,{A} + {B}",
        "GOOD,达标,家,flow,,,,count_if,,{A} > {B}", "PREV,较上期,件,flow,,,,,,{A} - {B@prev}", "RUN,累计和,件,cumulative,,,,,,{A} + {B}",
        extra="org_rule,period_rule,formula",
    )  # fmt: skip
    story.form("F1", "A", head="unit_categories", values="village;community")
    story.form("F2", "B", head="unit_categories", values="village")
    story.form("F3", "A", "B", head="unit_categories", values="private_enterprise")
    story.open("F1", "2026Q1", "2026Q2")
    story.open("F2", "2026Q1", "2026Q2")
    story.open("F3", "2026Q1")
    story.figures("F1", "2026Q1,V,A,,3", "2026Q1,W,A,,1", "2026Q1,X,A,,9", "2026Q1,Z,A,,100")
    story.figures("F2", "2026Q1,V,B,,2", "2026Q1,W,B,,4")
    story.figures("F3", "2026Q1,E,A,,5", "2026Q1,E,B,,1")
    return story


@pytest.mark.parametrize(
    ("code", "text"),
    [("SUM", "16"), ("SQ", "15"), ("SIXTH", "3"), ("BEST", "4"), ("MEAN", "5"), ("GOOD", "2")],  # V 3,2; W 1,4; E 5,1
)
@pytest.mark.parametrize("options", [{}, {"tree": "now"}, {"by": "units"}, {"by": "unit_category"}])
def test_a_formula_is_computed_over_both_forms(county, code, text, options):
    answer = county.ask(code, period="2026Q1", **options)
    assert (answer.text(), answer.coverage()) == (text, (3, 4))


def test_the_year_adds_what_was_computed(county):
    county.figures("F1", "2026Q2,V,A,,30")
    county.figures("F2", "2026Q2,V,B,,20")
    assert county.ask("SUM", period="2026Q2", view="ytd").text() == "66"
    assert county.ask("SUM", period="2026Q2", compare="prev").cell()["compare"]["prev"]["value"] == "16"


@pytest.mark.parametrize(("code", "keys"), [("PREV", "A、B"), ("RUN", "A、B")])
def test_what_needs_other_periods_says_why_it_is_not_computed(county, code, keys):
    answer = county.ask(code, period="2026Q2")
    assert answer.text() == ""
    assert f"{keys} stand on several forms" in "".join(answer.data["notes"])


def test_what_was_not_asked_at_all_says_only_that(county):
    assert "was not asked" in "".join(county.ask("PREV", "SUM", period="2025Q4").data["notes"])
