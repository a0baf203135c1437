"""The pages of corrections: their list, asking for one, one cell by cell, and the acts on it."""

from collections.abc import Callable, Mapping
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orgs.accounts.access import SEEING, require_role
from orgs.lists.memory import opens_as_left
from orgs.moments import page_of_one_moment
from submissions.choices import Act, CorrectionState
from submissions.core import access as report_access
from submissions.core.conflicts import Conflict
from submissions.core.json_answers import refusal_page, refusals_as_pages
from submissions.core.refusals import ActRefused, NotReady
from submissions.corrections import access, actions, pages
from submissions.corrections.forms import CELL, EXPLANATION, CorrectionForm, OpinionForm
from submissions.corrections.later_reports import disagreements
from submissions.corrections.queries import corrections_seen_by
from submissions.corrections.tables import CorrectionFilter, CorrectionTable
from submissions.filling.payload import read_typed
from submissions.models import Correction, Submission
from submissions.states import NotNow, check_can
from submissions.workbooks.stamps import CLEAR_TOKENS

LONGEST_TEXT, LONGEST_EXPLANATION = 200, 500


def refused_acts_as_pages(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator of an act on one correction: turns a refused act into a page that leads back to the report."""

    @wraps(view)
    def answered(request: HttpRequest, correction_id: int) -> HttpResponse:
        today = timezone.localdate()
        try:
            return view(request, correction_id)
        except Conflict as conflict:
            refusal, differences = conflict.sentence, conflict.differences
        except (NotNow, ActRefused) as error:
            refusal, differences = error.sentence, ()
        correction = access.correction_to_see(request.user, correction_id, today)
        return refusal_page(request, correction.submission_id, refusal, differences)

    return answered


@require_GET
@opens_as_left(CorrectionTable.name, CorrectionFilter.kept())
@page_of_one_moment
def corrections(request: HttpRequest) -> HttpResponse:
    """The corrections of all reports within the person's posts."""
    today = timezone.localdate()
    require_role(request.user, SEEING, today)
    filters = CorrectionFilter(request.GET, queryset=corrections_seen_by(request.user, today))
    table = CorrectionTable(filters.qs, filters=filters).asked(request)
    return render(request, "submissions/corrections/list.html", {"table": table, "rows": table.shown})


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def add(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Ask for a correction of an approved report: cells, reason, evidence."""
    today = timezone.localdate()
    submission = report_access.submission_to_correct(request.user, submission_id, today)
    check_can(Act.CORRECT, submission.state)
    is_own = report_access.is_own_clerk(request.user, submission, today)
    initial = {"version": submission.standing.number}
    form = CorrectionForm(request.POST or None, is_own=is_own, initial=initial)
    texts = _posted(request, CELL, LONGEST_TEXT)
    cleared = {key: None for key, text in texts.items() if text.upper() in CLEAR_TOKENS}
    given = {key: text for key, text in texts.items() if key not in cleared}
    typed = read_typed(submission.task.layout, submission.unit_category, given)
    refusal, findings = "", []
    if form.is_valid() and not typed.errors:
        try:
            correction = _request(request, submission, form, typed.changes | cleared)
        except NotReady as not_ready:
            findings = pages.to_explain(not_ready.findings)
        except ActRefused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("Correction requested; the report stays as it is until it is approved."))
            return redirect("submissions:correction", correction.pk)
    context = {
        "submission": submission, "task": submission.task, "period": submission.task.period, "form": form,
        "cells": pages.cells_to_correct(submission, texts, typed.readings), "refusal": refusal, "findings": findings,
        "clear_word": CLEAR_TOKENS[0],
    }  # fmt: skip
    return render(request, "submissions/corrections/add.html", context)


@require_GET
@page_of_one_moment
def correction(request: HttpRequest, correction_id: int) -> HttpResponse:
    """One correction: old and new figure of each cell, reason, evidence, what was done, and the buttons."""
    today = timezone.localdate()
    found = access.correction_to_see(request.user, correction_id, today)
    submission = found.submission
    context = {
        "correction": found, "submission": submission, "task": submission.task, "period": submission.task.period,
        "cells": pages.corrected_cells(found), "steps": pages.steps_of(found), "colour": pages.colour_of(found),
        "doors": pages.doors_of(request.user, found, today), "form": OpinionForm(label_suffix=""),
        "later": disagreements(submission) if found.state == CorrectionState.APPROVED else (),
        "level": found.reviewer_org_id or "",
    }  # fmt: skip
    return render(request, "submissions/corrections/correction.html", context)


@require_POST
@refused_acts_as_pages
def approve(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Pass it on, or at the county put it into force, at the level that was shown."""
    found = _shown(request, access.correction_to_decide(request.user, correction_id, timezone.localdate()))
    actions.approve_correction(correction=found, by=request.user, at=timezone.now())
    if found.state == CorrectionState.APPROVED:
        messages.success(request, _("Approved: the report stands on the corrected version, and the sums above are made anew."))
    else:
        messages.success(request, _("Passed on to the next level."))
    return redirect("submissions:correction", correction_id)


@require_POST
@refused_acts_as_pages
def refuse(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Leave the report as it stands, with the reason."""
    found = _shown(request, access.correction_to_decide(request.user, correction_id, timezone.localdate()))
    form = OpinionForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.refuse_correction(correction=found, reason=reason, by=request.user, at=timezone.now())
    messages.success(request, _("Not agreed to; the report stays as it is."))
    return redirect("submissions:correction", correction_id)


@require_POST
@refused_acts_as_pages
def withdraw(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Take the request back."""
    found = access.correction_to_withdraw(request.user, correction_id, timezone.localdate())
    actions.withdraw_correction(correction=found, by=request.user, at=timezone.now())
    messages.success(request, _("Taken back; the report stays as it is."))
    return redirect("submissions:correction", correction_id)


def _request(request: HttpRequest, submission: Submission, form: CorrectionForm, changes: Mapping) -> Correction:
    data = form.cleaned_data
    return actions.request_correction(
        submission=submission,
        version_number=data["version"],
        changes=changes,
        reason=data["reason"],
        evidence=data["evidence"],
        explanations=_posted(request, EXPLANATION, LONGEST_EXPLANATION),
        on_behalf=data.get("on_behalf", ""),
        by=request.user,
        at=timezone.now(),
    )


def _posted(request: HttpRequest, prefix: str, longest: int) -> dict[str, str]:
    """The texts of the fields whose names begin so; a cell left empty is not corrected."""
    return {
        name.removeprefix(prefix): text.strip()[:longest]
        for name, text in request.POST.items()
        if name.startswith(prefix) and text.strip()
    }


def _shown(request: HttpRequest, found: Correction) -> Correction:
    """The correction as the page showed it: at another level by now it is a Conflict in the act."""
    level = request.POST.get("level", "")
    if level.isascii() and level.isdigit() and len(level) < 12:
        found.reviewer_org_id = int(level)
    return found
