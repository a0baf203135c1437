"""舍位平衡 through a whole table (T55) and shares that come to 100 (T56): printed parts add up, values stay, marks are set."""

import io
from decimal import Decimal

import openpyxl
import pytest

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from reports.figures.output.cells import printed
from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.tables.county_layouts import make_layout
from reports.tables.layouts.balance import balanced_grid
from reports.tables.layouts.definition_reader import layout_of
from tests.factories.submissions import AT
from tests.reports.layout_county import exported, story_with_orgs
from tests.reports.story import CATALOGUE_HEAD, Story

MONEY = FigureColumn("M", None, "金额", "万元", 2, "flow")


def grid_of(column, *specs):
    """`(kind, level, value)` with values in the unit that is printed."""
    rows = tuple(
        FigureRow(str(number), f"{number}号", kind, (_cell(value, column),), level)
        for number, (kind, level, value) in enumerate(specs)
    )
    return Grid("2026Q3", "C", "approved", "period", "then", (column,), rows)


def _cell(value, column):
    return FigureCell(None, "") if value is None else FigureCell(Decimal(value), printed(Decimal(value), column.decimals))


def texts(grid):
    return [row.cells[0].text for row in grid.rows]


def test_four_amounts_come_to_their_printed_total():
    """T55: 1.35 + 4.52 + 0.23 − 0.56 would be 5.54; 4.515 takes the difference."""
    before = grid_of(
        MONEY,
        ("total", 0, "5.5202"),
        ("unit", 1, "1.3451"),
        ("unit", 1, "4.5150"),
        ("unit", 1, "0.2250"),
        ("unit", 1, "-0.5649"),
    )
    after = balanced_grid(before, {"M"}, ())
    assert texts(after) == ["5.52", "1.35", "4.50", "0.23", "-0.56"]
    assert [row.cells[0].is_adjusted for row in after.rows] == [False, False, True, False, False]
    assert [row.cells[0].value for row in after.rows] == [row.cells[0].value for row in before.rows]
    assert any("2号 金额 -0.02" in note for note in after.notes)


def test_both_levels_add_up():
    rows = [("total", 0, "1.0000")]
    for _township in range(4):
        rows += [("subtotal", 1, "0.2500"), *([("unit", 2, "0.0625")] * 4)]
    column = FigureColumn("M", None, "金额", "万元", 1, "flow")
    numbers = [Decimal(text) for text in texts(balanced_grid(grid_of(column, *rows), {"M"}, ()))]
    subtotals, units = numbers[1::5], [part for place, part in enumerate(numbers) if place % 5 != 1 and place]
    assert sum(subtotals) == sum(units) == numbers[0] == 1
    for number, subtotal in enumerate(subtotals):
        assert sum(units[4 * number : 4 * number + 4]) == subtotal


def test_a_mean_and_a_missing_part_are_left_alone():
    mean = grid_of(MONEY, ("total", 0, "1.2550"), ("unit", 1, "1.0050"), ("unit", 1, "1.5050"))
    assert texts(balanced_grid(mean, {"M"}, ())) == texts(mean)
    missing = grid_of(MONEY, ("total", 0, "0.0100"), ("unit", 1, "0.0050"), ("unit", 1, None), ("unit", 1, "0.0050"))
    assert texts(balanced_grid(missing, {"M"}, ())) == ["0.01", "0.00", "", "0.01"]


def test_three_equal_shares_come_to_a_hundred():
    third = str(Decimal(100) / 3)
    share = FigureColumn("S", None, "占比", "%", 1, "ratio")
    grid = grid_of(share, ("total", 0, "100"), *[("unit", 1, third)] * 3)
    assert texts(balanced_grid(grid, (), {"S"})) == ["100.0", "33.4", "33.3", "33.3"]


# --- through an export ----------------------------------------------------------------------------------------------

AMOUNTS = {"V1": "13451", "V2": "45150", "V3": "2250", "I": "-5649"}
LAYOUT = {
    "code": "县01", "title": "经费情况表", "rows": "units", "subject": "columns", "rounding": "balanced",
    "displays": [{"unit": "元", "shown": "万元", "per": 10000, "decimals": 2}],
    "parts": [{"columns": [{"key": "M", "head": "金额"}, {"key": "N", "head": "户数"}, {"id": "占比", "share": "N", "head": "占比"}]}],
}  # fmt: skip


@pytest.fixture
def county(story) -> Story:
    story_with_orgs(story)
    rows = ("M,经费,,,coverage,元,flow,,,,village,quarter,int", "N,户数,,,coverage,户,stock,,,,village,quarter,int")
    story.run("load_catalogue", story._file("catalogue.csv", CATALOGUE_HEAD, rows))
    story.form("F", "M", "N")
    story.open("F", "2026Q3")
    amounts = [f"2026Q3,{org},M,,{amount}" for org, amount in AMOUNTS.items()]
    story.figures("F", *amounts, *(f"2026Q3,{org},N,,1" for org in ("V1", "V3", "I")))
    return story


@pytest.fixture
def own_layout(county) -> Story:
    org = Organization.objects.get(code="C")
    make_layout(county=org, layout=layout_of(LAYOUT), by=system_operator(), at=AT)
    return county


def test_an_export_in_wan_yuan_adds_up_and_says_so(own_layout):
    book = exported(own_layout, "县01")
    rows = book.rows()
    assert rows["C"] == [5.52, 3, 100]
    assert [rows[code][0] for code in ("I", "T1", "V1", "V2", "T2", "V3")] == [-0.56, 5.85, 1.35, 4.5, 0.23, 0.23]
    assert rows["T1"][0] + rows["T2"][0] + rows["I"][0] == pytest.approx(5.52)
    assert [rows[code][2] for code in ("I", "T1", "T2")] == [33.4, 33.3, 33.3]
    assert "户、%" in book.text()
    assert "Printed parts were balanced against their totals; the stored figures are unchanged." in book.text()
    assert "they were not adjusted" not in book.text()
    assert own_layout.ask("M", period="2026Q3").text() == "55202"


def test_an_adjusted_cell_is_marked(own_layout):
    book = openpyxl.load_workbook(io.BytesIO(exported(own_layout, "县01").content))
    formats = {row[2].value: row[3].number_format for row in book.worksheets[1].iter_rows() if row[2].value in AMOUNTS}
    assert formats["V2"] == '0.00"*"'
    assert formats["V1"] == "0.00"


def test_balanced_totals_as_formulas_too(own_layout):
    live = openpyxl.load_workbook(io.BytesIO(exported(own_layout, "县01", "--formulas").content)).worksheets[1]
    total = next(row for row in live.iter_rows() if row[2].value == "C")
    assert str(total[3].value).startswith("=SUM(")


def test_the_option_balances_a_ready_layout(county):
    plain, balanced = exported(county, "R2"), exported(county, "R2", "--balanced")
    assert plain.rows() == balanced.rows()  # whole yuan add up already
    assert "they were not adjusted" in plain.text()
    assert "were balanced" in balanced.text()


def test_every_kind_is_a_total_of_its_own():
    kinds = [("kind", 0, "0.0100"), ("unit", 1, "0.0050"), ("unit", 1, "0.0050"), ("kind", 0, "0.0040"), ("unit", 1, "0.0040")]
    assert texts(balanced_grid(grid_of(MONEY, *kinds), {"M"}, ())) == ["0.01", "0.00", "0.01", "0.00", "0.00"]
