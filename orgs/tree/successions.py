"""The organizations to which the past of an organization belongs today, after merges and splits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max

from orgs.choices import SuccessionKind
from orgs.models import Placement, Succession, SuccessionEnd

Heirs = list[tuple[int, Decimal | None]]


@dataclass(frozen=True)
class SuccessionChange:
    """One merge or split: every predecessor passes to the successors, by shares, or by unknown shares where none are recorded."""

    predecessors: frozenset[int]
    successors: tuple[tuple[int, Decimal | None], ...]


def successors_now(county_id: int, day: date, since: date | None = None) -> dict[int, Heirs]:
    """Organization -> who carries its past on `day`, through chains of merges and splits; three queries.

    `since` is the last day of the period whose figures are regrouped: only what happened after it counts, and to organizations
    that ended before it and whose reports for it stand, what happened since they ended. Organizations that nothing happened
    to are left out: they carry their own past. A share of None means that the division was not recorded, so the figure
    cannot be regrouped. Merged past has the share 1.
    """
    ended = _ended_before(county_id, since) if since is not None else {}
    changes = _changes(county_id, day, min([since, *ended.values()]) if since is not None else None)
    heirs = follow(change for on, change in changes if since is None or on > since)
    for org_id, last_day in ended.items():
        own = follow(change for on, change in changes if on > last_day)
        heirs |= {org_id: own[org_id]} if org_id in own else {}
    return heirs


def _ended_before(county_id: int, day: date) -> dict[int, date]:
    """The organizations whose reports alone count on the day -> their last day before it."""
    ended = Placement.objects.filter(county_id=county_id, is_report_place=True, valid_from=day).values("organization_id")
    stood = Placement.objects.filter(county_id=county_id, organization_id__in=ended, is_report_place=False, valid_to__lt=day)
    return dict(stood.values_list("organization_id").annotate(last=Max("valid_to")))


def follow(changes: Iterable[SuccessionChange]) -> dict[int, Heirs]:
    """The final successors of each predecessor. `changes`: in the order of their days."""
    carried: dict[int, dict[int, Decimal | None]] = {}
    for change in changes:
        for predecessor in change.predecessors:
            carried.setdefault(predecessor, {predecessor: Decimal(1)})
        for origin, heirs in carried.items():
            carried[origin] = _handed_on(heirs, change)
    return {origin: sorted(heirs.items()) for origin, heirs in carried.items() if heirs != {origin: Decimal(1)}}


def _handed_on(heirs: dict[int, Decimal | None], change: SuccessionChange) -> dict[int, Decimal | None]:
    after: dict[int, Decimal | None] = {}
    for heir, share in heirs.items():
        parts = change.successors if heir in change.predecessors else ((heir, Decimal(1)),)
        for successor, part in parts:
            whole = None if share is None or part is None else share * part
            if successor in after:
                held = after[successor]
                whole = None if held is None or whole is None else held + whole
            after[successor] = whole
    return after


def _changes(county_id: int, day: date, since: date | None) -> list[tuple[date, SuccessionChange]]:
    found = Succession.objects.filter(county_id=county_id, on__lte=day, kind__in=(SuccessionKind.MERGE, SuccessionKind.SPLIT))
    if since is not None:
        found = found.filter(on__gt=since)
    ends: dict[int, list[SuccessionEnd]] = defaultdict(list)
    for end in SuccessionEnd.objects.filter(county_id=county_id, succession__in=found.values("pk")):
        ends[end.succession_id].append(end)
    return [(succession.on, _change(ends[succession.pk])) for succession in found.order_by("on", "pk")]


def _change(ends: list[SuccessionEnd]) -> SuccessionChange:
    before = frozenset(end.organization_id for end in ends if end.is_predecessor)
    return SuccessionChange(before, tuple((end.organization_id, end.share) for end in ends if not end.is_predecessor))
