"""Differences between the old and new places of an organization, by periods of days; pure values of ids and days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import pairwise

from orgs.tree.placements import FOREVER, ONE_DAY, PlacementSpan

Stands = tuple[int | None, int | None, int | None]  # parent, district, line


class PlaceDifference(Enum):
    """The kind of a change of place."""

    OPENED = "opened"
    CLOSED = "closed"
    MOVED = "moved"
    VIEWS = "views"  # under the same parent, with another district or line


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """From a day to a day (None: open) the organization has another place than before; None is no place at all."""

    valid_from: date
    valid_to: date | None
    old: Stands | None
    new: Stands | None

    @property
    def difference(self) -> PlaceDifference:
        if self.old is None:
            return PlaceDifference.OPENED
        if self.new is None:
            return PlaceDifference.CLOSED
        return PlaceDifference.VIEWS if self.old[0] == self.new[0] else PlaceDifference.MOVED


def place_changes(before: Sequence[PlacementSpan], after: Sequence[PlacementSpan]) -> list[PlaceChange]:
    """The changes in the order of their days; equal changes of adjoining days are one."""
    changes: list[PlaceChange] = []
    for first, last in _stretches([*before, *after]):
        old, new = _stands_on(before, first), _stands_on(after, first)
        if old == new:
            continue
        previous = changes[-1] if changes else None
        if (
            previous
            and previous.valid_to
            and previous.valid_to + ONE_DAY == first
            and (previous.old, previous.new) == (old, new)
        ):
            changes[-1] = replace(previous, valid_to=last)
        else:
            changes.append(PlaceChange(first, last, old, new))
    return changes


def moves_in(spans: Sequence[PlacementSpan]) -> dict[date, tuple[int, int]]:
    """Day -> the old and the new parent, for every move without a gap. `spans` are in order."""
    return {
        later.valid_from: (earlier.parent, later.parent)
        for earlier, later in pairwise(spans)
        if earlier.parent and later.parent and earlier.parent != later.parent and earlier.last_day + ONE_DAY == later.valid_from
    }


def span_on(spans: Sequence[PlacementSpan], day: date) -> PlacementSpan | None:
    """The span that holds on the day."""
    return next((span for span in spans if span.valid_from <= day <= span.last_day), None)


def _stretches(spans: Sequence[PlacementSpan]) -> Iterator[tuple[date, date | None]]:
    """Periods of days in which no span begins or ends."""
    ends = {span.valid_to + ONE_DAY for span in spans if span.valid_to and span.valid_to < FOREVER}
    days = sorted({span.valid_from for span in spans} | ends)
    yield from ((first, following - ONE_DAY) for first, following in pairwise(days))
    yield from ((last, None) for last in days[-1:])


def _stands_on(spans: Sequence[PlacementSpan], day: date) -> Stands | None:
    span = span_on(spans, day)
    return span.stands if span else None
