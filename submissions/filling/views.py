"""The clerk's views: the fill page with and without script, saving, nil report, sending and taking back."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from submissions.checking.validator import bench_for
from submissions.choices import Act
from submissions.core import access
from submissions.core.confirmation import ask
from submissions.core.conflicts import Conflict
from submissions.core.json_answers import sentence_of
from submissions.core.locks import newest_version
from submissions.core.refusals import ActRefused
from submissions.filling.draft_actions import save_draft
from submissions.filling.page import fill_context, return_of
from submissions.filling.payload import BadBatch, Batch, Typed, read_batch, read_form, read_typed
from submissions.filling.sheet import FormSheet, sheet_of, with_attempt
from submissions.filling.sheet_data import conflict_answer, saved_answer
from submissions.filling.submission_actions import submit as submit_report
from submissions.filling.submission_actions import withdraw as withdraw_report
from submissions.filling.submission_effect import sending_effects, withdrawal_effects
from submissions.models import Submission, Version
from submissions.states import NotNow, why_not

WITH_BLANKS = "all"  # ?all=1: spell out the empty required cells


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The fill page; its POST is the whole form of a page without script."""
    submission = access.submission_to_fill(request.user, submission_id, timezone.localdate())
    refusal = why_not(Act.SAVE, submission.state)
    if refusal:
        messages.info(request, refusal)
        return redirect("submissions:detail", submission.id)
    return _take_form(request, submission) if request.method == "POST" else _page(request, submission)


@require_POST
def save(request: HttpRequest, submission_id: int) -> JsonResponse:
    """A batch of the script: 200 with the new state, 409 with both values, 400 or 422 with a sentence."""
    submission = access.submission_to_fill(request.user, submission_id, timezone.localdate())
    try:
        batch = read_batch(request.body)
        typed = read_typed(submission.task.layout, submission.unit_category, batch.texts)
        version = _keep(request, submission, batch, typed)
    except BadBatch as bad:
        return JsonResponse({"said": str(bad)}, status=400)
    except Conflict as conflict:
        return JsonResponse(conflict_answer(conflict, _sheet(submission)), status=409)
    except NotNow as refusal:
        return JsonResponse({"said": refusal.sentence, "differences": [], "can_retry": False}, status=409)
    except ActRefused as refusal:
        return JsonResponse({"said": refusal.sentence, "errors": typed.errors}, status=422)
    return JsonResponse(saved_answer(_sheet(submission, version), typed.readings, batch.texts))


