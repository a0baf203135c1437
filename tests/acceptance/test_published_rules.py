"""Rules that counties have published, at their edges: exchange of points, hours of teaching, chains of parts, solved ≤ received."""

from decimal import Decimal

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PERIOD = "2026Q2"


@pytest.fixture
def units(story):
    """A county with the units U1 … U5, a place for five cases at once."""
    story.orgs("C,某旗,county,,,,,", *(f"U{number},第{number}户,village,C,,,," for number in range(1, 6)))
    return story


def test_points_are_exchanged_from_80_on_five_for_one_rounded_down(units):
    """79 → 0, 80 → 16, 84 → 16, 85 → 17, 235 → 47 元."""
    units.form("F", "PTS-001", "PTS-003")
    units.open("F", PERIOD)
    points = {"U1": 79, "U2": 80, "U3": 84, "U4": 85, "U5": 235}
    units.figures("F", *(f"{PERIOD},{unit},PTS-001,,{number}" for unit, number in points.items()))
    answer = units.ask("PTS-003", period=PERIOD, by="units")
    assert {unit: answer.text(unit) for unit in points} == {"U1": "0", "U2": "16", "U3": "16", "U4": "17", "U5": "47"}


def test_hours_of_teaching_follow_the_licences(units):
    """One of each level 4, 8 and 12; ten, eight and five of them 164."""
    units.form("F", "CERT-002", "CERT-008", frequency="year")
    units.open("F", "2026")
    holders = {"U1": {"初级": 1}, "U2": {"中级": 1}, "U3": {"高级": 1}, "U4": {"初级": 10, "中级": 8, "高级": 5}}
    rows = [
        f"2026,{unit},CERT-002,{level},{count}"
        for unit, levels in holders.items()
        for level, count in {"": sum(levels.values()), **dict.fromkeys(("初级", "中级", "高级"), 0), **levels}.items()
    ]
    units.figures("F", *rows)
    answer = units.ask("CERT-008", period="2026", by="units")
    assert [answer.value(unit) for unit in holders] == [4, 8, 12, 164]


def test_work_lent_and_customs_broken_make_points(units):
    """Once out to work, twice with a cart, once a rule broken: 10 + 2 × 50 − 10."""
    units.form("F", "PTS-004", "PTS-005", "PTS-006", "WORK-001", "WORK-002", "WORK-003", "WORK-100")
    units.open("F", PERIOD)
    given = {"PTS-004": 10, "PTS-005": 50, "PTS-006": -10, "WORK-001": 1, "WORK-002": 2, "WORK-003": 1}
    units.figures("F", *(f"{PERIOD},U1,{code},,{value}" for code, value in given.items()))
    assert units.ask("WORK-100", period=PERIOD, by="units").value("U1") == 100


CHAIN = ("ORG-001", "ORG-002", "ORG-003", "ORG-004")


@pytest.fixture
def chain(units):
    units.form("F", *CHAIN)
    units.open("F", PERIOD)
    return units


def _chain_of(*values: int) -> list[str]:
    return [f"{PERIOD},U1,{code},,{value}" for code, value in zip(CHAIN, values, strict=True)]


def test_the_published_chain_of_parts_passes(chain):
    """1332 ≥ 437 ≥ 350 units covered, by 265 organizations."""
    chain.figures("F", *_chain_of(1332, 437, 350, 265), state="submitted")
    assert chain.progress("F", PERIOD, by="units")["U1"]["submitted"] == 1


@pytest.mark.parametrize(("values", "named"), [((436, 437, 350, 265), "ORG-002"), ((1332, 437, 438, 265), "ORG-003")])
def test_a_part_greater_than_its_whole_is_refused(chain, values, named):
    with pytest.raises(SystemExit):
        chain.figures("F", *_chain_of(*values))
    assert f"figures.csv:{CHAIN.index(named) + 2}: value:" in chain.error_output
    assert chain.progress("F", PERIOD, by="units")["U1"]["missing"] == 1


def test_more_organizations_than_units_only_asks_for_a_word(chain):
    """A committee with its branches: 351 organizations in 350 units is possible, and noticed."""
    chain.figures("F", *_chain_of(1332, 437, 350, 351), state="submitted")
    assert f"figures.csv:{CHAIN.index('ORG-004') + 2}: value:" in chain.error_output
    assert chain.progress("F", PERIOD, by="units")["U1"]["submitted"] == 1


def test_no_more_is_solved_than_was_received(units):
    """235 received: 236 solved is refused, 235 and 156 are not; what the last quarter left over may be solved in this one."""
    units.form("F", "ISS-201", "ISS-202", "ISS-203")
    units.open("F", "2026Q1", PERIOD)
    with pytest.raises(SystemExit):
        units.figures("F", f"{PERIOD},U1,ISS-201,,235", f"{PERIOD},U1,ISS-202,,236")
    units.figures("F", f"{PERIOD},U2,ISS-201,,235", f"{PERIOD},U2,ISS-202,,235")
    units.figures("F", f"{PERIOD},U3,ISS-201,,235", f"{PERIOD},U3,ISS-202,,156")
    units.figures("F", "2026Q1,U4,ISS-201,,10", "2026Q1,U4,ISS-202,,3", f"{PERIOD},U4,ISS-201,,5", f"{PERIOD},U4,ISS-202,,12")
    answer = units.ask("ISS-203", period=PERIOD, by="units")
    assert [answer.text(unit) for unit in ("U2", "U3", "U4")] == ["100.0", "66.4", "100.0"]


def test_rates_are_of_sums_however_the_county_is_divided(units):
    """乌海's figures from two uneven halves: 80.1, 26.3 and 32.8 %, never a mean of two rates."""
    units.form("F", "ORG-001", "ORG-002", "ORG-003", "ORG-005", "ORG-006", "ORG-007", "ORG-008")
    units.open("F", PERIOD)
    halves = {"U1": (1000, 120, 113), "U2": (332, 317, 237)}
    units.figures(
        "F",
        *(f"{PERIOD},{unit},{code},,{value}" for unit, own in halves.items() for code, value in zip(CHAIN, own, strict=False)),
    )
    answer = units.ask("ORG-005", "ORG-006", "ORG-007", "ORG-008", period=PERIOD)
    assert [answer.text(column=column) for column in range(4)] == ["80.1", "26.3", "32.8", "87"]
    assert answer.value().quantize(Decimal("1e-20")) == (Decimal(35000) / 437).quantize(Decimal("1e-20"))


def test_four_quarters_of_24_points_make_96(units):
    """Points add up over the year for each unit; only over units they are a mean."""
    units.form("F", "EVAL-002")
    quarters = [f"2026Q{quarter}" for quarter in (1, 2, 3, 4)]
    units.open("F", *quarters)
    units.figures(
        "F",
        *(f"{quarter},U1,EVAL-002,,24" for quarter in quarters),
        *(f"{quarter},U2,EVAL-002,,20.5" for quarter in quarters[:2]),
    )
    year = units.ask("EVAL-002", period="2026", by="units")
    assert [year.text(place) for place in ("U1", "U2", "C")] == ["96.0", "41.0", "68.5"]
    assert units.ask("EVAL-002", period="2026Q2").text() == "22.3"
