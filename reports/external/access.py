"""Fetches the upper levels' tables that a person may manage; any other is refused as if it did not exist."""

from datetime import date

from django.utils.translation import gettext as _

from orgs.accounts.access import COUNTY, Refused, holds, require_role
from orgs.models import Organization, User
from reports.models import UpperTable


def counties_kept(user: User, day: date) -> list[Organization]:
    """The counties whose upper tables this officer manages; raises Refused for somebody who manages none."""
    posts = require_role(user, COUNTY, day)
    counties = {
        post.organization_id: post.organization for post in posts if post.organization_id == post.organization.county_id
    }
    if not counties:
        raise Refused(_("None of your posts on %(day)s allows this.") % {"day": day.isoformat()})
    return list(counties.values())


def upper_table_to_keep(user: User, table_id: int, day: date) -> UpperTable:
    """A table of a county whose officer this person is; raises Refused for any other."""
    table = UpperTable.objects.select_related("county").filter(pk=table_id).first()
    if table is None or not holds(user, COUNTY, table.county_id, day):
        raise Refused(_("Upper table %(id)s is not within your posts.") % {"id": table_id})
    return table
