"""Puts the locks on the tables of the audit into the database, and takes them off for a restore.

The locks are triggers: whoever may write to the database, but not change its schema, can only add.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

REFUSAL = "audit events are only ever added"
EVENT, HEAD = "audit_event", "audit_chainhead"
FORWARD = "NEW.chain <> OLD.chain OR NEW.sequence <= OLD.sequence"

# name: (what is refused, table, for which rows). SQLite's REPLACE deletes without firing a DELETE trigger, so the insert is checked.
SQLITE_LOCKS = {
    "audit_event_no_update": ("UPDATE", EVENT, ""),
    "audit_event_no_delete": ("DELETE", EVENT, ""),
    "audit_event_no_replace": (
        "INSERT",
        EVENT,
        f"WHEN EXISTS (SELECT 1 FROM {EVENT} WHERE id = NEW.id OR (chain = NEW.chain AND sequence = NEW.sequence))",
    ),
    "audit_head_no_delete": ("DELETE", HEAD, ""),
    "audit_head_forward": ("UPDATE", HEAD, f"WHEN {FORWARD}"),
}
POSTGRES_LOCKS = {
    "audit_event_no_change": ("UPDATE OR DELETE", EVENT, "FOR EACH ROW"),
    "audit_event_no_truncate": ("TRUNCATE", EVENT, "FOR EACH STATEMENT"),
    "audit_head_no_delete": ("DELETE", HEAD, "FOR EACH ROW"),
    "audit_head_no_truncate": ("TRUNCATE", HEAD, "FOR EACH STATEMENT"),
    "audit_head_forward": ("UPDATE", HEAD, f"FOR EACH ROW WHEN ({FORWARD})"),
}
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def guard() -> None:
    """Put the locks on. An UPDATE, DELETE or TRUNCATE of an event raises IntegrityError from then on."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    with connection.cursor() as cursor:
        if _on_postgres():
            cursor.execute(POSTGRES_FUNCTION)
            refuse = "EXECUTE FUNCTION audit_refuse()"
        for name, (what, table, rows) in _locks().items():
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {what} ON {table} {rows} {refuse}")


def unguard() -> None:
    """Take the locks off: for `unguarded` and for taking the migration back, nothing else."""
    with connection.cursor() as cursor:
        for name, (_what, table, _rows) in _locks().items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if _on_postgres() else ""))


def missing_locks() -> list[str]:
    """The names of the locks that should be in the database and are not."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if _on_postgres():
        query = f"SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND tgrelid IN ('{EVENT}'::regclass, '{HEAD}'::regclass)"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return sorted(set(_locks()) - present)


@contextmanager
def unguarded() -> Iterator[None]:
    """The audit tables may be emptied and filled inside, for a restore: `with unguarded(): delete, insert`.

    One transaction: the locks are on again at its end, and an error brings back locks and events as they were. Nobody
    else can add an event meanwhile. What is done inside is recorded by an event of its own afterwards.
    """
    with transaction.atomic():
        unguard()
        yield
        guard()


def _on_postgres() -> bool:
    return connection.vendor == "postgresql"


def _locks() -> dict[str, tuple[str, str, str]]:
    return POSTGRES_LOCKS if _on_postgres() else SQLITE_LOCKS
