"""The table of the fill page: texts of this period, before, a year ago and since January; what keeps it from being sent."""

from datetime import date

import pytest

from indicators.checks.rules import implied_rules
from indicators.choices import Frequency, Kind
from indicators.periods import read_period
from indicators.values.number_parser import read_value
from submissions.checking.validator import Bench
from submissions.core.texts import due_words, heads_of
from submissions.core.unit_reports import UnitReports
from submissions.filling.sheet import level_of, sheet_of, with_attempt
from submissions.models import Submission, Version
from tests.factories.indicators import items_of, layout, line

LINES = layout(
    line("S", kind=Kind.STOCK, required=True, section="一", definition="期末家数"),
    line("P", kind=Kind.STOCK, part_of="S", section="一"),
    *items_of("F", "男", "女", section="二"),
    line("Y", kind=Kind.CUMULATIVE, section="二"),
    line("R", numerator="{P}", denominator="{S}", decimals=1, unit="%"),
    line("Q", numerator="{F:男}", denominator="{F}", decimals=1, unit="%"),
    line("O", kind=Kind.STOCK, formula="{S@prev}"),
    line("Z", unit_categories=("community",)),
)
PERIOD = read_period("2026Q3")
EARLIER = {
    read_period("2026Q2"): {"S": 46, "P": 23, "F": 10, "F:男": 4, "Y": 20},
    read_period("2026Q1"): {"F": 7, "F:男": 3, "Y": 8},
    read_period("2025Q3"): {"S": 41, "F": "NA"},
}


def sheet(figures=None, *, nil_report=False, earlier=EARLIER, reasons=None):
    """Of a village in its third quarter."""
    submission = Submission(organization_id=1, unit_category="village")
    version = Version(figures=figures or {}, explanations={}, nil_report=nil_report, revision=4)
    reports = {1: UnitReports(PERIOD, LINES, earlier)}
    return sheet_of(submission, version, Bench(LINES, implied_rules(LINES), PERIOD, reports, {}), reasons)


def row(shown, key):
    return next(line for line in shown.lines if line.key == key)


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        # this period, before, a year ago, since January
        ("S", ("48", "46", "41", "48")),
        ("P", ("", "23", "", "")),
        ("F", ("5", "10", "N/A", "22")),
        ("F:男", ("NA", "4", "", "7")),
        ("Y", ("25", "20", "", "25")),
        ("R", ("—", "50.0", "—", "—")),
        ("O", ("46", "—", "—", "46")),
    ],
)
def test_texts_of_a_line(key, texts):
    shown = row(sheet({"S": 48, "F": 5, "F:男": "NA", "Y": 25}), key)
    found = (shown.text.replace("N/A", "NA"), shown.previous, shown.last_year, shown.year)
    assert tuple(text.replace("不适用", "N/A") for text in found) == tuple(text for text in texts)


def test_a_ratio_of_flows_adds_up_over_the_year_and_one_of_stocks_is_that_of_the_end():
    shown = sheet({"S": 48, "P": 24, "F": 10, "F:男": 9})
    assert row(shown, "Q").year == "59.3"  # (3 + 4 + 9) / (7 + 10 + 10)
    assert row(shown, "R").year == row(shown, "R").text == "50.0"


def test_a_line_that_is_not_asked_is_not_shown():
    assert "Z" not in [line.key for line in sheet().lines]


def test_what_is_computed_or_carried_is_not_typed():
    shown = sheet()
    assert [line.key for line in shown.lines if not line.is_typed] == ["R", "Q", "O"]
    assert row(shown, "O").is_carried
    assert set(shown.computed) == {"R", "Q", "O"}


def test_sections_head_the_row_where_they_begin():
    assert [(line.key, line.section) for line in sheet().lines if line.section] == [("S", "一"), ("F", "二")]


def test_parts_and_items_are_indented():
    deeper = layout(line("A"), line("B", part_of="A"), *items_of("C", "x", part_of="B"))
    assert [level_of(one, deeper) for one in deeper.lines] == [0, 1, 2, 3]


def test_a_circle_of_parts_ends():
    circle = layout(line("A", part_of="B"), line("B", part_of="A"))
    assert [level_of(one, circle) for one in circle.lines] == [4, 4]


def test_how_far_one_is():
    shown = sheet({"S": 0, "F": 5})
    assert (shown.filled, len(shown.typed), shown.first_unfilled.key, shown.revision) == (2, 6, "P", 4)


