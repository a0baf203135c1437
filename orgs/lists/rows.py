"""The rows of a list in the order that was asked for: of the database, or already read. Ties stand as in the list's own order."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.expressions import BaseExpression
from django_tables2.data import TableData, TableListData, TableQuerysetData
from django_tables2.utils import Accessor, OrderBy

Key = str | BaseExpression


def in_order_of(field: str, values: Iterable) -> Case:
    """An expression that sorts a field by the order of its choices, not by how they are spelled in the database."""
    return Case(*(When(**{field: value}, then=Value(place)) for place, value in enumerate(values)), default=Value(10_000))


def rows_of(data: QuerySet | Sequence) -> TableData:
    """What a table sorts and pages: a query that is never read as a whole, or rows that are."""
    return QueriedRows(data) if isinstance(data, QuerySet) else ReadRows(list(data))


class QueriedRows(TableQuerysetData):
    """Sorted by the database. What is empty stands last, up and down, on both databases."""

    ordering = None  # the order the query comes with is the list's own, not one that was asked for

    def order_by(self, aliases: Sequence[str]) -> None:
        terms = [_term(key, is_down) for keys, is_down in _keys(self.table, aliases) for key in keys]
        if terms:
            self.data = self.data.order_by(*terms, *self.data.query.order_by)


class ReadRows(TableListData):
    """Sorted here: for rows whose figures are counted after they were read."""

    def order_by(self, aliases: Sequence[str]) -> None:
        for keys, is_down in reversed(list(_keys(self.table, aliases))):
            for key in reversed(keys):
                self.data = _sorted(self.data, Accessor(key.removeprefix("-")), is_down != key.startswith("-"))


def _keys(table, aliases: Sequence[str]) -> Iterator[tuple[tuple[Key, ...], bool]]:
    for alias in aliases:
        yield table.sorts[OrderBy(alias).bare], alias.startswith("-")


def _term(key: Key, is_down: bool):
    if isinstance(key, str):
        is_down, key = is_down != key.startswith("-"), F(key.removeprefix("-"))
    return key.desc(nulls_last=True) if is_down else key.asc(nulls_last=True)


def _sorted(rows: list, accessor: Accessor, is_down: bool) -> list:
    found = [(accessor.resolve(row, quiet=True), row) for row in rows]
    full = sorted((pair for pair in found if pair[0] is not None), key=lambda pair: pair[0], reverse=is_down)
    return [row for _value, row in full] + [row for value, row in found if value is None]
