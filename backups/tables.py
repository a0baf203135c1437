"""Every table as rows of plain JSON values, and rows back into tables, the same on both databases.

Texts with a meaning of their own (documents of figures, layouts, periods) travel as the very text that is stored: what was sealed
under a digest comes back under it.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import ExpressionWrapper, F, Model

# Made anew by `migrate`, referred to by none of our rows; and sessions, which must not come back to life.
LEFT_OUT = {"contenttypes", "auth", "sessions"}
READ_AT_ONCE = 2000
WRITTEN_AT_ONCE = 500
# SQLite takes 32,766 parameters a statement.
PARAMETERS_AT_MOST = 30_000


def backed_up() -> list[type[Model]]:
    """The models whose tables go into a backup, by name."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def columns_of(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def applied_migrations() -> dict[str, list[str]]:
    """Per app the migrations the database has; empty where it has no table yet."""
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        applied.setdefault(app, []).append(name)
    return applied


def lines_of(model: type[Model]) -> Iterator[bytes]:
    """One JSON array per row, in the order of the primary key; the same bytes for the same rows on both databases."""
    wanted = [_as_stored(field) for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*wanted)
    for row in rows.iterator(chunk_size=READ_AT_ONCE):
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain).encode() + b"\n"


def is_empty(model: type[Model]) -> bool:
    return not model._base_manager.exists()


def empty(chosen: list[type[Model]]) -> None:
    """Take every row out of the tables, whatever refers to whatever."""
    names = [model._meta.db_table for model in chosen]
    statements = connection.ops.sql_flush(no_style(), names, reset_sequences=True)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def write_rows(model: type[Model], rows: Iterable[list]) -> int:
    """Insert the rows with their own keys; the number of rows."""
    fields = model._meta.concrete_fields
    at_once = min(WRITTEN_AT_ONCE, PARAMETERS_AT_MOST // len(fields))
    written, rows = 0, iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(rows, at_once)):
            values = [_for_the_database(field, value) for row in some for field, value in zip(fields, row, strict=True)]
            cursor.execute(_insert(model, len(some)), values)
            written += len(some)
    return written


def continue_numbering(chosen: list[type[Model]]) -> None:
    """The next row of each table gets a number after the highest that was written (PostgreSQL; SQLite does so itself)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), chosen):
            cursor.execute(statement)


def _as_stored(field: models.Field):
    """A text field with converters of its own is read past them."""
    if isinstance(field, models.TextField | models.CharField) and hasattr(field, "from_db_value"):
        return ExpressionWrapper(F(field.attname), output_field=models.TextField())
    return field.attname


def _plain(value):
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"a backup cannot hold {type(value).__name__}")


def _for_the_database(field: models.Field, value):
    if isinstance(field, models.TextField):
        return value
    if isinstance(field, models.ForeignKey):
        field = field.target_field
    return field.get_db_prep_save(field.to_python(value), connection)


def _insert(model: type[Model], rows: int) -> str:
    quote = connection.ops.quote_name
    columns = [field.column for field in model._meta.concrete_fields]
    row = "(" + ", ".join(["%s"] * len(columns)) + ")"
    names = ", ".join(quote(column) for column in columns)
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {', '.join([row] * rows)}"
