"""Inserts organizations with their county in the row: it is the key by which rows are distributed, and never changes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from orgs.choices import UnitCategory
from orgs.models import Organization
from orgs.tree.placements import PlacementSpan
from orgs.tree.spans import BATCH, batched, organizations_by_id

Declared = Mapping[int, Sequence[PlacementSpan]]


def next_organization_ids(count: int) -> list[int]:
    """Ids for rows to come: the row of a county names itself, so its id is known before it is inserted."""
    table = Organization._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
            return [row[0] for row in cursor.fetchall()]
        # The transaction holds the only lock there is (IMMEDIATE), and inserting increases the number.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + count))


def insert_organizations(new: Sequence[Organization], declared: Declared, unnumbered: Collection[int] = ()) -> None:
    """Inserts the organizations and sets their county. Raises ValidationError if a code exists in the county.

    `new` have ids from `next_organization_ids`; `declared` gives their places. `unnumbered`: the ids of those without an
    order of their own; they come after all others of their county, in the order given.
    """
    counties = _Counties(new, declared)
    for organization in new:
        organization.county_id = counties.county_of(organization.pk)
    _refuse_taken_codes(new)
    _number(new, unnumbered)
    Organization.objects.bulk_create(new, batch_size=BATCH)


def _number(new: Sequence[Organization], unnumbered: Collection[int]) -> None:
    if not unnumbered:
        return
    counties = {organization.county_id for organization in new}
    orders = Organization.objects.filter(county_id__in=counties).order_by()
    last: dict[int, int] = defaultdict(int, orders.values_list("county_id").annotate(last=Max("sort_order")))
    for organization in new:
        if organization.pk not in unnumbered:
            last[organization.county_id] = max(last[organization.county_id], organization.sort_order)
    for organization in new:
        if organization.pk in unnumbered:
            last[organization.county_id] += 1
            organization.sort_order = last[organization.county_id]


class _Counties:
    """Finds the county: the topmost of unit category county on the way up, otherwise the root.

    orgs.tree.span_writer checks that it is so on every day.
    """

    def __init__(self, new: Sequence[Organization], declared: Declared):
        self._new = {organization.pk: organization for organization in new}
        self._parents = {pk: declared[pk][0].parent if declared.get(pk) else None for pk in self._new}
        self._above = organizations_by_id({parent for parent in self._parents.values() if parent} - self._new.keys())
        known = {organization.county_id for organization in self._above.values()}
        self._county_level = {pk for pk, top in organizations_by_id(known).items() if top.unit_category == UnitCategory.COUNTY}

    def county_of(self, organization_id: int) -> int:
        chain = list(self._chain(organization_id))
        above = self._above.get(self._parents[chain[-1]])
        if above is not None and above.county_id in self._county_level:
            return above.county_id
        county = next((pk for pk in reversed(chain) if self._new[pk].unit_category == UnitCategory.COUNTY), None)
        return county or (chain[-1] if above is None else above.county_id)

    def _chain(self, organization_id: int) -> Iterator[int]:
        """The organization and new ones above it, upwards; a circle, which is refused later, ends where it closes."""
        passed: set[int] = set()
        here: int | None = organization_id
        while here in self._new and here not in passed:
            yield here
            passed.add(here)
            here = self._parents[here]


def _refuse_taken_codes(new: Sequence[Organization]) -> None:
    codes = {(organization.county_id, organization.code) for organization in new}
    for some in batched(sorted(codes, key=lambda one: one[1])):
        counties, wanted = {county for county, _code in some}, {code for _county, code in some}
        for taken in Organization.objects.filter(county_id__in=counties, code__in=wanted).order_by("code"):
            if (taken.county_id, taken.code) in codes:
                raise ValidationError(_("The code %(code)s is taken by %(name)s.") % {"code": taken.code, "name": taken.name})
