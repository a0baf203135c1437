"""The middlewares between sign-in and pages: the client's address, session limits, steps required first, refusals.

A view that anonymous people may open is marked with Django's login_not_required.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from audit.doors import client_address, wants_json
from audit.origin import origin
from audit.recorder import record
from orgs.accounts import passwords, second_factor, sessions
from orgs.accounts.access import ReadOnly, Refused, posts_on
from orgs.accounts.session_limits import Ended
from orgs.web.refusal_pages import not_found, read_only

Answering = Callable[[HttpRequest], HttpResponse]
ALWAYS_OPEN = {"orgs:login", "orgs:logout", "orgs:session", "set_language"}
LARGEST_ID = 2**63 - 1  # what the database can hold; an address can name more
# Asking how the session is must not keep it alive.
NOT_A_USE = {"orgs:session"}


class KnownOrigin:
    """Adds the client's address, the channel and the person's roles to everything recorded during a request."""

    def __init__(self, get_response: Answering):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        channel = "api" if wants_json(request) else "page"
        roles = SimpleLazyObject(lambda: roles_of(request))
        with origin(address=client_address(request) or "", channel=channel, role=roles):
            return self.get_response(request)


def roles_of(request: HttpRequest) -> str:
    """The roles of the signed-in person today, as the audit stores them: "clerk,reviewer"."""
    if not request.user.is_authenticated:
        return ""
    return ",".join(sorted({post.role for post in posts_on(request.user, timezone.localdate())}))


class SessionLimits:
    """Ends a session that is over; a person who must first give a code or a new password gets only that page."""

    def __init__(self, get_response: Answering):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        at = timezone.now()
        name = request.resolver_match.view_name
        why = sessions.why_over(request, at)
        if why:
            sessions.end(request, why, at)
            request.session_ended = why
            return None
        if name not in NOT_A_USE:
            sessions.touch(request, at)
        if name in ALWAYS_OPEN:
            return None
        return _lead_to_what_is_owed(request, name, at)


def _lead_to_what_is_owed(request: HttpRequest, name: str, at) -> HttpResponse | None:
    if request.session.get(second_factor.AWAITED):
        return _lead(request, name, {"orgs:second_factor"}, _("Type the code from your phone first."))
    if passwords.must_change(request.user, at):
        return _lead(request, name, {"orgs:password"}, _("Choose a new password first."))
    if second_factor.must_set_up(request, at):
        doors = {"orgs:second_factor", "orgs:second_factor_begin", "orgs:second_factor_confirm"}
        return _lead(request, name, doors, _("Administrators set up a second factor first."))
    return None


def _lead(request: HttpRequest, name: str, doors: set[str], sentence: str) -> HttpResponse | None:
    if name in doors:
        return None
    (door,) = (door for door in doors if door in {"orgs:second_factor", "orgs:password"})
    return _sent_to(request, f"{reverse(door)}?{urlencode({'next': way_back(request)})}", sentence)


class SignInRequired(LoginRequiredMiddleware):
    """Sends pages to the sign-in and back; a script gets 401 with the address, so that nothing typed is lost."""

    def handle_no_permission(self, request, view_func) -> HttpResponse:
        why = getattr(request, "session_ended", None)
        sentence = {
            Ended.IDLE: _("Your session ended because nothing was done for a while. Sign in again; what you typed stays here."),
            Ended.TOO_LONG: _("Your session reached its longest time. Sign in again; what you typed stays here."),
            Ended.ELSEWHERE: _("Your session was ended elsewhere. Sign in again; what you typed stays here."),
        }.get(why, _("You are not signed in. Sign in; what you typed stays here."))
        query = {"next": way_back(request)} | ({"ended": why.value} if why else {})
        return _sent_to(request, f"{reverse('orgs:login')}?{urlencode(query)}", sentence)


class Refusals:
    """Answers refusals: 404 if the person may not see the object, a sentence if the person may only look.

    The reason is audited.
    """

    def __init__(self, get_response: Answering):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused | PermissionDenied):
            return None
        if request.user.is_authenticated:
            _record_refusal(request, exception)
        return read_only(request, exception.sentence) if isinstance(exception, ReadOnly) else not_found(request, exception)


@transaction.atomic
def _record_refusal(request: HttpRequest, exception: Refused | PermissionDenied) -> None:
    sentence = getattr(exception, "sentence", "") or str(exception)
    place = getattr(exception, "organization_id", None)
    record(
        "access.refused",
        by=request.user,
        at=timezone.now(),
        county_id=sessions.county_of(request.user),
        organization_id=place if place and place <= LARGEST_ID else None,
        subject=request.path[:120],
        data={"method": request.method, "said": sentence},
        result="refused",
    )


def way_back(request: HttpRequest) -> str:
    """The address after signing in: this page, or for a POST from a page, that page."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return settings.LOGIN_REDIRECT_URL
    return page.path + (f"?{page.query}" if page.query else "")


def _sent_to(request: HttpRequest, url: str, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"said": sentence, "login": url}, status=401)
    return HttpResponseRedirect(url)
