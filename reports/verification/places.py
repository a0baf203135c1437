"""Checks of the tree: one place at a time, and paths that follow the parents day by day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from orgs.models import Placement
from orgs.tree.trees import ids_of

END = date.max


def _places() -> dict[int, list[Placement]]:
    places = defaultdict(list)
    for place in Placement.objects.select_related("organization").order_by("organization_id", "valid_from"):
        places[place.organization_id].append(place)
    return places


def places_do_not_overlap() -> Iterator[str]:
    for rows in _places().values():
        for earlier, later in pairwise(rows):
            if (earlier.valid_to or END) >= later.valid_from:
                yield _("%(code)s stands in two places on %(day)s.") % {
                    "code": earlier.organization.code,
                    "day": later.valid_from,
                }


def paths_follow_parents() -> Iterator[str]:
    """On the first and the last day of every place its path is its parent's path and itself."""
    places = _places()
    for rows in places.values():
        for place in rows:
            for day in {place.valid_from, place.valid_to or END}:
                if tuple(ids_of(place.path)) != _line(places, place, day):
                    yield _("%(code)s: its path does not follow its parents on %(day)s.") % {
                        "code": place.organization.code, "day": day,
                    }  # fmt: skip


def _line(places: dict[int, list[Placement]], place: Placement | None, day: date) -> tuple[int, ...]:
    """Ids from the root down by the parents alone; a loop ends at a depth that no tree has."""
    line: list[int] = []
    while place is not None and len(line) < 20:
        line.append(place.organization_id)
        rows = places.get(place.parent_id, ()) if place.parent_id else ()
        place = next((row for row in rows if row.valid_from <= day <= (row.valid_to or END)), None)
    return tuple(reversed(line))
