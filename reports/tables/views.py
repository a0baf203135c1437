"""The page `/exports/`: choose a printed table, look at it, download it as a workbook, or all of them as a zip."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from orgs.accounts.access import COUNTY
from orgs.models import User
from orgs.moments import page_of_one_moment
from reports.dashboards.table import number_asked
from reports.figures.plan.query_plan import BadQuestion
from reports.scope.kept_period import keep_period, kept_period
from reports.scope.page_scope import place_of, seeing_posts
from reports.tables.archive import ALL, export_all
from reports.tables.export import Exported, NothingToExport, export, table_sheet
from reports.tables.pages import ExportPage, wanted
from reports.tables.preview import Preview, preview_of
from reports.tables.printed_tables import ask_table, digest_of
from reports.tables.subjects.layout_subjects import subject_tables

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@page_of_one_moment
def exports(request: HttpRequest) -> HttpResponse:
    """GET shows the table that the address names; POST makes the file and records the export."""
    now = timezone.now()
    today = timezone.localdate(now)
    posts = seeing_posts(request.user, today)
    asked = wanted(request.POST if request.method == "POST" else request.GET, request.user, posts, today, kept_period(request))
    refused = list(asked.refused)
    if request.method == "POST" and not refused:
        made, refusal = _made(asked, request, now)
        if made is not None:
            return _download(made)
        refused = [refusal]
    context = {"asked": asked, "place": place_of(asked.organization, posts, today)}
    if request.method != "POST" and "layout" in request.GET and not refused:
        shown, refusal = _shown(asked, request, now)
        context |= shown
        refused += [refusal] if refusal else []
    may_lay_out = context["place"].is_kept_by(posts, COUNTY)
    context |= {"refused": refused, "may_lay_out": may_lay_out, "status_code": 400 if refused else 200}
    response = render(request, "reports/tables/exports.html", context, status=context["status_code"])
    return keep_period(response, request, asked.opening)


def _made(asked: ExportPage, request: HttpRequest, now: datetime) -> tuple[Exported | None, str]:
    wanted_of = {"form": asked.form, "period": asked.period, "org": asked.organization, "by": request.user, "at": now}
    options = asked.options
    try:
        if request.POST.get("act") == ALL:
            return export_all(options=options, **wanted_of), ""
        return export(
            asked.definition, basis=options.basis, tree=options.tree, with_formulas=options.with_formulas,
            rounding=options.rounding, with_settled=options.with_settled, **wanted_of,
        ), ""  # fmt: skip
    except (NothingToExport, BadQuestion) as error:
        return None, str(error)


def _shown(asked: ExportPage, request: HttpRequest, now: datetime) -> tuple[dict, str]:
    """The chosen table of the layout as a page of rows, and the titles of all its tables."""
    try:
        return _preview(asked, request.user, now, request.GET), ""
    except (NothingToExport, BadQuestion) as error:
        return {}, str(error)


def _preview(asked: ExportPage, user: User, now: datetime, query) -> dict:
    occasion = asked.occasion(user, now)
    subjects = subject_tables(asked.form, occasion)
    number = min(number_asked(query.get("table", "")), len(subjects))
    table = ask_table(subjects[number - 1], occasion)
    preview: Preview = preview_of(
        table_sheet(table, occasion, digest_of([table], asked.layout)), number_asked(query.get("page", ""))
    )
    return {"preview": preview, "tables": [(at, one.title) for at, one in enumerate(subjects, 1)], "table_number": number}


def _download(made: Exported) -> HttpResponse:
    kind = "application/zip" if made.name.endswith(".zip") else WORKBOOK
    headers = {"Content-Disposition": content_disposition_header(True, made.name)}
    return HttpResponse(made.content, content_type=kind, headers=headers)
