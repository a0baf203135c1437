"""Which accounts a security administrator may secure, and which events an auditor may read.

Both are responsible for whole counties: those whose county-level organization is at or below the post. A person whose posts
reach every root of the tree is also responsible for what belongs to no county: accounts without a post, sign-ins under unknown
names, loads of common definitions, backups. With one root that is a post at it; of counties side by side a post at one reaches
one (decision 206).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from orgs.accounts.access import Refused, require_role
from orgs.accounts.accounts import SYSTEM_USERNAME
from orgs.choices import Role
from orgs.models import Organization, Placement, User
from orgs.tree.queries import placed_on, standing_on
from orgs.tree.trees import after_branch

SECURING = (Role.SECURITY_ADMIN,)
AUDITING = (Role.AUDITOR,)


@dataclass(frozen=True)
class Reach:
    """The counties that a post reaches, by id, and whether it reaches what belongs to no county."""

    counties: frozenset[int]
    is_whole: bool

    @property
    def chains(self) -> frozenset[int]:
        """The chains of the audit: one per county, 0 for what belongs to none."""
        return self.counties | {0} if self.is_whole else self.counties


def reach(user: User, roles: tuple[str, ...], day: date) -> Reach:
    """The reach of the person's posts of the roles; Refused without any."""
    posts = require_role(user, roles, day)
    standing = standing_on(day).filter(organization_id__in=[post.organization_id for post in posts])
    branches = Q(pk__in=())
    for placement in standing:
        branches |= Q(path__gte=placement.path, path__lt=after_branch(placement.path))
    roots = set(Placement.objects.filter(placed_on(day), parent=None).values_list("organization_id", flat=True))
    is_whole = bool(roots) and roots <= {placement.organization_id for placement in standing}
    counties = _county_level(standing_on(day).filter(branches))
    return Reach(frozenset(counties.values_list("organization_id", flat=True)), is_whole)


def accounts_to_secure(user: User, day: date) -> QuerySet[User]:
    """The accounts for which a security administrator is responsible; Refused for any other person."""
    within = reach(user, SECURING, day)
    theirs = Q(posts__county_id__in=within.counties)
    if within.is_whole:
        theirs |= Q(posts__isnull=True)
    return User.objects.filter(pk__in=User.objects.filter(theirs).values("pk")).exclude(username=SYSTEM_USERNAME)


def account_to_secure(user: User, user_id: int, day: date) -> User:
    """One of those accounts, or Refused."""
    account = accounts_to_secure(user, day).filter(pk=user_id).first()
    if account is None:
        raise Refused(_("Account %(id)s is not one you look after.") % {"id": user_id})
    return account


def chains_to_audit(user: User, day: date) -> frozenset[int]:
    """The chains of events that an auditor may read; Refused for any other person."""
    return reach(user, AUDITING, day).chains


def organizations_to_audit(user: User, day: date) -> QuerySet[Organization]:
    return Organization.objects.filter(county_id__in=reach(user, AUDITING, day).counties)


def _county_level(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """The rows of county-level organizations, whose county is themselves."""
    return placements.filter(county_id=F("organization_id"))