@require_POST
def nil(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Declare a nil report for the whole form, or lift it with ?lift=1."""
    submission = access.submission_to_fill(request.user, submission_id, timezone.localdate())
    return _declare(request, submission, _revision(request), wanted="lift" not in request.GET)


@require_POST
def submit(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Send what the page showed at its revision."""
    submission = access.submission_to_fill(request.user, submission_id, timezone.localdate())
    return _send(request, submission, _revision(request))


def _ask_to_send(request: HttpRequest, submission: Submission, revision: int) -> HttpResponse:
    """A page without script asks here what the page with script asks in a dialog."""
    sheet = _sheet(submission)
    if sheet.blocked:
        messages.error(request, sheet.blocked)
        return redirect(f"{reverse('submissions:fill', args=[submission.id])}?{WITH_BLANKS}=1")
    return ask(
        request, question=_("Send %(report)s for review?") % _named(submission), effects=sending_effects(submission, sheet),
        act=_("Submit for review"), address=reverse("submissions:submit", args=[submission.id]),
        back=reverse("submissions:fill", args=[submission.id]), crumb=submission.task.form.title,
        fields=[("revision", str(revision))],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Take the report back before anybody reviewed it, and go on filling it. Asks first."""
    submission = access.submission_to_fill(request.user, submission_id, timezone.localdate())
    refusal = why_not(Act.WITHDRAW, submission.state)
    if request.method != "POST" and refusal:
        messages.error(request, refusal)
        return redirect("submissions:detail", submission.id)
    if request.method != "POST":
        return ask(
            request, question=_("Take back %(report)s?") % _named(submission), effects=withdrawal_effects(submission),
            act=_("Take back"), address=reverse("submissions:withdraw", args=[submission.id]),
            back=reverse("submissions:detail", args=[submission.id]), crumb=submission.task.form.title,
        )  # fmt: skip
    try:
        withdraw_report(submission=submission, by=request.user, at=timezone.now())
    except (NotNow, Conflict) as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("submissions:detail", submission.id)
    messages.success(request, _("Taken back from review: %(report)s. Correct it and send it again.") % _named(submission))
    return redirect("submissions:fill", submission.id)


def _take_form(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Without script: keep what differs from what the page had loaded, then do what the button says."""
    fields = request.POST.dict()
    try:
        batch = read_form(fields)
        typed = read_typed(submission.task.layout, submission.unit_category, batch.texts)
        version = _keep(request, submission, batch, typed)
    except BadBatch as bad:
        return _page(request, submission, sentence=str(bad), status=400)
    except Conflict as conflict:
        return _page(request, submission, batch=batch, conflict=conflict, status=409)
    except (NotNow, ActRefused) as refusal:
        return _page(request, submission, sentence=refusal.sentence, batch=batch, status=409)
    if typed.errors:
        sentence = _("Cells that could not be read are marked; everything else is saved.")
        return _page(
            request, submission, sentence=sentence, batch=replace(batch, texts=_unread(batch, typed)), typed=typed, status=422
        )
    act = fields.get("act", "")
    if act == "submit":
        return _ask_to_send(request, submission, version.revision)
    if act in ("nil", "unnil"):
        return _declare(request, submission, version.revision, wanted=act == "nil")
    messages.success(request, _("Saved: %(report)s.") % _named(submission))
    return redirect("submissions:fill", submission.id)


def _page(
    request: HttpRequest, submission: Submission, *, sentence: str = "", batch: Batch | None = None, typed: Typed | None = None,
    conflict: Conflict | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The fill page; with `batch` the cells hold what was typed, not what is kept."""
    returned = return_of(submission)
    sheet = _sheet(submission, reasons=returned.cells if returned else None)
    shown = with_attempt(sheet, batch.texts, typed.readings if typed else {}, batch.explanations) if batch else sheet
    context = fill_context(
        shown, today=timezone.localdate(), with_blanks=WITH_BLANKS in request.GET, on_behalf=_on_behalf(request, shown)
    )
    context |= {"returned": returned, "sentence": sentence, "conflict": conflict}
    return render(request, "submissions/filling/fill.html", context, status=status)


def _sheet(submission: Submission, version: Version | None = None, reasons: dict[str, str] | None = None) -> FormSheet:
    bench = bench_for(submission.task, [submission.organization_id])
    return sheet_of(submission, version or newest_version(submission), bench, reasons)


def _keep(request: HttpRequest, submission: Submission, batch: Batch, typed: Typed) -> Version:
    on_behalf = ""
    if not access.is_own_clerk(request.user, submission, timezone.localdate()):
        on_behalf = batch.on_behalf or _("no paper form named")
    return save_draft(
        submission=submission, changes=typed.changes, revision=batch.revision, key=batch.key, by=request.user,
        at=timezone.now(), explanations=dict(batch.explanations), nil_report=batch.nil_report, on_behalf=on_behalf,
    )  # fmt: skip


def _send(request: HttpRequest, submission: Submission, revision: int) -> HttpResponse:
    try:
        submit_report(submission=submission, revision=revision, by=request.user, at=timezone.now())
    except (NotNow, ActRefused, Conflict) as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect(f"{reverse('submissions:fill', args=[submission.id])}?{WITH_BLANKS}=1")
    messages.success(request, _("Sent for review: %(report)s.") % _named(submission))
    return redirect("submissions:detail", submission.id)


def _declare(request: HttpRequest, submission: Submission, revision: int, *, wanted: bool) -> HttpResponse:
    batch = Batch(revision=revision, nil_report=wanted)
    try:
        _keep(request, submission, batch, Typed({}, {}))
    except (NotNow, ActRefused, Conflict) as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        sentence = _("Nil report declared: %(report)s.") if wanted else _("Nil report lifted: %(report)s.")
        messages.success(request, sentence % _named(submission))
    return redirect("submissions:fill", submission.id)


def _revision(request: HttpRequest) -> int:
    """The revision that the page showed; 0, as before the first save, where it names none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _on_behalf(request: HttpRequest, sheet: FormSheet) -> str | None:
    if access.is_own_clerk(request.user, sheet.submission, timezone.localdate()):
        return None
    return sheet.version.on_behalf if sheet.version else ""


def _unread(batch: Batch, typed: Typed) -> dict[str, str]:
    return {key: batch.texts[key] for key in typed.errors}


def _named(submission: Submission) -> dict[str, str]:
    return {"report": f"{submission.organization} · {submission.task.form.title}"}
