"""Permissions on releases: who reads them and who issues them; fetches the release for that person or refuses."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from orgs.accounts.access import COUNTY, SEEING, Refused, holds, visible_to
from orgs.models import Organization, User
from reports.models import Release


def releases_to_see(user: User, day: date) -> QuerySet[Release]:
    """The releases about organizations at or below the person's working posts."""
    return Release.objects.filter(organization__in=visible_to(user, day))


def release_to_see(user: User, release_id: int, day: date) -> Release:
    found = Release.objects.select_related("organization", "county", "previous", "issued_by").defer("workbook")
    release = found.filter(pk=release_id).first()
    if release is None or not holds(user, SEEING, release.organization_id, day):
        place = release.organization_id if release else None
        raise Refused(_("Release %(id)s is not within your posts.") % {"id": release_id}, place)
    return release


def may_issue(user: User, org: Organization, day: date) -> bool:
    """True for the organization department of the organization's county, or above it."""
    return holds(user, COUNTY, org.county_id, day)


def require_issuing(user: User, org: Organization, day: date) -> None:
    """Raises Refused."""
    if not may_issue(user, org, day):
        raise Refused(_("Tables of %(name)s are issued by the organization department.") % {"name": org.name}, org.id)
