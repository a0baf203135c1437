"""Reads from a page's address for what an upper level's table is to be filled: period, organization, basis, tree."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from indicators.periods import Period
from orgs.accounts.access import organization_to_see
from orgs.models import Organization, User
from reports.figures.output.cells import APPROVED
from reports.figures.sums.aggregation import THEN
from reports.models import UpperTable
from reports.scope.figure_address import TREE_LABELS, Counted
from reports.scope.opening_period import Opening, named_period, opening_of
from reports.scope.page_scope import BASIS_LABELS, PageScope, choice_asked, organization_asked, place_of, seeing_posts


@dataclass(frozen=True)
class FillingWanted(Counted):
    """What the address asks for. `refused`: sentences; if there are any, nothing is filled."""

    organization: Organization
    place: PageScope
    opening: Opening
    basis: str
    tree: str
    refused: tuple[str, ...]

    @property
    def period(self) -> Period:
        return self.opening.period


def filling_wanted(asked: QueryDict, table: UpperTable, user: User, today: date, kept: str = "") -> FillingWanted:
    """Fills for the county unless the address names another organization of it. Raises Refused."""
    posts = seeing_posts(user, today)
    text = asked.get("org", "")
    organization, org_refusal = organization_asked(text, user, posts, today) if text else (table.county, "")
    if organization.county_id != table.county_id:
        organization = organization_to_see(user, table.county_id, today)
    named, period_refusal = named_period(asked.get("period", ""))
    opening = opening_of(named, kept, organization, posts, today, asked)
    basis, basis_refusal = choice_asked(asked.get("basis", ""), BASIS_LABELS, APPROVED)
    tree, tree_refusal = choice_asked(asked.get("tree", ""), TREE_LABELS, THEN)
    refused = tuple(filter(None, (org_refusal, period_refusal, basis_refusal, tree_refusal)))
    place = place_of(organization, posts, today)
    return FillingWanted(organization, place, opening, basis, tree, refused)
