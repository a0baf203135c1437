"""The page `/dashboard/`: reads its address and shows one Dashboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orgs.accounts.access import COUNTY
from orgs.moments import page_of_one_moment
from reports.dashboards.dashboard import dashboard as dashboard_of
from reports.figures.output.cells import APPROVED
from reports.scope.kept_period import keep_period, kept_period
from reports.scope.opening_period import named_period, opening_of
from reports.scope.page_scope import (
    BASIS_LABELS,
    BASIS_WORDS,
    choice_asked,
    options_of,
    organization_asked,
    place_of,
    seeing_posts,
)


@require_safe
@page_of_one_moment
def dashboard(request: HttpRequest) -> HttpResponse:
    """Status 400 where something asked for was not understood: the page then says what, and shows what it shows by default."""
    now = timezone.now()
    today = timezone.localdate(now)
    posts = seeing_posts(request.user, today)
    organization, org_refusal = organization_asked(request.GET.get("org", ""), request.user, posts, today)
    named, period_refusal = named_period(request.GET.get("period", ""))
    opening = opening_of(named, kept_period(request), organization, posts, today, request.GET)
    basis, basis_refusal = choice_asked(request.GET.get("basis", ""), BASIS_LABELS, APPROVED)
    refused = [refusal for refusal in (org_refusal, period_refusal, basis_refusal) if refusal]
    page = dashboard_of(organization, opening.period, basis, request.GET.get("figure", ""), today, request.GET.get("form", ""))
    place = place_of(organization, posts, today)
    form_asked = page.shown.key if page.shown and page.shown.key == request.GET.get("form") else ""
    context = {
        "page": page,
        "place": place,
        "opening": opening,
        "bases": options_of(BASIS_LABELS, basis),
        "basis_words": BASIS_WORDS[basis],
        "asked": f"period={opening.period}&basis={basis}",
        "form_asked": form_asked,
        "form_kept": f"&form={form_asked}" if form_asked else "",
        "refused": refused,
        "now": now,
        "may_choose_headlines": place.is_kept_by(posts, COUNTY),
    }
    response = render(request, "reports/dashboards/dashboard.html", context, status=400 if refused else 200)
    return keep_period(response, request, opening)
