"""The shapes of an answer: JSON, CSV and a table for a terminal, each to the letter, because others script them."""

import csv
import json
import re
from decimal import Decimal

import pytest

from reports.figures.answers.formats import aligned, as_csv, as_json, as_table, labelled, plain
from reports.figures.output.grid import Change, FigureCell, FigureColumn, FigureRow, Grid, SameUnits

COLUMNS = (
    FigureColumn("A", None, "组织数", "家", 0, "flow", period="2026Q3", view="period"),
    FigureColumn("R", "甲", "组建率", "%", 1, "ratio", period="2026Q2", view="ytd", time="year to date"),
)
WHOLE = FigureCell(
    Decimal("12.00"), "12", 3, 2, 1, 1, 1, is_estimated=True, is_revised=True,
    compare={"prev": Change(Decimal(10), Decimal(2), Decimal("20.0")), "year_end": Change(None, None, None, "nothing to compare")},
)  # fmt: skip
SHARE = FigureCell(
    Decimal("80.05"), "80.1", 2, 2, 2, is_complete=True,
    compare={"prev": Change(Decimal("79.5"), None, None, same_units=SameUnits(2, Decimal("0.50"), None))},
)  # fmt: skip
EMPTY = FigureCell(None, "")
GRID = Grid(
    "2026Q3", "370883", "approved", "period", "then", COLUMNS,
    (FigureRow("370883", "邹城市", "total", (WHOLE, SHARE)), FigureRow("01", "=甲镇", "subtotal", (EMPTY, EMPTY), level=1)),
    notes=("one", "two"),
)  # fmt: skip


def test_json():
    answer = json.loads(as_json(GRID))
    assert {name: answer[name] for name in ("period", "org", "basis", "view", "tree", "notes")} == {
        "period": "2026Q3", "org": "370883", "basis": "approved", "view": "period", "tree": "then", "notes": ["one", "two"],
    }  # fmt: skip
    assert answer["columns"] == [
        {
            "indicator": "A",
            "item": None,
            "name": "组织数",
            "unit": "家",
            "period": "2026Q3",
            "view": "period",
            "comparable_since": "",
        },
        {
            "indicator": "R",
            "item": "甲",
            "name": "组建率",
            "unit": "%",
            "period": "2026Q2",
            "view": "ytd",
            "comparable_since": "",
        },
    ]
    total, township = answer["rows"]
    assert (total["org"], total["name"], total["kind"]) == ("370883", "邹城市", "total")
    assert total["cells"][0] == {
        "value": "12", "text": "12", "expected": 3, "reported": 2, "approved": 1, "na": 1, "complete": False, "estimated": True,
        "revised": True, "returned": 1,
        "compare": {
            "prev": {"value": "10", "change": "2", "percent": "20", "said": "", "same_units": None},
            "year_end": {"value": None, "change": None, "percent": None, "said": "nothing to compare", "same_units": None},
        },
    }  # fmt: skip
    assert total["cells"][1]["compare"]["prev"]["same_units"] == {"units": 2, "change": "0.5", "percent": None}
    assert township["cells"][0] == {
        "value": None, "text": "", "expected": 0, "reported": 0, "approved": 0, "na": 0, "complete": False, "estimated": False,
        "revised": False, "returned": 0,
    }  # fmt: skip
    assert set(answer) == {"period", "org", "basis", "view", "tree", "notes", "columns", "rows"}


def test_json_with_records_and_readable_chinese():
    text = as_json(GRID, [{"org": "01"}])
    assert json.loads(text)["records"] == [{"org": "01"}]
    assert "邹城市" in text
    assert text.splitlines()[1] == ' "period": "2026Q3",'


def test_csv():
    head, *rows = csv.reader(as_csv(GRID).splitlines())
    parts = ("value", "change", "percent", "same_units", "same_change", "same_percent")
    assert head == [
        "org", "name", "kind", "period", "indicator", "item", "indicator_name", "unit", "value", "text", "expected", "reported", "approved",
        "na", "estimated", "revised", *(f"prev_{part}" for part in parts), *(f"year_end_{part}" for part in parts), "complete", "returned",
    ]  # fmt: skip
    assert rows[0] == [
        "370883", "邹城市", "total", "2026Q3", "A", "", "组织数", "家", "12", "12", "3", "2", "1", "1", "1", "1",
        "10", "2", "20", "", "", "", *[""] * 6, "0", "1",
    ]  # fmt: skip
    assert rows[1] == [
        "370883", "邹城市", "total", "2026Q2", "R", "甲", "组建率", "%", "80.05", "80.1", "2", "2", "2", "0", "0", "0",
        "79.5", "", "", "2", "0.5", "", *[""] * 6, "1", "0",
    ]  # fmt: skip
    assert rows[2][:10] == ["01", "'=甲镇", "subtotal", "2026Q3", "A", "", "组织数", "家", "", ""]
    assert len(rows) == 4
    assert "\r" not in as_csv(GRID)


def test_a_table_for_a_terminal():
    *lines, one, two = as_table(GRID).splitlines()
    assert (one, two) == ("one", "two")
    assert [re.split(r"\s{2,}", line.strip()) for line in lines] == [
        [
            "组织数(家) 2026Q3", "Against the period before 2026Q3", "Against last year's end 2026Q3",
            "组建率 (year to date)(%) 2026Q2", "Against the period before 2026Q2", "Against last year's end 2026Q2",
        ],
        ["370883", "邹城市", "12(1/3)", "▲ +2 (+20.0%)", "nothing to compare", "80.1", "like for like, 2 units: +0.5 pp"],
        ["01", "=甲镇"],
    ]  # fmt: skip
    assert lines[2].startswith("01        =甲镇")  # a step to the right below the total


def test_a_table_of_one_period_without_comparisons():
    cells = (FigureCell(Decimal(1), "1", 1, 1, 1),)
    grid = Grid("2026Q3", "C", "approved", "period", "then", COLUMNS[:1], (FigureRow("C", "N", "total", cells),))
    assert as_table(grid) == "      组织数(家)\nC  N           1"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None), (Decimal("12.00"), "12"), (Decimal("100"), "100"), (Decimal("-0.0"), "0"), (Decimal("-0.50"), "-0.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"), (Decimal("0"), "0"),
    ],
)  # fmt: skip
def test_a_plain_number(value, text):
    assert plain(value) == text


@pytest.mark.parametrize(("basis", "text"), [("approved", "12(1/3)"), ("submitted", "12(2/3)")])
def test_of_how_many_a_figure_is_made(basis, text):
    assert labelled(WHOLE, basis) == text
    assert labelled(SHARE, basis) == "80.1"


def test_columns_are_padded_as_they_look():
    """Chinese takes two places; what is told in words stands left, figures right."""
    assert aligned([["甲", "a", "1"], ["b", "乙丙", "200"]], 1).splitlines() == ["甲     a    1", "b   乙丙  200"]
    assert aligned([["甲", "a", "1"], ["b", "乙丙", "200"]], 2).splitlines() == ["甲  a       1", "b   乙丙  200"]
