"""One organization through time: its places with their days, and what happened to it."""

from dataclasses import dataclass
from datetime import date

from orgs.choices import SuccessionKind
from orgs.models import Organization, Succession
from orgs.tree.placements import PlacementSpan
from orgs.tree.spans import organizations_by_id, spans_of


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A span with the organizations it names; `is_now` where it holds on the day asked for."""

    span: PlacementSpan
    parent: Organization | None
    district: Organization | None
    line: Organization | None
    is_now: bool


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """What happened on a day, with the organizations before and after it."""

    on: date
    kind: str
    note: str
    before: tuple[Organization, ...]
    after: tuple[Organization, ...]
    number: int

    @property
    def is_between(self) -> bool:
        """Whether it happened between organizations, not to one alone."""
        return self.before != self.after


def places_of(organization: Organization, day: date) -> list[PlaceSpan]:
    """The latest first; two queries."""
    spans = spans_of([organization.pk]).get(organization.pk, ())
    named = organizations_by_id({pk for span in spans for pk in span.stands} - {None})
    return [
        PlaceSpan(
            span,
            named.get(span.parent),
            named.get(span.district),
            named.get(span.line),
            span.valid_from <= day <= span.last_day,
        )
        for span in reversed(spans)
    ]


def changes_of(organization: Organization) -> list[HistoryEvent]:
    """The latest first; two queries."""
    happened = (
        Succession.objects.filter(county_id=organization.county_id, ends__organization=organization)
        .distinct()
        .prefetch_related("ends__organization")
        .order_by("-on", "-pk")
    )
    return [_change(succession) for succession in happened]


def _change(succession: Succession) -> HistoryEvent:
    ends = sorted(succession.ends.all(), key=lambda end: end.pk)
    return HistoryEvent(
        on=succession.on,
        kind=SuccessionKind(succession.kind).label,
        note=succession.note,
        before=tuple(end.organization for end in ends if end.is_predecessor),
        after=tuple(end.organization for end in ends if not end.is_predecessor),
        number=succession.pk,
    )
