"""A change of organizations done, read and undone: what it would change, as one value that a command prints and a page draws."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from indicators.periods import Period
from orgs.choices import SuccessionKind
from orgs.models import Placement, Succession, SuccessionEnd, User
from orgs.restructuring.loading import Restructured
from orgs.tree.dependants import Followed, PlacedReport
from orgs.tree.organization_states import States, unpacked
from orgs.tree.place_changes import PlaceChange, place_changes, span_on
from orgs.tree.spans import names_of, spans_of
from orgs.tree.succession_undo import undo_succession
from orgs.tree.trees import after_branch
from reports.restructuring.figure_changes import FigureChange, figure_changes, question_about, read_figures


@dataclass(frozen=True)
class FactChange:
    """An organization's other name, category or type; `field` is that of Organization."""

    organization: int
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class RehearsedChange:
    """One change as it would be recorded, with everybody whose place or facts it changes."""

    number: int
    kind: SuccessionKind
    on: date
    note: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    places: Mapping[int, tuple[PlaceChange, ...]]
    facts: tuple[FactChange, ...]
    categories: Mapping[int, str]  # of what had no place before


@dataclass(frozen=True)
class TouchedReport:
    """A report sent in or approved whose unit stands elsewhere, or nowhere, on the last day of its period now.

    `is_kept`: the unit stands nowhere, and the report counts where it stood.
    """

    report: PlacedReport
    is_kept: bool


@dataclass(frozen=True)
class Rehearsal:
    """What was, or would be, changed. `names` has everybody who is named.

    `figures` that differ are of these `periods`, which have reports of those concerned; there are none where nothing was compared.
    """

    changes: tuple[RehearsedChange, ...]
    unchanged: int
    reports: tuple[TouchedReport, ...]
    followed: Followed
    periods: tuple[Period, ...]
    figures: tuple[FigureChange, ...]
    today: date
    names: Mapping[int, str]

    @property
    def county_totals(self) -> list[FigureChange]:
        """County totals that would differ: a decision to exempt a report alone may do that."""
        return [change for change in self.figures if change.is_county_total]


def rehearse(do: Callable[[], Restructured], *, at: datetime) -> Rehearsal:
    """Does the change, reads what is different, and takes all of it back. Raises what the change raises."""

    def describe_done() -> tuple[Rehearsal, bool]:
        restructured = do()
        return describe(restructured, at=at), _has_unshared_split(restructured)

    return _rehearsed(describe_done)


def rehearse_undo(succession: Succession, *, by: User, at: datetime) -> Rehearsal:
    """Takes a change back, reads what is different, and does it again. Raises ValidationError with what rests on the change."""

    def describe_undone() -> tuple[Rehearsal, bool]:
        return undo(succession, by=by, at=at), False

    return _rehearsed(describe_undone)


@transaction.atomic
def undo(succession: Succession, *, by: User, at: datetime) -> Rehearsal:
    """Takes a change back for good, described without figures: its places and facts from what it left to what was before."""
    change = recorded_change(succession)
    done = undo_succession(succession=succession, by=by, at=at)
    before, after = (unpacked(succession.undo.get(key, {})) for key in ("after", "before"))
    back = _change_between(change, before, after)
    return _described(
        (replace(back, before=change.after, after=change.before),), 0, _touched([done.touched]), done.followed, at
    )


def _rehearsed(describe_done: Callable[[], tuple[Rehearsal, bool]]) -> Rehearsal:
    """`describe_done` does something, and says whether it left an organization divided without shares."""
    with transaction.atomic():
        done, is_divided = describe_done()
        question = question_about(*_concerned(done), done.today)
        after = read_figures(question)
        transaction.set_rollback(True)
    changes = figure_changes(read_figures(question), after, is_divided=is_divided)
    return replace(done, periods=tuple(question.periods), figures=tuple(changes))


def describe(restructured: Restructured, *, at: datetime) -> Rehearsal:
    """What was done, without the figures. Reads names: to be called before anything is taken back."""
    results = restructured.results
    changes = tuple(recorded_change(result.succession) for result in results)
    touched = _touched(result.touched for result in results)
    return _described(changes, restructured.unchanged, touched, restructured.followed, at)


