"""The entries of the red bar for a person: the places that their posts lead to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from orgs.accounts.access import COUNTY, PEOPLE_SEEING, REVIEWING, SEEING, TREE_SEEING, posts_on
from orgs.choices import Role
from orgs.models import Post

LOOKING = (*REVIEWING, Role.LEADER)

# (address name, words, roles that are led there); nobody's roles: everyone.
PLACES = (
    ("home", _("To do"), ()),
    ("submissions:tasks", _("Fill in"), (Role.CLERK,)),
    ("submissions:intake", _("Take in"), (Role.CLERK,)),
    ("submissions:tasks", _("Tasks"), REVIEWING),
    ("submissions:inbox", _("Review"), REVIEWING),
    ("reports:dashboard", _("Progress"), LOOKING),
    ("reports:table", _("Summary tables"), SEEING),
    ("indicators:forms", _("Forms"), COUNTY),
    ("indicators:catalogue", _("Indicators"), SEEING),
    ("orgs:tree", _("Organizations"), TREE_SEEING),
    ("orgs:people", _("People"), PEOPLE_SEEING),
    ("orgs:accounts", _("Accounts"), (Role.SECURITY_ADMIN,)),
    ("orgs:audit", _("Audit trail"), (Role.AUDITOR,)),
)

# Pages that belong to a place though their address does not begin with its.
WITHIN = {
    "submissions:fill": "submissions:tasks",
    "submissions:detail": "submissions:tasks",
    "submissions:chase": "submissions:tasks",
    "submissions:review": "submissions:inbox",
    "submissions:return": "submissions:inbox",
    "submissions:correction_add": "submissions:tasks",
    "submissions:corrections": "submissions:inbox",
    "submissions:correction": "submissions:inbox",
    "reports:headlines": "reports:dashboard",
    "reports:exports": "reports:table",
    "reports:layouts": "reports:table",
    "reports:layout": "reports:table",
    "reports:upper_tables": "reports:table",
    "reports:upper_table": "reports:table",
    "reports:upper_bind": "reports:table",
    "reports:upper_changes": "reports:table",
    "reports:upper_history": "reports:table",
    "reports:upper_fill": "reports:table",
    "reports:flat": "reports:table",
    "reports:releases": "reports:table",
    "reports:release": "reports:table",
    "reports:release_issue": "reports:table",
    "reports:release_next": "reports:table",
    "reports:release_check": "reports:table",
}


@dataclass(frozen=True)
class MenuEntry:
    """One word of the bar and where it leads."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Navigation:
    """The bar of one person: entries, and the post in whose name the person is here ("Stone Bridge Branch · Clerk").

    `searches`: whether the box that finds an organization is shown.
    """

    entries: tuple[MenuEntry, ...] = ()
    post: str = ""
    searches: bool = False


def navigation(request) -> dict:
    """Context processor; asked for only by pages that show the bar."""
    return {"navigation": SimpleLazyObject(lambda: navigation_of(request))}


def navigation_of(request) -> Navigation:
    """One query for a signed-in person, none for anybody else."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Navigation()
    posts = posts_on(user, timezone.localdate())
    roles = {post.role for post in posts}
    places = {}
    for name, label, wanted in PLACES:
        address = _address(name)
        if address and (not wanted or roles & set(wanted)):
            places.setdefault(address, label)
    here = _here(request, places)
    entries = tuple(MenuEntry(str(label), address, address == here) for address, label in places.items())
    return Navigation(entries, _post_text(posts), not roles.isdisjoint(TREE_SEEING))


def _here(request, addresses: Iterable[str]) -> str:
    """The place a page belongs to: from WITHIN, or the longest address that the page's begins with."""
    match = request.resolver_match
    path = _address(WITHIN.get(match.view_name, "")) if match else ""
    path = path or request.path
    found = (address for address in addresses if path == address or (address != "/" and path.startswith(address)))
    return max(found, key=len, default="")


def _post_text(posts: Sequence[Post]) -> str:
    if not posts:
        return ""
    organization = posts[0].organization
    return f"{organization.short_name or organization.name} · {posts[0].get_role_display()}"


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
