"""For what an upper level's table is to be filled: period, organization, basis, tree. Fills nothing."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from indicators.periods import Period
from orgs.access import organization_to_see
from orgs.models import Organization, User
from reports.cells import APPROVED
from reports.gathering import THEN
from reports.models import UpperTable
from reports.pages.choosing import (
    BASIS_LABELS,
    Option,
    Place,
    choice_asked,
    known_periods,
    organization_asked,
    period_asked,
    period_options,
    place_of,
    seeing_posts,
)
from reports.pages.question import TREE_LABELS, Counted
from reports.trees import counties_below


@dataclass(frozen=True)
class FillingWanted(Counted):
    """`refused`: sentences; then nothing is filled."""

    organization: Organization
    place: Place
    period: Period
    basis: str
    tree: str
    periods: tuple[Option, ...]
    refused: tuple[str, ...]


def filling_wanted(asked: QueryDict, table: UpperTable, user: User, today: date) -> FillingWanted:
    """The county's own table is filled for the county unless another organization of it is asked. Raises Refused."""
    posts = seeing_posts(user, today)
    text = asked.get("org", "")
    organization, said_org = organization_asked(text, user, posts, today) if text else (table.county, "")
    if organization.county_id != table.county_id:
        organization = organization_to_see(user, table.county_id, today)
    known = known_periods(counties_below(table.county, today), today)
    period, said_period = period_asked(asked.get("period", ""), known, today)
    basis, said_basis = choice_asked(asked.get("basis", ""), BASIS_LABELS, APPROVED)
    tree, said_tree = choice_asked(asked.get("tree", ""), TREE_LABELS, THEN)
    refused = tuple(filter(None, (said_org, said_period, said_basis, said_tree)))
    place = place_of(organization, posts, today)
    return FillingWanted(organization, place, period, basis, tree, tuple(period_options(known, period)), refused)
