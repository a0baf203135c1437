"""Restructuring by file: T21, T30 to T41, T73 to T79 of the semantics through the commands, with `verify` after each."""

import pytest

from tests.acceptance.restructuring.county import HEAD, QUARTERS, County

pytestmark = pytest.mark.django_db
NAMED = f"{HEAD},name"


@pytest.fixture
def make(tmp_path):
    """A county, verified when the test is over."""
    made: list[County] = []

    def county(*args, **kwargs) -> County:
        made.append(County(tmp_path, *args, **kwargs))
        return made[0]

    yield county
    assert made[0].verified() == []


@pytest.mark.parametrize("row", ["close,2025-04-01,V1,V2,,,号", "merge,2025-04-01,V1;V2,V2,,,号", "并入,2025/4/1,V1,V2,,,号"])
def test_t21_a_village_closed_into_another(make, row):
    county = make("V1 V2")
    county.asks("S stock")
    county.open("F", "2024Q4", "2025Q1", "2025Q2")
    county.figures("F", "2024Q4,V1,S,,50", "2024Q4,V2,S,,70")
    county.restructure(row)
    county.figures("F", "2025Q2,V2,S,,120")
    assert county.texts("S", "2025Q2")["total"] == "120"
    assert county.texts("S", "2024Q4", "T1", tree="now") == {"total": "120", "V2": "120*"}
    assert county.counts("2025Q2") == (1, 0, 1, 1, 0)


def test_t30_t31_a_village_closed_in_the_year(make):
    villages = [f"V{number}" for number in range(10)]
    county = make(" ".join(villages))
    county.asks("A flow")
    county.open("F", *QUARTERS)
    county.figures("F", *(f"{quarter},{one},A,,1" for quarter in QUARTERS[:2] for one in villages))
    county.restructure("close,2025-07-01,V3,,,,号")
    rest = [one for one in villages if one != "V3"]
    county.figures("F", *(f"2025Q3,{one},A,,1" for one in rest), *(f"2025Q4,{one},A,,1" for one in rest[1:]))
    counts = [county.counts(quarter) for quarter in QUARTERS]
    assert [sum(column) for column in zip(*counts, strict=True)] == [38, 0, 37, 37, 1]


@pytest.mark.parametrize("is_open_before", [True, False])
def test_t32_suspended_and_reopened(make, is_open_before):
    county = make("V1 V2")
    county.asks("A flow")
    rows = ("suspend,2025-01-01,V1,,,,", "恢复,2025-07-01,V1,,,,")
    if is_open_before:
        county.open("F", *QUARTERS)
    county.restructure(*rows)
    county.open("F", *QUARTERS)
    assert [county.counts(quarter)[0] for quarter in QUARTERS] == [1, 1, 2, 2]
    assert "0" in county.restructure(*rows)


@pytest.mark.parametrize(("rule", "expected"), [("period_end", [2, 2]), ("whole_period", [1, 2])])
def test_t33_opened_within_the_quarter(make, rule, expected):
    county = make("V1")
    county.asks("A flow", rule=rule)
    county.open("F", *QUARTERS[1:3])
    county.restructure("设立,2025-05-20,,V7,T1,,号,新村,建制村", head=f"{NAMED},unit_category")
    assert [county.counts(quarter)[0] for quarter in QUARTERS[1:3]] == expected


@pytest.mark.parametrize("is_loaded", [True, False])
def test_t34_a_merge(make, is_loaded):
    county = make("V1 V2", later=("V9,新村,village,T1,,,2025-04-01,",) if is_loaded else ())
    county.asks("A flow")
    county.open("F", "2025Q1", "2025Q2")
    county.figures("F", "2025Q1,V1,A,,10", "2025Q1,V2,A,,20")
    county.restructure("merge,2025-04-01,V1;V2,V9,,,号,新村", head=NAMED)
    county.figures("F", "2025Q2,V9,A,,33")
    assert county.texts("A", "2025Q2", view="ytd")["total"] == "63"
    assert county.texts("A", "2025Q1", "T1") == {"total": "30", "V1": "10", "V2": "20"}
    assert county.texts("A", "2025Q1,2025Q2", "T1", tree="now") == {"total": "30 33", "V9": "30* 33"}
    assert county.counts("2025Q2") == (1, 0, 1, 1, 0)


