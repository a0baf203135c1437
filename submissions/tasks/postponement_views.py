"""The page on which the county postpones a deadline for some units, after what that changes was shown."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from submissions.core import access
from submissions.core.confirmation import ask, is_sure
from submissions.core.refusals import ActRefused
from submissions.models import Task
from submissions.tasks.forms import PostponementForm
from submissions.tasks.opening_plan import task_words
from submissions.tasks.postponement import postpone, postponement_effects, postponement_of


@require_http_methods(["GET", "HEAD", "POST"])
def postponement(request: HttpRequest, task_id: int) -> HttpResponse:
    """A later day for some townships or units, with a reason."""
    found = access.task_to_keep(request.user, task_id, timezone.localdate())
    initial = {"due_on": found.due_on, "places": request.GET.get("org", "")}
    form = PostponementForm(request.POST or None, initial=initial, county_id=found.county_id)
    if form.is_valid():
        given = form.cleaned_data
        try:
            if not is_sure(request):
                return _ask_to_postpone(request, found, given)
            count = postpone(task=found, by=request.user, at=timezone.now(), **given)
        except ActRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, ngettext("Postponed for %(n)s unit.", "Postponed for %(n)s units.", count) % {"n": count})
            return redirect("submissions:task", found.pk)
    return render(request, "submissions/tasks/postponement.html", {"form": form, "task": found, "period": found.period})


def _ask_to_postpone(request: HttpRequest, found: Task, given: dict) -> HttpResponse:
    planned = postponement_of(found, today=timezone.localdate(), **given)
    return ask(
        request, question=_("Postpone %(task)s for these units?") % {"task": task_words(found)},
        effects=postponement_effects(found, planned), act=_("Postpone"),
        address=reverse("submissions:postponement", args=[found.pk]), back=reverse("submissions:task", args=[found.pk]),
        crumb=found.form.title, fields=[(name, request.POST.get(name, "")) for name in PostponementForm.base_fields],
    )  # fmt: skip
