"""Tasks: the list, opening one, its progress from township to unit, whom to remind. Adds no figure up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from indicators.periods import read_period
from orgs.access import COUNTY, holds, require_role
from submissions import access, task_pages
from submissions.actions.refusals import ActRefused
from submissions.actions.tasks import open_task
from submissions.forms import OpenTaskForm
from submissions.sheet_words import due_words


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of the person's place; a unit without others below goes straight to its own reports."""
    today = timezone.localdate()
    places = task_pages.places_of(request.user, today)
    top = task_pages.place_chosen(request.user, places, request.GET.get("org", ""), today)
    if not task_pages.has_units_below(top, today):
        return redirect("submissions:of_organization", top.pk)
    page = Paginator(task_pages.tasks_asking(top, today), task_pages.TASKS).get_page(request.GET.get("page"))
    context = {
        "top": top,
        "places": places,
        "page": page,
        "rows": task_pages.task_rows(page, top, today),
        "may_open": holds(request.user, COUNTY, top.pk, today),
    }
    return render(request, "submissions/task_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """The county's organization department asks a form for a period."""
    today = timezone.localdate()
    county = require_role(request.user, COUNTY, today)[0].organization.county
    form = OpenTaskForm(request.POST or None)
    if form.is_valid():
        try:
            task = open_task(county=county, by=request.user, at=timezone.now(), **form.cleaned_data)
        except ActRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            said = _("Opened: %(title)s, %(period)s. %(count)d units are expected.")
            names = {"title": task.form.title, "period": read_period(task.period).label, "count": task.submissions.count()}
            messages.success(request, said % names)
            return redirect("submissions:task", task.pk)
    return render(request, "submissions/task_open.html", {"form": form, "county": county})


@require_GET
def task(request: HttpRequest, task_id: int, org_id: int | None = None) -> HttpResponse:
    """How far a task has come below one organization (the person's own without a name)."""
    today = timezone.localdate()
    found = access.task_to_see(request.user, task_id, today)
    top = access.place_in(request.user, found, org_id, today) if org_id else access.own_place_in(request.user, found, today)
    page, rows, total, own = task_pages.child_rows(found, top, request.GET.get("page"))
    due, due_colour = due_words(found.due_on, today, total.owed)
    may_review = holds(request.user, access.REVIEWING, top.pk, today)
    context = {
        "task": found, "period": read_period(found.period), "top": top, "page": page, "rows": rows, "total": total, "own": own,
        "due": due, "due_colour": due_colour, "may_review": may_review,
        "is_whole": top.pk == found.county_id, "may_take_forms": may_review or holds(request.user, access.FILLING, top.pk, today),
    }  # fmt: skip
    return render(request, "submissions/task.html", context)


@require_GET
def remind(request: HttpRequest, task_id: int, org_id: int) -> HttpResponse:
    """The text to copy for those who have not sent."""
    today = timezone.localdate()
    found = access.task_to_see(request.user, task_id, today)
    top = access.place_in(request.user, found, org_id, today)
    units = task_pages.to_remind(found, top)
    context = {
        "task": found, "period": read_period(found.period), "top": top, "units": units,
        "text": task_pages.reminder(found, units, today),
    }  # fmt: skip
    return render(request, "submissions/task_remind.html", context)
