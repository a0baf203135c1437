"""Finds new codes in number cells that are shorter than those beside or below them: zeros may be lost."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from django.db.models import F
from django.utils.translation import gettext as _

from orgs.loading.org_rows import OrganizationRow
from orgs.models import Organization, Placement
from orgs.tree.spans import batched

_MOST_LOST = 3  # number of zeros that are assumed if no code beside it begins with one


def short_codes(entries: Mapping[str, OrganizationRow], known: Container[str]) -> Iterator[tuple[OrganizationRow, str]]:
    """New entries of number cells with a sentence about the codes beside them (decision 171).

    `known`: codes that are not new.
    """
    new = [entry for code, entry in entries.items() if entry.is_number and code not in known and _is_digits(code)]
    if not new:
        return
    beside = _beside(entries, {entry.parent_code for entry in new})
    below = _below(entries)
    for entry in new:
        if other := _longer_beside(entry, beside[entry.parent_code]):
            sentence = _(
                "The cell holds the number %(code)s, and %(other)s beside it has more digits: leading zeros may be lost. %(cure)s"
            )
        elif other := _with_zeros_below(entry, below[entry.code]):
            sentence = _(
                "The cell holds the number %(code)s, and %(other)s below it begins with 0: leading zeros may be lost. %(cure)s"
            )
        else:
            continue
        cure = _("Format the column as text and write the whole code.")
        yield entry, sentence % {"code": entry.code, "other": other, "cure": cure}


def _longer_beside(entry: OrganizationRow, brothers: Iterable[str]) -> str:
    """A longer code under the same parent, whose length this one would have with its zeros; "" if there is none.

    Codes that begin with their parent's follow it, and do not count for others.
    """
    code, parent = entry.code, entry.parent_code
    follows = parent if _is_digits(parent) else None
    if follows and code.startswith(follows):
        return ""
    longer = [other for other in brothers if len(other) > len(code) and not (follows and other.startswith(follows))]
    longer = [other for other in longer if other.startswith("0") or len(other) - len(code) <= _MOST_LOST]
    return min(longer, key=lambda other: (not other.startswith("0"), len(other), other), default="")


def _with_zeros_below(entry: OrganizationRow, children: Iterable[str]) -> str:
    bare = [
        other for other in children if other.startswith("0") and other.lstrip("0").startswith(entry.code.lstrip("0") or "0")
    ]
    return min(bare, default="")


def _beside(entries: Mapping[str, OrganizationRow], parents: set[str]) -> dict[str, set[str]]:
    """Parent code ("" at the top) -> the digits of every code below it, of the file and of the database."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries.values():
        found[entry.parent_code].add(entry.code)
    for some in batched(sorted(parents - {""})):
        rows = Placement.objects.filter(parent__code__in=some).values_list("parent__code", "organization__code").distinct()
        for parent, code in rows:
            found[parent].add(code)
    if "" in parents:
        found[""].update(Organization.objects.filter(pk=F("county_id")).values_list("code", flat=True))
    return defaultdict(set, {parent: set(filter(_is_digits, codes)) for parent, codes in found.items()})


def _below(entries: Mapping[str, OrganizationRow]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries.values():
        if _is_digits(entry.code):
            found[entry.parent_code].add(entry.code)
    return found


def _is_digits(code: str) -> bool:
    return code.isascii() and code.isdigit()
