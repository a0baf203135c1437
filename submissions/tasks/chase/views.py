"""Views of the desk of who has not reported, of sending notices from it, and of the receipt of the unit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from orgs.accounts.access import REVIEWING, holds
from orgs.lists.memory import opens_as_left
from orgs.models import Organization
from orgs.moments import page_of_one_moment
from submissions.core import access
from submissions.core.confirmation import ask, is_sure
from submissions.core.refusals import ActRefused
from submissions.core.texts import due_words
from submissions.models import Submission, Task
from submissions.tasks.chase import queries
from submissions.tasks.chase.desk import chase_rows, notice_effects, notice_text, owed_at, township_texts
from submissions.tasks.chase.notices import mark_read, send_notices
from submissions.tasks.chase.tables import ChaseFilter, ChaseTable
from submissions.tasks.forms import NoticeForm
from submissions.tasks.opening_plan import task_words

ALL = "all"


@require_GET
@opens_as_left(ChaseTable.name, ChaseFilter.kept())
@page_of_one_moment
def desk(request: HttpRequest, task_id: int, org_id: int) -> HttpResponse:
    """Who has not reported below a place: days over, whom to call, what was sent and read; a text per township to copy."""
    today = timezone.localdate()
    found = access.task_to_see(request.user, task_id, today)
    top = access.place_in(request.user, found, org_id, today)
    filters = ChaseFilter(request.GET, queryset=owed_at(found, top))
    rows = chase_rows(filters.qs, found, today)
    may_send = holds(request.user, REVIEWING, top.pk, today)
    due, due_colour = due_words(found.due_on, today, len(rows) or None)
    context = {
        "task": found, "period": found.period, "top": top, "may_send": may_send and bool(rows), "due": due,
        "due_colour": due_colour, "table": ChaseTable(rows, filters=filters, may_send=may_send).asked(request),
        "texts": township_texts(rows, found, today), "total": len(rows), "overdue": sum(row.days_over > 0 for row in rows),
        "unread": sum(row.notice is not None and row.notice.read_at is None for row in rows),
    }  # fmt: skip
    return render(request, "submissions/tasks/chase.html", context)


@require_POST
def send(request: HttpRequest, task_id: int, org_id: int) -> HttpResponse:
    """A notice to the ticked units, or to all that owe, after it was shown who will see it."""
    today = timezone.localdate()
    found = access.task_to_see(request.user, task_id, today)
    top = access.place_in(request.user, found, org_id, today, REVIEWING)
    back = reverse("submissions:chase", args=[found.pk, top.pk])
    units = _chosen(request, found, top)
    form = NoticeForm(request.POST if is_sure(request) else None, initial={"text": notice_text(found)})
    if not units:
        messages.error(request, _("Tick the units to which the notice goes; those ticked may have reported meanwhile."))
        return redirect(back)
    if form.is_valid():
        try:
            count = send_notices(
                task=found, submissions=units, organization=top, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except ActRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, ngettext("Notice sent to %(n)s unit.", "Notice sent to %(n)s units.", count) % {"n": count}
            )
            return redirect(back)
    with_clerk = queries.units_with_clerk([unit.organization_id for unit in units], today)
    return ask(
        request, question=_("Send a notice about %(task)s?") % {"task": task_words(found)},
        effects=notice_effects(units, with_clerk), act=_("Send the notice"),
        address=reverse("submissions:notice_send", args=[found.pk, top.pk]), back=back, crumb=found.form.title,
        fields=[("pick", str(unit.pk)) for unit in units], form=form,
    )  # fmt: skip


def _chosen(request: HttpRequest, task: Task, top: Organization) -> list[Submission]:
    """The ticked units of those that owe at the place; all of them where all were asked for."""
    owed = owed_at(task, top).order_by("organization__sort_order", "organization__code")
    if request.POST.get("whom") == ALL:
        return list(owed)
    picks = {int(text) for text in request.POST.getlist("pick") if text.isascii() and text.isdigit() and len(text) < 12}
    return [unit for unit in owed if unit.pk in picks]


@require_POST
def read(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The unit has read it: it leaves the home page, and the sender sees who read it when."""
    notice = queries.notice_to_read(request.user, notice_id, timezone.localdate())
    mark_read(notice=notice, by=request.user, at=timezone.now())
    return redirect("home")
