"""T30–T33, T37–T43 of docs/semantics.md through the commands, with other numbers: expectation, moves, lines, levels, names."""

import pytest

QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")


def test_t30_t31_expectation_counts_units_and_periods(story):
    """Seven villages, one closed after the first quarter, one founded in the third: 5×4 + 1 + 2 = 23; one gap 22/23."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "V5,村5,village,T,,,,2025-03-31", "V6,村6,village,T,,,2025-08-01,",
        *(f"V{number},村{number},village,T,,,," for number in range(5)),
    )  # fmt: skip
    story.indicators("A,走访,次,flow,,,")
    story.form("F", "A")
    story.open("F", *QUARTERS)
    reported = [(quarter, unit) for quarter in range(1, 5) for unit in range(5)] + [(1, 5), (3, 6), (4, 6)]
    reported.remove((2, 3))
    story.figures("F", *(f"2025Q{quarter},V{unit},A,,2" for quarter, unit in reported))
    year = story.ask("A", period="2025")
    assert (year.value(), year.coverage()) == (44, (22, 23))
    rows = [story.progress("F", quarter, by="self")["C"] for quarter in QUARTERS]
    assert [row["expected"] for row in rows] == [6, 5, 6, 6]
    assert [row["submitted"] for row in rows] == [6, 4, 6, 6]
    story.figures("F", "2025Q2,V3,A,,0")
    assert story.ask("A", period="2025").coverage() == (23, 23)


@pytest.fixture
def interrupted(story):
    """V stands in 2024, is suspended for the first half of 2025 and stands again; W is founded on 2025-05-20."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "V,某村,village,T,,,2024-01-01,2024-12-31", "V,某村,village,T,,,2025-07-01,",
        "W,新村,village,T,,,2025-05-20,",
    )  # fmt: skip
    story.indicators("A,走访,次,flow,,,")
    for form, rule in (("E", "period_end"), ("G", "whole_period")):
        story.form(form, "A", head="expectation", values=rule)
        story.open(form, "2024Q4", *QUARTERS)
    return story


def expected(story, form: str, unit: str) -> list[str]:
    return [period for period in ("2024Q4", *QUARTERS) if unit in story.progress(form, period, by="units")]


def test_t32_the_suspended_owe_nothing(interrupted):
    assert expected(interrupted, "E", "V") == ["2024Q4", "2025Q3", "2025Q4"]


def test_t33_in_place_at_the_end_or_all_the_time_is_the_forms_rule(interrupted):
    assert expected(interrupted, "E", "W") == ["2025Q2", "2025Q3", "2025Q4"]
    assert expected(interrupted, "G", "W") == ["2025Q3", "2025Q4"]
    interrupted.figures("E", "2025Q2,W,A,,3")
    with pytest.raises(SystemExit):
        interrupted.figures("G", "2025Q2,W,A,,3")
    assert "org_code" in interrupted.error_output


def test_t37_a_move_leaves_the_published_past(story):
    """A village with 6 and 10 in the first half moves on 2025-07-01 and reports 1 and 2."""
    story.orgs(
        "C,县,county,,,,,", "TA,甲镇,township,C,,,,", "TB,乙镇,township,C,,,,", "A1,甲1村,village,TA,,,,", "B1,乙1村,village,TB,,,,",
        "V,某村,village,TA,,,,2025-06-30", "V,某村,village,TB,,,2025-07-01,",
    )  # fmt: skip
    story.indicators("A,走访,次,flow,,,", "S,党员,名,stock,,,")
    story.form("F", "A", "S")
    story.open("F", *QUARTERS)
    story.series("F", "A", "V", 2025, "6", "10", "1", "2")
    story.figures("F", *(f"{quarter},{unit},A,,100" for quarter in QUARTERS for unit in ("A1", "B1")))
    year = story.ask("A", period="2025")
    assert [year.value(org) for org in ("C", "TA", "TB")] == [819, 416, 403]
    now = story.ask("A", period="2025", tree="now")
    assert [now.value(org) for org in ("C", "TA", "TB")] == [819, 400, 419]
    assert [story.ask("A", period="2025Q2", org="TA", by="self", tree=tree).value() for tree in ("then", "now")] == [110, 100]
    for quarter in QUARTERS:
        totals = {
            story.ask("A", period=quarter, tree=tree, by=by).value() for tree in ("then", "now") for by in ("self", "units")
        }
        assert len(totals) == 1


@pytest.fixture
def lines(story):
    """An enterprise of the street S in the line of the committee I, and one that belongs to the street alone."""
    story.orgs(
        "C,县,county,,,,,", "S,街道,street,C,,,,", "S1,社区,community,S,,,,", "I,快递行业党委,industry_committee,C,,,,",
        "E,快递公司,private_enterprise,I,S,I,,", "E2,修理厂,private_enterprise,S,,,,",
    )  # fmt: skip
    story.indicators("P,党员,名,stock,,,")
    story.form("F", "P")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,E,P,,17", "2026Q1,E2,P,,4", "2026Q1,S1,P,,80")
    return story


def test_t38_two_lines_are_views_and_the_county_counts_once(lines):
    children = lines.ask("P", period="2026Q1")
    assert [children.value(org) for org in ("C", "S", "I")] == [101, 84, 17]
    districts = lines.ask("P", period="2026Q1", by="district")
    assert (districts.value(), districts.value("S")) == (101, 101)
    by_line = lines.ask("P", period="2026Q1", by="line")
    assert [(row["org"], row["cells"][0]["text"]) for row in by_line.rows()] == [("C", "101"), ("I", "17"), ("", "84")]
    assert {org: row["expected"] for org, row in lines.progress("F", "2026Q1", by="district").items()} == {"C": 3, "S": 3}


