"""What every ready layout prints under its table holds in every row and total that it prints, on the page as in the workbook."""

import pytest

from orgs.choices import Role
from reports.tables.layouts.definition import RowsOf
from reports.tables.layouts.ready import ready_layouts
from reports.tables.preview import ROWS
from tests.reports.identity_county import FORM, claims, generated, is_broken
from tests.reports.layout_county import exported
from tests.reports.people import rows_below, signed_in

BY_COLUMN = [code for code, layout in ready_layouts().items() if layout.rows in (RowsOf.UNITS, RowsOf.CATEGORIES, RowsOf.KINDS)]
CARRIED = {"群众问题办理情况表", "企业问题办理情况表", "督查问题整改情况表", "平台事件办理情况表"}


def body(book, title):
    """Name -> figures of every row under 甲 乙 丙, in order."""
    rows = book.sheets[title]
    first = next(number for number, row in enumerate(rows) if row[0] == "甲")
    stub = sum(isinstance(letter, str) for letter in rows[first])
    signed = (number for number, row in enumerate(rows) if any(str(cell).startswith("Head of the unit") for cell in row))
    last = next(signed)
    return [(row[1], list(row[stub:])) for row in rows[first + 1 : last]]


def shown(value) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize("seed", [7, 20261])
def test_every_printed_relation_holds_in_every_printed_row(story, seed):
    generated(story, seed)
    client = signed_in(Role.LEADER, "C")
    found = set()
    for code in BY_COLUMN:
        book = exported(story, code, *(("--form", FORM) if code in ("R2", "R4") else ()))
        for table, title in enumerate(book.titles[1:-1], 1):
            rows, printed = body(book, title), claims(book.text(title))
            response = client.get(f"/exports/?period=2026Q3&layout={code}&table={table}")
            on_page = rows_below(response, "table is-printed")
            assert [cells[1] for cells in on_page] == [name for name, _figures in rows[:ROWS]]
            for claim in printed:
                found.add((code, claim))
                assert not [(name, figures) for name, figures in rows if is_broken(claim, figures)], (code, title, claim)
            for (_name, figures), cells in zip(rows[:ROWS], on_page, strict=True):
                printed = [cell.rstrip("*") for cell in cells[-len(figures) :]]
                assert [float(text) if text not in ("", "—") else text for text in printed] == [
                    value if isinstance(value, str) else "" if value is None else float(value) for value in figures
                ]
    assert {("R7", "1+2-3=4"), ("R5", "5=3+4"), ("R8", "4=1+2+3")} <= found


@pytest.mark.parametrize("org", ["C", "T1", "T2"])
def test_what_is_carried_over_adds_up_over_the_units(story, org):
    generated(story, 11)
    book = exported(story, "R7", org=org)
    assert set(book.titles[1:-1]) == CARRIED
    for title in CARRIED:
        rows = body(book, title)
        total = rows[0][1][:4]
        units = [figures[:4] for name, figures in rows[1:] if not name.endswith(", subtotal")]
        assert total == [sum(figures[place] or 0 for figures in units) for place in range(4)]
        names = [name for name, _figures in rows]
        assert ("V4村" in names) is (org != "T1")
        assert ("Closed since, without successor" in names) is (org != "T1")


def test_parts_of_the_list_to_remind_by_never_exceed_their_wholes(story):
    generated(story, 5)
    for words in ((), ("--all",)):
        rows = body(exported(story, "R12", *words), "报送进度与催报表")
        for name, (_form, expected, sent, in_time, returned, missing, *_rest) in rows:
            assert expected == sent + missing, name
            assert max(in_time, returned) <= sent, name
    everybody = {name: figures for name, figures in rows}
    assert everybody["Grand total"][1:6] == [8, 7, 6, 1, 1]
    assert everybody["V5村"][1:6] == [0, 0, 0, 0, 0]
