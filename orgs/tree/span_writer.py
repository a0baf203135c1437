"""Applies declared spans to the dated tree, all or nothing, writing only differences."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.recorder import record
from orgs.choices import UnitCategory
from orgs.county_rows import delete_rows
from orgs.models import Organization, Placement, User
from orgs.stamps import new_stamp
from orgs.tree.bulk_successions import Moves, write_moves
from orgs.tree.dependants import NOTHING_FOLLOWED, Followed, PlacedReport, dependants
from orgs.tree.place_changes import PlaceChange, place_changes
from orgs.tree.placements import DEEPEST, PlacementFault, PlacementRow, PlacementSpan, Wrong, lay, merged
from orgs.tree.report_effects import refuse_unplaced, touched_reports
from orgs.tree.report_places import report_places, unplaced
from orgs.tree.spans import BATCH, categories_of, counties_of, names_of, rows_of_counties, span_of, spans_in, spans_of
from orgs.tree.trees import ids_of

SENTENCES = {
    Wrong.OVERLAP: gettext_lazy("%(name)s has two places on %(day)s; end the earlier one the day before."),
    Wrong.ENDS_BEFORE_START: gettext_lazy("%(name)s: the last day lies before the first day, %(day)s."),
    Wrong.PARENT_ABSENT: gettext_lazy(
        "%(name)s needs %(other)s above it on %(day)s, and %(other)s has no place then; shorten the one or lengthen the other."
    ),
    Wrong.CIRCLE: gettext_lazy("%(name)s would stand below itself on %(day)s; change the parent."),
    Wrong.TOO_DEEP: gettext_lazy("%(name)s would stand more than %(levels)d levels deep on %(day)s."),
}


class Unplaceable(ValidationError):
    """The spans cannot be placed: one sentence per fault, in the order of `faults`."""

    def __init__(self, faults: Sequence[PlacementFault], names: Mapping[int, str]):
        self.faults = tuple(faults)
        self.sentences = tuple(_sentence(fault, names) for fault in faults)
        super().__init__(list(self.sentences))


@dataclass(frozen=True)
class PlacingResult:
    """The effects of a change of the tree: changed places, reports that count elsewhere, reports whose review moves."""

    changes: Mapping[int, Sequence[PlaceChange]]
    touched: Sequence[PlacedReport] = ()
    followed: Followed = NOTHING_FOLLOWED


def place(*, declared: Mapping[int, Sequence[PlacementSpan]], by: User, at: datetime) -> frozenset[int]:
    """Calls `replace_places` and returns only the organizations whose own places changed."""
    return frozenset(replace_places(declared=declared, by=by, at=at).changes)


@transaction.atomic
def replace_places(
    *,
    declared: Mapping[int, Sequence[PlacementSpan]],
    by: User,
    at: datetime,
    writes_moves: bool = False,
    ended_because: str = "",
) -> PlacingResult:
    """Replaces the places of the organizations by the declared spans; others keep theirs, with corrected paths.

    `writes_moves`: a move is written as a succession too; acts that write their own do without.
    `ended_because`: a named decision under which places may end before the last day of a period with reports. They go on counting
    where their unit stood (orgs.tree.report_places), and drafts are exempted with these words; without it, that is refused.

    What is owed and what waits for review follows. Draws a new `tree_stamp` and records `tree.changed` once per county in
    which a row changed; nothing is written where nothing changed.
    Raises Unplaceable, ReportsUnplaced, and ValidationError where an organization would come to another county.
    """
    rows = rows_of_counties(_lock_counties(declared))
    before = spans_in(rows)
    after = {**before, **{org: merged(spans) for org, spans in declared.items()}}
    laid = _lay(after, {*before, *declared})
    concerned = _concerned(rows, laid)
    reports = dependants().reports_of(concerned) if concerned else []
    refuse_unplaced(reports, before, after, may_keep=bool(ended_because))
    laid += _lay_report_places(rows, reports, after)
    counties = _held_counties({*before, *declared}, _counties(laid))
    touched_rows = _write_differences(rows, laid, counties)
    changes = {org: place_changes(before.get(org, ()), after[org]) for org in sorted(declared)}
    changes = {org: found for org, found in changes.items() if found}
    # Before the audit event: its chain is locked last, as everywhere (submissions.core.locks).
    followed = dependants().follow(concerned, because=ended_because, by=by, at=at) if concerned else NOTHING_FOLLOWED
    touched = touched_reports(reports, before, after, counties)
    texts: dict[int, dict[int, list[str]]] = defaultdict(dict)
    for org in changes:
        texts[counties[org]][org] = [_audit_text(before.get(org, ())), _audit_text(after[org])]
    moves = write_moves(before, {org: after[org] for org in changes}, counties) if writes_moves else Moves()
    _record_changes(touched_rows, texts, _units_by_county(touched, counties), _moves_by_county(moves, counties), by=by, at=at)
    return PlacingResult(changes, touched, followed)


def _concerned(rows: Iterable[Placement], laid: Iterable[PlacementRow]) -> set[int]:
    """The organizations that had a place before and now have another one, or another one above it, on some day."""
    before, after = defaultdict(set), defaultdict(set)
    for row in (row for row in rows if not row.is_report_place):
        before[row.organization_id].add((span_of(row), row.path))
    for row in laid:
        after[row.organization].add((row.span, row.path))
    return {org for org, places in before.items() if places != after[org]}


def _lay_report_places(
    rows: Iterable[Placement], reports: Iterable[PlacedReport], after: dict[int, tuple[PlacementSpan, ...]]
) -> list[PlacementRow]:
    """The places kept before as long as they are needed, and those of reports whose unit has just lost its own."""
    kept = {(row.organization_id, row.valid_from) for row in rows if row.is_report_place}
    laid, faults = report_places(unplaced(kept | {(report.organization, report.day) for report in reports}, after), after)
    _refuse_faults(faults)
    return laid


def _units_by_county(reports: Iterable[PlacedReport], counties: Mapping[int, int]) -> dict[int, dict[str, list[int]]]:
    """County -> form and period -> the organizations whose report is affected, in the form of the audit."""
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        found[counties[report.organization]][f"{report.form} {report.day.isoformat()}"].append(report.organization)
    return found


def _sentence(fault: PlacementFault, names: Mapping[int, str]) -> str:
    other = names.get(fault.at, "")
    words = {"name": names.get(fault.organization, ""), "other": other, "day": fault.day.isoformat(), "levels": DEEPEST}
    return str(SENTENCES[fault.wrong]) % words


def _lock_counties(organization_ids: Iterable[int]) -> set[int]:
    """Locks the counties of the organizations: two changes of one county's tree wait for each other."""
    counties = set(counties_of(organization_ids).values())
    rows = Organization.objects.select_for_update().filter(county_id__in=counties, pk__in=counties)
    return set(rows.order_by("pk").values_list("pk", flat=True))


