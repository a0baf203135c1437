"""The page `/`: leads on whoever has a page of their own, and shows everybody else what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orgs.access import posts_on
from orgs.kinds import Role
from reports.pages.home import DOORS, blocks_of, door_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    posts = posts_on(request.user, today)
    blocks = blocks_of(posts, today)
    door = door_of(posts)
    if door and not blocks:
        return redirect(door)
    return render(request, "reports/home.html", {"blocks": blocks, "today": today, "is_leader": door == DOORS[Role.LEADER]})
