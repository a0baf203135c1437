"""The search page: by name, code or pinyin initials, within what the person may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from orgs.accounts import access
from orgs.directory.tables import FoundTable, SearchFilter
from orgs.lists.filters import LONGEST_WORDS
from orgs.lists.memory import opens_as_left


@require_GET
@opens_as_left(FoundTable.name, SearchFilter.kept())
def search(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    access.require_role(request.user, access.TREE_SEEING, today)
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_WORDS]
    asked = request.GET.copy()
    asked["q"] = words
    filters = SearchFilter(asked, queryset=access.visible_to(request.user, today, access.TREE_SEEING))
    table = FoundTable(filters.qs, filters=filters, day=today).asked(request)
    return render(request, "orgs/directory/search.html", {"words": words, "table": table, "found": table.shown})