def test_nothing_filled_in_says_so_and_a_nil_report_still_owes_its_stocks():
    assert sheet().blocked
    assert sheet(nil_report=True).blocked
    assert sheet({"S": 3, "P": 0}, nil_report=True).blocked == ""


def test_a_nil_report_shows_what_it_answers_without_typing_it():
    shown = sheet({"S": 3}, nil_report=True)
    assert (row(shown, "F").text, row(shown, "F").nil_text) == ("", "0")
    assert row(shown, "F").year == "17"


def test_what_blocks_is_counted_and_a_finished_report_is_free():
    blocked = sheet({"P": 5}).blocked
    assert blocked != ""
    assert sheet({"S": 5, "P": 6}).blocked != ""
    assert sheet({"S": 6, "P": 5}).blocked == ""


def test_a_first_report_has_nothing_before_it():
    shown = row(sheet({"F": 3}, earlier={}), "F")
    assert (shown.previous, shown.last_year, shown.year) == ("", "", "3")


def test_reasons_of_a_return_stand_at_their_lines():
    assert row(sheet({"S": 3}, reasons={"S": "比台账少"}), "S").returned == "比台账少"


def test_what_could_not_be_read_stays_in_its_cell_with_the_reason():
    typed = {"S": "很多"}
    left = with_attempt(sheet({"S": 3}), typed, {"S": read_value("很多", LINES.by_key["S"])}, {})
    assert row(left, "S").text == "很多"
    assert left.texts["S"] == "3"
    assert "很多" in row(left, "S").error


@pytest.mark.parametrize(
    ("day", "colour"),
    [
        (date(2026, 10, 1), "is-grey"),
        (date(2026, 10, 8), "is-amber"),
        (date(2026, 10, 10), "is-amber"),
        (date(2026, 10, 11), "is-red"),
    ],
)
def test_the_due_date_turns_amber_then_red(day, colour):
    sentence, shown = due_words(date(2026, 10, 10), day)
    assert shown == colour
    assert "10" in sentence


@pytest.mark.parametrize("frequency", list(Frequency))
def test_every_frequency_has_its_heads(frequency):
    heads = heads_of(frequency)
    assert len({heads.now, heads.previous, heads.last_year}) == 3


@pytest.mark.parametrize(("key", "texts"), [
    ("D", ("60.0", "50.0", "40.0", "60.0")),  # a ratio of the year: every period up to its own end
    ("E", ("80.0", "50.0", "40.0", "60.0")),  # the same of each quarter alone, and of the year in the last column
    ("T", ("30", "15", "10", "30")),
])  # fmt: skip
def test_a_figure_of_the_year_stands_beside_figures_of_the_year(key, texts):
    """T78: what the column of last quarter shows is what last quarter's own page showed."""
    lines = layout(
        line("A"), line("B"), line("T", kind=Kind.CUMULATIVE),
        line("D", numerator="{A@ytd}", denominator="{B@ytd}", decimals=1, unit="%"),
        line("E", numerator="{A}", denominator="{B}", decimals=1, unit="%"),
    )  # fmt: skip
    earlier = {
        read_period("2026Q1"): {"A": 10, "B": 20, "T": 5}, read_period("2026Q2"): {"A": 10, "B": 20, "T": 15},
        read_period("2025Q1"): {"A": 2, "B": 5}, read_period("2025Q2"): {"A": 2, "B": 5}, read_period("2025Q3"): {"A": 2, "B": 5, "T": 10},
    }  # fmt: skip
    reports = {1: UnitReports(PERIOD, lines, earlier)}
    bench = Bench(lines, (), PERIOD, reports, {})
    version = Version(figures={"A": 16, "B": 20, "T": 30}, explanations={}, nil_report=False)
    found = row(sheet_of(Submission(organization_id=1, unit_category="village"), version, bench), key)
    assert (found.text, found.previous, found.last_year, found.year) == texts
    assert found.covers_year == (key != "E")


def test_an_earlier_report_is_read_with_the_lines_it_was_asked():
    then = layout(line("P"), line("S"), line("R", numerator="{P}", denominator="{S}", decimals=1, unit="%"))
    now = layout(line("P"), line("S"), line("R", numerator="{P} * 2", denominator="{S}", decimals=1, unit="%"))
    reports = UnitReports(PERIOD, now, {read_period("2026Q2"): {"P": 1, "S": 4}}, {read_period("2026Q2"): then})
    assert reports.previous().figure("R") == 25
    assert reports.now({"P": 1, "S": 4}).figure("R") == 50
