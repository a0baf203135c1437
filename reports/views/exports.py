"""The page `/exports/`: choose a printed table, and take it away as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from orgs.access import COUNTY
from orgs.models import User
from reports.asking import BadQuestion
from reports.exporting import Exported, NothingToExport, export
from reports.pages.choosing import place_of, seeing_posts
from reports.pages.exports import Wanted, wanted

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """GET shows the choice, with what the address names chosen; POST makes the workbook, which the audit records."""
    today = timezone.localdate()
    posts = seeing_posts(request.user, today)
    asked = wanted(request.POST if request.method == "POST" else request.GET, request.user, posts, today)
    refused = list(asked.refused)
    if request.method == "POST" and not refused:
        made, said = _made(asked, request.user)
        if made is not None:
            return _download(made)
        refused = [said]
    context = {
        "asked": asked, "refused": refused, "place": place_of(asked.organization, posts, today),
        "keeps_upper_tables": any(post.role in COUNTY for post in posts),
    }  # fmt: skip
    return render(request, "reports/exports.html", context, status=400 if refused else 200)


def _made(asked: Wanted, user: User) -> tuple[Exported | None, str]:
    try:
        return export(
            asked.layout, form=asked.form, period=asked.period, org=asked.organization, basis=asked.basis, tree=asked.tree,
            by=user, at=timezone.now(),
        ), ""  # fmt: skip
    except (NothingToExport, BadQuestion) as error:
        return None, str(error)


def _download(made: Exported) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, made.name)}
    return HttpResponse(made.content, content_type=WORKBOOK, headers=headers)
