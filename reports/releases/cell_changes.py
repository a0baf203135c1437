"""The printed cells in which two snapshots differ: table, row, column, old and new text. Pure."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from reports.figures.changes.change import PREV, SAME_LAST_YEAR, YEAR_END
from reports.releases.snapshot import FrozenCell, FrozenColumn, FrozenGrid, FrozenRow, FrozenTable, Snapshot

Part = TypeVar("Part")
_NO_CELL = FrozenCell(None, "")


@dataclass(frozen=True)
class CellChange:
    """One printed cell. `old`, `new`: as printed, "" for a blank; unrounded where the printed texts are alike."""

    table: str
    org: str
    row: str
    column: str
    old: str
    new: str


def cell_changes(old: Snapshot, new: Snapshot) -> Iterator[CellChange]:
    """In the order of the new tables; rows, columns and tables that are gone come last in their place."""
    for before, after in _pairs(old.tables, new.tables, lambda table: (table.form, table.title)):
        table = after or before
        name = f"{table.form} {table.title}".strip()
        named = {column.name for grid in _grids(table)[:1] for column in grid.columns}
        for here, there in _pairs(_grids(before), _grids(after), lambda grid: grid.view):
            is_second = table.grids[0].view != (there or here).view
            yield from _in_grid(name, here, there, named if is_second else set())
        yield from _explained(name, before, after)


def _in_grid(table: str, old: FrozenGrid | None, new: FrozenGrid | None, taken: Collection[str]) -> Iterator[CellChange]:
    """`taken`: names of columns of the period itself; a column of the year to date that has one of them says what it is."""
    columns = list(_columns(old, new))
    for before, after in _pairs(_rows(old), _rows(new), lambda row: (row.org, row.kind)):
        for column, was_at, is_at in columns:
            was, now = _cell(before, was_at), _cell(after, is_at)
            name = _("%(name)s (year to date)") % {"name": column.name} if column.name in taken else column.name
            yield from _in_cell(table, after or before, name, was, now)


def _in_cell(table: str, row: FrozenRow, column: str, was: FrozenCell, now: FrozenCell) -> Iterator[CellChange]:
    if (was.value, was.text) != (now.value, now.text):
        texts = (was.value or "", now.value or "") if was.text == now.text else (was.text, now.text)
        yield CellChange(table, row.org, row.name, column, *texts)
    words = {PREV: _("period before"), SAME_LAST_YEAR: _("same period last year"), YEAR_END: _("last year's end")}
    for compared in dict.fromkeys((*was.compare, *now.compare)):
        before, after = was.compare.get(compared) or "", now.compare.get(compared) or ""
        if before != after:
            yield CellChange(table, row.org, row.name, f"{column}（{words.get(compared, compared)}）", before, after)


def _explained(table: str, old: FrozenTable | None, new: FrozenTable | None) -> Iterator[CellChange]:
    before, after = (one.explanations if one else {} for one in (old, new))
    for key in dict.fromkeys((*after, *before)):
        if before.get(key, "") != after.get(key, ""):
            yield CellChange(table, key, _("Explanation"), "", before.get(key, ""), after.get(key, ""))


def _columns(old: FrozenGrid | None, new: FrozenGrid | None) -> Iterator[tuple[FrozenColumn, int | None, int | None]]:
    """Each column with its place in both grids, None where it has none."""
    before, after = _numbered(old), _numbered(new)
    was_at, is_at = ({name: place for place, name in enumerate(one)} for one in (before, after))
    for name, column in (before | after).items():
        yield column, was_at.get(name), is_at.get(name)


def _numbered(grid: FrozenGrid | None) -> dict[Hashable, FrozenColumn]:
    return dict(_named(grid.columns if grid else (), lambda column: (column.key, column.period, column.view)))


def _cell(row: FrozenRow | None, place: int | None) -> FrozenCell:
    return _NO_CELL if row is None or place is None else row.cells[place]


def _rows(grid: FrozenGrid | None) -> Sequence[FrozenRow]:
    return grid.rows if grid else ()


def _grids(table: FrozenTable | None) -> Sequence[FrozenGrid]:
    return table.grids if table else ()


def _pairs(old: Iterable[Part], new: Iterable[Part], name_of) -> Iterator[tuple[Part | None, Part | None]]:
    """Parts of the same name, and of several alike those in the same place among them."""
    before, after = dict(_named(old, name_of)), dict(_named(new, name_of))
    for name in dict.fromkeys((*after, *before)):
        yield before.get(name), after.get(name)


def _named(parts: Iterable[Part], name_of) -> Iterator[tuple[Hashable, Part]]:
    seen: Counter = Counter()
    for part in parts:
        name = name_of(part)
        yield (name, seen[name]), part
        seen[name] += 1
