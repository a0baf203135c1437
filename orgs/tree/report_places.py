"""Places of one day at which reports of closed units go on counting: where the unit stood last before it; pure values.

A report counts where its unit stands on the last day of its period. One that was begun before somebody entered that the unit
had ended earlier would count nowhere; so it keeps a place on that one day, and so does whatever stood above the unit and ended
too (decision 214).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from orgs.tree.place_changes import span_on
from orgs.tree.placements import PlacementFault, PlacementRow, PlacementSpan, lay

Places = Mapping[int, Sequence[PlacementSpan]]
UnitDay = tuple[int, date]  # an organization, and the last day of a period on which it reported


def unplaced(days: Iterable[UnitDay], places: Places) -> set[UnitDay]:
    """Those on which the organization stands nowhere, but stood somewhere earlier."""
    return {(org, day) for org, day in days if not span_on(places.get(org, ()), day) and last_span(places, org, day)}


def report_places(wanted: Iterable[UnitDay], places: Places) -> tuple[list[PlacementRow], list[PlacementFault]]:
    """The rows of these, each under what it stood under last. `places` are what is declared of everybody."""
    spans = _with_those_above(set(wanted), places)
    added: dict[int, list[PlacementSpan]] = {}
    for (org, _day), span in spans.items():
        added.setdefault(org, []).append(span)
    everywhere = {**places, **{org: (*places.get(org, ()), *some) for org, some in added.items()}}
    laid, faults = lay(everywhere, sorted(added))
    rows = [row for row in laid if (row.organization, row.span.valid_from) in spans]
    return [replace(row, is_report_place=True) for row in rows], faults


def last_span(places: Places, org: int, day: date) -> PlacementSpan | None:
    """Where the organization stood last before the day."""
    earlier = [span for span in places.get(org, ()) if span.last_day < day]
    return max(earlier, key=lambda span: span.last_day, default=None)


def _with_those_above(wanted: Collection[UnitDay], places: Places) -> dict[UnitDay, PlacementSpan]:
    """A span of one day for each, and for everybody above it who does not stand on that day either."""
    found: dict[UnitDay, PlacementSpan] = {}
    waiting = sorted(wanted)
    while waiting:
        org, day = waiting.pop()
        last = last_span(places, org, day)
        if (org, day) in found or last is None:
            continue
        found[org, day] = replace(last, valid_from=day, valid_to=day)
        if last.parent and not span_on(places.get(last.parent, ()), day):
            waiting.append((last.parent, day))
    return found
