"""What stands in the red bar for this person: the places their posts lead to. Knows roles and address names, no figure."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from orgs.kinds import Role
from orgs.models import Post

FILLING = (Role.CLERK, Role.REVIEWER, Role.OFFICER)
REVIEWING = (Role.REVIEWER, Role.OFFICER)
LOOKING = (Role.REVIEWER, Role.OFFICER, Role.LEADER)
SEEING = (Role.CLERK, *LOOKING)

# (address name, words, roles that are led there); nobody's roles: everyone.
PLACES = (
    ("home", _("To do"), ()),
    ("submissions:tasks", _("Fill in"), FILLING),
    ("submissions:inbox", _("Review"), REVIEWING),
    ("reports:dashboard", _("Dashboard"), LOOKING),
    ("reports:table", _("Summary tables"), SEEING),
    ("indicators:forms", _("Forms"), (Role.OFFICER,)),
    ("indicators:catalogue", _("Indicators"), SEEING),
    ("orgs:tree", _("Organizations"), (*SEEING, Role.SYSTEM_ADMIN)),
    ("orgs:people", _("People"), (Role.OFFICER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)),
    ("orgs:audit", _("Audit trail"), (Role.AUDITOR,)),
)


@dataclass(frozen=True)
class Entry:
    """One word of the bar and where it leads."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Navigation:
    """The bar of one person: entries, and the post in whose name the person is here ("Stone Bridge Branch · Clerk")."""

    entries: tuple[Entry, ...] = ()
    post: str = ""


def navigation(request) -> dict:
    """Context processor; asked for only by pages that show the bar."""
    return {"navigation": SimpleLazyObject(lambda: navigation_of(request))}


def navigation_of(request) -> Navigation:
    """One query for a signed-in person, none for anybody else."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Navigation()
    posts = _posts(user, timezone.localdate())
    roles = {post.role for post in posts}
    places = [(label, url) for name, label, wanted in PLACES if (url := _address(name)) and (not wanted or roles & set(wanted))]
    here = max((url for _label, url in places if request.path.startswith(url)), key=len, default="")
    entries = tuple(Entry(str(label), url, url == here and (url != "/" or request.path == "/")) for label, url in places)
    return Navigation(entries, _said(posts))


def _posts(user, day: date) -> list[Post]:
    held = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    return list(Post.objects.filter(held, user=user).select_related("organization").order_by("id"))


def _said(posts: list[Post]) -> str:
    if not posts:
        return ""
    organization = posts[0].organization
    return f"{organization.short_name or organization.name} · {posts[0].get_role_display()}"


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
