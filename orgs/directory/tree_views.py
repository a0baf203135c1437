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
from orgs.directory.tree_page import TreeBranch, opened_tree
from orgs.models import User

ROWS = 200


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A branch with the query that opens or closes it; linked if the person may see its page."""

    branch: TreeBranch
    toggle: str
    is_linked: bool


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    posts = access.require_role(request.user, access.TREE_SEEING, today)
    form = DayForm(request.GET or None)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or today
    tops = {post.organization_id for post in posts}
    opened = _opened(request) if "open" in request.GET else tops
    page = Paginator(opened_tree(tops, opened, on), ROWS).get_page(request.GET.get("page"))
    rows = _rows(list(page), opened, on, request.user, today)
    context = {"form": form, "on": on, "is_today": on == today, "page": page, "rows": rows, "opened": _joined(opened)}
    return render(request, "orgs/directory/tree.html", context)


def _opened(request: HttpRequest) -> set[int]:
    """The open branches in `?open=12,15`; texts that are no ids are ignored."""
    return {int(text) for text in request.GET["open"].split(",") if text.isascii() and text.isdigit() and len(text) <= 12}


def _rows(branches: list[TreeBranch], opened: set[int], on: date, user: User, today: date) -> list[TreeRow]:
    seen = {branch.organization.pk for branch in branches}
    asked = {}
    if on != today:  # an organization that has left the branch is shown at its old place, but this person may not see its page
        asked = {"on": on.isoformat()}
        visible = access.visible_to(user, today, access.TREE_SEEING)
        seen = set(visible.filter(pk__in=seen).values_list("pk", flat=True))
    return [
        TreeRow(branch, "?" + urlencode({**asked, "open": _joined(opened ^ {pk})}), pk in seen)
        for branch in branches
        for pk in [branch.organization.pk]
    ]


def _joined(opened: set[int]) -> str:
    return ",".join(str(pk) for pk in sorted(opened))
