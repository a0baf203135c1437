"""Every kind of question gets its figure, in few queries; whatever has no place or no answer is listed."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from audit.models import Event
from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from reports.external.actions import put_table, replace_bindings
from reports.external.bindings.bindings import from_json
from reports.external.filling.answers import BindingAnswers, FillContext
from reports.external.filling.workbook import fill
from reports.models import UpperTable
from tests.factories.upper_tables import bytes_of, values_in

AT = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)


def a_table(bound: dict[str, dict], name: str = "表") -> UpperTable:
    """A sheet with room in A1:F30, with these bindings (`kind` is figure unless it says otherwise)."""
    book = Workbook()
    sheet = book.active
    sheet.title = "S"
    for row in range(1, 31):
        for column in range(1, 7):
            sheet.cell(row, column).number_format = "0%" if column == 6 else "0.00"
    sheet["E30"] = "=A1+B1"
    county = Organization.objects.get(code="C")
    put = put_table(county=county, name=name, file_name="b.xlsx", content=bytes_of(book), by=system_operator(), at=AT)
    table = put.kept.edition.table
    bindings = {f"S!{cell}": {"kind": "figure"} | binding for cell, binding in bound.items()}
    replace_bindings(table=table, bindings=from_json(bindings), by=system_operator(), at=AT)
    return table


def filled(bound: dict[str, dict], org: str = "C", period: str = "2026Q3", **more):
    given = {"period": read_period(period), "org": Organization.objects.get(code=org), "by": system_operator(), "at": AT}
    made = fill(a_table(bound), **given, **more)
    return values_in(made.content), [misfit.sentence for misfit in made.misfits], made


QUESTIONS = {
    "the county": ({"key": "A-1"}, 180),
    "a township": ({"key": "A-1", "org": "T2"}, 60),
    "a village": ({"key": "A-1", "org": "V3"}, 90),
    "a category": ({"key": "A-1", "org": "village", "by": "unit_category"}, 180),
    "a district": ({"key": "A-1", "org": "T1", "by": "district"}, 30),
    "last period": ({"key": "A-1", "org": "T1", "period": "prev"}, 20),
    "a year ago": ({"key": "A-1", "org": "T1", "period": "same_last_year"}, 10),
    "the year so far": ({"key": "A-1", "org": "T1", "view": "ytd"}, 50),
    "the difference": ({"key": "A-1", "measure": "change"}, 120),
    "the growth": ({"key": "A-1", "measure": "percent", "against": "prev"}, 50),
    "a ratio, unrounded": ({"key": "R-1", "org": "T3"}, 80 / 3),
    "a ratio at its decimals": ({"key": "R-1", "org": "T3", "digits": 1}, 26.7),
    "another measure": ({"key": "M-1", "unit": "万元"}, 11.1105),
    "a stock": ({"key": "P-1"}, 18),
}


def test_each_question_gets_its_figure(county):
    cells = {f"A{row}": binding for row, (binding, _value) in enumerate(QUESTIONS.values(), start=1)}
    values, _misfits, _made = filled(cells)
    found = {name: values.get(f"A{row}") for row, name in enumerate(QUESTIONS, start=1)}
    assert found == {name: pytest.approx(value, rel=1e-15) for name, (_binding, value) in QUESTIONS.items()}


def test_a_cell_of_per_cent_gets_its_hundredth(county):
    values, _misfits, _made = filled(
        {"F1": {"key": "R-1", "org": "T1"}, "F2": {"key": "A-1", "measure": "percent"}, "F3": {"key": "A-1"}}
    )
    assert (values["F1"], values["F2"], values["F3"]) == (0.6, 2, 180)


def test_not_reported_is_blank_and_what_can_not_be_computed_a_dash(county):
    county.open("F", "2026Q1")
    county.figures("F", "2026Q1,V1,A-1,,0", "2026Q1,V1,B-1,,0")
    growth = {"key": "A-1", "measure": "percent", "against": "year_end"}
    bound = {
        "A1": {"key": "R-1", "org": "T1"},
        "A2": {"key": "A-1", "org": "T2"},
        "A3": growth,
        "A4": {"key": "A-1", "org": "T1"},
    }
    values, _misfits, _made = filled(bound, period="2026Q1")
    assert [values.get(f"A{row}") for row in range(1, 5)] == ["—", None, "—", 0]


def test_texts_are_written_in_chinese(county):
    bound = {
        f"A{row}": {"kind": "text", "what": what, "pattern": pattern}
        for row, (what, pattern) in enumerate(
            [("period label", "（{}）"), ("organization", "填报单位：{}"), ("date", "{}"), ("person", "填表人：{}")], start=1
        )
    }
    values, _misfits, _made = filled(bound)
    assert [values[f"A{row}"] for row in (1, 2, 3)] == ["（2026年第三季度）", "填报单位：云岭县", "2026年10月9日"]
    assert values["A4"].startswith("填表人：")


def test_a_township_fills_the_same_table_for_itself(county):
    values, misfits, _made = filled(
        {"A1": {"key": "A-1"}, "A2": {"key": "A-1", "org": "V1"}, "A3": {"key": "A-1", "org": "T2"}}, org="T1"
    )
    assert (values["A1"], values["A2"]) == (30, 30)
    assert "A3" not in values
    assert any("白沙镇 does not stand below 青山镇 on 2026-09-30" in sentence for sentence in misfits)


def test_units_without_a_place_are_listed_with_their_figures(county):
    _values, misfits, made = filled(
        {"A1": {"key": "A-1", "org": "T1"}, "A2": {"key": "A-1", "org": "V2"}, "A3": {"key": "A-1"}}
    )
    assert misfits == ["临河镇 (T3) has figures, but no place in the table."]
    assert made.misfits[0].figures == (("受理件数 (件)", "90"),)


def test_a_township_with_some_of_its_villages_lacks_only_the_others(county):
    county.orgs("V4,丁村,village,T1,,,,")
    county.form("G", "A-1")
    county.open("G", "2026Q1")
    county.figures("G", "2026Q1,V1,A-1,,1", "2026Q1,V4,A-1,,2", "2026Q1,V2,A-1,,3", "2026Q1,V3,A-1,,4")
    bound = {"A1": {"key": "A-1", "org": "V1"}, "A2": {"key": "A-1", "org": "T2"}, "A3": {"key": "A-1", "org": "V3"}}
    _values, misfits, _made = filled(bound, period="2026Q1")
    assert misfits == ["丁村 (V4) has figures, but no place in the table."]


def test_groups_without_a_place_are_listed(county):
    county.orgs("W1,戊社区,community,T1,,,,")
    county.form("G", "A-1")
    county.open("G", "2026Q1")
    county.figures("G", "2026Q1,V1,A-1,,1", "2026Q1,W1,A-1,,2")
    values, misfits, _made = filled({"A1": {"key": "A-1", "org": "village", "by": "unit_category"}}, period="2026Q1")
    assert values["A1"] == 1
    assert misfits == ["Community has figures, but no place in the table."]


def test_closed_units_unknown_indicators_and_what_was_not_asked_are_listed(county):
    bound = {
        "A1": {"key": "A-1", "org": "T9"},
        "A2": {"key": "X-1"},
        "A3": {"key": "Z-1"},
        "A4": {"key": "P-1:老"},
        "A5": {"key": "A-1", "period": "year_end"},
    }
    values, misfits, _made = filled(bound)
    assert values.keys() == {"E30"}
    assert misfits == [
        "S!A1 stay empty: there is no organization with code T9 in this county.",
        "S!A2 stay empty: there is no indicator X-1.",
        "S!A4 stay empty: there is no indicator P-1:老.",
        "S!A3 stay empty: Z-1 从未要求 was not asked in 2026Q3.",
        "S!A5 stay empty: A-1 受理件数 was not asked in 2025Q4.",
    ]


def test_what_nobody_confirmed_stays_empty_and_is_listed(county):
    values, misfits, _made = filled({"A1": {"key": "A-1", "is_proposed": True}, "A2": {"key": "B-1"}})
    assert "A1" not in values
    assert values["A2"] == 63
    assert misfits == ["Bindings that nobody has confirmed, their cells stay empty: S!A1."]


def test_formulas_of_the_table_have_the_results_of_the_figures(county):
    values, _misfits, _made = filled({"A1": {"key": "A-1"}, "B1": {"key": "B-1"}})
    assert values["E30"] == 243


def test_filling_is_recorded_with_its_digest(county):
    _values, _misfits, made = filled({"A1": {"key": "A-1"}})
    event = Event.objects.get(kind="template.filled")
    assert made.digest in event.data
    assert made.name == "云岭县 2026年第三季度 表.xlsx"


def test_one_grid_answers_all_cells_of_one_kind(county):
    """Units, their township and the county of one period and view are one question, whatever the number of cells."""
    bound = {
        f"S!A{row}": {"kind": "figure", "key": key, "org": org}
        for row, (key, org) in enumerate(
            [(key, org) for key in ("A-1", "B-1", "R-1") for org in ("", "T1", "V1", "V2", "V3")], start=1
        )
    }
    occasion = FillContext(read_period("2026Q3"), Organization.objects.get(code="C"), "approved", "then", AT.date())
    answers = BindingAnswers(from_json(bound), occasion)
    assert len(answers.grids) == 1
    assert answers.found["S!A1"].cell.value == Decimal(180)
