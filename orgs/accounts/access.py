"""Permissions: who may see or do something where, from posts and the dated tree."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from orgs.choices import Role
from orgs.models import Organization, Post, Succession, User
from orgs.moments import once_in_a_moment
from orgs.tree.queries import held_on, standing_on, standing_path
from orgs.tree.trees import after_branch, ids_of

SEEING = (Role.CLERK, Role.REVIEWER, Role.OFFICER, Role.LEADER)
REVIEWING = (Role.REVIEWER, Role.OFFICER)
COUNTY = (Role.OFFICER,)
# The system administrator manages the tree and the accounts, and sees no figure: so this role is not in SEEING.
KEEPING = (Role.SYSTEM_ADMIN,)
TREE_SEEING = (*SEEING, *KEEPING, Role.SECURITY_ADMIN)
PEOPLE_SEEING = (*COUNTY, *KEEPING, Role.SECURITY_ADMIN)


class Refused(Http404):
    """The person has no permission.

    Answered as if the object did not exist, so that nothing is revealed; the sentence is for the log.
    """

    def __init__(self, sentence: str, organization_id: int | None = None):
        super().__init__(sentence)
        self.sentence = sentence
        self.organization_id = organization_id


class ReadOnly(PermissionDenied):
    """The person may see the object but not change it. Answered by 403 with the sentence, which says what to do instead."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@once_in_a_moment
def posts_on(user: User, day: date) -> tuple[Post, ...]:
    """The posts that a person holds on the day, with their organizations; none for a disabled account."""
    if not user.is_active:
        return ()
    return tuple(Post.objects.filter(held_on(day), user=user).select_related("organization").order_by("id"))


def holds(user: User, roles: Collection[str], organization_id: int, day: date) -> bool:
    """Whether the person has a post of one of the roles at the organization or at an ancestor of it, in the tree of the day."""
    return bool(_held(user, roles, day) & {organization_id, *ids_of(standing_path(organization_id, day))})


def holds_at(user: User, roles: Collection[str], organization_id: int, day: date) -> bool:
    """Whether the person has a post of one of the roles exactly at the organization."""
    return organization_id in _held(user, roles, day)


def visible_to(user: User, day: date, roles: Collection[str] = SEEING) -> QuerySet[Organization]:
    """The organizations at or below the person's posts. A closed one is seen from its last place."""
    held = _held(user, roles, day)
    paths = standing_on(day).filter(organization_id__in=held).values_list("path", flat=True) if held else ()
    branches = Q(pk__in=())
    for path in paths:
        branches |= Q(path__gte=path, path__lt=after_branch(path))
    return Organization.objects.filter(pk__in=standing_on(day).filter(branches).values("organization_id"))


def organization_to_see(user: User, organization_id: int, day: date, roles: Collection[str] = SEEING) -> Organization:
    """The organization, or Refused: the answer does not show whether it is another's or does not exist."""
    organization = Organization.objects.select_related("county").filter(pk=organization_id).first()
    if organization is None or not holds(user, roles, organization_id, day):
        raise Refused(_("Organization %(id)s is not within your posts.") % {"id": organization_id}, organization_id)
    return organization


def require_role(user: User, roles: Collection[str], day: date) -> tuple[Post, ...]:
    """The person's posts of one of the roles at any organization; Refused without any."""
    posts = tuple(post for post in posts_on(user, day) if post.role in roles)
    if not posts:
        raise Refused(_("None of your posts on %(day)s allows this.") % {"day": day.isoformat()})
    return posts


def posts_to_see(user: User, day: date) -> QuerySet[Post]:
    """The posts, current and ended, at the organizations whose people this person may see."""
    return Post.objects.filter(organization__in=visible_to(user, day, PEOPLE_SEEING))


def person_to_see(user: User, person_id: int, day: date) -> User:
    """A person who has or had a post among those this person may see; else Refused."""
    person = User.objects.filter(pk=person_id).first()
    if person is None or not posts_to_see(user, day).filter(user=person).exists():
        raise Refused(_("Person %(id)s has no post within yours.") % {"id": person_id})
    return person


def person_to_keep(user: User, person_id: int, day: date) -> User:
    """A person whose posts this system administrator gives and ends; else Refused."""
    require_role(user, KEEPING, day)
    return person_to_see(user, person_id, day)


def post_to_end(user: User, post_id: int, day: date) -> Post:
    """A post within the branch of this system administrator; else Refused."""
    post = Post.objects.select_related("user", "organization").filter(pk=post_id).first()
    if post is None or not holds(user, KEEPING, post.organization_id, day):
        raise Refused(_("Post %(id)s is not yours to end.") % {"id": post_id})
    return post


def organization_to_edit(user: User, organization_id: int, day: date) -> Organization:
    """An organization within the branch of this system administrator; else Refused."""
    return organization_to_see(user, organization_id, day, KEEPING)


def counties_to_restructure(user: User, day: date) -> QuerySet[Organization]:
    """The counties whose organizations this officer opens, moves, merges and closes: those at or below a county officer's post."""
    return visible_to(user, day, COUNTY).filter(pk=F("county_id"))


def require_county_officer(user: User, day: date) -> QuerySet[Organization]:
    """The counties to restructure; Refused without any."""
    counties = counties_to_restructure(user, day)
    if not counties.exists():
        raise Refused(_("None of your posts on %(day)s allows this.") % {"day": day.isoformat()})
    return counties


def units_to_restructure(user: User, organization_ids: Collection[int], day: date) -> list[Organization]:
    """The organizations, all within counties of this officer, in the order of the tree; else Refused."""
    found = Organization.objects.filter(pk__in=organization_ids).select_related("county").order_by("sort_order", "code", "pk")
    units, counties = list(found), set(counties_to_restructure(user, day).values_list("pk", flat=True))
    if not units or len(units) < len(set(organization_ids)) or not {unit.county_id for unit in units} <= counties:
        raise Refused(_("These organizations are not within a county of which you are an officer."))
    return units


def succession_to_see(user: User, number: int, day: date) -> Succession:
    """A change of organizations in a county of this officer; else Refused."""
    rows = Succession.objects.select_related("recorded_by", "county").prefetch_related("ends__organization")
    succession = rows.filter(pk=number).first()
    if succession is None or not counties_to_restructure(user, day).filter(pk=succession.county_id).exists():
        raise Refused(_("Change number %(number)s is not of a county of which you are an officer.") % {"number": number})
    return succession


def _held(user: User, roles: Collection[str], day: date) -> set[int]:
    return {post.organization_id for post in posts_on(user, day) if post.role in roles}
