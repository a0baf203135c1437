"""T55 and T56 of docs/semantics.md in exported workbooks: printed parts and shares add up, what is stored stays, and a note says so."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from reports.tables.county_layouts import make_layout
from reports.tables.layouts.definition import ColumnSpec, Display, LayoutDefinition, LayoutPart, LayoutSubject, RowsOf
from tests.acceptance.excel import Office

Q = "2026Q2"


@pytest.fixture
def office(story) -> Office:
    """Three villages; money in 元 that the county prints in 万元, and a count of which it prints the share."""
    story.villages("A", "B", "D", "E")
    office = Office(story)
    office.indicators("M,增收,元,flow,,decimal(0),,,0", "N,走访,次,flow,,int>=0,,,0")
    story.form("F", "M", "N")
    story.open("F", Q)
    return office


def a_layout(*columns: ColumnSpec) -> None:
    layout = LayoutDefinition(
        "县表",
        "增收表",
        RowsOf.UNITS,
        LayoutSubject.COLUMNS,
        (LayoutPart(columns=columns),),
        displays=(Display("元", "万元", 10_000, 2),),
    )
    make_layout(county=Organization.objects.get(code="C"), layout=layout, by=system_operator(), at=timezone.now())


def printed(office: Office, *options: str) -> tuple[dict[str, list[str]], str]:
    """Name of each row -> its numbers as they are printed, a star where one was adjusted; and all text of the table."""
    path: Path = office.folder / "县表.xlsx"
    office.story.run("export", "县表", "--period", Q, "--org", "C", "--out", str(path), *options)
    sheet = load_workbook(path).worksheets[1]
    rows, texts = {}, []
    for cells in sheet.iter_rows():
        shown = [_shown(cell) for cell in cells if isinstance(cell.value, int | float) and "0." in cell.number_format]
        named = [cell.value for cell in cells if isinstance(cell.value, str)]
        texts += named
        if shown and named:
            rows[named[0].strip()] = shown
    return rows, "\n".join(texts)


def _shown(cell) -> str:
    places = len(cell.number_format.partition(".")[2].rstrip('"*'))
    return f"{Decimal(str(cell.value)):.{places}f}" + ("*" if '"*"' in cell.number_format else "")


def test_t55_printed_parts_add_up_and_one_is_marked(office):
    """24451 + 36150 + 3250 − 6649 = 57202 元: 2.45 + 3.62 + 0.33 − 0.66 = 5.74 万元, but the total prints 5.72."""
    money = {"A": 24451, "B": 36150, "D": 3250, "E": -6649}
    office.story.figures("F", *(f"{Q},{unit},M,,{value}" for unit, value in money.items()))
    a_layout(ColumnSpec("M", "M"))
    plain, _texts = printed(office)
    assert [plain[f"{unit}村"] for unit in money] == [["2.45"], ["3.62"], ["0.33"], ["-0.66"]]
    assert plain["Grand total"] == ["5.72"]
    rows, texts = printed(office, "--balanced")
    assert rows["Grand total"] == ["5.72"]
    shown = [rows[f"{unit}村"][0] for unit in money]
    assert sum(Decimal(text.rstrip("*")) for text in shown) == Decimal("5.72")
    adjusted = [text for text in shown if text.endswith("*")]
    assert len(adjusted) == 1
    assert "the stored figures are unchanged" in texts
    units = office.story.ask("M", period=Q, by="units")
    assert [units.value(unit) for unit in money] == list(money.values())


def test_t56_shares_make_a_hundred(office):
    office.story.figures("F", *(f"{Q},{unit},N,,7" for unit in "ABD"))
    a_layout(ColumnSpec("N", "N"), ColumnSpec("P", share="N", head="占比", unit="%", decimals=1))
    plain, _texts = printed(office)
    assert [plain[f"{unit}村"][0] for unit in "ABD"] == ["33.3", "33.3", "33.3"]
    rows, _texts = printed(office, "--balanced")
    shown = [Decimal(rows[f"{unit}村"][0].rstrip("*")) for unit in "ABD"]
    assert sorted(shown) == [Decimal("33.3"), Decimal("33.3"), Decimal("33.4")]
    assert rows["Grand total"][0] == "100.0"
