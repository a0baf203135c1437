"""The names of organizations on a day: the present name, or a former one that still held then."""

from collections.abc import Collection, Iterable
from copy import copy
from datetime import date

from django.db.models import Exists, OuterRef

from orgs.models import FormerName, Organization
from orgs.tree.trees import Node

# On a Placement: whether its organization ever had another name. Most never did; for them no further query is made.
WAS_RENAMED = Exists(FormerName.objects.filter(organization=OuterRef("organization_id")))


class FormerNames:
    """Former names of many organizations, read once and asked for any day."""

    def __init__(self, rows: Iterable[FormerName]):
        self._names: dict[int, list[FormerName]] = {}
        for row in sorted(rows, key=lambda row: row.until):
            self._names.setdefault(row.organization_id, []).append(row)

    def on(self, org_id: int, day: date) -> FormerName | None:
        """The former name that held on the day; None if the present one held."""
        return next((row for row in self._names.get(org_id, ()) if row.until >= day), None)

    def name_on(self, org_id: int, day: date, present: str) -> str:
        former = self.on(org_id, day)
        return former.name if former else present

    def as_called(self, organization: Organization, day: date) -> Organization:
        """A copy with the name of the day, for printing; the organization itself if it has that name still."""
        former = self.on(organization.pk, day)
        if former is None:
            return organization
        then = copy(organization)
        then.name, then.short_name = former.name, former.short_name
        return then

    def node_on(self, node: Node, day: date) -> Node:
        """The node with its name on the day."""
        former = self.on(node.id, day)
        return node._replace(name=former.name, short_name=former.short_name) if former else node


def former_names_of(org_ids: Collection[int]) -> FormerNames:
    """In one query; none where nobody is asked for."""
    return FormerNames(FormerName.objects.filter(organization_id__in=org_ids) if org_ids else ())


def former_names_in(county_ids: Collection[int]) -> FormerNames:
    """All of these counties, in one query: few organizations are ever renamed."""
    return FormerNames(FormerName.objects.filter(county_id__in=county_ids))


def as_called_on(organization: Organization, day: date) -> Organization:
    """The organization with its name on the day, for printing; one query."""
    return former_names_of([organization.pk]).as_called(organization, day)
