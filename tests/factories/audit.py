"""An audit that cannot be written, as when the disk is full: to see that nothing is done without its event."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection


@contextmanager
def broken_audit() -> Iterator[type[IntegrityError]]:
    """`with broken_audit() as refusal`: inside, the database takes no event and raises `refusal`."""
    begin, end = "CREATE TRIGGER full_disk BEFORE INSERT ON audit_event", "DROP TRIGGER full_disk"
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{begin} FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
            if postgres
            else f"{begin} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    try:
        yield IntegrityError
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"{end} ON audit_event" if postgres else end)
