"""HTTP answers that several pages give: a refused act (409 with the sentence and the way back), and a workbook."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from submissions.core.conflicts import Conflict
from submissions.core.refusals import ActRefused
from submissions.states import NotNow

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def refusals_as_pages(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator of a view of one report (`submission_id`): turns a refused act into a page that loses nothing."""

    @wraps(view)
    def answered(request: HttpRequest, submission_id: int, **given) -> HttpResponse:
        try:
            return view(request, submission_id, **given)
        except Conflict as conflict:
            return refusal_page(request, submission_id, conflict.sentence, conflict.differences)
        except (NotNow, ActRefused) as refusal:
            return refusal_page(request, submission_id, refusal.sentence)

    return answered


def refusal_page(request: HttpRequest, submission_id: int, sentence: str, differences=()) -> HttpResponse:
    context = {"sentence": sentence, "differences": differences, "back": reverse("submissions:detail", args=[submission_id])}
    return render(request, "submissions/filling/conflict.html", context, status=409)


def sentence_of(refusal: NotNow | ActRefused | Conflict) -> str:
    return refusal.sentence


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    """The response that downloads an .xlsx under its name."""
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)
