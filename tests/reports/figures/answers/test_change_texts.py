"""How a change reads, and how a trend is drawn: decided by tables, without a database."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from reports.dashboards.cell_texts import shown
from reports.dashboards.sparklines import spark
from reports.figures.answers.change_texts import DOWN, SAME, UP, ChangeText, change_text
from reports.figures.changes.change import SAME_LAST_YEAR, as_printed, change
from reports.figures.output.grid import Change, FigureCell, FigureColumn, SameUnits

RATIO = FigureColumn("R", None, "组建率", "%", 1, "ratio")
WIDE = FigureColumn("R", None, "组建率", "％", 1, "ratio")  # as Chinese input methods write it
PER_HEAD = FigureColumn("R", None, "人均学时", "学时/人", 1, "ratio")
FLOW = FigureColumn("F", None, "培训人次", "人次", 0, "flow")
RISE = FigureColumn("G", None, "增幅", "%", 0, "flow")


def moved(now, base, column, direction="none"):
    found = change(now if now is None else Decimal(now), base if base is None else Decimal(base), column.kind, SAME_LAST_YEAR)
    return change_text(found, column, direction)


def over_same_units(units, change=None, percent=None, column=FLOW, words=""):
    same = SameUnits(units, change and Decimal(change), percent and Decimal(percent), here=12, there=36, reason=words)
    return change_text(Change(Decimal(1), None, None, same_units=same), column, "up")


@pytest.mark.parametrize(
    ("now", "base", "column", "direction", "expected"),
    [
        ("66", "60", RATIO, "up", ChangeText(UP, "+6.0 pp", "is-green", "better")),
        ("60", "66", RATIO, "up", ChangeText(DOWN, "−6.0 pp", "is-amber", "worse")),
        ("60", "66", RATIO, "down", ChangeText(DOWN, "−6.0 pp", "is-green", "better")),
        ("66", "60", WIDE, "none", ChangeText(UP, "+6.0 pp")),
        ("6.6", "6", PER_HEAD, "none", ChangeText(UP, "+0.6")),  # no share, so no percentage points
        ("12", "10", RISE, "none", ChangeText(UP, "+2 (+20.0%)")),
        ("12", "10", FLOW, "none", ChangeText(UP, "+2 (+20.0%)")),
        ("9", "10", FLOW, "none", ChangeText(DOWN, "−1 (−10.0%)")),
        ("10", "10", FLOW, "up", ChangeText(SAME, "unchanged")),
        ("80.04", "80.00", RATIO, "up", ChangeText(SAME, "unchanged")),  # what prints alike did not change
        ("5", "0", FLOW, "none", ChangeText(UP, "+5 (the same period last year was 0)")),
        ("10", "-5", FLOW, "none", ChangeText(UP, "+15 (the base is negative)")),
        ("5", None, FLOW, "up", ChangeText("", "nothing to compare")),
        (None, "5", FLOW, "up", ChangeText("", "nothing to compare")),
    ],
)
def test_a_change_in_words(now, base, column, direction, expected):
    assert moved(now, base, column, direction) == expected


@pytest.mark.parametrize(
    ("same", "text"),
    [
        (dict(units=28, change="3", percent="3.4"), "like for like, 28 units: +3 (+3.4%)"),
        (dict(units=28, change="-3", percent="-3.4"), "like for like, 28 units: −3 (−3.4%)"),
        (dict(units=28, change="0.2", percent="0.1"), "like for like, 28 units: unchanged"),
        (dict(units=28, change="1.5", column=RATIO), "like for like, 28 units: +1.5 pp"),
        (dict(units=28, change="5", words="the period before was 0"), "like for like, 28 units: +5 (the period before was 0)"),
        (dict(units=28, words="nothing to compare"), "like for like, 28 units: nothing to compare"),
        (dict(units=1, change="3"), "like for like, 1 unit: +3"),
        (dict(units=0), "no unit answered in both periods"),
    ],
)
def test_a_change_of_some_units_has_a_number_and_no_judgement(same, text):
    found = over_same_units(**same)
    assert (found.sign, found.text, found.colour, found.word) == ("", text, "", "")
    assert "12 in this period, 36 in the other one" in found.title


@pytest.mark.parametrize(
    ("cell", "basis", "text", "part"),
    [
        (FigureCell(Decimal(5), "5", expected=3, reported=2, approved=2), "submitted", "5", "(2/3)"),
        (FigureCell(Decimal(5), "5", expected=3, reported=3, approved=2), "approved", "5", "(2/3)"),
        (FigureCell(Decimal(5), "5", expected=3, reported=3, approved=3), "approved", "5", ""),
        (FigureCell(None, "", expected=1), "approved", "", "not reported"),
        (FigureCell(None, "", expected=1, reported=1), "approved", "", "not approved yet"),
        (FigureCell(None, "", expected=4), "submitted", "", "(0/4)"),
        (FigureCell(None, "—", na=1), "approved", "—", ""),
        (FigureCell(None, ""), "approved", "", ""),
    ],
)
def test_coverage_stands_beside_what_is_not_whole(cell, basis, text, part):
    found = shown(cell, basis)
    assert (found.text, found.part) == (text, part)


@pytest.mark.parametrize(
    ("counts", "basis", "sentence"),
    [
        ((50, 47, 41, 0), "approved", "from 41/50 reports, 6 more to be approved"),
        ((50, 47, 41, 0), "submitted", "from 47/50 reports, 41 of them approved"),
        ((50, 50, 50, 0), "approved", "from 50/50 reports"),
        ((50, 0, 0, 0), "approved", "from 0/50 reports"),
        ((2, 2, 1, 3), "approved", "from 1/2 reports, 1 more to be approved, 3 not applicable"),
    ],
)
def test_coverage_as_a_sentence(counts, basis, sentence):
    expected, reported, approved, na = counts
    cell = FigureCell(Decimal(1), "1", expected=expected, reported=reported, approved=approved, na=na)
    assert shown(cell, basis).cover == sentence


def test_a_trend_runs_from_the_lowest_to_the_highest():
    assert spark([Decimal(0), Decimal(10)], [True, True]).lines == ("3.0,23.0 117.0,3.0",)


def test_a_period_without_a_figure_breaks_the_line():
    found = spark([Decimal(1), Decimal(2), None, Decimal(2), Decimal(1)], [True] * 5)
    assert len(found.lines) == 2
    assert found.last == ("117.0", "23.0")


def test_a_level_trend_runs_through_the_middle_and_a_single_value_draws_nothing():
    assert spark([Decimal(4), Decimal(4)], [True, True]).lines == ("3.0,13.0 117.0,13.0",)
    assert spark([None, Decimal(4)], [True, True]).lines == ()


def test_what_is_not_complete_is_drawn_hollow():
    found = spark([Decimal(1), Decimal(3), None, Decimal(2)], [False, True, False, False])
    assert found.hollow == (("3.0", "23.0"), ("117.0", "13.0"))
    assert found.last in found.hollow


def test_a_figure_that_is_not_complete_says_so():
    assert shown(FigureCell(Decimal(5), "5", expected=3, reported=3, approved=2), "approved").short == "incomplete 2/3"
    assert shown(FigureCell(Decimal(5), "5", expected=3, reported=3, approved=3, is_complete=True), "approved").short == ""
    assert shown(FigureCell(None, "", expected=3), "approved").short == ""


def test_no_line_leads_to_a_value_of_which_most_is_missing():
    """128,395 members of all reports, then 43,212 of a third: nothing fell."""
    found = spark([Decimal(3), Decimal(3), Decimal(1)], [True, True, False], {2})
    assert found.lines == ("3.0,3.0 60.0,3.0",)
    assert found.hollow == (("117.0", "23.0"),)


@pytest.mark.parametrize(
    ("lacking", "why"),
    [
        (dict(missing=47, unsent=47), "47 not sent; "),
        (dict(missing=47, unsent=40), "47 missing; "),
        (dict(missing=1, unsent=1, missing_there=2), "1 not sent, 2 missing then; "),
        (dict(missing_there=2), "2 missing then; "),
        (dict(), ""),
    ],
)
def test_why_the_sums_are_not_compared_stands_before_the_change(lacking, why):
    same = SameUnits(2793, Decimal(3), Decimal("3.4"), **lacking)
    assert (
        change_text(Change(Decimal(1), None, None, same_units=same), FLOW).text == f"{why}like for like, 2793 units: +3 (+3.4%)"
    )


def test_each_period_keeps_its_own_decimals():
    """80 this quarter and 75.3 then: 4.7 on paper; growth of what is printed."""
    found = replace(change(Decimal("80"), Decimal("75.34"), "flow", SAME_LAST_YEAR), decimals=1)
    assert change_text(found, FLOW).text == "+4.7 (+6.2%)"
    assert as_printed(found, 0).value == Decimal("75.3")


def test_a_difference_of_long_figures_is_exact():
    now, then = Decimal("123456789012345678901234567890.12345"), Decimal("123456789012345678901234567890.12344")
    assert change(now, then, "flow", "prev").change == Decimal("0.00001")


@pytest.mark.parametrize(
    "same",
    [
        SameUnits(2793, Decimal(3), Decimal("3.4"), missing=47, unsent=47, missing_there=3),
        SameUnits(2793, Decimal(0), missing=47, unsent=40),
        SameUnits(1, Decimal(3), reason="", missing_there=2),
        SameUnits(0, missing=2),
    ],
)
def test_a_change_of_some_units_is_said_in_chinese(same):
    with translation.override("zh-hans"):
        found = change_text(Change(Decimal(1), None, None, same_units=same), FLOW)
    assert not any(letter.isascii() and letter.isalpha() for letter in found.text + found.title)
