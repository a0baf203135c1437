"""Page-sized reads of the events of the chains that the caller names."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import QuerySet

from audit.models import Event


def events(chains: Collection[int]) -> QuerySet[Event]:
    """The events of the chains, newest first."""
    return Event.objects.filter(chain__in=chains).order_by("-id")


COLUMNS = (
    "chain", "sequence", "at", "actor_id", "actor_name", "role", "address", "channel", "kind", "subject",
    "organization_id", "result", "data", "previous_hash", "hash",
)  # fmt: skip


def rows(found: QuerySet[Event]) -> Iterator[list[str]]:
    """The events as rows of texts under COLUMNS, oldest first, read in pieces so that a year fits in memory."""
    for values in found.order_by("id").values_list(*COLUMNS).iterator(chunk_size=2000):
        yield [value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value) for value in values]
