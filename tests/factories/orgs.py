"""Readable builders of counties, organizations and people; every state is reached through the real actions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from django.utils import timezone

from orgs.accounts.accounts import give_post, make_account, system_operator
from orgs.choices import OrgType, Role, UnitCategory
from orgs.models import Organization, User
from orgs.tree.organizations import make_organization
from orgs.tree.placements import PlacementSpan

AT = datetime(2025, 1, 10, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
BEGINNING = date(2000, 1, 1)
_numbers = count(1)


def a_county(code: str = "350001", name: str = "", **facts) -> Organization:
    """A county-level organization: the root of its tree."""
    facts = {"unit_category": UnitCategory.COUNTY, "org_type": OrgType.COMMITTEE, **facts}
    return an_organization(code, name=name or f"{code}县", **facts)


def a_township(code: str, parent: Organization, name: str = "", **facts) -> Organization:
    facts = {"unit_category": UnitCategory.TOWNSHIP, "org_type": OrgType.COMMITTEE, **facts}
    return an_organization(code, parent=parent, name=name or f"{code}镇", **facts)


def an_organization(
    code: str,
    *,
    parent: Organization | None = None,
    name: str = "",
    unit_category: str = UnitCategory.VILLAGE,
    org_type: str = OrgType.BRANCH,
    valid_from: date = BEGINNING,
    valid_to: date | None = None,
    district: Organization | None = None,
    line: Organization | None = None,
    **facts,
) -> Organization:
    """An organization with one place; more places through `orgs.tree.span_writer` or `succeeding`."""
    span = PlacementSpan(
        parent=parent.pk if parent else None,
        valid_from=valid_from,
        valid_to=valid_to,
        district=district.pk if district else None,
        line=line.pk if line else None,
    )
    facts = {"unit_category": unit_category, "org_type": org_type, **facts}
    return make_organization(code=code, name=name or f"{code}村", spans=[span], by=system_operator(), at=AT, **facts)


def a_user(
    role: str | None = None, at: Organization | None = None, *, username: str = "", name: str = "", since: date = BEGINNING
) -> User:
    """A person who has changed the first password, with one post where a role is named. `user.first_password` signs in."""
    number = next(_numbers)
    user, password = make_account(username=username or f"user{number}", name=name or f"张{number}", by=system_operator(), at=AT)
    User.objects.filter(pk=user.pk).update(must_change_password=False, password_changed_at=timezone.now())
    user.refresh_from_db()
    user.first_password = password
    if role is not None and at is not None:
        a_post(user, role, at, since=since)
    return user


def a_post(user: User, role: str, at: Organization, *, since: date = BEGINNING):
    """One more post for a person."""
    return give_post(user=user, organization=at, role=role, valid_from=since, by=system_operator(), at=AT)


@dataclass(frozen=True)
class People:
    """The three people of a test: who owns it, who works beside, who has nothing to do with it."""

    owner: User
    colleague: User
    stranger: User


def people_of(organization: Organization) -> People:
    """Two clerks of the organization and a clerk of a village in another county."""
    elsewhere = a_county(f"99{organization.pk:04d}")
    village = an_organization(f"99{organization.pk:04d}01", parent=elsewhere)
    return People(
        owner=a_user(Role.CLERK, organization, name="王主"),
        colleague=a_user(Role.CLERK, organization, name="李同"),
        stranger=a_user(Role.CLERK, village, name="赵外"),
    )
