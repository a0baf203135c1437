"""The pages of the auditor: the events of the counties they look after, filtered, and the same as a comma file."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import queries
from audit.recorder import record
from orgs.accounts.account_access import chains_to_audit, organizations_to_audit
from orgs.accounts.event_texts import KINDS, events_shown
from orgs.accounts.login_forms import AuditForm
from orgs.accounts.sessions import county_of
from orgs.models import User
from spreadsheets.write.csv_writer import comma_lines

PER_PAGE = 50


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    form = AuditForm(request.GET)
    page = Paginator(_asked(request.user, form), PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    shown = {"form": form, "page": page, "events": events_shown(page.object_list), "kinds": KINDS, "asked": asked.urlencode()}
    return render(request, "orgs/accounts/events.html", shown)


@require_safe
def audit_export(request: HttpRequest) -> HttpResponse:
    """Sent in pieces while it is read; that it was taken is an event of its own, written first."""
    form = AuditForm(request.GET)
    found = _asked(request.user, form)
    if not form.is_valid():
        return redirect("orgs:audit")
    at = timezone.now()
    with transaction.atomic():
        chain = county_of(request.user)
        record("audit.exported", by=request.user, at=at, county_id=chain, data={"asked": request.GET.dict()})
    head = {"Content-Disposition": f'attachment; filename="audit-{timezone.localtime(at):%Y%m%d-%H%M}.csv"'}
    return StreamingHttpResponse(
        comma_lines(queries.COLUMNS, queries.rows(found)), content_type="text/csv; charset=utf-8", headers=head
    )


def _asked(user: User, form: AuditForm):
    day = timezone.localdate()
    chains = chains_to_audit(user, day)
    code = form.cleaned_data["organization"] if form.is_valid() else ""
    ids = organizations_to_audit(user, day).filter(code=code).values_list("pk", flat=True) if code else None
    return queries.events(chains, form.wanted, None if ids is None else list(ids))
