"""One bad cell gives one finding: rules and computed lines that lean on it stay silent, all others speak."""

import pytest

from submissions.imports.report.import_report import FileVerdict, Weight
from tests.factories.indicators import make_check, make_form, make_indicator
from tests.submissions.imports.conftest import a_desk
from tests.submissions.imports.workbooks import unit_form


@pytest.fixture
def ruled(db):
    """T is A + B, U is T × 2; each rule is broken by A = 1, B = 0, C = 5."""
    for code in ("A", "B", "C"):
        make_indicator(code, unit="人")
    make_indicator("T", unit="人", formula="{A} + {B}")
    make_indicator("U", unit="人", formula="{T} * 2")
    form = make_form("季01表", ("A", "B", "C", "T", "U"), required=("A",))
    make_check(form, "{C} <= {A}", "mandatory")
    make_check(form, "{C} <= {T}", "verify")
    make_check(form, "{C} <= {U}", "verify")
    make_check(form, "{A@ytd} >= {C}", "hint")
    make_check(form, "{C} <= {B}", "mandatory")
    make_check(form, "{B} >= {A@prev}", "hint")
    return a_desk(form)


def weights(unit) -> list[str]:
    return sorted(str(remark.weight) for remark in unit.remarks if remark.weight != Weight.NOTICE)


def test_all_of_them_speak_where_every_cell_is_read(ruled):
    unit = ruled.unit(unit_form(ruled.task, ruled.place.village, {"A": 1, "B": 0, "C": 5, "U": 77}))
    assert weights(unit) == ["hint", "hint", "mandatory", "mandatory", "verify", "verify"]


@pytest.mark.parametrize("bad", ["30多", "40。", "#REF!", "十二"])
def test_only_those_that_do_not_lean_on_it_speak(ruled, bad):
    unit = ruled.unit(unit_form(ruled.task, ruled.place.village, {"A": bad, "B": 0, "C": 5, "U": 77}))
    assert weights(unit) == ["error", "mandatory"]  # {C} <= {B}


def test_one_unit_says_that_nothing_is_taken_in(ruled):
    result = ruled.weigh(unit_form(ruled.task, ruled.place.village, {"A": "30多", "B": 3}))
    assert result.verdict == FileVerdict.PREVIEW
    assert result.sentence.startswith("Nothing is taken in.")
    assert "30多" in result.sentence