def describe_recorded(succession: Succession, *, at: datetime) -> Rehearsal:
    """A change of the past as it was recorded, with nothing that followed."""
    return _described((recorded_change(succession),), 0, (), Followed(), at)


def _described(
    changes: tuple[RehearsedChange, ...], unchanged: int, touched: tuple[TouchedReport, ...], followed: Followed, at: datetime
) -> Rehearsal:
    today = max([timezone.localdate(at), *(change.on for change in changes)])
    rehearsal = Rehearsal(changes, unchanged, touched, followed, (), (), today, {})
    return replace(rehearsal, names=names_of(_named(rehearsal)))


def recorded_change(succession: Succession) -> RehearsedChange:
    """What the succession remembers of itself; without places where it remembers nothing."""
    ends = sorted(succession.ends.all(), key=lambda end: end.pk)
    change = RehearsedChange(
        succession.pk,
        SuccessionKind(succession.kind),
        succession.on,
        succession.note,
        tuple(end.organization_id for end in ends if end.is_predecessor),
        tuple(end.organization_id for end in ends if not end.is_predecessor),
        {}, (), {},
    )  # fmt: skip
    return _change_between(change, *(unpacked(succession.undo.get(key, {})) for key in ("before", "after")))


def _change_between(change: RehearsedChange, before: States, after: States) -> RehearsedChange:
    places = {org: tuple(place_changes(state.spans, after[org].spans)) for org, state in before.items()}
    return replace(
        change,
        places={org: found for org, found in places.items() if found},
        facts=tuple(_fact_changes(before, after)),
        categories={
            org: after[org].facts["unit_category"] for org, state in before.items() if not state.spans and after[org].spans
        },
    )


def _fact_changes(before: States, after: States) -> Iterable[FactChange]:
    for org, state in before.items():
        for field in ("name", "unit_category", "org_type"):
            if state.facts[field] != after[org].facts[field]:
                yield FactChange(org, field, state.facts[field], after[org].facts[field])


def _touched(found: Iterable[Sequence[PlacedReport]]) -> tuple[TouchedReport, ...]:
    """Each report once, however many changes touch it."""
    reports = {(report.organization, report.form, report.day): report for some in found for report in some}
    spans = spans_of({report.organization for report in reports.values()})
    ordered = sorted(reports.values(), key=lambda report: (report.day, report.form, report.organization))
    return tuple(TouchedReport(report, span_on(spans.get(report.organization, ()), report.day) is None) for report in ordered)


def _concerned(rehearsal: Rehearsal) -> tuple[set[int], set[int]]:
    """Everybody whose figures may move, with all below them; and what they stand under before or after."""
    own = {org for change in rehearsal.changes for org in (*change.before, *change.after, *change.places)}
    parents = {stands[0] for change in rehearsal.changes for stands in _stands(change)} - {None}
    standing = spans_of(own)
    parents |= {span.parent for spans in standing.values() for span in spans if span.parent}
    return _with_all_below(own), parents


def _stands(change: RehearsedChange) -> Iterable[tuple]:
    return (stands for found in change.places.values() for place in found for stands in (place.old, place.new) if stands)


def _with_all_below(organization_ids: Collection[int]) -> set[int]:
    found = set(organization_ids)
    for path in set(Placement.objects.filter(organization_id__in=found).values_list("path", flat=True)):
        below = Placement.objects.filter(path__gte=path, path__lt=after_branch(path))
        found |= set(below.values_list("organization_id", flat=True))
    return found


def _has_unshared_split(restructured: Restructured) -> bool:
    """Whether an organization is split without shares: read before it is taken back."""
    splits = [result.succession.pk for result in restructured.results if result.succession.kind == SuccessionKind.SPLIT]
    return SuccessionEnd.objects.filter(succession__in=splits, is_predecessor=False, share=None).exists()


def _named(rehearsal: Rehearsal) -> set[int]:
    followed = rehearsal.followed
    named = {org for change in rehearsal.changes for org in (*change.before, *change.after, *change.places)}
    named |= {one for change in rehearsal.changes for stands in _stands(change) for one in stands if one}
    named |= {touched.report.organization for touched in rehearsal.reports}
    named |= {one for change in followed.reviewers for one in (change.organization, change.old, change.new)}
    return named | {report.organization for report in (*followed.dropped, *followed.exempted, *followed.expected)}
