"""The changes of organizations that were recorded: their list, one of them, and taking one back with its effect first."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orgs.accounts.access import require_county_officer, succession_to_see
from orgs.lists.memory import opens_as_left
from orgs.models import Succession
from orgs.moments import page_of_one_moment
from reports.restructuring.fingerprints import fingerprint
from reports.restructuring.pages import effects_shown, organizations_shown
from reports.restructuring.rehearsal import describe_recorded, rehearse_undo, undo
from reports.restructuring.tables import SuccessionFilter, SuccessionTable

SEEN = "seen"


@require_GET
@opens_as_left(SuccessionTable.name, SuccessionFilter.kept())
@page_of_one_moment
def successions(request: HttpRequest) -> HttpResponse:
    """The changes in the officer's counties."""
    today = timezone.localdate()
    counties = require_county_officer(request.user, today)
    rows = Succession.objects.filter(county__in=counties).select_related("recorded_by")
    rows = rows.defer("undo").prefetch_related("ends__organization").order_by("-pk")
    filters = SuccessionFilter(request.GET, queryset=rows)
    table = SuccessionTable(filters.qs, filters=filters).asked(request)
    return render(request, "reports/restructuring/list.html", {"table": table})


@require_GET
@page_of_one_moment
def succession(request: HttpRequest, number: int) -> HttpResponse:
    """One change: day, kind, units, note, who entered it, what it did to places and facts."""
    now = timezone.now()
    found = succession_to_see(request.user, number, timezone.localdate(now))
    ends = sorted(found.ends.all(), key=lambda end: end.pk)
    context = {
        "succession": found,
        "before": [end for end in ends if end.is_predecessor],
        "after": [end for end in ends if not end.is_predecessor],
        "lines": organizations_shown(describe_recorded(found, at=now))[1:],
    }
    return render(request, "reports/restructuring/succession.html", context)


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """First its effect, or why it cannot be; then, with the fingerprint of what was shown, the act."""
    now = timezone.now()
    found = succession_to_see(request.user, number, timezone.localdate(now))
    seen = request.POST.get(SEEN, "")
    context = {"succession": found, "is_other": False}
    try:
        rehearsal = rehearse_undo(found, by=request.user, at=now)
        if seen == (present := fingerprint(rehearsal)):
            undo(found, by=request.user, at=now)
            words = {"number": number}
            messages.success(request, _("Change number %(number)d was taken back; everything is as it was before.") % words)
            return redirect("reports:successions")
    except ValidationError as error:
        return render(request, "reports/restructuring/take_back.html", {**context, "refusals": error.messages})
    context |= {"effects": effects_shown(rehearsal), "seen": present, "is_other": bool(seen)}
    return render(request, "reports/restructuring/take_back.html", context, status=409 if seen else 200)
