"""Updates the existing places of one code from its rows; pure values of ids and days.

What a row does not give stays unchanged. A row changes the places from its first day on; a row with a last day ends the place
then. Earlier places, and later ones that no row mentions, do not change (docs/decisions/148).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from orgs.tree.place_changes import Stands, span_on
from orgs.tree.placements import FOREVER, ONE_DAY, PlacementSpan, merged

BEGINNING = date(2000, 1, 1)  # of a place without a stated first day
NOWHERE = 0  # a district or line that is stated to be none


@dataclass(frozen=True, slots=True)
class StatedPlace:
    """What one row gives of a place; None: not given."""

    row: int
    parent: int | None = None
    district: int | None = None
    line: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def first_day(self) -> date:
        return self.valid_from or date.min

    def stands(self, otherwise: Stands) -> Stands:
        stated = (self.parent, self.district, self.line)
        return tuple(old if new is None else new or None for new, old in zip(stated, otherwise, strict=True))


class Undated(Exception):
    """The row gives another place than the stored one, without the day from which it holds."""

    def __init__(self, row: int, standing: PlacementSpan, wanted: Stands):
        super().__init__(row)
        self.row, self.standing, self.wanted = row, standing, wanted


def updated_places(
    standing: Sequence[PlacementSpan], stated: Iterable[StatedPlace], since: date | None = None
) -> tuple[PlacementSpan, ...]:
    """The places after the rows. `since` is the day of what has none: a new place, the start of a closing.

    Raises Undated where such a day is missing.
    """
    places = merged(standing)
    for row in sorted(stated, key=lambda row: row.first_day):
        places = _with_row(places, row, since) if places else (_opened(row, since),)
    return places


def _opened(row: StatedPlace, since: date | None) -> PlacementSpan:
    """The first place of an organization without any."""
    parent, district, line = row.stands((None, None, None))
    return PlacementSpan(parent, row.valid_from or since or BEGINNING, row.valid_to, district, line)


def _with_row(places: tuple[PlacementSpan, ...], row: StatedPlace, since: date | None) -> tuple[PlacementSpan, ...]:
    meant = _meant(places, row)
    stands = row.stands(meant.stands)
    # A root that gets a parent keeps its own tree; it had no other place before.
    is_same = stands == meant.stands or meant.parent is None
    holds = row.valid_from is None or meant.valid_from <= row.valid_from <= meant.last_day
    if is_same and holds:
        same = _span(stands, meant.valid_from, row.valid_to or meant.valid_to)
        after = _laid_over(places, same)
        return _from_day(places, after, since) if since and stands == meant.stands else after
    if row.valid_from is None and since is None:
        raise Undated(row.row, meant, stands)
    first = row.valid_from or since
    return _laid_over(places, _span(stands, first, row.valid_to or _end_of(meant, first, is_same, row)))


def _meant(places: Sequence[PlacementSpan], row: StatedPlace) -> PlacementSpan:
    """The stored place that a row means: the one of its first day; without one that of its last day, or the latest."""
    day = row.valid_from or row.valid_to or FOREVER
    before = [span for span in places if span.valid_from <= day]
    return span_on(places, day) or (before[-1] if before else places[0])


def _end_of(meant: PlacementSpan, first: date, is_same: bool, row: StatedPlace) -> date | None:
    """The last day of a place whose row gives none: open, but a place that only begins earlier keeps its end."""
    is_earlier = first < meant.valid_from and is_same
    is_undated = row.valid_from is None and first <= meant.last_day
    return meant.valid_to if is_earlier or is_undated else None


def _span(stands: Stands, valid_from: date, valid_to: date | None) -> PlacementSpan:
    parent, district, line = stands
    return PlacementSpan(parent, valid_from, valid_to, district, line)


def _laid_over(places: Sequence[PlacementSpan], new: PlacementSpan) -> tuple[PlacementSpan, ...]:
    """The places with the new one: it ends the place of its first day, and later places follow it.

    A later place that is the same and follows without a gap ends with it.
    """
    kept = [new]
    for span in places:
        if span.stands == new.stands and new.valid_from <= span.valid_from <= _next(new.last_day):
            continue
        if span.valid_from < new.valid_from:
            kept.append(replace(span, valid_to=_open(min(span.last_day, new.valid_from - ONE_DAY))))
        elif span.valid_from > new.valid_from and span.last_day > new.last_day:
            kept.append(replace(span, valid_from=max(span.valid_from, new.last_day + ONE_DAY)))
    return merged(kept)


def _from_day(before: Sequence[PlacementSpan], after: Sequence[PlacementSpan], day: date) -> tuple[PlacementSpan, ...]:
    """The old place up to the day, and the new one from it on."""
    kept = [replace(span, valid_to=_open(min(span.last_day, day - ONE_DAY))) for span in before if span.valid_from < day]
    new = [replace(span, valid_from=max(span.valid_from, day)) for span in after if span.last_day >= day]
    return merged([*kept, *new])


def _next(day: date) -> date:
    return day if day == FOREVER else day + ONE_DAY


def _open(day: date) -> date | None:
    return None if day == FOREVER else day
