"""Views of tasks: the list, opening one, its progress from township to unit, whom to remind."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from orgs.accounts.access import COUNTY, holds, require_role
from orgs.lists.memory import opens_as_left
from orgs.models import Organization
from orgs.moments import page_of_one_moment
from submissions.core import access
from submissions.core.confirmation import ask, is_sure
from submissions.core.refusals import ActRefused
from submissions.core.texts import due_words
from submissions.models import Task
from submissions.tasks import pages
from submissions.tasks.deadline_effects import deadline_effects, moved_days
from submissions.tasks.deadlines import check_move, due_notes, move_deadline
from submissions.tasks.forms import DeadlineForm, OpenTaskForm, ReasonForm
from submissions.tasks.opening import open_task
from submissions.tasks.opening_plan import opening_effects, opening_plan, task_words, withdrawal_effects
from submissions.tasks.progress import NOTHING, added_up, progress_below
from submissions.tasks.tables import ChildFilter, ChildTable, TaskFilter, TaskTable
from submissions.tasks.withdrawal import begun_units, withdraw_task, withdrawal_refused


@require_GET
@opens_as_left(TaskTable.name, TaskFilter.kept())
@page_of_one_moment
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of the person's place; a unit without others below goes straight to its own reports."""
    today = timezone.localdate()
    places = pages.places_of(request.user, today)
    top = pages.place_chosen(request.user, places, request.GET.get("org", ""), today)
    if not pages.has_units_below(top, today):
        return redirect("submissions:of_organization", top.pk)
    filters = TaskFilter(request.GET, queryset=pages.tasks_asking(top, today))
    context = {
        "top": top,
        "places": places,
        "table": TaskTable(filters.qs, filters=filters, top=top, day=today).asked(request),
        "may_open": holds(request.user, COUNTY, top.pk, today),
    }
    return render(request, "submissions/tasks/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """The county's organization department asks a form for a period."""
    today = timezone.localdate()
    county = require_role(request.user, COUNTY, today)[0].organization.county
    form = OpenTaskForm(request.POST or None, county=county)
    if form.is_valid():
        try:
            if not is_sure(request):
                return _ask_to_open(request, county, form.cleaned_data)
            task = open_task(county=county, by=request.user, at=timezone.now(), **form.cleaned_data)
        except ActRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            sentence = _("Opened: %(title)s, %(period)s. %(count)d units are expected.")
            names = {"title": task.form.title, "period": task.period.label, "count": task.submissions.count()}
            messages.success(request, sentence % names)
            return redirect("submissions:task", task.pk)
    return render(request, "submissions/tasks/open.html", {"form": form, "county": county})


def _ask_to_open(request: HttpRequest, county: Organization, values: dict) -> HttpResponse:
    """How many units, of which categories, in which townships, before anybody is asked."""
    plan = opening_plan(county=county, **values)
    names = {"title": values["form"].title, "period": values["period"].label, "n": plan.expected}
    question = (
        _("Open %(title)s, %(period)s, for %(n)s units?") if plan.task is None else _("Open %(title)s, %(period)s, again?")
    )
    return ask(
        request, question=question % names, effects=opening_effects(plan), act=_("Open this task"),
        address=reverse("submissions:task_open"), back=reverse("submissions:tasks"), crumb=_("Tasks"),
        fields=_posted(request, OpenTaskForm),
    )  # fmt: skip


def _posted(request: HttpRequest, form: type) -> list[tuple[str, str]]:
    """What was posted for a form's fields, to be posted again: several values of one field as several pairs."""
    return [(name, value) for name in form.base_fields for value in request.POST.getlist(name)]


@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: HttpRequest, task_id: int) -> HttpResponse:
    """Another due or closing date, with a reason, after what it changes was shown."""
    today = timezone.localdate()
    found = access.task_to_keep(request.user, task_id, today)
    initial = {name: getattr(found, name) for name in ("due_on", "review_due_on", "approval_due_on", "closes_on")}
    form = DeadlineForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            if not is_sure(request):
                return _ask_to_move(request, found, given)
            move_deadline(task=found, by=request.user, at=timezone.now(), **given)
        except ActRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Deadline moved to %(day)s.") % {"day": found.due_on.isoformat()})
            return redirect("submissions:task", found.pk)
    context = {"form": form, "task": found, "period": found.period}
    return render(request, "submissions/tasks/deadline.html", context)


