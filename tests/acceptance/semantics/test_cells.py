"""T1–T14 of docs/semantics.md through the commands, with other numbers: missing, zero, 不适用, 零报告, ratios, conditions, scores."""

import json
from decimal import Decimal

import pytest

from audit.models import Event
from submissions.models import Version

Q = "2026Q2"


@pytest.fixture
def counts(story):
    """Two townships, five units, a count and the mean of the same count."""
    story.orgs(
        "C,县,county,,,,,", "TA,甲镇,township,C,,,,", "TB,乙镇,township,C,,,,",
        *(f"A{number},甲{number}村,village,TA,,,," for number in (1, 2, 3, 4)), "B1,乙1村,village,TB,,,,",
    )  # fmt: skip
    story.indicators("N,走访企业,家,flow,,,,", "M,户均走访,家,flow,,,,mean", extra="org_rule")
    story.form("F", "N", "M")
    story.open("F", Q)
    return story


def both(unit: str, value: str) -> list[str]:
    return [f"{Q},{unit},N,,{value}", f"{Q},{unit},M,,{value}"]


def test_t1_missing_zero_and_not_applicable(counts):
    """12, 0, 7, 不适用 and one that sent other figures but not this: 19 from 3 of 4, mean 19/3."""
    counts.figures("F", *both("A1", "12"), *both("A2", "0"), *both("A3", "NA"), *both("B1", "7"))
    answer = counts.ask("N", "M", period=Q)
    assert (answer.value(), answer.coverage()) == (19, (3, 4))
    assert answer.value(column=1).quantize(Decimal("1e-9")) == Decimal("6.333333333")
    assert (answer.value("TA"), answer.coverage("TA"), answer.cell("TA")["na"]) == (12, (2, 3), 1)
    assert answer.value("TA", 1) == 6
    units = counts.ask("N", period=Q, by="units")
    assert [units.text(unit) for unit in ("A1", "A2", "A3", "A4", "B1")] == ["12", "0", "N/A", "", "7"]
    assert "19(3/4)" in counts.run("figures", "N", "--period", Q, "--org", "C")


def test_t1_a_cell_left_empty_in_a_sent_report_is_missing_too(counts):
    counts.figures("F", f"{Q},A1,N,,4", f"{Q},A1,M,,4", f"{Q},A2,M,,4")
    assert counts.ask("N", period=Q).coverage() == (1, 5)
    assert counts.progress("F", Q)["C"]["submitted"] == 2


def test_t1_everybody_says_not_applicable(counts):
    counts.figures("F", *(row for unit in ("A1", "A2", "A3", "A4", "B1") for row in both(unit, "NA")))
    answer = counts.ask("N", period=Q)
    assert (answer.value(), answer.text(), answer.coverage(), answer.cell()["na"]) == (None, "—", (0, 0), 5)


def test_t2_a_blank_stated_on_purpose_clears_with_a_trace(counts):
    """A row that is not there says nothing; a row with an empty value clears."""
    counts.figures("F", *both("A1", "31"), state="draft")
    counts.figures("F", f"{Q},A1,M,,8", state="draft")
    assert Version.objects.get().figures == {"N": 31, "M": 8}
    counts.figures("F", f"{Q},A1,N,,", state="draft")
    assert Version.objects.get().figures == {"M": 8}
    last = Event.objects.filter(kind="submission.loaded").order_by("sequence").last()
    assert json.loads(last.data)["N"] == [31, None]


def test_t3_a_report_with_nothing_in_it_is_refused(counts):
    with pytest.raises(SystemExit):
        counts.figures("F", *both("A1", ""))
    assert "figures.csv:2: org_code:" in counts.error_output
    assert (
        counts.progress("F", Q, by="units")["A1"] | {"submitted": 0, "missing": 1} == counts.progress("F", Q, by="units")["A1"]
    )


@pytest.fixture
def nil(story):
    story.villages("V1", "V2")
    story.indicators("E,活动,次,flow,,,甲;乙", "S,党员,名,stock,,,", "K,累计培训,人次,cumulative,,,")
    story.form("F", "E", "S", "K")
    story.open("F", "2026Q1", Q)
    return story


