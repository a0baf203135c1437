"""Finds the organizations named in the visible heads of our forms, and those above the units the forms were made for."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from indicators.definitions import readable_forms
from orgs.models import Organization, Placement
from orgs.names.name_matching import Candidate
from orgs.names.name_similarity import folded
from orgs.tree.queries import placed_on
from orgs.tree.trees import ids_of
from submissions.imports.forms.heads import is_dated
from submissions.imports.forms.sheets import ReadFormSheet
from submissions.models import Task
from submissions.workbooks.stamps import Shape

_LONGEST = 60  # characters of a name
_APART = re.compile(r"[\s（(）)、，,：:]+")


@dataclass(frozen=True)
class NamesInHeads:
    """`others`: county id -> the organizations named in some head by name or code; `titles`: the titles of forms in heads.

    `above`: organization id -> names of the organizations above it on the days of the tasks. `rows`: county id -> folded name
    -> codes, of the units that have a row in a form of many.
    """

    others: Mapping[int, tuple[Candidate, ...]] = field(default_factory=dict)
    above: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    rows: Mapping[int, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def candidate(self, organization: Organization) -> Candidate:
        above = self.above.get(organization.pk, ())
        return Candidate(organization.code, organization.name, organization.short_name, above)

    def others_of(self, organization: Organization) -> list[Candidate]:
        named = self.others.get(organization.county_id, ())
        return [candidate for candidate in named if candidate.code != organization.code]

    def is_another_row(self, county_id: int, code: str, name: str) -> bool:
        """Whether the name is that of another unit with a row, and not of this one."""
        named = self.rows.get(county_id, {}).get(folded(name), frozenset())
        return bool(named) and code not in named


def names_in_heads(
    sheets: Sequence[ReadFormSheet], organizations: Collection[Organization], tasks: Collection[Task]
) -> NamesInHeads:  # fmt: skip
    """Five queries for all sheets of a batch, one more where some have a row for each unit."""
    own = {folded(name) for one in organizations for name in (one.name, one.short_name)}
    titles = {task.form.title for task in tasks}
    own |= {folded(name) for task in tasks for name in (task.form.code, task.form.title)}
    texts = {entry.text for sheet in sheets for entry in sheet.head.names}
    pieces = {piece for text in texts for piece in pieces_of(text, titles) if folded(piece) not in own}
    counties = {organization.county_id for organization in organizations}
    rows = _names_of_rows(sheets, counties)
    if not pieces:
        return NamesInHeads(rows=rows)
    return NamesInHeads(_others(counties, pieces), _above_of(organizations, tasks), _titles(pieces, counties), rows)


def _others(counties: Collection[int], pieces: Collection[str]) -> dict[int, tuple[Candidate, ...]]:
    rows = Organization.objects.filter(county_id__in=counties)
    rows = rows.filter(Q(name__in=pieces) | Q(short_name__in=pieces) | Q(code__in=pieces))
    others: dict[int, list[Candidate]] = {}
    for one in rows:
        others.setdefault(one.county_id, []).append(Candidate(one.code, one.name, one.short_name))
    return {county: tuple(found) for county, found in others.items()}


def _titles(pieces: Collection[str], counties: Collection[int]) -> frozenset[str]:
    return frozenset(readable_forms(*counties).filter(title__in=pieces).values_list("title", flat=True))


def _names_of_rows(sheets: Sequence[ReadFormSheet], counties: Collection[int]) -> dict[int, dict[str, frozenset[str]]]:
    codes = {row.key for sheet in sheets if sheet.stamp.shape == Shape.GRID for row in sheet.rows if row.name}
    if not codes:
        return {}
    found: dict[int, dict[str, set[str]]] = {}
    rows = Organization.objects.filter(county_id__in=counties, code__in=codes)
    for county_id, code, *names in rows.values_list("county_id", "code", "name", "short_name"):
        for name in filter(None, names):
            found.setdefault(county_id, {}).setdefault(folded(name), set()).add(code)
    return {county: {name: frozenset(same) for name, same in names.items()} for county, names in found.items()}


def pieces_of(text: str, titles: Collection[str]) -> set[str]:
    """The text and its parts between spaces, brackets and commas, without the titles of forms in it.

    Of a text with a year only the Chinese ones.
    """
    for title in titles:
        text = text.replace(title, " ")
    pieces = {piece for piece in (text.strip(), *_APART.split(text)) if 0 < len(piece) <= _LONGEST}
    return {piece for piece in pieces if not piece.isascii() and not is_dated(piece)} if is_dated(text) else pieces


def _above_of(organizations: Collection[Organization], tasks: Collection[Task]) -> dict[int, tuple[str, ...]]:
    day = max((task.period.last_day for task in tasks), default=None)
    if day is None:
        return {}
    rows = Placement.objects.filter(placed_on(day), organization_id__in=[organization.pk for organization in organizations])
    lines = {org_id: ids_of(path)[:-1] for org_id, path in rows.values_list("organization_id", "path")}
    wanted = {ancestor for line in lines.values() for ancestor in line}
    rows = Organization.objects.filter(pk__in=wanted).values_list("id", "name", "short_name")
    names = {org_id: tuple(filter(None, pair)) for org_id, *pair in rows}
    return {org_id: tuple(name for ancestor in line for name in names.get(ancestor, ())) for org_id, line in lines.items()}
