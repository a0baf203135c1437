"""What a cell of a file comes to: T2, T63, T64, T66, T67, T68 of the semantics, and what only a file can hold."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.choices import Kind
from spreadsheets.read.workbook import Cell, Content
from submissions.imports.report.import_report import FileVerdict, Weight
from tests.factories.indicators import make_check, make_form, make_indicator
from tests.factories.submissions import a_task, fill, send, submission_of
from tests.submissions.imports.conftest import a_desk
from tests.submissions.imports.workbooks import FIRST_ROW, unit_form


@pytest.fixture
def desk(db):
    """Made for each test: others of this module lay out forms of the same code."""
    return a_desk()


@pytest.fixture
def lines(db):
    """A in 人, S in % with one decimal."""
    make_indicator("A", unit="人")
    make_indicator("S", unit="%", decimals=1)
    return a_desk(make_form("季01表", ("A", "S")))


def remark_on(desk, key, value):
    """(changes by key, weight, sentence, suggestion) of a form with one cell filled in."""
    unit = desk.unit(unit_form(desk.task, desk.place.village, {key: value}))
    (remark,) = unit.remarks or (None,)
    found = (str(remark.weight), remark.sentence, remark.suggestion) if remark else ("", "", "")
    if remark:
        assert remark.address == f"{desk.place.village.name}!D{FIRST_ROW + (key == 'S')}"
    return {change.key: change.figure for change in unit.changes}, *found


TAKEN = [
    ("A", "１２", 12, "notice", "“１２” was read as 12"),
    ("A", " 12 ", 12, "", ""),
    ("A", "1,200", 1200, "notice", "“1,200” was read as 1200"),
    ("A", "12人", 12, "notice", "the unit “人” already stands on the line"),
    ("A", "/", "NA", "", ""),
    ("A", "不适用", "NA", "", ""),
    ("A", 0, 0, "", ""),
    ("S", Cell("0.85", Content.NUMBER, "0%"), 85, "", ""),
    ("S", Cell("0.855", Content.NUMBER, "0.0%"), Decimal("85.5"), "", ""),
    ("S", "85%", 85, "notice", "“85%” was read as 85"),
    ("A", Cell("12", Content.NUMBER, is_formula=True), 12, "", ""),
]
REFUSED = [
    ("A", "无", "nil report", "0"),
    ("A", "1.2.3", "cannot be taken", ""),
    ("A", "1.2万", "Write the number out", "12000"),
    ("A", "12家", "not in “家”", "12"),
    ("A", "十二", "other than the digits", ""),
    ("A", Cell("#REF!", Content.ERROR, is_formula=True), "error of a formula", ""),
    ("A", Cell("=A1+B1", Content.UNCOMPUTED, is_formula=True), "Open it in Excel or WPS, save it once", ""),
    ("A", Cell("1900-01-12", Content.DATE, "yyyy-mm-dd", raw="12"), "The number behind it is 12", "12"),
    ("A", Cell("2026-09-30", Content.DATE, "yyyy-mm-dd", raw="46295.5"), "formatted as a date", ""),
    ("A", Cell("TRUE", Content.BOOLEAN), "truth value", ""),
    ("A", Cell("0.85", Content.NUMBER, "0%"), "formatted as a percentage", ""),
    ("A", Cell("12.5", Content.NUMBER), "whole numbers only", "13"),
]


@pytest.mark.parametrize(("key", "value", "figure", "weight", "words"), TAKEN)
def test_taken(lines, key, value, figure, weight, words):
    changes, heard, sentence, _suggestion = remark_on(lines, key, value)
    assert changes == {key: figure}
    assert heard == weight
    assert words in sentence


@pytest.mark.parametrize(("key", "value", "words", "suggestion"), REFUSED)
def test_refused(lines, key, value, words, suggestion):
    changes, heard, sentence, offered = remark_on(lines, key, value)
    assert (changes, heard, offered) == ({}, "error", suggestion)
    assert words in sentence


@pytest.mark.parametrize("text", ["", "-", "—", "  "])
def test_a_blank_keeps_what_is_stored(desk, text):
    fill(desk.report(), {"A": 7}, by=desk.place.clerk)
    unit = desk.unit(unit_form(desk.task, desk.place.village, {"A": text}))
    assert not unit.changes
    assert [remark.weight for remark in unit.remarks] == ([Weight.NOTICE] if text.strip() else [])


@pytest.mark.parametrize("token", ["清空", "CLEAR", " clear "])
def test_a_token_clears_what_is_stored(desk, token):
    fill(desk.report(), {"A": 7}, by=desk.place.clerk)
    result = desk.accept(unit_form(desk.task, desk.place.village, {"A": token}))
    ((_unit, change),) = result.changes()
    assert (change.old, change.new, change.figure) == ("7", "", None)
    assert desk.stored() == {}


def test_a_mended_text_counts_instead_of_the_cell(desk):
    address = f"{desk.place.village.name}!D{FIRST_ROW}"
    read = unit_form(desk.task, desk.place.village, {"A": "1.2万"})
    assert desk.unit(read).has_errors
    (change,) = desk.unit(read, mended={address: "12000"}).changes
    assert change.figure == 12000
    assert desk.unit(read, mended={address: ""}).changes == ()
    assert not desk.unit(read, mended={address: ""}).has_errors


def test_old_and_new_are_given_as_they_are_printed(lines):
    fill(lines.report(), {"S": Decimal("80.5"), "A": "NA"}, by=lines.place.clerk)
    unit = lines.unit(unit_form(lines.task, lines.place.village, {"S": "81", "A": 3}))
    assert [(change.label, change.old, change.new) for change in unit.changes] == [
        ("指标A", "N/A", "3"),
        ("指标S", "80.5", "81.0"),
    ]


def test_unchanged_is_no_change(desk):
    fill(desk.report(), {"A": 7, "B": "NA"}, by=desk.place.clerk)
    result = desk.weigh(unit_form(desk.task, desk.place.village, {"A": 7, "B": "不适用"}))
    assert (result.verdict, list(result.changes()), result.sentence) == (
        FileVerdict.PREVIEW, [], "Nothing would change: all figures of this file stand already."
    )  # fmt: skip


def test_a_line_that_is_not_asked_of_the_unit(db):
    make_indicator("A")
    make_indicator("X")
    form = make_form("季01表", ("A", "X"))
    form.lines.filter(indicator__code="X").update(unit_categories="school")
    desk = a_desk(form)
    (remark,) = desk.unit(unit_form(desk.task, desk.place.village, {"X": 3})).remarks
    assert remark.weight == Weight.ERROR
    assert not desk.unit(unit_form(desk.task, desk.place.village, {"X": "—"})).remarks


# Checks and computed lines.


def parts_desk():
    """T67: 其中党员 and 其中女 are within the total, 男 and 女 add up to it."""
    total = make_indicator("T", items=("男", "女"))
    make_indicator("P", part_of=total)
    make_indicator("W", part_of=total)
    form = make_form("季01表", ("T", "P", "W"))
    make_check(form, "{T:男} + {T:女} == {T}")
    return a_desk(form)


def test_parts_are_flagged_where_they_stand(db):
    desk = parts_desk()
    fine = {"T": 30, "P": 12, "W": 14, "T:男": 16, "T:女": 14}
    assert not desk.unit(unit_form(desk.task, desk.place.village, fine)).remarks
    unit = desk.unit(unit_form(desk.task, desk.place.village, {**fine, "T:男": 18, "T:女": 10}))
    remarks = [remark for remark in unit.remarks if remark.weight == Weight.MANDATORY]
    assert {remark.address for remark in remarks} == {f"{desk.place.village.name}!D{FIRST_ROW + 1}"}
    assert all("2" in remark.sentence for remark in remarks)
    assert unit.is_ready  # mended in the draft


def stock_desk(start: dict, before: dict):
    """T68: opening + in - out = closing; 48 at the end of the quarter before."""
    make_indicator("END", kind=Kind.STOCK)
    make_indicator("IN")
    make_indicator("OUT")
    make_indicator("START", kind=Kind.STOCK, **start)
    form = make_form("季01表", ("START", "IN", "OUT", "END"))
    desk = a_desk(form)
    earlier = submission_of(a_task(desk.place.county, form, period="2026Q2", due_on=date(2026, 7, 10)), desk.place.village)
    send(earlier, {"END": 48, "IN": 1, "OUT": 0, **before}, by=desk.place.clerk)
    make_check(form, "{START} + {IN} - {OUT} == {END}", "verify")
    return desk


def test_a_carried_opening_stock_typed_otherwise_and_a_sum_that_fails(db):
    desk = stock_desk({"formula": "{END@prev}"}, {})
    unit = desk.unit(unit_form(desk.task, desk.place.village, {"START": 50, "IN": 3, "OUT": 1, "END": 53}))
    by_weight = {remark.weight: remark for remark in unit.remarks}
    hint, verify = by_weight[Weight.HINT], by_weight[Weight.VERIFY]
    assert hint.address.endswith(f"!D{FIRST_ROW}")
    assert {"48,", "50,", "+2."} <= set(hint.sentence.split())
    assert verify.address.endswith(f"!D{FIRST_ROW + 1}")
    assert "53" in verify.sentence
    assert "START" not in {change.key for change in unit.changes}


def test_a_typed_opening_stock_is_judged_by_the_check_on_it(db):
    desk = stock_desk({}, {"START": 47})
    make_check(desk.task.form, "{START} == {END@prev}")
    unit = desk.unit(unit_form(desk.task, desk.place.village, {"START": 50, "IN": 3, "OUT": 1, "END": 53}))
    weights = {remark.weight: remark.sentence for remark in unit.remarks}
    assert "2" in weights[Weight.MANDATORY]
    assert "1" in weights[Weight.VERIFY]


def test_an_opening_stock_as_carried_is_nothing_to_say(db):
    desk = stock_desk({"formula": "{END@prev}"}, {})
    assert not desk.unit(unit_form(desk.task, desk.place.village, {"START": 48, "IN": 3, "OUT": 1, "END": 50})).remarks
