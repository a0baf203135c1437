"""Page-sized reads of the events. Decides no permission: whoever asks says which chains may be read."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from audit.models import Event


@dataclass(frozen=True)
class EventFilter:
    """Which events are asked for; what is empty is not asked. `kind` is a whole kind or its noun ("login" finds login.failed)."""

    who: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


def events(chains: Collection[int], wanted: EventFilter, organization_ids: Iterable[int] | None = None) -> QuerySet[Event]:
    """The events of the chains that were asked for, newest first; only about the organizations where some are given."""
    found = Event.objects.filter(chain__in=chains).order_by("-id")
    if wanted.who:
        found = found.filter(actor_name=wanted.who)
    if wanted.kind:
        found = found.filter(kind__startswith=wanted.kind)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lte=wanted.until)
    if organization_ids is not None:
        found = found.filter(organization_id__in=organization_ids)
    return found


COLUMNS = (
    "chain", "sequence", "at", "actor_id", "actor_name", "role", "address", "channel", "kind", "subject",
    "organization_id", "result", "data", "previous_hash", "hash",
)  # fmt: skip


def rows(found: QuerySet[Event]) -> Iterator[list[str]]:
    """The events as rows of texts under COLUMNS, oldest first, read in pieces so that a year fits in memory."""
    for values in found.order_by("id").values_list(*COLUMNS).iterator(chunk_size=2000):
        yield [value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value) for value in values]
