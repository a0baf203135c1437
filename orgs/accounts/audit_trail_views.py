"""The pages of the auditor: the filtered events of the auditor's counties, and the same as a comma file."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import queries
from audit.recorder import record
from audit.verification_record import verification_notice
from orgs.accounts.account_access import chains_to_audit
from orgs.accounts.filters import EventFilter
from orgs.accounts.sessions import county_of
from orgs.accounts.tables import EventTable
from orgs.lists.memory import opens_as_left
from spreadsheets.write.csv_writer import comma_lines


@require_safe
@opens_as_left(EventTable.name, EventFilter.kept())
def audit(request: HttpRequest) -> HttpResponse:
    filters = _asked(request)
    table = EventTable(filters.qs, filters=filters).asked(request)
    asked = request.GET.copy()
    asked.pop("page", None)
    shown = {"table": table, "form": filters.form, "events": table.shown, "asked": asked.urlencode()}
    shown["verification"] = verification_notice(timezone.now())
    return render(request, "orgs/accounts/events.html", shown)


@require_safe
def audit_export(request: HttpRequest) -> HttpResponse:
    """Streams the file while it is read; an event of the export itself is written first."""
    filters = _asked(request)
    if filters.errors:
        return redirect("orgs:audit")
    at = timezone.now()
    with transaction.atomic():
        chain = county_of(request.user)
        record("audit.exported", by=request.user, at=at, county_id=chain, data={"asked": request.GET.dict()})
    head = {"Content-Disposition": f'attachment; filename="audit-{timezone.localtime(at):%Y%m%d-%H%M}.csv"'}
    return StreamingHttpResponse(
        comma_lines(queries.COLUMNS, queries.rows(filters.qs)), content_type="text/csv; charset=utf-8", headers=head
    )


def _asked(request: HttpRequest) -> EventFilter:
    found = queries.events(chains_to_audit(request.user, timezone.localdate()))
    return EventFilter(request.GET, queryset=found, request=request)
