"""The search page: by name, code or pinyin initials, within what the person may see."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from orgs.accounts import access
from orgs.directory.search import matching, where_they_stand

ROWS = 50
LONGEST = 60


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    access.require_role(request.user, access.TREE_SEEING, today)
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    organizations = access.visible_to(request.user, today, access.TREE_SEEING)
    organizations = matching(organizations, words) if words else organizations.none()
    page = Paginator(organizations, ROWS).get_page(request.GET.get("page"))
    found = where_they_stand(list(page), today) if words else []
    return render(request, "orgs/directory/search.html", {"words": words, "page": page, "found": found})
