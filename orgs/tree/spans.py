"""Reads the tree's rows as declared spans, in batches of a size that any database accepts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from orgs.choices import UnitCategory
from orgs.models import Organization, Placement
from orgs.tree.placements import PlacementSpan, merged
from orgs.tree.trees import after_branch

BATCH = 500  # stays below the smallest limit of parameters in one statement


def batched(items: Iterable, size: int = BATCH) -> Iterator[list]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def organizations_by_id(ids: Iterable[int]) -> dict[int, Organization]:
    found: dict[int, Organization] = {}
    for some in batched(sorted(set(ids))):
        found |= Organization.objects.in_bulk(some)
    return found


def counties_of(ids: Iterable[int]) -> dict[int, int]:
    """Organization -> its county, without reading the whole row: a country's list asks for 700,000."""
    return dict(_columns_of(ids, "county_id"))


def categories_of(ids: Iterable[int]) -> dict[int, str]:
    """Organization -> its unit category."""
    return dict(_columns_of(ids, "unit_category"))


def _columns_of(ids: Iterable[int], column: str) -> Iterator[tuple[int, int | str]]:
    for some in batched(sorted(set(ids))):
        yield from Organization.objects.filter(pk__in=some).values_list("pk", column)


def label_of(organization: Organization) -> str:
    """The organization in a sentence: 青山镇 (370883101)."""
    return f"{organization.name} ({organization.code})"


def names_of(ids: Iterable[int]) -> dict[int, str]:
    return {pk: label_of(org) for pk, org in organizations_by_id(ids).items()}


def spans_of(organization_ids: Iterable[int]) -> dict[int, tuple[PlacementSpan, ...]]:
    """The spans that are declared for the organizations now."""
    rows: list[Placement] = []
    for some in batched(sorted(set(organization_ids))):
        rows += Placement.objects.filter(organization_id__in=some)
    return spans_in(rows)


def spans_in(rows: Iterable[Placement]) -> dict[int, tuple[PlacementSpan, ...]]:
    """Rows split at an ancestor's move are put together again; where only reports count, nothing is declared."""
    found: dict[int, list[PlacementSpan]] = defaultdict(list)
    for row in rows:
        if not row.is_report_place:
            found[row.organization_id].append(span_of(row))
    return {org: merged(spans) for org, spans in found.items()}


def span_of(row: Placement) -> PlacementSpan:
    return PlacementSpan(row.parent_id, row.valid_from, row.valid_to, row.district_id, row.line_id)


def rows_of_counties(counties: Iterable[int]) -> list[Placement]:
    """All rows of the counties; of a group above counties, all rows below its root."""
    counties = set(counties)
    rows = {row.pk: row for row in Placement.objects.filter(county_id__in=counties)}
    above = Organization.objects.filter(pk__in=counties).exclude(unit_category=UnitCategory.COUNTY).values_list("pk", flat=True)
    for path in set(Placement.objects.filter(organization_id__in=above).values_list("path", flat=True)):
        rows |= {row.pk: row for row in Placement.objects.filter(path__gte=path, path__lt=after_branch(path))}
    return list(rows.values())
