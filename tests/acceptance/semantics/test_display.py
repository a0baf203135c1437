"""T52–T56 of docs/semantics.md with other numbers: ranks, printed precision, half up, 舍位平衡, shares."""

from decimal import Decimal

import pytest

from reports.figures.output.cells import ranks
from reports.tables.layouts.rounding import balanced, shares

Q = "2026Q2"


@pytest.fixture
def scores(story):
    story.orgs("C,县,county,,,,,", *(f"T{number},镇{number},township,C,,,," for number in range(1, 7)))
    story.indicators("S,得分,分,score,,,,mean,1", extra="org_rule,decimals")
    story.form("F", "S")
    story.open("F", Q)
    return story


def ranked(values: list[str | None], decimals: int) -> list[int | None]:
    return ranks([None if value is None else Decimal(value) for value in values], decimals)


@pytest.mark.parametrize(
    ("values", "decimals", "right"),
    [
        (["71", "88.5", None, "71", "100", "71"], 1, [3, 2, None, 3, 1, 3]),
        (["0", None, "0"], 0, [1, None, 1]),
        ([None, None], 1, [None, None]),
        (["-3", "-2.5", "0"], 1, [3, 2, 1]),
    ],
)
def test_t52_ties_share_a_rank_and_the_missing_have_none(values, decimals, right):
    assert ranked(values, decimals) == right


@pytest.mark.parametrize(
    ("values", "decimals", "right"),
    [
        (["79.95", "80.04", "80.05"], 1, [2, 2, 1]),
        (["79.94", "79.95"], 1, [2, 1]),
        (["33.333333", "33.333334"], 4, [1, 1]),
        (["99.5", "100.4", "99.4"], 0, [1, 1, 3]),
    ],
)
def test_t53_ranks_follow_what_is_printed(values, decimals, right):
    assert ranked(values, decimals) == right


def test_t53_ranks_of_a_grid_and_sums_of_what_was_reported(scores):
    """66.64 and 66.55 look the same at one decimal; what is typed is exact, so they are made by a mean."""
    scores.orgs(
        "C,县,county,,,,,", *(f"T{number},镇{number},township,C,,,," for number in range(1, 7)),
        *(f"V{number}{half},村,village,T{number},,,," for number in (1, 2) for half in "abc"),
    )  # fmt: skip
    scores.open("F", "2026Q3")
    rows = {
        "V1a": "66.6",
        "V1b": "66.6",
        "V1c": "66.7",
        "V2a": "66.6",
        "V2b": "66.6",
        "V2c": "66.6",
        "T3": "70",
        "T4": "60",
        "T5": "70",
    }
    scores.figures("F", *(f"2026Q3,{unit},S,,{value}" for unit, value in rows.items()))
    answer = scores.ask("S", period="2026Q3")
    places = [f"T{number}" for number in range(1, 7)]
    assert [answer.text(place) for place in places] == ["66.6", "66.6", "70.0", "60.0", "70.0", ""]
    assert answer.value("T1") != answer.value("T2")
    assert ranks([answer.value(place) for place in places], 1) == [3, 3, 1, 5, 1, None]


@pytest.mark.parametrize(
    ("top", "bottom", "text"),
    [
        ("1", "16", "6.3"),
        ("3", "16", "18.8"),
        ("1", "3", "33.3"),
        ("2", "3", "66.7"),
        ("1", "2000", "0.1"),
        ("1", "2001", "0.0"),
    ],
)
def test_t54_prints_half_up(story, top, bottom, text):
    """6.25 → 6.3, 18.75 → 18.8, 0.05 → 0.1: as a calculator on the desk, and as Excel's ROUND."""
    story.villages("V")
    story.indicators("N,已建,家,stock,,,", "D,应建,家,stock,,,", "R,组建率,%,ratio,N,D,")
    story.form("F", "N", "D", "R")
    story.open("F", Q)
    story.figures("F", f"{Q},V,N,,{top}", f"{Q},V,D,,{bottom}")
    assert story.ask("R", period=Q).text() == text


@pytest.mark.parametrize(("given", "text"), [("1.005", "1.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("0.115", "0.12")])
def test_t54_a_mean_of_exact_figures_is_exact_until_printed(story, given, text):
    """The half of a number with three decimals is known exactly; a float would already have lost it."""
    story.villages("V1", "V2")
    story.run(
        "load_catalogue",
        story._file(
            "c.csv",
            "code,name_zh,domain,unit,kind,frequency,validation,org_rule",
            ["M,均值,economy,万元,flow,quarter,decimal(2),mean"],
        ),
    )
    story.form("F", "M")
    story.open("F", Q)
    whole = Decimal(given) * 2
    story.figures("F", f"{Q},V1,M,,{whole - 1:.2f}", f"{Q},V2,M,,1")
    answer = story.ask("M", period=Q)
    assert (answer.value(), answer.text()) == (Decimal(given), text)


def test_t55_printed_parts_add_up_and_one_is_marked():
    """Three times 24,400 元 in 万元 at one decimal print 2.4 each and 7.3 together: the first takes the 0.1 that is missing."""
    parts = [Decimal(number) for number in (24_400, 24_400, 24_400)]
    found = balanced(parts, Decimal(10_000), 1)
    assert (found.total, sum(found.parts), found.adjusted) == (Decimal("7.3"), Decimal("7.3"), 0)
    assert found.parts == (Decimal("2.5"), Decimal("2.4"), Decimal("2.4"))
    assert parts == [Decimal(24_400)] * 3


@pytest.mark.parametrize(
    ("parts", "decimals", "right"),
    [
        ((1, 1, 1), 1, ("33.4", "33.3", "33.3")),
        ((1, 1, 1, 1, 1, 1), 0, ("17", "17", "17", "17", "16", "16")),
        ((2, 1), 2, ("66.67", "33.33")),
        ((0, 7), 1, ("0.0", "100.0")),
    ],
)
def test_t56_shares_make_a_hundred(parts, decimals, right):
    assert shares([Decimal(part) for part in parts], decimals) == tuple(map(Decimal, right))
