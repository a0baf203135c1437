"""The fingerprint of a rehearsal: equal where carrying it out would do the same, whatever numbers the database gives."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from orgs.tree.place_changes import PlaceChange
from reports.restructuring.rehearsal import Rehearsal, RehearsedChange


def fingerprint(rehearsal: Rehearsal, *, with_figures: bool = True) -> str:
    """`with_figures`: of the past figures too, which only a rehearsal has."""
    parts = [*_changes(rehearsal), *_reports(rehearsal), *_followed(rehearsal)]
    parts += sorted(_figures(rehearsal)) if with_figures else []
    return sha256(repr(parts).encode()).hexdigest()


def _changes(rehearsal: Rehearsal) -> Iterator[tuple]:
    for change in rehearsal.changes:
        yield str(change.kind), change.on, change.note, _named(change.before, rehearsal), _named(change.after, rehearsal)
        yield from sorted(_effects(change, rehearsal))


def _effects(change: RehearsedChange, rehearsal: Rehearsal) -> Iterator[str]:
    names = rehearsal.names
    for org, places in change.places.items():
        yield repr((names[org], [_place(place, rehearsal) for place in places]))
    for fact in change.facts:
        yield repr((names[fact.organization], fact.field, fact.old, fact.new))
    for org, category in change.categories.items():
        yield repr((names[org], category))


def _place(place: PlaceChange, rehearsal: Rehearsal) -> tuple:
    old, new = (
        tuple(rehearsal.names[one] if one else "" for one in stands) if stands else () for stands in (place.old, place.new)
    )
    return str(place.valid_from), str(place.valid_to), old, new


def _reports(rehearsal: Rehearsal) -> Iterator[tuple]:
    for touched in rehearsal.reports:
        report = touched.report
        yield rehearsal.names[report.organization], report.form, str(report.day), report.stage.value, touched.is_kept


def _followed(rehearsal: Rehearsal) -> list[str]:
    followed, names = rehearsal.followed, rehearsal.names
    found = [
        ("review", one.form, one.period, names[one.organization], names[one.old], names[one.new]) for one in followed.reviewers
    ]
    for word, reports in (("dropped", followed.dropped), ("exempted", followed.exempted), ("expected", followed.expected)):
        found += [(word, one.form, one.period, names[one.organization]) for one in reports]
    return sorted(map(repr, found))


def _figures(rehearsal: Rehearsal) -> Iterator[str]:
    for one in rehearsal.figures:
        place = one.place
        yield repr((str(place.period), place.tree, place.row, place.kind, place.key, one.organization, one.before, one.after))


def _named(organizations: Iterable[int], rehearsal: Rehearsal) -> tuple[str, ...]:
    return tuple(rehearsal.names[org] for org in organizations)
