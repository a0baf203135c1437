"""Keeps the period that a person chose last in a cookie of his own, which outlives the session as the language does.

Reading pages write nothing into the database, so the choice belongs to the computer it was made on (decision 183).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reports.scope.opening_period import Opening

DAYS = 200  # two quarters; who has not looked for so long is shown what everybody is


def kept_period(request: HttpRequest) -> str:
    """The text of the period, as it was kept; "" where none was."""
    return request.COOKIES.get(_name(request), "")


def keep_period(response: HttpResponse, request: HttpRequest, opening: Opening) -> HttpResponse:
    """Keep a period that was chosen; forget one that is where the page opens anyway, so that it opens on the next one in time."""
    name = _name(request)
    if opening.period == opening.usual:
        if name in request.COOKIES:
            response.delete_cookie(name, samesite=settings.SESSION_COOKIE_SAMESITE)
    elif opening.is_chosen and opening.period in opening.known:
        response.set_cookie(
            name, str(opening.period), max_age=DAYS * 24 * 3600, httponly=True,
            secure=settings.SESSION_COOKIE_SECURE, samesite=settings.SESSION_COOKIE_SAMESITE,
        )  # fmt: skip
    return response


def _name(request: HttpRequest) -> str:
    """Several people may sign in at one computer."""
    return f"{settings.SESSION_COOKIE_NAME}_period_{request.user.pk}"
