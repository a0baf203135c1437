"""The page `/`: redirects people with a page of their own, and shows everybody else what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orgs.accounts.access import REVIEWING, posts_on
from orgs.choices import Role
from orgs.moments import page_of_one_moment
from reports.dashboards.home import DOORS, blocks_of, door_of
from submissions.corrections.queries import waiting_corrections
from submissions.imports.pages.upload_list import waiting_uploads


@require_safe
@page_of_one_moment
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    posts = posts_on(request.user, today)
    blocks = blocks_of(posts, today, request.GET.get("task", ""))
    door = door_of(posts)
    if door and not blocks:
        return redirect(door)
    is_clerk = any(post.role == Role.CLERK for post in posts)
    context = {
        "blocks": blocks, "today": today, "is_leader": door == DOORS[Role.LEADER],
        "waiting_corrections": waiting_corrections([post.organization_id for post in posts if post.role in REVIEWING]),
        "waiting_files": waiting_uploads(request.user) if is_clerk else 0,
    }  # fmt: skip
    return render(request, "reports/dashboards/home.html", context)
