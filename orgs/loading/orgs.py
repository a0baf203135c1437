"""Loads organizations and their places from a table: all or nothing, only differences."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.choices import USUAL_TYPES, OrgType, SuccessionKind
from orgs.loading.columns import named_table
from orgs.loading.org_columns import COLUMNS
from orgs.loading.org_matching import Matching
from orgs.loading.org_namesakes import TakenNames
from orgs.loading.org_places import declared_places
from orgs.loading.org_rows import OrganizationRow, read_entries
from orgs.loading.org_words import words_of
from orgs.loading.result import Loaded
from orgs.models import Organization, User
from orgs.tree.bulk_successions import rename_note, write_successions
from orgs.tree.initials import initials_of
from orgs.tree.name_records import OldName, RenamedLater, keep_former_names
from orgs.tree.new_organizations import insert_organizations, next_organization_ids
from orgs.tree.placements import PlacementFault, PlacementSpan
from orgs.tree.report_effects import ReportsUnplaced
from orgs.tree.span_writer import PlacingResult, Unplaceable, replace_places
from orgs.tree.spans import BATCH, counties_of, spans_of
from spreadsheets.tables import Problems, Table

Facts = dict[str, object]


@transaction.atomic
def load_orgs(table: Table, *, by: User, at: datetime, since: date | None = None) -> Loaded:
    """Makes the organizations of the table, or changes existing ones; their places follow the rows.

    Omitted rows and empty cells change nothing. `since` is the day of a place or a closing without a day in its row, and of a
    new name; without it a name holds from today. Raises TableProblems; then nothing was written.
    """
    table = named_table(table, COLUMNS)
    problems = table.problems()
    entries = read_entries(table, problems)
    matching = Matching(entries, problems)
    outside = _outside(entries, matching, problems)
    problems.raise_if_any()
    matching.check_codes()
    problems.raise_if_any()
    changes = _change_facts(entries, matching.existing)
    new = _new_organizations(entries, matching)
    organizations = {**new, **matching.existing}
    standing = spans_of(org.pk for org in matching.existing.values())
    declared = declared_places(entries, organizations, outside, standing, since, problems)
    _insert(new, entries, declared, problems)
    old_names = {code: differing["name"][0] for code, differing in changes.items() if "name" in differing}
    names = TakenNames(entries, matching.existing, declared, problems)
    names.refuse_new(organizations)
    names.refuse_renamed(old_names)
    renamed_on = _rename_days(entries, matching.existing, standing, old_names, since)
    _keep_old_names(entries, matching.existing, changes, renamed_on, since or timezone.localdate(at), problems)
    problems.raise_if_any()
    placed = _place(entries, organizations, declared, problems, by=by, at=at)
    _write_renames(renamed_on, organizations, old_names)
    _record_load(organizations, matching.existing, changes, renamed_on, by=by, at=at)
    touched = set(changes) | {code for code in matching.existing if organizations[code].pk in placed.changes}
    added = len(entries) - len(matching.existing)
    return Loaded(
        _("Organizations"), added, len(touched), len(matching.existing) - len(touched),
        **words_of(organizations, matching.existing, changes, placed),
    )  # fmt: skip


def _outside(entries: Mapping[str, OrganizationRow], matching: Matching, problems: Problems) -> dict[tuple[int, str], int]:
    """(row number, column) -> id, for every code in a row that has no row of its own in the file."""
    found: dict[tuple[int, str], int] = {}
    for entry in entries.values():
        for row in entry.places:
            for column, code in row.codes().items():
                if code not in entries and (org := matching.outside(row, entry, column, code)):
                    found[row.number, column] = org.pk
    return found


def _change_facts(entries: Mapping[str, OrganizationRow], existing: Mapping[str, Organization]) -> dict[str, dict[str, list]]:
    """Writes the facts that differ in the file; returns code -> {field: [old, new]}."""
    changes: dict[str, dict[str, list]] = {}
    for code, organization in existing.items():
        facts = _with_initials(entries[code].facts)
        differing = {key: [getattr(organization, key), new] for key, new in facts.items() if getattr(organization, key) != new}
        if differing:
            changes[code] = differing
            for key, (_old, new) in differing.items():
                setattr(organization, key, new)
    fields = sorted({key for differing in changes.values() for key in differing})
    if fields:
        changed = [existing[code] for code in changes]
        rows = Organization.objects.filter(county_id__in={organization.county_id for organization in changed})
        rows.bulk_update(changed, fields, batch_size=BATCH)
    return changes


def _keep_old_names(
    entries: Mapping[str, OrganizationRow],
    existing: Mapping[str, Organization],
    changes: Mapping[str, dict[str, list]],
    renamed_on: Mapping[str, date],
    otherwise: date,
    problems: Problems,
) -> None:
    """Keeps the old names for periods that ended before the day. A first short name replaces none."""
    old = [
        OldName(
            existing[code],
            _old(existing[code], differing, "name"),
            _old(existing[code], differing, "short_name"),
            renamed_on.get(code, otherwise),
        )
        for code, differing in changes.items()
        if "name" in differing or differing.get("short_name", [""])[0]
    ]
    if not old:
        return
    try:
        keep_former_names(old)
    except RenamedLater as later:
        problems.add(entries[later.organization.code].places[0].number, "name", later.sentence)


def _old(organization: Organization, differing: Mapping[str, list], field: str) -> str:
    return differing[field][0] if field in differing else getattr(organization, field)


def _new_organizations(entries: Mapping[str, OrganizationRow], matching: Matching) -> dict[str, Organization]:
    """New organizations with their ids; they are inserted once their places are known."""
    new = {code: entry for code, entry in entries.items() if code not in matching.existing}
    ids = next_organization_ids(len(new))
    return {
        code: Organization(pk=own_id, code=code, **_usual(_with_initials(entry.facts)))
        for own_id, (code, entry) in zip(ids, new.items(), strict=True)
    }


def _insert(
    new: Mapping[str, Organization],
    entries: Mapping[str, OrganizationRow],
    declared: Mapping[int, Sequence[PlacementSpan]],
    problems: Problems,
) -> None:
    """Those without an order of their own come after all others of their county, in the order of the file."""
    unnumbered = {org.pk for code, org in new.items() if "sort_order" not in entries[code].facts}
    try:
        insert_organizations(list(new.values()), declared, unnumbered)
    except ValidationError as error:
        problems.add(0, "", " ".join(error.messages))
    problems.raise_if_any()


def _with_initials(facts: Facts) -> Facts:
    return {**facts, "initials": initials_of(str(facts["name"]))}


def _usual(facts: Facts) -> Facts:
    """The facts of a new organization, with the usual type for its category if the file gives none."""
    return {"org_type": USUAL_TYPES.get(facts.get("unit_category"), OrgType.BRANCH), **facts}


def _place(
    entries: Mapping[str, OrganizationRow],
    organizations: Mapping[str, Organization],
    declared: Mapping[int, Sequence[PlacementSpan]],
    problems: Problems,
    *,
    by: User,
    at: datetime,
) -> PlacingResult:
    """Writes the places; faults of the tree, and reports that would lose their place, are reported at their rows."""
    by_id = {organizations[code].pk: entry for code, entry in entries.items()}
    try:
        return replace_places(declared=declared, by=by, at=at, writes_moves=True)
    except Unplaceable as unplaceable:
        for fault, sentence in zip(unplaceable.faults, unplaceable.sentences, strict=True):
            problems.add(_row_of(fault, by_id), "parent_code", sentence)
    except ReportsUnplaced as unplaced:
        for org, sentence in zip(unplaced.organizations, unplaced.sentences, strict=True):
            problems.add(*_ending_of(by_id.get(org)), sentence)
    except ValidationError as error:
        problems.add(0, "", " ".join(error.messages))
    problems.raise_if_any()
    return PlacingResult({})


def _row_of(fault: PlacementFault, by_id: Mapping[int, OrganizationRow]) -> int:
    """The row of the span; for an organization that the file omits, a row of the parent that leaves it; else the file."""
    if fault.organization in by_id:
        rows = by_id[fault.organization].places
        begun = [row for row in rows if row.first_day <= fault.valid_from]
        return max(begun or rows[:1], key=lambda row: row.first_day).number
    return by_id[fault.at].number if fault.at in by_id else 0


def _ending_of(entry: OrganizationRow | None) -> tuple[int, str]:
    """Row and column of the last day given to a code; the file if it has no row."""
    if entry is None:
        return 0, ""
    rows = [row for row in entry.places if row.valid_to]
    return (rows[-1].number, "valid_to") if rows else (entry.places[-1].number, "valid_from")


def _rename_days(
    entries: Mapping[str, OrganizationRow],
    existing: Mapping[str, Organization],
    standing: Mapping[int, Sequence[PlacementSpan]],
    old_names: Mapping[str, str],
    since: date | None,
) -> dict[str, date]:
    """Code -> the day from which its new name holds, if the list gives one.

    The first day of a place, filled down, does not count.
    """
    days: dict[str, date] = {}
    for code in old_names:
        begun = {span.valid_from for span in standing.get(existing[code].pk, ())}
        days_stated = [row.valid_from for row in entries[code].places if row.valid_from and row.valid_from not in begun]
        if day := max(days_stated, default=since):
            days[code] = day
    return days


def _write_renames(days: Mapping[str, date], organizations: Mapping[str, Organization], old_names: Mapping[str, str]) -> None:
    renamed = {code: organizations[code] for code in days}
    notes = {(org.pk, days[code]): rename_note(old_names[code], org.name) for code, org in renamed.items()}
    write_successions(SuccessionKind.RENAME, notes, {org.pk: org.county_id for org in renamed.values()})


def _record_load(
    organizations: Mapping[str, Organization],
    existing: Mapping[str, Organization],
    changes: Mapping[str, dict[str, list]],
    renamed_on: Mapping[str, date],
    *,
    by: User,
    at: datetime,
) -> None:
    """Records one event per county: new codes, each changed fact with old and new, and the day of a new name that has one."""
    counties = counties_of(org.pk for org in organizations.values())
    events: dict[int, dict] = defaultdict(lambda: {"added": [], "changed": {}})
    for code, org in organizations.items():
        if code not in existing:
            events[counties[org.pk]]["added"].append(code)
        elif code in changes:
            events[counties[org.pk]]["changed"][code] = changes[code]
        if code in renamed_on:
            events[counties[org.pk]].setdefault("renamed", {})[code] = renamed_on[code].isoformat()
    for county, data in sorted(events.items()):
        record(
            "organizations.loaded",
            by=by,
            at=at,
            county_id=county,
            subject=f"county:{county}",
            organization_id=county,
            data=data,
        )
