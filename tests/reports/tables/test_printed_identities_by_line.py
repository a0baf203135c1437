"""What R1 prints under its form holds in each of its columns, and what R3 prints in a row comes of the figures beside it."""

import re
from decimal import Decimal, DivisionByZero, InvalidOperation

import pytest

from tests.reports.line_county import CODES, QUARTERS, UNITS, compared_lines, generated, is_broken, lines

COLUMNS = {"This quarter": 0, "Year to date": 1, "Period before (opening)": 2, "Same period last year": 3}
MIXED = ("A-2≤S-1", "X-1=S-1×0.3+D-1")  # of figures of a period and figures at its end


@pytest.mark.parametrize("seed", [3, 1921])
def test_r1_claims_only_what_holds_in_every_column(story, seed):
    generated(story, seed)
    held, excused = set(), set()
    for unit in UNITS:
        figures, text = lines(story, "R1", unit)
        assert list(figures) == list(CODES)
        claims, named = claimed(text), excepted(text)
        held |= set(claims)
        excused |= set(named)
        for claim in [*claims, *named]:
            if "[" in claim:
                continue
            broken = {
                head for head, place in COLUMNS.items() if is_broken(claim, {code: row[place] for code, row in figures.items()})
            }
            if claim in MIXED:
                assert (claim in of_periods_only(text)) is (broken == {"Year to date"})
                broken -= {"Year to date"}
            assert broken == set(named.get(claim, ())), (unit, claim)
        for claim in (claim for claim in claims if claim.startswith("S-1=")):
            opening = figures["S-1"][2] or 0
            moved = (figures["A-1"][0] or 0) - (figures["A-2"][0] or 0)
            assert (figures["S-1"][0] or 0) == opening + moved, (unit, claim)
    assert {"D-1=D-2+D-3", "A-1=A-1:甲+A-1:乙", "R-1=A-2÷A-1×100", "S-2≤S-1", *MIXED} <= held | excused
    assert {"R-1=A-2÷A-1×100", "S-2≤S-1"} <= held


def claimed(text):
    found = re.search(r"Checks: (.*)\.$", text, re.MULTILINE)
    return found[1].split("；") if found else []


def of_periods_only(text):
    found = re.search("．(.*): of figures of a period", text)
    return found[1].split("；") if found else []


def excepted(text):
    """Relation -> the columns in which it is noted not to hold."""
    return {claim: heads.split("、") for claim, heads in re.findall(r"．(\S+) holds but for (.*?):", text)}


@pytest.mark.parametrize("seed", [3, 1921])
@pytest.mark.parametrize("org", ["V1", "T1", "C"])
def test_r3_prints_the_difference_of_what_it_prints(story, seed, org):
    generated(story, seed)
    before, _text = lines(story, "R3", org, QUARTERS[-2])
    year_end, _text = lines(story, "R3", org, "2025Q4")
    rows, withheld, _text = compared_lines(story, "R3", org)
    compared = 0
    for code, (now, _year, last, moved, percent, from_before, growth, from_end, end_growth) in rows.items():
        is_ratio = code == "R-1"
        pairs = {
            "Against the same period last year": ((moved, percent), last),
            "Against the period before": ((from_before, growth), before[code][0]),
        }
        if code in ("S-1", "S-2", "M-1"):
            pairs["Against last year's end"] = (from_end, end_growth), year_end[code][0]
        for run, (printed, base) in pairs.items():
            is_withheld = run in withheld[code]
            compared += printed[0] is not None or is_withheld
            assert printed == ((None, None) if is_withheld else expected(now, base, is_ratio)), (code, run)
    assert compared >= 12


def expected(now, base, is_ratio):
    """Difference and growth as a clerk reckons them on paper."""
    if now is None or base is None:
        return None, None
    if is_ratio or base <= 0:
        return now - base, None
    try:
        return now - base, rounded((now - base) * 100 / base)
    except (DivisionByZero, InvalidOperation):
        return now - base, None


def rounded(number):
    return number.quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
