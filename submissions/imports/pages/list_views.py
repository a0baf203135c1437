"""The upload page: lists the uploaded files, and takes new files one by one, as a page or for its script."""

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from audit.doors import wants_json
from orgs.accounts.access import Refused, require_role
from orgs.lists.memory import opens_as_left
from orgs.models import Organization
from orgs.web.refusal_pages import too_large
from spreadsheets.limits import MEBIBYTE
from spreadsheets.read.packs import is_pack, unpacked
from spreadsheets.read.workbook import Unreadable
from submissions.core import access
from submissions.imports.pages import upload_list
from submissions.imports.pages.answers import file_answer, pack_answer, refused_answer, script_words
from submissions.imports.pages.list_tables import UploadFilter, UploadTable
from submissions.imports.service.uploads import put_upload, renew_beside
from submissions.models import Task

ACCEPTED = ".xlsx,.xlsm,.xls,.et,.csv,.zip"


@require_GET
@opens_as_left(UploadTable.name, UploadFilter.kept())
def intake(request: HttpRequest) -> HttpResponse:
    """The upload page: the field for files, the last uploads, and the forms to fill."""
    today = timezone.localdate()
    places = places_of(request)
    chosen = place_of(request.GET.get("organization", ""), places)
    tasks = list(upload_list.open_tasks(chosen, today))
    filters = UploadFilter(request.GET, queryset=upload_list.recent_uploads(request.user))
    context = {
        "places": places, "chosen": chosen, "tasks": upload_list.offered(tasks),
        "table": UploadTable(filters.qs, filters=filters).asked(request),
        "fresh": upload_list.fresh_forms(tasks, chosen, today), "accepted": ACCEPTED, "limit": settings.UPLOAD_LIMIT_MB,
        "page_data": {
            "words": script_words(), "limit": settings.UPLOAD_LIMIT_MB, "bytes": settings.UPLOAD_LIMIT_MB * MEBIBYTE,
            "login": f"{reverse('orgs:login')}?next={request.path}",
        },
    }  # fmt: skip
    return render(request, "submissions/imports/list.html", context)


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """Uploads. One file of the script gets JSON; the files of a form without script get the page that shows them."""
    places = places_of(request)
    place = place_of(request.POST.get("organization", ""), places)
    task = _task(request.POST.get("task", ""), place)
    files = request.FILES.getlist("file")
    if not files:
        return _nothing_sent(request)
    if any(file.size > settings.UPLOAD_LIMIT_MB * MEBIBYTE for file in files):
        return too_large(request)
    answers = [_take(request, file, place, task) for file in files]
    if wants_json(request):
        return JsonResponse(answers[0])
    return _page_of(request, answers)


def _take(request: HttpRequest, file: UploadedFile, place: Organization, task: Task | None) -> dict:
    """Stores one file; returns its answer, or for a zip one answer with an answer per file inside."""
    name, content = file.name, file.read()
    if not is_pack(content):
        return _put(request, name, content, place, task)
    try:
        inside = unpacked(content, name)
    except Unreadable as unreadable:
        return refused_answer(name, unreadable.kind, unreadable.sentence)
    return pack_answer(name, [_put(request, inner, bytes_inside, place, task) for inner, bytes_inside in inside])


def _put(request: HttpRequest, name: str, content: bytes, place: Organization, task: Task | None) -> dict:
    at = timezone.now()
    upload, result = put_upload(name=name, content=content, organization=place, task=task, by=request.user, at=at)
    others = renew_beside(upload=upload, result=result, at=at)
    return file_answer(upload, result) | {"others": [file_answer(other, anew) for other, anew in others]}


def _page_of(request: HttpRequest, answers: list[dict]) -> HttpResponse:
    """Redirects to the preview of the one file, or to the list with a sentence about each refused file."""
    flat = [inner for answer in answers for inner in answer.get("files", [answer])]
    if len(flat) == 1 and flat[0]["url"]:
        return redirect(flat[0]["url"])
    for answer in flat:
        if answer["problem"]:
            messages.error(request, f"{answer['file']}: {answer['said']}")
    messages.info(request, _("%(n)s files put in. Look at each of them below and confirm it.") % {"n": len(flat)})
    return redirect("submissions:intake")


def _nothing_sent(request: HttpRequest) -> HttpResponse:
    sentence = _("No file was sent. Choose one or more files, then send them.")
    if wants_json(request):
        return JsonResponse({"said": sentence}, status=400)
    messages.error(request, sentence)
    return redirect("submissions:intake")


def places_of(request: HttpRequest) -> list[Organization]:
    """The places where this person is clerk; raises Refused for any other person."""
    posts = require_role(request.user, access.FILLING, timezone.localdate())
    return list({post.organization_id: post.organization for post in posts}.values())


def place_of(text: str, places: list[Organization]) -> Organization:
    """The place in the request, which must be one of the person's own; the first if none is named."""
    if not text:
        return places[0]
    chosen = next((place for place in places if str(place.pk) == text), None)
    if chosen is None:
        raise Refused(_("Organization %(id)s is none of your posts as clerk.") % {"id": text[:20]})
    return chosen


def _task(text: str, place: Organization) -> Task | None:
    """The chosen task for free tables; raises Refused for one that is not open at the place."""
    if not text:
        return None
    tasks = upload_list.open_tasks(place, timezone.localdate())
    task = next((task for task in tasks if str(task.pk) == text), None)
    if task is None:
        raise Refused(_("Task %(id)s is not open at %(name)s.") % {"id": text[:20], "name": place})
    return task