def test_t4_nothing_happened_means_zero_and_stocks_are_still_owed(nil):
    with pytest.raises(SystemExit):
        nil.figures("F", "2026Q1,V1,,,NIL")
    nil.figures("F", "2026Q1,V1,,,NIL", "2026Q1,V1,S,,41")
    answer = nil.ask("E", "E:甲", "S", "K", period="2026Q1", org="V1", by="self")
    assert [answer.text(column=column) for column in range(4)] == ["0", "0", "41", "0"]
    assert nil.progress("F", "2026Q1", by="units")["V1"]["missing"] == 0


def test_t4_a_running_total_stands_still_under_a_nil_report(nil):
    nil.figures("F", "2026Q1,V2,K,,17", "2026Q1,V2,S,,5", "2026Q1,V2,E,,1", f"{Q},V2,,,NIL", f"{Q},V2,S,,6")
    answer = nil.ask("K", period=Q, org="V2", by="self")
    assert answer.value() == 0
    assert nil.ask("K", period=Q, org="V2", by="self", view="ytd").value() == 17


@pytest.mark.parametrize(
    ("given", "cell"),
    [
        ({"N": "44"}, "D"),
        ({"N": "44", "D": "43"}, "N"),
        ({"N": "44", "D": "44"}, ""),
        ({"D": "44"}, ""),
        ({"N": "0", "D": "0"}, ""),
    ],
)
def test_t5_a_rule_asks_for_the_missing_side(story, given, cell):
    """办结 ≤ 收集: a figure without its whole is refused at the whole, a whole without its part is not."""
    story.villages("V")
    story.indicators("N,办结,件,flow,,,", "D,收集,件,flow,,,")
    story.form("F", "N", "D")
    story.checks("F,{N} <= {D},mandatory,")
    story.open("F", Q)
    rows = [f"{Q},V,{code},,{value}" for code, value in given.items()]
    if not cell:
        story.figures("F", *rows)
        return
    with pytest.raises(SystemExit):
        story.figures("F", *rows)
    places = [f"figures.csv:{number}:" for number, code in enumerate(given, start=2) if code == cell] or [
        "figures.csv:2: org_code:"
    ]
    assert places[0] in story.error_output
    assert story.progress("F", Q)["C"]["submitted"] == 0


@pytest.fixture
def rates(story):
    story.villages("VA", "VB", "VC", "VD")
    story.indicators(
        "N,办结,件,flow,,,", "D,收集,件,flow,,,", "R,办结率,%,ratio,N,D,",
        "SN,已建,家,stock,,,", "SD,应建,家,stock,,,", "SR,组建率,%,ratio,SN,SD,", "P,千人比,‰,ratio,SN,SD,",
    )  # fmt: skip
    story.form("F", "N", "D", "R", "SN", "SD", "SR", "P")
    story.open("F", "2025Q2", "2025Q3", "2026Q1", Q, "2026Q3")
    return story


def pair(period: str, unit: str, top: str, bottom: str, codes: str = "N,D") -> list[str]:
    return [f"{period},{unit},{code},,{value}" for code, value in zip(codes.split(","), (top, bottom), strict=True) if value]


def test_t6_a_rate_is_of_sums(rates):
    """7/8 and 5/232: 12/240 = 5 %, not the mean 44.8 %."""
    rates.figures("F", *pair(Q, "VA", "7", "8"), *pair(Q, "VB", "5", "232"))
    answer = rates.ask("R", period=Q, by="units")
    assert (answer.text(), answer.value(), answer.text("VA")) == ("5.0", 5, "87.5")


@pytest.mark.parametrize(("half", "value"), [(("", "55"), "87.5"), (("NA", "55"), "87.5"), (("0", "48"), "12.5")])
def test_t7_t8_half_a_rate_counts_neither_half_and_zero_counts(rates, half, value):
    rates.figures("F", *pair(Q, "VA", "7", "8"), *pair(Q, "VB", *half))
    answer = rates.ask("R", period=Q)
    assert answer.text() == value
    assert answer.cell()["reported"] == (2 if half[0] == "0" else 1)
    assert any("VB村" in note for note in answer.data["notes"]) == (half[0] == "")


