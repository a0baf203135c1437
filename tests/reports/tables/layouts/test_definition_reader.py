"""Layouts as data: the ready ones are whole, and everything wrong in one gets a sentence."""

import pytest

from reports.tables.layouts.definition import LayoutSubject, RowsOf
from reports.tables.layouts.definition_reader import BadLayout, data_of, layout_of
from reports.tables.layouts.ready import ready_layouts

CODES = ("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R10", "R11", "R12", "R13", "R14")


def data(*columns, **changes):
    given = {"code": "县01", "title": "情况表", "rows": "units", "subject": "columns", "parts": [{"columns": list(columns)}]}
    return given | changes


def test_the_ready_layouts_come_in_their_order():
    assert tuple(ready_layouts()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_what_is_written_down_is_read_as_it_was(code):
    layout = ready_layouts()[code]
    assert layout_of(data_of(layout)) == layout


def test_a_column_is_known_by_its_figure_and_its_time():
    layout = layout_of(data({"key": "A"}, {"key": "A", "view": "ytd"}, {"key": "A:甲", "view": "ever"}))
    assert [column.id for column in layout.parts[0].columns] == ["A", "A.ytd", "A:甲.ever"]


def test_a_formula_may_speak_of_a_figure_to_its_right():
    layout = layout_of(data({"id": "余", "formula": "{A} - {B}"}, {"key": "A"}, {"key": "B"}))
    assert (layout.rows, layout.subject) == (RowsOf.UNITS, LayoutSubject.COLUMNS)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (data({"key": "A"}, code=""), "A layout needs a code and a title."),
        (data(), "县01 lists no column"),
        (data({"key": "A"}, {"key": "A"}), "The column “A” stands there twice"),
        (data({"id": "x"}), "Column “x” names neither a figure nor a formula."),
        (data({"id": "x", "formula": "{A} - {B}"}, {"key": "A"}), "Column “x” speaks of {B}, which is no column before it."),
        (data({"id": "x", "formula": "{A@prev}"}, {"key": "A"}), "speaks of {A@prev}"),
        (data({"id": "x", "formula": "{A} -"}, {"key": "A"}), "Column “x”: "),
        (data({"id": "x", "formula": "{y}"}, {"id": "y", "formula": "{x}"}), "Column “x” speaks of {y}"),
        (data({"id": "x", "share": "A"}), "Column “x” is a share of “A”"),
        (data({"key": "A", "view": "week"}), "“week” is no view"),
        (data({"key": "A", "decimals": 9}), "decimals are between 0 and 6"),
        (data({"key": "A", "colour": "red"}), "a column knows no “colour”"),
        (data({"key": "A"}, rows="planets"), "The layout can not be read"),
        (data({"key": "A"}, basis="guessed"), "The basis “guessed” is none"),
        (data({"key": "A"}, checks=["{B} <= {A}"]), "The check speaks of {B}"),
        (data({"key": 7}), "“7” is no text"),
        (data(subject="domain"), "县01 names no area of the catalogue."),
        (data({"id": "甲"}, parts=[{"columns": [{"id": "甲"}], "kinds": [{"name": "一", "keys": ["A", "B"]}]}]), "fills 2 columns"),
        (data({"key": "A"}, displays=[{"unit": "元", "shown": "万元", "per": 0, "decimals": 2}]), "can not be shown in units of 0"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_a_sentence(wrong, message):
    with pytest.raises(BadLayout) as refused:
        layout_of(wrong)
    assert message in str(refused.value)


def test_every_complaint_is_listed_at_once():
    with pytest.raises(BadLayout) as refused:
        layout_of(data({"key": "A", "view": "week"}, {"id": "x"}))
    assert len(str(refused.value).split("\n")) == 2
