"""Ends the places of organizations from a day on; what stands below them, or names them as district or line, goes to their successor."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from orgs.choices import SuccessionKind
from orgs.models import Organization, Placement, SuccessionEnd, User
from orgs.tree.dependants import NOTHING_FOLLOWED, Followed, PlacedReport, dependants
from orgs.tree.organization_states import States, states_of
from orgs.tree.placements import ONE_DAY, PlacementSpan
from orgs.tree.span_writer import replace_places

ENDING = (SuccessionKind.CLOSE, SuccessionKind.SUSPEND, SuccessionKind.MERGE, SuccessionKind.SPLIT)


@dataclass(frozen=True)
class TreeChange:
    """A change with the states before it, the reports it touched, and what was adjusted after it.

    `is_decided`: reports that were sent in were exempted by decision.
    """

    before: States
    touched: Sequence[PlacedReport] = ()
    followed: Followed = NOTHING_FOLLOWED
    is_decided: bool = False


def end_places(
    organizations: Collection[Organization],
    on: date,
    *,
    because: str,
    into: Organization | None = None,
    exempts: bool = False,
    by: User,
    at: datetime,
) -> TreeChange:
    """No places from the day on. `because`: see `replace_places`; `into`: the successor under which goes what stood below.

    `exempts`: reports that were sent in are exempted with these words too, instead of counting where the unit stood.
    Raises ValidationError where one has no place on the day; to have lost it the day before is as good.
    """
    ending = [org.pk for org in organizations]
    below = _leaning_on(ending, on) if into else set()
    before = states_of({*ending, *below})
    declared = {org.pk: _ended(org, before[org.pk].spans, on) for org in organizations}
    if into:
        heirs = dict.fromkeys(ending, into.pk)
        declared |= {org: _handed_on(before[org].spans, on, heirs) for org in below if org not in declared}
    placed = replace_places(declared=declared, by=by, at=at, writes_moves=bool(into), ended_because=because)
    followed = placed.followed
    if exempts:
        followed += dependants().exempt(ending, on, because=because, by=by, at=at)
    return TreeChange(before, placed.touched, followed, exempts)


def _ended(organization: Organization, spans: Sequence[PlacementSpan], on: date) -> list[PlacementSpan]:
    stands = any(span.valid_from <= on <= span.last_day for span in spans)
    has_just_ended = bool(spans) and spans[-1].last_day == on - ONE_DAY
    if not stands and (not has_just_ended or _is_recorded(organization, on)):
        words = {"name": organization.name, "day": on.isoformat()}
        raise ValidationError(_("%(name)s has no place on %(day)s.") % words)
    before = (span for span in spans if span.valid_from < on)
    return [replace(span, valid_to=min(span.last_day, on - ONE_DAY)) for span in before]


def _is_recorded(organization: Organization, on: date) -> bool:
    """Whether it is recorded already why the organization ended; a list that ended it says nothing of that."""
    ends = SuccessionEnd.objects.filter(county_id=organization.county_id, organization=organization, is_predecessor=True)
    return ends.filter(succession__on=on, succession__kind__in=ENDING).exists()


def _leaning_on(organization_ids: Collection[int], on: date) -> set[int]:
    """Who stands under them, or in their district or line, on the day or later."""
    leaning = Q(parent_id__in=organization_ids) | Q(district_id__in=organization_ids) | Q(line_id__in=organization_ids)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    rows = Placement.objects.filter(leaning & lasting, is_report_place=False)
    return set(rows.values_list("organization_id", flat=True))


def _handed_on(spans: Iterable[PlacementSpan], on: date, heirs: Mapping[int, int]) -> list[PlacementSpan]:
    """The places with the heirs instead, from the day on."""
    found = []
    for span in spans:
        new = replace(
            span,
            parent=heirs.get(span.parent, span.parent),
            district=heirs.get(span.district, span.district),
            line=heirs.get(span.line, span.line),
        )
        if new == span or span.last_day < on:
            found.append(span)
        elif span.valid_from >= on:
            found.append(new)
        else:
            found += [replace(span, valid_to=on - ONE_DAY), replace(new, valid_from=on)]
    return found