def test_t9_nothing_of_nothing_is_a_dash_and_moves_no_other(rates):
    rates.figures("F", *pair(Q, "VA", "3", "4"), *pair(Q, "VC", "0", "0"))
    answer = rates.ask("R", period=Q, by="units")
    assert (answer.text("VC"), answer.value("VC"), answer.text(), answer.coverage()) == ("—", None, "75.0", (2, 4))
    with pytest.raises(SystemExit):
        rates.figures("F", *pair(Q, "VD", "2", "0"))
    assert "figures.csv:" in rates.error_output


def test_t10_t11_flows_add_over_time_and_stocks_take_the_last(rates):
    rates.figures(
        "F", *pair("2026Q1", "VA", "6", "10"), *pair(Q, "VA", "6", "50"), *pair("2026Q3", "VA", "0", "20"),
        *pair("2026Q1", "VA", "9", "10", "SN,SD"), *pair(Q, "VA", "12", "40", "SN,SD"), *pair("2026Q3", "VA", "7", "56", "SN,SD"),
    )  # fmt: skip
    half = rates.ask("R", "SR", "P", period="2026H1")
    assert [half.value(column=column) for column in range(3)] == [20, 30, 300]
    to_date = rates.ask("R", "SR", period="2026Q3", view="ytd")
    assert (to_date.value(), to_date.value(column=1)) == (15, Decimal("12.5"))
    assert rates.ask("R", period=Q).value() == 12


def test_t11_a_stock_rate_is_of_those_who_reported_the_last_period(rates):
    """VB reported in the first quarter only: it is not carried on."""
    rates.figures("F", *pair("2026Q1", "VA", "1", "2", "SN,SD"), *pair("2026Q1", "VB", "9", "9", "SN,SD"))
    rates.figures("F", *pair(Q, "VA", "1", "4", "SN,SD"))
    answer = rates.ask("SR", period="2026H1")
    assert answer.value() == 25


def test_t12_a_rate_moves_by_percentage_points(rates):
    rates.figures("F", *pair("2025Q3", "VA", "45", "60"), *pair("2026Q3", "VA", "68", "80"), *pair(Q, "VA", "9", "10"))
    compare = rates.ask("R", period="2026Q3", by="units", compare="same_last_year,prev").cell("VA")["compare"]
    assert [compare["same_last_year"][part] for part in ("value", "change", "percent")] == ["75", "10", None]
    assert [compare["prev"][part] for part in ("value", "change", "percent")] == ["90", "-5", None]


def test_t13_a_standard_is_judged_where_it_is_met(story):
    """Meetings 3, 2, 0, 不适用 and one silent, standard 3: one of three who answered, of four."""
    story.villages("V1", "V2", "V3", "V4", "V5")
    story.indicators("X,主题党日,次,flow,,,,,", "Y,达标支部,个,stock,,,,count_if,{X} >= 3", extra="org_rule,formula")
    story.form("F", "X", "Y")
    story.open("F", Q)
    story.figures("F", *(f"{Q},V{number},X,,{value}" for number, value in enumerate(("3", "2", "0", "NA"), start=1)))
    answer = story.ask("Y", "X", period=Q, by="units")
    assert (answer.value(), answer.coverage()) == (1, (3, 4))
    assert [answer.text(f"V{number}") for number in range(1, 6)] == ["1", "0", "0", "N/A", ""]
    assert answer.value(column=1) == 5


def test_t14_a_score_follows_the_rule_it_declares(story):
    """80 with 30 members, 95 with 10, 不适用 with 500: simple 87.5, weighted 83.75."""
    story.villages("V1", "V2", "V3")
    story.indicators(
        "S,得分,分,score,,,,mean,", "P,党员,名,stock,,,,,", "W,加权得分,分,ratio,{S}*{P},{P},,,", extra="org_rule,formula"
    )
    story.form("F", "S", "P", "W")
    story.open("F", Q)
    story.figures("F", *(row for unit, *own in (("V1", "80", "30"), ("V2", "95", "10")) for row in pair(Q, unit, *own, "S,P")))
    story.figures("F", *pair(Q, "V3", "NA", "500", "S,P"))
    answer = story.ask("S", "W", period=Q)
    assert (answer.value(), answer.value(column=1), answer.coverage()) == (Decimal("87.5"), Decimal("83.75"), (2, 2))
