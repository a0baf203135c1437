"""The rows of a list in the order that was asked for, from the database or in memory. Ties keep the list's own order."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.expressions import BaseExpression
from django_tables2.data import TableData, TableListData, TableQuerysetData
from django_tables2.utils import Accessor, OrderBy


class Counted(str):
    """A path from the row as the page shows it; the value is counted for the whole list. No table of the database has it."""


Key = str | BaseExpression
Keys = tuple[Key, ...]


def in_order_of(field: str, values: Iterable) -> Case:
    """An expression that sorts a field by the order of its choices, not by their stored text."""
    return Case(*(When(**{field: value}, then=Value(place)) for place, value in enumerate(values)), default=Value(10_000))


def rows_of(data: QuerySet | Sequence) -> TableData:
    """The rows of a table's data for sorting and paging: a query that is not read as a whole, or rows in memory."""
    return QueriedRows(data) if isinstance(data, QuerySet) else ReadRows(list(data))


class QueriedRows(TableQuerysetData):
    """Rows sorted by the database. Empty values come last, up and down, on both databases."""

    ordering = None  # the order the query comes with is the list's own, not one that was asked for
    shown: list | None = None  # all rows as the page shows them, where they are sorted by what is counted

    def order_by(self, aliases: Sequence[str]) -> None:
        terms = [_term(key, is_down) for keys, is_down in _keys(self.table, aliases) for key in keys]
        if terms:
            self.data = self.data.order_by(*terms, *self.data.query.order_by)
        self.shown = _counted_order(self.table, self.data, aliases)

    def __len__(self) -> int:
        return len(self.shown) if self.shown is not None else super().__len__()

    def __getitem__(self, key):
        return (self.data if self.shown is None else self.shown)[key]


class ReadRows(TableListData):
    """Rows sorted here, for lists that are read as a whole."""

    shown: list | None = None

    def order_by(self, aliases: Sequence[str]) -> None:
        for keys, is_down in reversed(list(_keys(self.table, aliases))):
            self.data = _sorted(self.data, keys, is_down)
        self.shown = _counted_order(self.table, self.data, aliases)

    def __getitem__(self, key):
        return (self.data if self.shown is None else self.shown)[key]


def _keys(table, aliases: Sequence[str], counted: bool = False) -> Iterator[tuple[Keys, bool]]:
    """(sort key, whether downward) per column, of the rows as they are read or as the page shows them."""
    for alias in aliases:
        keys = tuple(key for key in table.sorts[OrderBy(alias).bare] if isinstance(key, Counted) == counted)
        if keys:
            yield keys, alias.startswith("-")


def _counted_order(table, rows: Iterable, aliases: Sequence[str]) -> list | None:
    """All rows as the page shows them, in the order of a counted value; None where no such order is asked for."""
    asked = list(_keys(table, aliases, counted=True))
    if not asked:
        return None
    shown = table.page_rows(list(rows))
    for keys, is_down in reversed(asked):
        shown = _sorted(shown, keys, is_down)
    return shown


def _term(key: Key, is_down: bool):
    if isinstance(key, str):
        is_down, key = is_down != key.startswith("-"), F(key.removeprefix("-"))
    return key.desc(nulls_last=True) if is_down else key.asc(nulls_last=True)


def _sorted(rows: list, keys: Keys, is_down: bool) -> list:
    """Rows sorted by keys; empty values come last, up and down."""
    for key in reversed(keys):
        accessor, down = Accessor(key.removeprefix("-")), is_down != key.startswith("-")
        found = [(accessor.resolve(row, quiet=True), row) for row in rows]
        full = sorted((pair for pair in found if pair[0] is not None), key=lambda pair: pair[0], reverse=down)
        rows = [row for _value, row in full] + [row for value, row in found if value is None]
    return rows
