"""The page where a county's officer chooses the headline figures of its dashboard."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orgs.accounts.access import COUNTY, organization_to_see
from reports.dashboards.forms import HeadlinesForm
from reports.dashboards.headlines_actions import choose_headlines
from reports.scope.task_queries import headlines_of, indicators_asked


@require_http_methods(["GET", "HEAD", "POST"])
def headlines(request: HttpRequest, county_id: int) -> HttpResponse:
    now = timezone.now()
    county = organization_to_see(request.user, county_id, timezone.localdate(now), COUNTY)
    posted = request.POST if request.method == "POST" else None
    form = HeadlinesForm(posted, offered=indicators_asked(county.id), chosen=headlines_of(county.id))
    if form.is_valid():
        changed = choose_headlines(county=county, indicators=form.chosen, by=request.user, at=now)
        messages.success(request, _message(form.chosen) if changed else _("The headline figures stay as they were."))
        return redirect("reports:dashboard")
    return render(
        request, "reports/dashboards/headlines.html", {"county": county, "form": form}, status=400 if form.errors else 200
    )


def _message(chosen: list) -> str:
    if not chosen:
        return _("The dashboard shows the first figures of the forms again.")
    return _("The dashboard now begins with: %(names)s.") % {"names": _(", ").join(one.name for one in chosen)}
