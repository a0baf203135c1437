"""The page that lists the bindings of an upper level's table; proposals are confirmed there one by one or a whole kind at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from orgs.lists.memory import opens_as_left
from reports.external.access import upper_table_to_keep
from reports.external.actions import confirm_bindings, confirm_likely, confirm_sure, find_again
from reports.external.binding_page import LIKELY_ONES, bindings_shown
from reports.external.binding_table import PLACE, BindingTable
from reports.external.bindings.queries import kept_of
from reports.external.pages import counts_of, sheet_asked, unsettled_columns
from reports.external.sheet_page import SheetWords
from reports.models import UpperTable
from spreadsheets.ooxml.addresses import column_of
from spreadsheets.preview.sheet_preview import sheet_previews

MOST_OF_A_PLACE = 20  # characters of one part of an address


@require_http_methods(["GET", "HEAD"])
@opens_as_left(BindingTable.name)
def bindings(request: HttpRequest, table_id: int) -> HttpResponse:
    """`?show=likely|sure|bound|all`."""
    found = upper_table_to_keep(request.user, table_id, timezone.localdate())
    kept = kept_of(found)
    words = SheetWords(found.county, kept.bindings)
    listed = bindings_shown(sheet_previews(kept.content), kept.bindings, words, request.GET.get("show", ""))
    rows = BindingTable(listed, table=found).asked(request)
    context = {"table": found, "kept": kept, "counts": counts_of(kept.bindings), "listed": listed, "rows": rows}
    return render(request, "reports/external/bindings.html", context)


@require_POST
def confirm(request: HttpRequest, table_id: int) -> HttpResponse:
    """Confirms one proposal by its `address`, or all of a kind: `which` is likely or sure (the default)."""
    now = timezone.now()
    found = upper_table_to_keep(request.user, table_id, timezone.localdate(now))
    given = {"table": found, "by": request.user, "at": now}
    address, which = request.POST.get("address", ""), request.POST.get("which", "")
    if address:
        count = confirm_bindings(addresses=[address], **given)
    else:
        count = confirm_likely(**given) if which == LIKELY_ONES else confirm_sure(**given)
    if count:
        sentence = ngettext("%(count)s proposal is confirmed.", "%(count)s proposals are confirmed.", count)
        messages.success(request, sentence % {"count": count})
    else:
        messages.success(request, _("No proposal was waiting."))
    return redirect(_back(request, found))


@require_POST
def unit_column(request: HttpRequest, table_id: int) -> HttpResponse:
    """Stores a person's answer which column of a sheet names the rows' own units; new proposals follow from it."""
    now = timezone.now()
    found = upper_table_to_keep(request.user, table_id, timezone.localdate(now))
    sheets = sheet_previews(kept_of(found).content)
    number = sheet_asked(request.POST.get("sheet", ""), sheets)
    column = request.POST.get("column", "")
    if column not in dict(unsettled_columns(sheets[number], found.county, timezone.localdate(now))):
        messages.error(request, _("Choose the column first."))
    else:
        again = find_again(table=found, unit_columns={sheets[number].title: column_of(column)}, by=request.user, at=now)
        sentence = _("Column %(column)s names the rows' own units; look through what is proposed and confirm it.")
        done = sentence if again.has_figures else _("Column %(column)s was taken, but its rows name no unit of the county.")
        messages.success(request, done % {"column": column})
    return redirect(f"{reverse('reports:upper_table', args=[found.id])}?{urlencode({'sheet': number})}")


def _back(request: HttpRequest, found: UpperTable) -> str:
    """Redirects to the list if the button was pressed there, else to the sheet."""
    if request.POST.get("from") != "list":
        return reverse("reports:upper_table", args=[found.id])
    place = ((name, request.POST.get(name, "")[:MOST_OF_A_PLACE]) for name in PLACE)
    question = {name: text for name, text in place if text or name == "show"}
    return f"{reverse('reports:upper_bindings', args=[found.id])}?{urlencode(question)}"
