"""Gives the organizations that a change opens, or that carry others on, their place from its day; makes those that are new."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from orgs.choices import USUAL_TYPES, OrgType, UnitCategory
from orgs.loading.spoilt_codes import SpoiltCodes
from orgs.models import Organization, Placement, User
from orgs.restructuring.row_organizations import RowOrganizations, RowRefused
from orgs.restructuring.rows import RestructuringRow
from orgs.tree.organizations import make_organization
from orgs.tree.place_changes import span_on
from orgs.tree.placements import ONE_DAY, PlacementSpan
from orgs.tree.queries import placed_on
from orgs.tree.span_writer import replace_places
from orgs.tree.spans import spans_of


class Successors:
    """Of one row."""

    def __init__(self, row: RestructuringRow, organizations: RowOrganizations, *, by: User, at: datetime):
        self._row, self._organizations, self._who = row, organizations, {"by": by, "at": at}

    def successor(self, code: str, name: str, predecessors: Sequence[Organization]) -> tuple[Organization, bool]:
        """The successor, standing on the day, and whether it got its place for this change."""
        known = self._organizations.find("to_codes", code)
        if known is not None and (known in predecessors or span_on(spans_now(known), self._row.on)):
            return known, False
        parent = self._organizations.only("parent_code") or self._common_parent(predecessors)
        return self.placed("to_codes", code, name, parent, predecessors), True

    def placed(
        self, column: str, code: str, name: str, parent: Organization | None, predecessors: Sequence[Organization] = ()
    ) -> Organization:
        """The organization under `parent` from the day on; made where nobody has the code."""
        known = self._organizations.find(column, code)
        if known is not None:
            spans = spans_now(known)
            if spans and spans[-1].last_day >= self._row.on:
                words = {"name": known.name, "day": spans[-1].valid_from.isoformat()}
                raise RowRefused("on", _("%(name)s gets its place on %(day)s only; give that day or a later one.") % words)
            replace_places(declared={known.pk: [*spans, self._span(parent)]}, **self._who)
            return known
        self._refuse_new(column, code, name, parent, predecessors)
        category = self._row.unit_category or _common_category(predecessors or self._beside(parent))
        if not category:
            sentence = _("Name the category of what is opened; those beside it, or before it, are of several.")
            raise RowRefused("unit_category", sentence)
        org_type = self._row.org_type or (
            predecessors[0].org_type if predecessors else USUAL_TYPES.get(category, OrgType.BRANCH)
        )
        return make_organization(
            code=code, name=name, spans=[self._span(parent)], unit_category=category, org_type=org_type, **self._who
        )

    def _span(self, parent: Organization | None) -> PlacementSpan:
        district, line = self._organizations.only("district_code"), self._organizations.only("line_code")
        return PlacementSpan(
            parent.pk if parent else None, self._row.on, None, district.pk if district else None, line.pk if line else None
        )

    def parent(self) -> Organization | None:
        parent = self._organizations.only("parent_code")
        if parent is None and self._row.unit_category != UnitCategory.COUNTY:
            raise RowRefused("parent_code", _("Name the organization under which it stands from the day on."))
        return parent

    def _common_parent(self, predecessors: Iterable[Organization]) -> Organization:
        """What all predecessors stood under, on the day before or on the day."""
        days = (self._row.on - ONE_DAY, self._row.on)
        spans = [next(filter(None, (span_on(spans_now(org), day) for day in days)), None) for org in predecessors]
        parents = {span.parent if span else None for span in spans}
        if len(parents) != 1 or None in parents:
            sentence = _("Those it carries on stand under several organizations; name the one under which the new one stands.")
            raise RowRefused("parent_code", sentence)
        return Organization.objects.get(pk=parents.pop())

    def name_of(self, column: str, place: int) -> str:
        """The name that the row gives to the code in this place: one name to every code, or one to every code that is new."""
        codes, names = getattr(self._row, column), self._row.names
        if len(names) == len(codes):
            return names[place]
        new = [code for code in codes if code not in self._organizations.known]
        if codes[place] in new and len(names) == len(new):
            return names[new.index(codes[place])]
        if names and codes[place] in new:
            sentence = _("There are %(names)d names for %(codes)d codes; give one to every code, in their order.")
            raise RowRefused("name", sentence % {"names": len(names), "codes": len(codes)})
        return ""

    def _beside(self, parent: Organization | None) -> list[Organization]:
        """What stands under the same organization on the day."""
        beside = Placement.objects.filter(placed_on(self._row.on), parent=parent) if parent else Placement.objects.none()
        return [placement.organization for placement in beside.select_related("organization")]

    def _refuse_new(
        self, column: str, code: str, name: str, parent: Organization | None, predecessors: Sequence[Organization]
    ) -> None:
        if sentence := SpoiltCodes({code}).of_new(code, parent.code if parent else ""):
            raise RowRefused(column, sentence)
        if not name:
            sentence = _("No organization has the code %(code)s. Where it is new, give its name in the column name.")
            raise RowRefused(column, sentence % {"code": code[:40]})
        if parent is None:
            return
        beside = Placement.objects.filter(placed_on(self._row.on), parent=parent, organization__name=name)
        taken = beside.exclude(organization__in=predecessors).select_related("organization").first()
        if taken is not None:
            sentence = _("%(name)s stands there already under the code %(code)s; use that code, or give another name.")
            raise RowRefused("name", sentence % {"name": name, "code": taken.organization.code})


def spans_now(organization: Organization) -> tuple[PlacementSpan, ...]:
    return spans_of([organization.pk]).get(organization.pk, ())


def _common_category(organizations: Sequence[Organization]) -> str:
    categories = {org.unit_category for org in organizations}
    return categories.pop() if len(categories) == 1 else ""
