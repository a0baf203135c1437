"""The tree page: one level at a time, as of a day. Works without script: opening a branch is a link."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from orgs.accounts import access
from orgs.accounts.forms import DayForm
from orgs.choices import SuccessionKind
from orgs.directory.tree_page import TreeBranch, opened_tree
from orgs.models import Organization, User

ROWS = 200
# A new organization begins at the page of the one above it, and what is to be reopened stands in no tree.
_OFFERED = [(kind.value, kind.label) for kind in SuccessionKind if kind not in (SuccessionKind.OPEN, SuccessionKind.REOPEN)]


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A branch with the query that opens or closes it; linked if the person may see its page.

    `may_change`: it can be ticked for a change of organizations; `is_ticked`: it was.
    """

    branch: TreeBranch
    toggle: str
    is_linked: bool
    may_change: bool
    is_ticked: bool


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    posts = access.require_role(request.user, access.TREE_SEEING, today)
    form = DayForm(request.GET or None)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or today
    tops = {post.organization_id for post in posts}
    opened = _opened(request) if "open" in request.GET else tops
    page = Paginator(opened_tree(tops, opened, on), ROWS).get_page(request.GET.get("page"))
    counties = set(access.counties_to_restructure(request.user, today).values_list("pk", flat=True))
    ticked = _ids(request.GET.get("ticked", "")) if counties else set()
    rows = _rows(list(page), _Shown(opened, ticked, counties, on, today), request.user)
    context = {
        "form": form, "on": on, "is_today": on == today, "page": page, "rows": rows, "opened": _joined(opened),
        "may_change": bool(counties), "kinds": _OFFERED,
        "ticked_elsewhere": _ticked_elsewhere(ticked, rows, request.user, today),
    }  # fmt: skip
    return render(request, "orgs/directory/tree.html", context)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a tree is asked with: the open branches, the ticked organizations, the counties the person may change, the days."""

    opened: set[int]
    ticked: set[int]
    counties: set[int]
    on: date
    today: date


def _opened(request: HttpRequest) -> set[int]:
    """The open branches in `?open=12,15`."""
    return _ids(request.GET["open"])


def _ids(listed: str) -> set[int]:
    """Texts that are no ids are ignored."""
    return {int(text) for text in listed.split(",") if text.isascii() and text.isdigit() and len(text) <= 12}


def _rows(branches: list[TreeBranch], shown: _Shown, user: User) -> list[TreeRow]:
    seen = {branch.organization.pk for branch in branches}
    asked = {}
    if shown.on != shown.today:  # one that has left the branch is shown at its old place, but this person may not see its page
        asked = {"on": shown.on.isoformat()}
        visible = access.visible_to(user, shown.today, access.TREE_SEEING)
        seen = set(visible.filter(pk__in=seen).values_list("pk", flat=True))
    if shown.ticked:
        asked["ticked"] = _joined(shown.ticked)
    return [
        TreeRow(
            branch,
            "?" + urlencode({**asked, "open": _joined(shown.opened ^ {pk})}),
            pk in seen,
            branch.organization.county_id in shown.counties,
            pk in shown.ticked,
        )
        for branch in branches
        for pk in [branch.organization.pk]
    ]


def _ticked_elsewhere(ticked: set[int], rows: list[TreeRow], user: User, today: date) -> list[Organization]:
    """Those that were ticked and stand in a branch that is closed now, or on another page."""
    hidden = ticked - {row.branch.organization.pk for row in rows}
    if not hidden:
        return []
    return list(access.visible_to(user, today, access.COUNTY).filter(pk__in=hidden).order_by("sort_order", "code", "pk"))


def _joined(opened: set[int]) -> str:
    return ",".join(str(pk) for pk in sorted(opened))
