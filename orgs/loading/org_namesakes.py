"""Refuses names that another organization at the same place has, for new codes and for renamed ones."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from orgs.loading.org_rows import OrganizationRow
from orgs.models import Organization, Placement
from orgs.tree.placements import PlacementSpan
from orgs.tree.spans import batched, organizations_by_id, spans_in, spans_of
from orgs.tree.trees import ids_of
from spreadsheets.tables import Problems

TAKEN = gettext_noop(
    "%(name)s stands there already under the code %(code)s. Write that code where it is the same organization, "
    "or tell the two apart by their names."
)
Declared = Mapping[int, Sequence[PlacementSpan]]


class TakenNames:
    """The names of a file that other organizations have; each is a problem at its row.

    `declared`: the places after the file.
    """

    def __init__(
        self,
        entries: Mapping[str, OrganizationRow],
        existing: Mapping[str, Organization],
        declared: Declared,
        problems: Problems,
    ):
        self._entries, self._existing = entries, existing
        self._declared, self._problems = declared, problems

    def refuse_new(self, organizations: Mapping[str, Organization]) -> None:
        """Refuses names of new codes: a table with new or damaged codes would otherwise make a second county beside the first."""
        new = {organizations[code].pk: entry for code, entry in self._entries.items() if code not in self._existing}
        twins = _namesakes((organizations[entry.code].name for entry in new.values()), new)
        if not twins:
            return
        placements = [row for some in batched(twins) for row in Placement.objects.filter(organization_id__in=some)]
        standing = {**spans_in(placements), **{org: self._declared[org] for org in twins if org in self._declared}}
        lines = _NameLines(organizations, self._declared, placements)
        by_line: dict[tuple[str, ...], list[Organization]] = {}
        for org, twin in twins.items():
            by_line.setdefault(lines.names(org), []).append(twin)
        for org, entry in new.items():
            places = self._declared.get(org, ())
            same = [twin for twin in by_line.get(lines.names(org), ()) if _meet(places, standing.get(twin.pk, ()))]
            if same:
                self._refuse(entry, "code", same[0].name, same[0].code)

    def refuse_renamed(self, old_names: Mapping[str, str]) -> None:
        """Refuses new names of existing codes: a column sorted alone gives every unit its neighbour's name.

        `old_names`: code -> name, of the renamed ones.
        """
        if not old_names:
            return
        in_file = {org.pk for org in self._existing.values()}
        new_names = {self._existing[code].name for code in old_names}
        others = [org for org in _namesakes(new_names).values() if org.pk not in in_file]
        bearers = {org.pk: (org.code, org.name) for org in others}
        bearers |= {org.pk: (code, old_names.get(code, org.name)) for code, org in self._existing.items()}
        standing = {**spans_of(org.pk for org in others), **self._declared}
        latest = {org: spans[-1] for org, spans in standing.items() if spans}
        places: dict[tuple[str, int | None], list[str]] = {}
        for org, (code, name) in bearers.items():
            if org in latest and latest[org].valid_to is None:  # a name that is free again may be used: villages merge that way
                places.setdefault((name, latest[org].parent), []).append(code)
        for code in old_names:
            org = self._existing[code]
            taken = places.get((org.name, latest[org.pk].parent if org.pk in latest else None), ())
            if same := [other for other in taken if other != code]:
                self._refuse(self._entries[code], "name", org.name, same[0])

    def _refuse(self, entry: OrganizationRow, column: str, name: str, code: str) -> None:
        self._problems.add(entry.number, column, _(TAKEN) % {"name": name, "code": code})


def _namesakes(names: Iterable[str], just_made: Collection[int] = ()) -> dict[int, Organization]:
    """Stored organizations with one of the names."""
    found: dict[int, Organization] = {}
    for some in batched(sorted(set(names))):
        found |= {org.pk: org for org in Organization.objects.filter(name__in=some) if org.pk not in just_made}
    return found


def _meet(one: Iterable[PlacementSpan], other: Sequence[PlacementSpan]) -> bool:
    """Whether both have a place on a common day."""
    return any(a.valid_from <= b.last_day and b.valid_from <= a.last_day for a in one for b in other)


class _NameLines:
    """The names from an organization up to its root, at its last place."""

    def __init__(self, organizations: Mapping[str, Organization], declared: Declared, placements: Iterable[Placement]):
        self._parents = {org: spans[-1].parent for org, spans in declared.items() if spans}
        latest: dict[int, Placement] = {}
        for row in sorted(placements, key=lambda row: row.valid_from):
            latest[row.organization_id] = row
        above = {parent for parent in self._parents.values() if parent} - self._parents.keys()
        rows = [row for some in batched(above) for row in Placement.objects.filter(organization_id__in=some)]
        for row in [*latest.values(), *sorted(rows, key=lambda row: row.valid_from)]:
            path = ids_of(row.path)
            for parent, child in zip([None, *path], path, strict=False):
                if child not in declared:
                    self._parents[child] = parent
        named = {org.pk: org.name for org in organizations.values()}
        others = organizations_by_id((self._parents.keys() | {one for one in self._parents.values() if one}) - named.keys())
        self._names = named | {pk: org.name for pk, org in others.items()}

    def names(self, org: int) -> tuple[str, ...]:
        line: list[int] = []
        step: int | None = org
        while step is not None and step not in line:
            line.append(step)
            step = self._parents.get(step)
        return tuple(self._names.get(one, "") for one in line)
