"""The views of one upload: preview, correction of cells, acceptance, deletion, and the annotated workbook."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.doors import wants_json
from spreadsheets.annotate.layout import SIGN
from spreadsheets.read.files import read_file
from spreadsheets.safe_text import file_name
from submissions.core import access
from submissions.core.json_answers import workbook_answer
from submissions.core.refusals import ActRefused
from submissions.imports.pages.answers import file_answer, not_taken_words, taken_words
from submissions.imports.pages.cell_notes import NotesTooLarge, marked_workbook
from submissions.imports.pages.corrected_workbook import read_decisions
from submissions.imports.pages.upload_page import open_context, refused_context, settled_context
from submissions.imports.report.import_report import FileResult, FileVerdict
from submissions.imports.service.stored_uploads import preview_of
from submissions.imports.service.uploads import accept_upload, drop_upload, mend_upload
from submissions.models import Task, Upload


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, upload_id: int) -> HttpResponse:
    """The preview of an upload; its POST corrects cells and heads and shows the preview again."""
    found = access.upload_to_see(request.user, upload_id, timezone.localdate())
    if request.method == "POST":
        return _mend(request, found)
    return _page(request, found)


@require_POST
def accept(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Imports all units that are ready, or the ticked ones; then reports the result and continues."""
    found = access.upload_to_see(request.user, upload_id, timezone.localdate())
    try:
        result = accept_upload(
            upload=found, sha256=request.POST.get("sha256", ""), units=_chosen(request), by=request.user, at=timezone.now()
        )
    except ActRefused as refusal:
        return _not_done(request, found, refusal.sentence)
    if result.verdict == FileVerdict.REFUSED:
        return _overtaken(request, found, result)
    if wants_json(request):
        return JsonResponse(file_answer(found, result))
    messages.success(request, taken_words(result))
    for sentence in not_taken_words(result):
        messages.warning(request, sentence)
    return redirect(_onward(request, found, result))


@require_POST
def drop(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Discards the file; nothing of it was written."""
    found = access.upload_to_see(request.user, upload_id, timezone.localdate())
    try:
        drop_upload(upload=found, by=request.user, at=timezone.now())
    except ActRefused as refusal:
        return _not_done(request, found, refusal.sentence)
    messages.success(request, _("Thrown away: %(name)s. Nothing of it was written.") % {"name": found.name})
    return redirect("submissions:intake")


@require_GET
def marked(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Downloads the same workbook with red cells, comments, a column with the faults of each row, and a list of all."""
    found = access.upload_to_see(request.user, upload_id, timezone.localdate())
    if found.settled_at is not None or found.content is None:
        messages.info(request, _("This file is settled; its content is kept no longer. Put it in again if you need it."))
        return redirect("submissions:upload", found.pk)
    content = bytes(found.content)
    try:
        result = preview_of(found, timezone.localdate())
        made = marked_workbook(content, read_file(content, found.name), result, found.mended)
    except NotesTooLarge:
        messages.error(
            request, _("The workbook is too large to be marked; its errors stand on this page with their addresses.")
        )
        return redirect("submissions:upload", found.pk)
    return workbook_answer(made, file_name(f"{SIGN} {found.name.rpartition('.')[0] or found.name}", ".xlsx"))


def _page(request: HttpRequest, found: Upload, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    if found.settled_at is not None:
        return render(request, "submissions/imports/upload.html", settled_context(found, today), status=status)
    result = preview_of(found, today)
    if result.verdict == FileVerdict.REFUSED:
        return render(request, "submissions/imports/upload.html", refused_context(found, result, today), status=status)
    return render(
        request, "submissions/imports/upload.html", open_context(request, found, result, _task(result)), status=status
    )


def _mend(request: HttpRequest, found: Upload) -> HttpResponse:
    """Stores the person's decisions; without any the file is only compared with the current reports again."""
    decided = read_decisions(request.POST.dict())
    try:
        mend_upload(upload=found, mended=decided.texts, heads=decided.heads, by=request.user, at=timezone.now())
    except ActRefused as refusal:
        return _not_done(request, found, refusal.sentence)
    if request.POST.get("act") == "mend" and not decided.texts:
        sentence = _("Nothing was chosen. Choose “Use this” or “Leave the cell out” beside a cell, or type what is right.")
        messages.warning(request, sentence)
    if request.POST.get("act") == "heads" and not decided.heads:
        messages.warning(request, _("Nothing was chosen. Choose what the head means, or that it is passed over."))
    return redirect(request.get_full_path())


def _overtaken(request: HttpRequest, found: Upload, result: FileResult) -> HttpResponse:
    """Answers when nothing could be written: 409, and the preview against the current reports."""
    anew = mend_upload(upload=found, mended={}, heads={}, by=request.user, at=timezone.now())
    if wants_json(request):
        return JsonResponse(file_answer(found, anew) | {"said": result.sentence}, status=409)
    for sentence in not_taken_words(result) or [result.sentence]:
        messages.error(request, sentence)
    return _page(request, found, status=409)


def _not_done(request: HttpRequest, found: Upload, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"said": sentence}, status=409)
    messages.error(request, sentence)
    return _page(request, found, status=409)


def _chosen(request: HttpRequest) -> list[int] | None:
    """The ticked submissions; None for all that are ready."""
    if request.POST.get("choose") != "ticked":
        return None
    return [int(text) for text in request.POST.getlist("unit") if text.isascii() and text.isdigit() and len(text) < 12]


def _task(result: FileResult) -> Task | None:
    return Task.objects.select_related("form").filter(pk=result.task_id).first() if result.task_id else None


def _onward(request: HttpRequest, found: Upload, result: FileResult) -> str:
    """The next page: the rest of the file, else the unit's report, or the grid of the units."""
    if found.settled_at is None:
        return reverse("submissions:upload", args=[found.pk])
    units = [unit for unit in result.units if unit.changes]
    if len(units) == 1:
        return reverse("submissions:fill", args=[units[0].submission_id])
    if result.task_id is None or not units:
        return reverse("submissions:intake")
    return reverse("submissions:grid", args=[result.task_id, found.organization_id])
