"""Answers to requests that cannot be served: a page without a trace, or {"said": …} for a script.

The incident number is on the page, in the answer to a script and in the line of the log (`audit.log_lines`).
"""

import secrets

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.doors import wants_json

NUMBER_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no characters that can be confused on the telephone


def incident_of(request: HttpRequest) -> str:
    """The incident number of this request: the day and six characters, made when first needed."""
    if not hasattr(request, "incident"):
        signs = "".join(secrets.choice(NUMBER_SIGNS) for _n in range(6))
        request.incident = f"{timezone.localdate():%Y%m%d}-{signs}"
    return request.incident


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer for what does not exist and for what the person may not see, so that nobody can distinguish the two."""
    sentence = _("There is no such page, or it is not among your duties.")
    if wants_json(request):
        return JsonResponse({"said": sentence}, status=404)
    return render(request, "404.html", {"sentence": sentence}, status=404)


def read_only(request: HttpRequest, sentence: str) -> HttpResponse:
    """The answer for what this person may see but not change; the sentence says what to do instead."""
    if wants_json(request):
        return JsonResponse({"said": sentence}, status=403)
    return render(request, "read_only.html", {"sentence": sentence}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to a request that no page sends; too many fields get a separate sentence."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _incident(request, 400, _("The request could not be read. Go back, reload the page and try again."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _("This page is older than your sign-in, so nothing was changed. Go back, reload the page and try again.")
    return _incident(request, 403, sentence)


def too_large(request: HttpRequest) -> HttpResponse:
    """The answer to more than UPLOAD_LIMIT_MB, before any of it is read."""
    sentence = _(
        "What was sent is too large. Send a file of at most %(limit)s MB, or fewer rows at a time; nothing was changed."
    )
    return _incident(request, 413, sentence % {"limit": settings.UPLOAD_LIMIT_MB})


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to an error of the program. The page uses no shared parts, because they may be what failed."""
    sentence = _("Something went wrong on our side. What you did last may not have been saved; look before doing it again.")
    number = incident_of(request)
    if wants_json(request):
        return JsonResponse({"said": sentence, "incident": number}, status=500)
    return HttpResponse(render_to_string("500.html", {"sentence": sentence, "incident": number}), status=500)


def _incident(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    number = incident_of(request)
    if wants_json(request):
        return JsonResponse({"said": sentence, "incident": number}, status=status)
    return render(request, f"{status}.html", {"sentence": sentence, "incident": number}, status=status)
