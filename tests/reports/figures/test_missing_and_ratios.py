"""What missing, zero, 不适用 and ratios mean once they are added up (semantics T1, T6–T14)."""

from decimal import Decimal

import pytest


@pytest.fixture
def one_count(story):
    story.villages("V1", "V2", "V3", "V4")
    story.indicators("A,走访,次,flow,,,", "M,平均走访,次,flow,,,,mean", extra="org_rule")
    story.form("F", "A", "M")
    story.open("F", "2026Q1")
    return story


def test_missing_zero_and_not_applicable_differ(one_count):
    """T1: 5, 0, not reported, 不适用."""
    one_count.figures(
        "F", "2026Q1,V1,A,,5", "2026Q1,V1,M,,5", "2026Q1,V2,A,,0", "2026Q1,V2,M,,0", "2026Q1,V4,A,,NA", "2026Q1,V4,M,,NA"
    )
    answer = one_count.ask("A", "M", period="2026Q1", by="units")
    assert answer.value() == 5
    assert answer.cell() | {"expected": 3, "reported": 2, "approved": 2, "na": 1} == answer.cell()
    assert answer.value(column=1) == Decimal("2.5")
    assert (answer.text("V2"), answer.text("V3"), answer.text("V4")) == ("0", "", "N/A")
    assert "5(2/3)" in one_count.run("figures", "A", "--period", "2026Q1", "--org", "C")


def test_a_table_counts_the_units_in_its_figures_on_either_basis(one_count):
    """T1 with one report that waits: it is neither in the approved sum nor counted beside it."""
    one_count.figures("F", "2026Q1,V1,A,,5")
    one_count.figures("F", "2026Q1,V2,A,,7", state="submitted")
    asked = ("figures", "A", "--period", "2026Q1", "--org", "C", "--by", "units")
    approved, sent = one_count.run(*asked), one_count.run(*asked, "--basis", "submitted")
    assert "5(1/4)" in approved
    assert "12(2/4)" in sent
    assert approved.count("(0/1)") == 3
    assert sent.count("(0/1)") == 2


@pytest.fixture
def rate(story):
    story.villages("VA", "VB", "VC", "VD")
    story.indicators(
        "N,办结,件,flow,,,",
        "D,收集,件,flow,,,",
        "R,办结率,%,ratio,N,D,",
        "SN,已建,家,stock,,,",
        "SD,应建,家,stock,,,",
        "SR,组建率,%,ratio,SN,SD,",
    )
    story.form("F", "N", "D", "R", "SN", "SD", "SR")
    story.open("F", "2026Q1", "2026Q2", "2025Q2")
    return story


def test_a_ratio_is_of_sums(rate):
    """T6, T12."""
    rate.figures("F", "2026Q1,VA,N,,9", "2026Q1,VA,D,,10", "2026Q1,VB,N,,10", "2026Q1,VB,D,,100")
    answer = rate.ask("R", period="2026Q1")
    assert answer.text() == "17.3"
    assert answer.cell()["value"].startswith("17.272727272727")


def test_a_unit_that_gave_half_counts_neither_half(rate):
    """T7."""
    rate.figures("F", "2026Q1,VA,N,,9", "2026Q1,VA,D,,10", "2026Q1,VB,D,,100")
    answer = rate.ask("R", period="2026Q1")
    assert (answer.value(), answer.coverage()) == (90, (1, 4))
    assert any("VB村" in note for note in answer.data["notes"])


def test_zero_of_many_counts(rate):
    """T8."""
    rate.figures("F", "2026Q1,VA,N,,9", "2026Q1,VA,D,,10", "2026Q1,VB,N,,0", "2026Q1,VB,D,,100")
    assert rate.ask("R", period="2026Q1").text() == "8.2"


def test_nothing_of_nothing_is_a_dash_and_something_of_nothing_is_refused(rate):
    """T9."""
    rate.figures("F", "2026Q1,VC,N,,0", "2026Q1,VC,D,,0")
    answer = rate.ask("R", period="2026Q1", by="units")
    assert (answer.value("VC"), answer.text("VC"), answer.text()) == (None, "—", "—")
    with pytest.raises(SystemExit):
        rate.figures("F", "2026Q1,VD,N,,3", "2026Q1,VD,D,,0")


def test_flow_ratios_add_over_time_and_stock_ratios_take_the_last(rate):
    """T10, T11."""
    rate.figures(
        "F", "2026Q1,VA,N,,30", "2026Q1,VA,D,,40", "2026Q2,VA,N,,10", "2026Q2,VA,D,,60",
        "2026Q1,VA,SN,,80", "2026Q1,VA,SD,,100", "2026Q2,VA,SN,,90", "2026Q2,VA,SD,,120",
    )  # fmt: skip
    answer = rate.ask("R", "SR", period="2026H1")
    assert (answer.value(), answer.value(column=1)) == (40, 75)


def test_a_ratio_moves_by_percentage_points(rate):
    """T12."""
    rate.figures("F", "2025Q2,VA,N,,60", "2025Q2,VA,D,,100", "2026Q2,VA,N,,66", "2026Q2,VA,D,,100")
    compared = rate.ask("R", period="2026Q2", org="VA", by="self", compare="same_last_year").cell()["compare"]["same_last_year"]
    assert (compared["value"], compared["change"], compared["percent"]) == ("60", "6", None)


def test_a_condition_is_judged_at_the_leaf(story):
    """T13: meetings 5, 4, 1 and 不适用, standard at least 4."""
    story.villages("V1", "V2", "V3", "V4")
    story.indicators("X,会议,次,flow,,,,,", "Y,达标,家,stock,,,,count_if,{X} >= 4", extra="org_rule,formula")
    story.form("F", "X", "Y")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,V1,X,,5", "2026Q1,V2,X,,4", "2026Q1,V3,X,,1", "2026Q1,V4,X,,NA")
    answer = story.ask("Y", period="2026Q1")
    assert (answer.value(), answer.coverage()) == (2, (3, 3))


def test_a_score_follows_its_declared_rule(story):
    """T14: 90 with 100 members, 60 with 20: simple 75, weighted 85."""
    story.villages("V1", "V2")
    story.indicators(
        "S,得分,分,score,,,,mean,", "P,党员,名,stock,,,,,", "W,加权得分,分,ratio,{S}*{P},{P},,,", extra="org_rule,formula"
    )
    story.form("F", "S", "P", "W")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,V1,S,,90", "2026Q1,V1,P,,100", "2026Q1,V2,S,,60", "2026Q1,V2,P,,20")
    answer = story.ask("S", "W", period="2026Q1")
    assert (answer.value(), answer.value(column=1)) == (75, 85)


def test_who_answered_not_applicable_is_not_called_half(rate):
    rate.figures("F", "2026Q1,VA,N,,9", "2026Q1,VA,D,,10", "2026Q1,VB,D,,NA")
    answer = rate.ask("R", period="2026Q1")
    assert (answer.coverage(), answer.data["notes"]) == ((1, 3), [])