def test_t35_ratio_and_stock_of_a_merge(make):
    county = make("V1 V2")
    county.asks("N flow", "D flow", "R N/D", "S stock")
    county.open("F", "2025Q1")
    given = {"V1": (3, 10, 50), "V2": (1, 40, 70)}
    rows = (f"2025Q1,{org},{code},,{value}" for org, own in given.items() for code, value in zip("NDS", own, strict=True))
    county.figures("F", *rows)
    county.restructure("merge,2025-04-01,V1;V2,V9,,,号,新村", head=NAMED)
    assert county.texts("R S", "2025Q1", "T1", tree="now") == {"total": "8.0 120", "V9": "8.0* 120*"}


@pytest.mark.parametrize(
    ("shares", "first", "second"),
    [("60/40", "60*", "40*"), ("0.6;0.4", "60*", "40*"), ("60%；40%", "60*", "40*"), ("", None, None)],
)
def test_t36_t79_a_split(make, shares, first, second):
    county = make("V")
    county.asks("A flow", "N flow", "D flow", "R N/D", "P score")
    county.open("F", "2025Q1", "2025Q2")
    values = {"A": 100, "N": 1, "D": 2, "P": 80}
    county.figures("F", *(f"{quarter},V,{code},,{value}" for quarter in QUARTERS[:2] for code, value in values.items()))
    county.restructure(f"split,2025-07-01,V,VA;VB,,{shares},号,甲;乙", head=NAMED)
    assert county.texts("A R P", "2025Q2", "T1") == {"total": "100 50.0 80.0", "V": "100 50.0 80.0"}
    now = county.texts("A R P", "2025Q1", "T1", tree="now")
    assert now["total"] == "100 50.0 80.0"
    if first:
        assert (now["VA"], now["VB"]) == (f"{first} 50.0* —*", f"{second} 50.0* —*")
    else:
        assert set(now) == {"total", ""}


def test_t37_a_move(make):
    county = make("V1", others="V2")
    county.asks("A flow")
    county.open("F", "2025Q2")
    county.figures("F", "2025Q2,V1,A,,8", "2025Q2,V2,A,,9")
    county.restructure("调整隶属,2025-07-01,V1,,T2,,号")
    assert county.texts("A", "2025Q2") == {"total": "17", "T1": "8", "T2": "9"}
    now = county.texts("A", "2025Q2", tree="now")
    assert (now["total"], now["T2"], now["T1"].strip("0*")) == ("17", "17", "")


def test_t38_t41_a_closed_village_that_waits_for_approval(make):
    county = make("V1 V2")
    county.asks("A flow")
    county.open("F", "2025Q3")
    county.figures("F", "2025Q3,V1,A,,5", state="submitted")
    county.restructure("close,2025-08-15,V1,,,,号")
    assert county.counts("2025Q3") == (2, 0, 1, 0, 1)
    county.figures("F", "2025Q3,V1,A,,5")
    assert county.counts("2025Q3") == (2, 0, 1, 1, 1)
    assert county.texts("A", "2025Q3", "T1") == {"total": "5", "V1": "5", "V2": ""}


def test_t73_t74_running_totals(make):
    county = make("V1 V2", others="V3")
    county.asks("Z cumulative", frequency="month")
    months = [f"2025-{month:02}" for month in range(1, 8)]
    county.open("F", *months)
    rows = [f"{month},{org},Z,,{8 * number}" for number, month in enumerate(months[:5], 1) for org in ("V1", "V2", "V3")]
    county.figures("F", *rows)
    county.restructure("close,2025-06-10,V1,,,,号", "move,2025-05-15,V2,,T2,,号")
    assert county.texts("Z", "2025-05", view="ytd")["total"] == "120"
    county.figures("F", *(f"2025-06,{org},Z,,50" for org in ("V2", "V3")))
    assert county.texts("Z", "2025-06", view="ytd") == {"total": "140", "T1": "72", "T2": "68"}