@pytest.fixture
def levels(story):
    story.villages("V1", "V2")
    story.indicators("A,培训,次,flow,,,")
    return story


def test_t39_own_below_and_together_are_three_figures(levels):
    levels.form("F", "A", head="aggregate_own,unit_categories", values="1,county;township;village")
    levels.open("F", "2026Q1")
    levels.figures("F", "2026Q1,C,A,,1000", "2026Q1,T,A,,7", "2026Q1,V1,A,,20", "2026Q1,V2,A,,0")
    county = levels.ask("A", period="2026Q1")
    assert [county.value("C", kind="total"), county.value("C", kind="own"), county.value("T")] == [1027, 1000, 27]
    township = levels.ask("A", period="2026Q1", org="T")
    assert [township.value("T", kind="total"), township.value("T", kind="own")] == [27, 7]
    assert township.coverage("V2") == (1, 1)


def test_t40_who_has_others_below_is_not_asked_what_they_answer(levels):
    levels.form("F", "A")
    levels.open("F", "2026Q1")
    assert set(levels.progress("F", "2026Q1", by="units")) >= {"V1", "V2"}
    for unit in ("T", "C"):
        with pytest.raises(SystemExit):
            levels.figures("F", f"2026Q1,{unit},A,,9", "2026Q1,V1,A,,9")
    assert levels.ask("A", period="2026Q1", basis="submitted").value() is None


def test_t41_the_closed_hold_nobody_up(story):
    """V0 closed before the period's end: all others in means nobody is missing, and the county is whole."""
    story.orgs(
        "C,县,county,,,,,",
        "T,镇,township,C,,,,",
        "V0,废村,village,T,,,,2026-08-15",
        "V1,甲村,village,T,,,,",
        "V2,乙村,village,T,,,,",
    )
    story.indicators("A,走访,次,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q2", "2026Q3")
    story.figures("F", "2026Q3,V1,A,,1", "2026Q3,V2,A,,1")
    row = story.progress("F", "2026Q3")["T"]
    assert (row["expected"], row["approved"], row["missing"]) == (2, 2, 0)
    assert story.run("progress", "F", "2026Q3", "--org", "C", "--list", "missing").strip() == ""
    assert {row["org"] for row in story.ask("A", period="2026Q3", org="T").rows("unit")} == {"V1", "V2"}
    assert story.progress("F", "2026Q2")["T"]["missing"] == 3


def test_t42_subtotals_are_not_added_again(levels):
    levels.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "V1,村,village,T,,,,", "V2,村,village,T,,,,", "D,局,department,C,,,,"
    )
    levels.form("F", "A")
    levels.open("F", "2026Q1")
    levels.figures("F", "2026Q1,V1,A,,6", "2026Q1,V2,A,,7", "2026Q1,D,A,,1")
    answer = levels.ask("A", period="2026Q1", by="units")
    kinds = [(row["org"], row["kind"], row["cells"][0]["text"]) for row in answer.rows()]
    assert kinds == [
        ("C", "total", "14"),
        ("T", "subtotal", "13"),
        ("V1", "unit", "6"),
        ("V2", "unit", "7"),
        ("D", "unit", "1"),
    ]


@pytest.mark.parametrize(
    "order", [sorted, lambda rows: sorted(rows, reverse=True), lambda rows: sorted(rows, key=lambda row: row[::-1])]
)
def test_t43_villages_of_one_name_are_distinguished_by_code(story, order):
    """新村 stands in two townships; however the rows are sorted, each figure finds its own."""
    story.orgs(
        "C,县,county,,,,,", "TA,甲镇,township,C,,,,", "TB,乙镇,township,C,,,,",
        "350802,新村,village,TA,,,,", "350801,新村,village,TB,,,,",
    )  # fmt: skip
    story.indicators("A,走访,次,flow,,,", "S,党员,名,stock,,,")
    story.form("F", "A", "S")
    story.open("F", "2026Q1")
    story.figures("F", *order(["2026Q1,350802,A,,3", "2026Q1,350802,S,,50", "2026Q1,350801,A,,9", "2026Q1,350801,S,,20"]))
    answer = story.ask("A", "S", period="2026Q1")
    assert [(answer.value(org), answer.value(org, 1)) for org in ("TA", "TB")] == [(3, 50), (9, 20)]


def test_a_unit_that_got_others_below_keeps_its_own_past_in_a_row(story):
    """A township answers for itself in the first quarter and has a village in the second: every table of the half adds up."""
    story.orgs("C,县,county,,,,,", "T,镇,township,C,,,,", "X,局,department,C,,,,", "V,村,village,T,,,2026-04-01,")
    story.indicators("A,走访,次,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q1", "2026Q2")
    story.figures("F", "2026Q1,T,A,,5", "2026Q1,X,A,,100", "2026Q2,V,A,,7")
    units = story.ask("A", period="2026H1", by="units")
    assert [(row["kind"], row["org"], row["cells"][0]["text"]) for row in units.rows()] == [
        ("total", "C", "112"), ("subtotal", "T", "12"), ("own", "T", "5"), ("unit", "V", "7"), ("unit", "X", "100"),
    ]  # fmt: skip
    township = story.ask("A", period="2026H1", org="T")
    assert [(row["kind"], row["cells"][0]["text"]) for row in township.rows()] == [("total", "12"), ("own", "5"), ("unit", "7")]
    assert [row["kind"] for row in story.ask("A", period="2026Q1", org="X", by="units").rows()] == ["total"]
