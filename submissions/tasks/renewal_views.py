"""The page that opens the tasks of the period before again: which, until when, whom they ask, and then one act."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from indicators.periods import BadPeriod, Period, read_period
from orgs.accounts.access import COUNTY, require_role
from orgs.models import Organization
from submissions.core.confirmation import ask, is_sure
from submissions.core.refusals import ActRefused
from submissions.models import Task
from submissions.tasks.forms import RenewalForm
from submissions.tasks.opening_plan import opening_effects
from submissions.tasks.renewal import Renewal, renew_tasks, renewals_of

DUE = "due-"  # + the id of the task of the period before


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest) -> HttpResponse:
    """Last quarter's tasks for this quarter, in one act."""
    today = timezone.localdate()
    county = require_role(request.user, COUNTY, today)[0].organization.county
    period, wrong = _period(request.POST.get("period") or request.GET.get("period") or "", county, today)
    renewals = renewals_of(county, period) if period else []
    form = RenewalForm(request.POST or None, county=county)
    if request.method == "POST" and period and form.is_valid():
        chosen = [one for one in renewals if str(one.task.pk) in request.POST.getlist("pick")]
        try:
            days = _days_posted(request, chosen)
            if not is_sure(request):
                return _ask(request, county, period, days, form)
            opened = renew_tasks(
                county=county, period=period, by=request.user, at=timezone.now(), left_out=form.cleaned_data["left_out"],
                days={one.task.form: {**one.days, "due_on": due_on} for one, due_on in days},
            )  # fmt: skip
        except ActRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            count = len(opened)
            messages.success(request, ngettext("Opened %(n)s report.", "Opened %(n)s reports.", count) % {"n": count})
            return redirect("submissions:tasks")
    context = {"county": county, "period": period, "wrong": wrong, "form": form, "renewals": renewals}
    return render(request, "submissions/tasks/renew.html", context)


def _period(text: str, county: Organization, today: date) -> tuple[Period | None, str]:
    """The period asked for; without one that after the newest task. A sentence where it cannot be read."""
    if not text:
        newest = Task.objects.filter(county_id=county.pk, period__contains="Q").order_by("-due_on").defer("layout").first()
        return (newest.period.next(), "") if newest else (None, "")
    try:
        return read_period(text), ""
    except BadPeriod as bad:
        return None, str(bad)


def _days_posted(request: HttpRequest, chosen: list[Renewal]) -> list[tuple[Renewal, date]]:
    """The due day typed for each ticked task. Raises ActRefused for one that is no day, and where none is ticked."""
    if not chosen:
        raise ActRefused(_("Tick at least one report to be opened again."))
    found = []
    for one in chosen:
        try:
            found.append((one, forms.DateField().clean(request.POST.get(f"{DUE}{one.task.pk}", ""))))
        except forms.ValidationError as error:
            names = {"form": one.task.form.title, "why": " ".join(error.messages)}
            raise ActRefused(_("Due day of “%(form)s”: %(why)s") % names) from error
    return found


def _ask(
    request: HttpRequest, county: Organization, period: Period, days: list[tuple[Renewal, date]], form: RenewalForm
) -> HttpResponse:
    planned = renewals_of(county, period, form.cleaned_data["left_out"])
    plans = {one.task.pk: one for one in planned}
    effects = []
    for one, due_on in days:
        plan = plans[one.task.pk]
        if plan.plan is None:
            raise ActRefused(_("“%(form)s”: %(why)s") % {"form": one.task.form.title, "why": plan.why_not})
        names = {"form": one.task.form.title, "day": due_on.isoformat()}
        effects.append(_("“%(form)s”, due on %(day)s:") % names + " " + " ".join(opening_effects(plan.plan)))
    fields = [
        ("period", str(period)), *(("left_out", str(one.pk)) for one in form.cleaned_data["left_out"]),
        *(("pick", str(one.task.pk)) for one, _due_on in days),
        *((f"{DUE}{one.task.pk}", due_on.isoformat()) for one, due_on in days),
    ]  # fmt: skip
    question = ngettext("Open %(n)s report for %(period)s?", "Open %(n)s reports for %(period)s?", len(days))
    return ask(
        request, question=question % {"n": len(days), "period": period.label}, effects=effects, act=_("Open them"),
        address=reverse("submissions:task_renew"), back=reverse("submissions:task_renew"), crumb=_("Tasks"), fields=fields,
    )  # fmt: skip