def test_t75_a_village_becomes_a_community(make):
    county = make("V1 V2")
    county.asks("A flow")
    county.open("F", "2025Q1", "2025Q2")
    county.figures("F", "2025Q1,V1,A,,5", "2025Q1,V2,A,,6")
    county.restructure("撤村改社区,2025-06-01,V1,,,,号")
    assert county.texts("A", "2025Q1", by="unit_category") == {"total": "11", "village": "11"}
    county.figures("F", "2025Q2,V1,A,,7", "2025Q2,V2,A,,6")
    assert county.texts("A", "2025Q2", by="unit_category") == {"total": "13", "village": "6", "community": "7"}


def test_who_is_asked_follows_the_category_of_the_day(make):
    county = make("V1 V2")
    county.asks("A flow", whom="village")
    county.form("G", "A", head="unit_categories", values="community")
    for form in "FG":
        county.open(form, "2025Q1", "2025Q2")
    county.restructure("recategorize,2025-06-01,V1,,,,号,社区", head=f"{HEAD},unit_category")
    for form in "FG":
        county.open(form, "2025Q1", "2025Q2")
    assert [county.counts(quarter)[0] for quarter in QUARTERS[:2]] == [2, 1]
    assert [county.counts(quarter, "G")[0] for quarter in QUARTERS[:2]] == [0, 1]


def test_t76_a_closing_entered_after_the_report_leaves_it_standing(make):
    county = make("V1 V2")
    county.asks("A flow")
    county.open("F", "2025Q1")
    county.figures("F", "2025Q1,V1,A,,5", "2025Q1,V2,A,,6")
    county.restructure("close,2025-03-20,V1,,,,县组1号")
    county.open("F", "2025Q1")
    assert county.counts("2025Q1") == (2, 0, 2, 2, 0)
    for tree in ("then", "now"):
        assert county.texts("A", "2025Q1", tree=tree)["total"] == "11"
    assert county.texts("A", "2025Q1", "T1") == {"total": "11", "V1": "5", "V2": "6"}


def test_t76_exempted_by_a_named_decision(make):
    county = make("V1 V2")
    county.asks("A flow")
    county.open("F", "2025Q1")
    county.figures("F", "2025Q1,V1,A,,5", "2025Q1,V2,A,,6")
    head = f"{HEAD},reports"
    with pytest.raises(SystemExit):
        county.restructure("close,2025-03-20,V1,,,,,exempt", head=head)
    assert "note" in county.error_output
    county.restructure("close,2025-03-20,V1,,,,县组1号,免报", head=head)
    assert (county.counts("2025Q1"), county.texts("A", "2025Q1")["total"]) == ((1, 1, 1, 1, 0), "6")


def test_a_late_merge_asks_nobody_twice(make):
    """V1 and V2 reported; V9 stands for them since before the quarter's end, and is asked from the next quarter on."""
    county = make("V1 V2")
    county.asks("A flow")
    county.open("F", "2025Q1", "2025Q2")
    county.figures("F", "2025Q1,V1,A,,10", "2025Q1,V2,A,,20")
    county.restructure("merge,2025-03-10,V1;V2,V9,,,号,新村", head=NAMED)
    county.open("F", "2025Q1", "2025Q2")
    assert [county.counts(quarter)[:2] for quarter in QUARTERS[:2]] == [(2, 0), (1, 0)]
    assert county.texts("A", "2025Q1", "T1") == {"total": "30", "V1": "10", "V2": "20"}
    assert county.texts("A", "2025Q1", "T1", tree="now") == {"total": "30", "V9": "30*"}


def test_townships_merge_with_everything_below_them(make):
    county = make("V1 V2", others="V3")
    county.asks("A flow")
    county.open("F", "2025Q1", "2025Q2")
    county.figures("F", "2025Q1,V1,A,,1", "2025Q1,V2,A,,2", "2025Q1,V3,A,,4")
    county.restructure("撤乡并镇,2025-04-01,T1;T2,T9,C,,号,新镇", head=NAMED)
    assert county.texts("A", "2025Q1") == {"total": "7", "T1": "3", "T2": "4"}
    assert county.texts("A", "2025Q1", tree="now")["T9"] == "7"
    assert county.counts("2025Q2")[0] == 3
