"""A snapshot has one text and comes back from it; cells that differ are found under their own names, whatever moved."""

import json

import pytest

from reports.releases.cell_changes import cell_changes
from reports.releases.snapshot import (
    FrozenCell,
    FrozenColumn,
    FrozenGrid,
    FrozenRow,
    FrozenTable,
    FrozenVersion,
    Snapshot,
    read_snapshot,
)


def column(key: str, view: str = "period", period: str = "2026Q1") -> FrozenColumn:
    return FrozenColumn(key, f"{key}名", "次", period, view)


def row(org: str, *texts: str, kind: str = "unit") -> FrozenRow:
    return FrozenRow(org, f"{org}村", kind, tuple(FrozenCell(text or None, text) for text in texts))


def snapshot(*rows: FrozenRow, columns=("A", "B"), title: str = "表", form: str = "F", **explanations: str) -> Snapshot:
    grid = FrozenGrid("period", tuple(map(column, columns)), rows)
    return Snapshot((FrozenTable(title, form, (grid,), explanations),), {}, {})


def changes(old: Snapshot, new: Snapshot) -> list[tuple]:
    return [(one.org, one.column, one.old, one.new) for one in cell_changes(old, new)]


def test_what_is_written_is_read_back():
    cell = FrozenCell("33.333333333333", "33.3", 3, 2, 1, 1, True, {"prev": None, "year_end": "4"})
    grid = FrozenGrid("ytd", (column("A:其中"),), (FrozenRow("C", "县", "total", (cell, FrozenCell(None, "—"))),))
    whole = Snapshot(
        (FrozenTable("表", "F", (grid, grid), {"A": "已核对"}),), {7: frozenset({"B", "A"}), 8: None},
        {12: FrozenVersion(40, "ab" * 32), 9: FrozenVersion(41, "cd" * 32)},
    )  # fmt: skip
    assert read_snapshot(whole.tables_text, whole.sources_text) == whole
    assert json.loads(whole.sources_text) == {
        "tasks": {"7": ["A", "B"], "8": None}, "reports": {"9": [41, "cd" * 32], "12": [40, "ab" * 32]},
    }  # fmt: skip


def test_the_same_values_have_the_same_text_in_whatever_order_they_were_found():
    one = Snapshot((), {1: frozenset("AB"), 2: None}, {3: FrozenVersion(1, "a"), 4: FrozenVersion(2, "b")})
    other = Snapshot((), {2: None, 1: frozenset("BA")}, {4: FrozenVersion(2, "b"), 3: FrozenVersion(1, "a")})
    assert one.sources_text == other.sources_text


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (snapshot(row("V", "1", "2")), snapshot(row("V", "1", "2")), []),
        (snapshot(row("V", "1", "2")), snapshot(row("V", "1", "3")), [("V", "B名", "2", "3")]),
        (snapshot(row("V", "1", "")), snapshot(row("V", "1", "0")), [("V", "B名", "", "0")]),
        # Rows and columns are known by what they are, not by where they stand.
        (snapshot(row("V", "1", "2"), row("W", "3", "4")), snapshot(row("W", "3", "4"), row("V", "1", "2")), []),
        (snapshot(row("V", "1", "2")), snapshot(row("V", "2", "1"), columns=("B", "A")), []),
        (snapshot(row("V", "1", "2")), snapshot(row("V", "1"), columns=("A",)), [("V", "B名", "2", "")]),
        (snapshot(row("V", "1"), columns="A"), snapshot(row("V", "1"), row("W", "5"), columns="A"), [("W", "A名", "", "5")]),
        # An organization with a total and an own row; two rows of one kind.
        (
            snapshot(row("C", "9", "9", kind="total"), row("C", "1", "1", kind="own")),
            snapshot(row("C", "9", "9", kind="total"), row("C", "2", "1", kind="own")),
            [("C", "A名", "1", "2")],
        ),
        (snapshot(row("V", "1", "1"), row("V", "2", "2")), snapshot(row("V", "1", "1"), row("V", "2", "3")), [("V", "B名", "2", "3")]),
        (snapshot(row("V", "1", "1"), A="原"), snapshot(row("V", "1", "1"), A="新"), [("A", "", "原", "新")]),
        (snapshot(row("V", "1", "1"), title="甲"), snapshot(row("V", "1", "1"), title="乙"), [
            ("V", "A名", "", "1"), ("V", "B名", "", "1"), ("V", "A名", "1", ""), ("V", "B名", "1", ""),
        ]),
    ],
)  # fmt: skip
def test_cells_that_differ(old, new, found):
    assert changes(old, new) == found


def test_unrounded_values_are_shown_where_the_printed_ones_are_alike():
    was, now = (FrozenRow("C", "县", "total", (FrozenCell(value, "33.3"),)) for value in ("33.31", "33.34"))
    assert changes(snapshot(was, columns="A"), snapshot(now, columns="A")) == [("C", "A名", "33.31", "33.34")]


def test_the_other_period_of_a_cell_and_the_year_to_date():
    def made(other: str, year: str) -> Snapshot:
        period = FrozenGrid(
            "period", (column("A"),), (FrozenRow("C", "县", "total", (FrozenCell("1", "1", compare={"prev": other}),)),)
        )
        to_date = FrozenGrid("ytd", (column("A", "ytd"),), (FrozenRow("C", "县", "total", (FrozenCell(year, year),)),))
        return Snapshot((FrozenTable("表", "F", (period, to_date), {}),), {}, {})

    assert changes(made("5", "6"), made("7", "8")) == [
        ("C", "A名（period before）", "5", "7"), ("C", "A名 (year to date)", "6", "8"),
    ]  # fmt: skip