def _lay(after: dict[int, tuple[PlacementSpan, ...]], own: set[int]) -> list[PlacementRow]:
    """The rows of `own`; places of ancestors outside these rows are read level by level."""
    while missing := {span.parent for spans in after.values() for span in spans} - set(after) - {None}:
        after |= {org: () for org in missing} | spans_of(missing)
    laid, faults = lay(after, own)
    _refuse_faults(faults)
    return laid


def _refuse_faults(faults: Sequence[PlacementFault]) -> None:
    if faults:
        raise Unplaceable(faults, names_of({fault.organization for fault in faults} | {fault.at for fault in faults}))


def _counties(laid: Iterable[PlacementRow]) -> dict[int, int]:
    """Organization -> its county: the topmost of unit category county above it (or itself), otherwise the root.

    Raises ValidationError where a row of an organization would be in another county than its other rows.
    """
    chains = {row.path: ids_of(row.path) for row in laid}
    categories = categories_of(org for chain in chains.values() for org in chain)
    county_level = {pk for pk, category in categories.items() if category == UnitCategory.COUNTY}
    counties: dict[int, int] = {}
    for row in laid:
        chain = chains[row.path]
        county = next((org for org in chain if org in county_level), chain[0])
        if counties.setdefault(row.organization, county) != county:
            raise _wanderer(row.organization)
    return counties


def _held_counties(own: set[int], counties: Mapping[int, int]) -> dict[int, int]:
    """The county in every organization's row; a place in another one is refused."""
    standing = counties_of(own)
    for pk, county in standing.items():
        if counties.get(pk, county) != county:
            raise _wanderer(pk)
    return standing


def _wanderer(organization_id: int) -> ValidationError:
    name = names_of({organization_id})[organization_id]
    return ValidationError(
        _("%(name)s would come to another county. Close it in the one and open it under a new code in the other.")
        % {"name": name}
    )


def _write_differences(rows: list[Placement], laid: list[PlacementRow], counties: Mapping[int, int]) -> dict[int, int]:
    """Takes out rows that no longer hold, puts in new ones; gives how many rows changed in each county."""
    wanted = {(row.organization, row.span, row.path, row.is_report_place): row for row in laid}
    standing = {(row.organization_id, span_of(row), row.path, row.is_report_place): row for row in rows}
    gone = [row for key, row in standing.items() if key not in wanted]
    new = [_placement(row, counties[row.organization]) for key, row in wanted.items() if key not in standing]
    for county in sorted({row.county_id for row in gone}):
        delete_rows(Placement.objects.filter(pk__in=[row.pk for row in gone if row.county_id == county]), county)
    Placement.objects.bulk_create(new, batch_size=BATCH)
    touched: dict[int, int] = defaultdict(int)
    for row in [*gone, *new]:
        touched[row.county_id] += 1
    return touched


def _placement(row: PlacementRow, county_id: int) -> Placement:
    span = row.span
    return Placement(
        county_id=county_id,
        organization_id=row.organization,
        parent_id=span.parent,
        district_id=span.district,
        line_id=span.line,
        valid_from=span.valid_from,
        valid_to=span.valid_to,
        path=row.path,
        is_report_place=row.is_report_place,
    )


def _moves_by_county(moves: Moves, counties: Mapping[int, int]) -> dict[int, dict[str, list]]:
    """County -> the organizations with the days of their moves, in the form of the audit."""
    found: dict[int, dict[str, list]] = defaultdict(dict)
    for name, happened in (("moved", moves.new), ("moves taken back", moves.taken_back)):
        for org, day in happened:
            found[counties[org]].setdefault(name, []).append([org, day.isoformat()])
    return found


def _record_changes(
    touched: Mapping[int, int], changes: Mapping, reports: Mapping, moves: Mapping[int, dict], *, by: User, at: datetime
) -> None:
    for county in sorted(touched):
        Organization.objects.filter(county_id=county, pk=county).update(tree_stamp=new_stamp())
        data = {"rows": touched[county], "places": changes.get(county, {}), **moves.get(county, {})}
        if county in reports:
            data["reports"] = reports[county]
        record("tree.changed", by=by, at=at, county_id=county, subject=f"county:{county}", organization_id=county, data=data)


def _audit_text(spans: Sequence[PlacementSpan]) -> str:
    """Spans as one line for the audit: days, parent id, second views where there are any."""
    return "; ".join(
        f"{span.valid_from}/{span.valid_to or ''} under {span.parent or '-'}"
        + (f" district {span.district}" if span.district else "")
        + (f" line {span.line}" if span.line else "")
        for span in spans
    )
