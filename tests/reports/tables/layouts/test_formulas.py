"""Totals as formulas: the cached values are the printed ones, and a spreadsheet that computes them again finds the same."""

import io
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.tables.layouts.live_formulas import Live, live_rows
from spreadsheets.write.sheet import Formula
from tests.reports.layout_county import exported, story_with_orgs
from tests.soffice import converted, without_results

LIVE = Live(frozenset({"A", "B"}), {"R": "{B} * 100 / {A}", "余": "{A} - {B}"})
COLUMNS = (
    FigureColumn("A", None, "甲", "家", 0, "stock"), FigureColumn("B", None, "乙", "家", 1, "stock"),
    FigureColumn("R", None, "率", "%", 1, "ratio"), FigureColumn("余", None, "余", "家", 1, "flow"),
)  # fmt: skip


def rows_of(*specs):
    """`(kind, level, texts)` -> the values that are written, from row 10 on in D, E, F, G."""
    rows = tuple(
        FigureRow(str(number), "名", kind, tuple(FigureCell(None, text) for text in texts), level)
        for number, (kind, level, texts) in enumerate(specs)
    )
    grid = Grid("2026Q3", "C", "approved", "period", "then", COLUMNS, rows)
    sums = [kind in ("total", "subtotal") for kind, _level, _texts in specs]
    return list(live_rows(grid, LIVE, sums, 10, "DEFG"))


def formulas_of(values):
    return [value.text if isinstance(value, Formula) else value for value in values]


TABLE = (
    ("total", 0, ("9", "6.5", "72.2", "2.5")),
    ("subtotal", 1, ("9", "6.5", "72.2", "2.5")),
    ("unit", 2, ("5", "4.0", "80.0", "1.0")),
    ("unit", 2, ("4", "2.5", "62.5", "1.5")),
)


def test_a_total_adds_the_units_and_never_a_subtotal():
    total, subtotal, unit, _other = rows_of(*TABLE)
    assert formulas_of(total)[:2] == ["SUM(D12:D13)", "SUM(E12:E13)"]
    assert formulas_of(subtotal)[:2] == ["SUM(D12:D13)", "SUM(E12:E13)"]
    assert unit[:2] == [5, Decimal("4.0")]


def test_units_apart_are_added_in_pieces():
    total = rows_of(
        ("total", 0, ("6", "", "", "")), ("unit", 1, ("1", "", "", "")), ("subtotal", 1, ("2", "", "", "")),
        ("unit", 2, ("2", "", "", "")), ("unit", 1, ("3", "", "", "")),
    )[0]  # fmt: skip
    assert total[0] == Formula("SUM(D11,D13:D14)", 6)


def test_a_ratio_divides_the_cells_of_its_row():
    total = rows_of(*TABLE)[0]
    assert total[2] == Formula('IFERROR(IF(AND(ISNUMBER(E10),ISNUMBER(D10)),ROUND((E10*100/D10),1),"—"),"—")', Decimal("72.2"))
    assert total[3].result == Decimal("2.5")


@pytest.mark.parametrize(
    "texts",
    [
        ("9", "6.6", "72.2", "2.5"),  # from figures that were rounded
        ("9", "", "72.2", ""),  # a part of the ratio is missing
        ("", "", "", ""),
    ],
)
def test_where_a_formula_would_say_something_else_the_number_stands(texts):
    total = rows_of(("total", 0, texts), *TABLE[1:])[0]
    assert not isinstance(total[1], Formula)
    assert not isinstance(total[2], Formula)


def test_a_division_by_zero_is_a_dash():
    unit = rows_of(("unit", 1, ("0", "0.0", "—", "0.0")))[0]
    assert unit[2].result == "—"


def test_what_does_not_add_up_stays_a_value():
    grid_row = ("total", 0, ("5", "4.0", "", "")), ("unit", 1, ("5", "4.0", "", ""))
    rows = tuple(
        FigureRow("C", "名", kind, tuple(FigureCell(None, text) for text in texts), level) for kind, level, texts in grid_row
    )
    grid = Grid("2026Q3", "C", "approved", "period", "then", COLUMNS, rows)
    total = next(live_rows(grid, Live(frozenset({"A"}), {}), [True, False], 10, "DEFG"))
    assert formulas_of(total)[:2] == ["SUM(D11)", Decimal("4.0")]


@pytest.fixture
def book(story):
    """A mean, a ratio, money and counts, with a unit that gave nothing and one whose name looks like a formula."""
    county = story_with_orgs(story)
    county.indicators(
        "A,台账,家,stock,,,,0", "B,已建,家,stock,,,,0", "R,组建率,%,ratio,B,A,,1", "M,经费,万元,flow,,,,2", "S,得分,分,score,,,,0",
        extra="decimals",
    )  # fmt: skip
    county.form("F", "A", "B", "R", "M", "S")
    county.open("F", "2026Q3")
    county.figures("F", *(
        f"2026Q3,{org},{code},,{value}"
        for org, values in {"V1": (437, 350, "1.25", 90), "V3": (1332, 7, "0.10", 80), "I": (3, 0, "7.05", 70)}.items()
        for code, value in zip(("A", "B", "M", "S"), values, strict=True)
    ))  # fmt: skip
    return exported(county, "R2", "--formulas")


def test_cached_values_are_what_is_printed_without_formulas(book, story):
    plain = exported(story, "R2")
    assert book.rows() == plain.rows()
    live = openpyxl.load_workbook(io.BytesIO(book.content))[book.titles[1]]
    formulas = [cell.value for row in live.iter_rows() for cell in row if cell.data_type == "f"]
    assert any(text.startswith("=SUM(") for text in formulas)
    assert any("ROUND" in text for text in formulas)
    names = [row[1].value for row in live.iter_rows() if row[1].value == "=1+1社区"]
    assert names == ["=1+1社区"]
    assert CalamineWorkbook.from_filelike(io.BytesIO(book.content)).sheet_names == book.titles


def test_libreoffice_computes_the_same(book, tmp_path):
    emptied = tmp_path / "again.xlsx"
    emptied.write_bytes(without_results(book.content))
    again = openpyxl.load_workbook(converted(emptied, "xlsx", tmp_path / "lo"), data_only=True)[book.titles[1]]
    found = {row[2]: list(row[3:]) for row in again.iter_rows(values_only=True) if isinstance(row[2], str)}
    assert {code: found[code][:5] for code in ("C", "T1", "V1", "V2", "V3", "I")} == {
        code: book.rows()[code][:5] for code in ("C", "T1", "V1", "V2", "V3", "I")
    }
