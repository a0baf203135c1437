"""Converts declared spans to placement rows that each have one path for their whole life; pure values of ids and days.

A span says: from this day to that day the organization is under this parent. If an ancestor moves within the span, the row is
split at that day. Spans that cannot be placed are returned as faults, not raised, so that all faults of a file are listed at
once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from orgs.tree.trees import path_of

FOREVER = date.max  # represents an open end in computations
DEEPEST = 15  # levels of 8 digits in a path of 120
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlacementSpan:
    """The place of an organization from a day to a day, both inclusive; `valid_to` None is open."""

    parent: int | None
    valid_from: date
    valid_to: date | None = None
    district: int | None = None
    line: int | None = None

    @property
    def last_day(self) -> date:
        return self.valid_to or FOREVER

    @property
    def stands(self) -> tuple:
        return self.parent, self.district, self.line


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A span, or a part of one, with the path that is valid through all of it."""

    organization: int
    span: PlacementSpan
    path: str
    is_report_place: bool = False  # see orgs.tree.report_places


class Wrong(Enum):
    """The kinds of faults of a span."""

    OVERLAP = "overlap"
    ENDS_BEFORE_START = "ends_before_start"
    PARENT_ABSENT = "parent_absent"
    CIRCLE = "circle"
    TOO_DEEP = "too_deep"


@dataclass(frozen=True, slots=True)
class PlacementFault:
    """A span that cannot be placed, the kind of fault, and the first day on which it occurs.

    `at` is the organization that has no place or closes a circle: the parent, or one further up.
    """

    organization: int
    valid_from: date
    wrong: Wrong
    day: date
    at: int


Declared = Mapping[int, Sequence[PlacementSpan]]


def lay(declared: Declared, only: Iterable[int] | None = None) -> tuple[list[PlacementRow], list[PlacementFault]]:
    """The rows of the organizations (`only` these, or all), in the order of their days, and the faults."""
    rows: list[PlacementRow] = []
    faults: list[PlacementFault] = []
    for organization in declared if only is None else only:
        for span, previous in _in_order(declared[organization]):
            found = list(_lay_span(declared, organization, span, previous))
            faults += [item for item in found if isinstance(item, PlacementFault)][:1]
            rows += [item for item in found if isinstance(item, PlacementRow)]
    return rows, faults


def merged(spans: Iterable[PlacementSpan]) -> tuple[PlacementSpan, ...]:
    """Merges adjoining spans of one organization with the same place: split rows become the declared spans again."""
    whole: list[PlacementSpan] = []
    for span in sorted(spans, key=lambda span: span.valid_from):
        last = whole[-1] if whole else None
        if last and last.stands == span.stands and last.valid_to and last.valid_to + ONE_DAY == span.valid_from:
            whole[-1] = replace(last, valid_to=span.valid_to)
        else:
            whole.append(span)
    return tuple(whole)


def _in_order(spans: Sequence[PlacementSpan]) -> Iterator[tuple[PlacementSpan, PlacementSpan | None]]:
    """Each span with the one before it."""
    ordered = sorted(spans, key=lambda span: span.valid_from)
    return zip(ordered, [None, *ordered], strict=False)


def _lay_span(
    declared: Declared, organization: int, span: PlacementSpan, previous: PlacementSpan | None
) -> Iterator[PlacementRow | PlacementFault]:
    if span.last_day < span.valid_from:
        yield PlacementFault(organization, span.valid_from, Wrong.ENDS_BEFORE_START, span.valid_from, organization)
        return
    if previous and previous.last_day >= span.valid_from:
        yield PlacementFault(organization, span.valid_from, Wrong.OVERLAP, span.valid_from, organization)
        return
    pieces = _chains(declared, span.parent, span.valid_from, span.last_day, (organization,))
    for piece in _joined(pieces):
        if isinstance(piece, _Trouble):
            yield PlacementFault(organization, span.valid_from, piece.wrong, piece.day, piece.at)
        else:
            part = replace(span, valid_from=piece.start, valid_to=None if piece.end == FOREVER else piece.end)
            yield PlacementRow(organization, part, path_of(piece.chain))


@dataclass(frozen=True, slots=True)
class _Chain:
    """The organizations from the root down to one, the same from `start` to `end`."""

    start: date
    end: date
    chain: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Trouble:
    wrong: Wrong
    day: date
    at: int


def _chains(
    declared: Declared, parent: int | None, start: date, end: date, below: tuple[int, ...]
) -> Iterator[_Chain | _Trouble]:
    """The chains above `below` through [start, end], found by climbing: a county is four levels deep, so nothing is cached."""
    if parent is None:
        yield _Chain(start, end, below)
    elif parent in below:
        yield _Trouble(Wrong.CIRCLE, start, parent)
    elif len(below) == DEEPEST:
        yield _Trouble(Wrong.TOO_DEEP, start, below[-1])
    else:
        yield from _chains_through(declared, parent, start, end, below)


def _chains_through(
    declared: Declared, parent: int, start: date, end: date, below: tuple[int, ...]
) -> Iterator[_Chain | _Trouble]:
    day: date | None = start  # the first day not yet accounted for
    for span in sorted(declared.get(parent, ()), key=lambda span: span.valid_from):
        if day is None or span.valid_from > end:
            break
        if span.last_day < day:
            continue
        if span.valid_from > day:
            break
        until = min(span.last_day, end)
        yield from _chains(declared, span.parent, day, until, (parent, *below))
        day = until + ONE_DAY if until < end else None
    if day is not None:
        yield _Trouble(Wrong.PARENT_ABSENT, day, parent)


def _joined(pieces: Iterable[_Chain | _Trouble]) -> Iterator[_Chain | _Trouble]:
    """Merges neighbours with the same chain: an ancestor's change of district does not split the spans below."""
    last: _Chain | _Trouble | None = None
    for piece in pieces:
        if isinstance(last, _Chain) and isinstance(piece, _Chain) and last.chain == piece.chain:
            last = replace(last, end=piece.end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