def _ask_to_move(request: HttpRequest, found: Task, given: dict) -> HttpResponse:
    days = {name: day for name, day in given.items() if name != "reason"}
    effects = deadline_effects(found, days)
    check_move(copy(found), today=timezone.localdate(), **given)
    return ask(
        request, question=_("Move the deadline of %(task)s?") % {"task": task_words(found)},
        effects=effects, act=_("Move the deadline"),
        address=reverse("submissions:deadline", args=[found.pk]), back=reverse("submissions:task", args=[found.pk]),
        crumb=found.form.title, fields=_posted(request, DeadlineForm),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take back a task opened by mistake, while nobody has begun."""
    found = access.task_to_keep(request.user, task_id, timezone.localdate())
    form = ReasonForm(request.POST or None)
    named = task_words(found)
    begun = begun_units(found)
    if begun:
        messages.error(request, withdrawal_refused(begun))
        return redirect("submissions:task", found.pk)
    if form.is_valid() and is_sure(request):
        try:
            withdraw_task(task=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except ActRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Taken back: %(task)s. Nobody is asked for it any more.") % {"task": named})
            return redirect("submissions:tasks")
    return ask(
        request, question=_("Take back %(task)s?") % {"task": named}, effects=withdrawal_effects(found), act=_("Take the task back"),
        address=reverse("submissions:task_withdraw", args=[found.pk]), back=reverse("submissions:task", args=[found.pk]),
        crumb=found.form.title, form=form,
    )  # fmt: skip


@require_GET
@opens_as_left(ChildTable.name, ChildFilter.kept())
@page_of_one_moment
def task(request: HttpRequest, task_id: int, org_id: int | None = None) -> HttpResponse:
    """How far a task has come below one organization (the person's own without a name)."""
    today = timezone.localdate()
    found = access.task_to_see(request.user, task_id, today)
    top = access.place_in(request.user, found, org_id, today) if org_id else access.own_place_in(request.user, found, today)
    counts = progress_below([found], top)
    total, own = added_up(counts), counts.get((found.id, top.id), NOTHING)
    due, due_colour = due_words(found.due_on, today, total.owed)
    filters = ChildFilter(request.GET, queryset=pages.children_of(found, top))
    above = pages.rows_above(found, top, counts, due_colour)
    table = ChildTable(filters.qs, filters=filters, task=found, counts=counts, above=above, due_colour=due_colour).asked(
        request
    )
    may_review = holds(request.user, access.REVIEWING, top.pk, today)
    context = {
        "task": found, "period": found.period, "top": top, "table": table, "total": total, "own": own,
        "due": due, "due_colour": due_colour, "may_review": may_review,
        "keeps": holds(request.user, COUNTY, found.county_id, today), 
        "day_notes": [*due_notes(found), *moved_days(found)],
        "is_whole": top.pk == found.county_id, "may_take_forms": may_review or holds(request.user, access.FILLING, top.pk, today),
    }  # fmt: skip
    return render(request, "submissions/tasks/task.html", context)


@require_GET
def remind(request: HttpRequest, task_id: int, org_id: int) -> HttpResponse:
    """The text to copy for those who have not sent."""
    today = timezone.localdate()
    found = access.task_to_see(request.user, task_id, today)
    top = access.place_in(request.user, found, org_id, today)
    units = pages.to_remind(found, top)
    context = {
        "task": found, "period": found.period, "top": top, "units": units,
        "text": pages.reminder(found, units, today),
    }  # fmt: skip
    return render(request, "submissions/tasks/remind.html", context)
