"""The page `/exports/flat/`: choose figures and download them one row per value, for another program to add up."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from orgs.models import User
from orgs.moments import page_of_one_moment
from reports.flat.files import CSV, FlatFile, take_flat
from reports.flat.page import FlatPage, wanted
from reports.flat.rows import COLUMNS
from reports.scope.kept_period import kept_period
from reports.scope.page_scope import place_of, seeing_posts
from reports.tables.export import NothingToExport
from reports.tables.views import WORKBOOK as WORKBOOK_TYPE


@require_http_methods(["GET", "HEAD", "POST"])
@page_of_one_moment
def flat(request: HttpRequest) -> HttpResponse:
    """GET shows the choice; POST makes the file, which the audit records, and sends it in pieces with its length."""
    today = timezone.localdate()
    posts = seeing_posts(request.user, today)
    asking = wanted(request.POST if request.method == "POST" else request.GET, request.user, posts, today, kept_period(request))
    refused = list(asking.refused)
    if request.method == "POST" and not refused:
        made, refusal = _made(asking, request.user)
        if made is not None:
            content_type = "text/csv; charset=utf-8" if asking.ending == CSV else WORKBOOK_TYPE
            return FileResponse(made.file, as_attachment=True, filename=made.name, content_type=content_type)
        refused = [refusal]
    place = place_of(asking.asked.org, posts, today)
    context = {"asking": asking, "asked": asking.asked, "refused": refused, "place": place, "columns": COLUMNS}
    return render(request, "reports/flat/flat.html", context, status=400 if refused else 200)


def _made(asking: FlatPage, user: User) -> tuple[FlatFile | None, str]:
    try:
        return take_flat(asking.asked, asking.ending, by=user, at=timezone.now()), ""
    except NothingToExport as error:
        return None, str(error)
