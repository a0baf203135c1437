"""The page that fills an upper level's table for a period: it lists what would not fit, then downloads the file."""

from pathlib import PurePath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from orgs.moments import page_of_one_moment
from reports.external.access import upper_table_to_keep
from reports.external.bindings.queries import kept_of
from reports.external.filling.contradictions import Contradicted
from reports.external.filling.workbook import Filled, fill, trial
from reports.external.filling_page import FillingWanted, filling_wanted
from reports.external.pages import counts_of
from reports.scope.kept_period import keep_period, kept_period

TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}


@require_http_methods(["GET", "HEAD", "POST"])
@page_of_one_moment
def fill_table(request: HttpRequest, table_id: int) -> HttpResponse:
    """GET lists what would not fit; POST fills the table, which the audit records."""
    now = timezone.now()
    today = timezone.localdate(now)
    table = upper_table_to_keep(request.user, table_id, today)
    asked = request.POST if request.method == "POST" else request.GET
    wanted = filling_wanted(asked, table, request.user, today, kept_period(request))
    given = _given(wanted) | {"by": request.user, "at": now}
    refused, misfits, coverage = list(wanted.refused), [], ()
    try:
        if request.method == "POST" and not refused:
            return _download(fill(table, **given))
        misfits, coverage = ([], ()) if refused else trial(table, **given)
    except Contradicted as error:
        refused = str(error).splitlines()
    context = {
        "table": table, "wanted": wanted, "place": wanted.place, "misfits": misfits, "coverage": coverage, "refused": refused,
        "counts": counts_of(kept_of(table).bindings),
    }  # fmt: skip
    is_bad = wanted.refused or (refused and request.method == "POST")
    response = render(request, "reports/external/fill.html", context, status=400 if is_bad else 200)
    return keep_period(response, request, wanted.opening)


def _given(wanted: FillingWanted) -> dict:
    return {"period": wanted.period, "org": wanted.organization, "basis": wanted.basis, "tree": wanted.tree}


def _download(made: Filled) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, made.name)}
    ending = PurePath(made.name).suffix.lower()
    return HttpResponse(made.content, content_type=TYPES.get(ending, TYPES[".xlsx"]), headers=headers)
