"""The pages of signing in and out, and the state of the session for scripts."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orgs.accounts.login import LoginRefusal, sign_in, sign_out
from orgs.accounts.login_forms import SignInForm
from orgs.accounts.session_limits import Ended

REFUSALS = {
    LoginRefusal.WRONG: _("User name or password is not right. After five wrong tries the sign-in is locked for 15 minutes."),
    LoginRefusal.LOCKED: _(
        "Too many wrong tries: locked for 15 minutes. Wait, or ask the security administrator to unlock it."
    ),
    LoginRefusal.BUSY: _("Too many people are signing in from here right now. Wait a minute and try again."),
}
ENDED = {
    Ended.IDLE: _("Your session ended because nothing was done for a while. Sign in again."),
    Ended.TOO_LONG: _("Your session reached its longest time. Sign in again."),
    Ended.ELSEWHERE: _("Your session was ended: somebody signed in with your account elsewhere, or an administrator ended it."),
}


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Signs in. A wrong password and an unknown name get the same answer; locked and too many get 429."""
    if request.user.is_authenticated and request.method != "POST":
        return redirect(where_next(request))
    form = SignInForm(request.POST or None)
    refusal = None
    if form.is_valid():
        refusal = sign_in(request, **form.cleaned_data, at=timezone.now())
        if refusal is None:
            return redirect(where_next(request))
        form.add_error(None, REFUSALS[refusal])
    shown = {"form": form, "next": where_next(request), "ended": ENDED.get(request.GET.get("ended"))}
    return render(
        request, "orgs/accounts/login.html", shown, status=429 if refusal in (LoginRefusal.LOCKED, LoginRefusal.BUSY) else 200
    )


@login_not_required
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        sign_out(request, at=timezone.now())
    return redirect("orgs:login")


@login_not_required
@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """The state of the session for the fill page; asking does not keep the session alive.

    It says who is signed in now (after a sign-in in another tab), the token to post with, the idle limit: {"user": id or null,
    "name": text, "token": text, "idle_seconds": int}.
    """
    user = request.user if request.user.is_authenticated else None
    idle = settings.SESSION_IDLE_MINUTES * 60
    session_data = {
        "user": user and user.pk,
        "name": user.name if user else "",
        "token": get_token(request),
        "idle_seconds": idle,
    }
    return JsonResponse(session_data)


def where_next(request: HttpRequest) -> str:
    """The requested page if it is a page of this site; else home."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else settings.LOGIN_REDIRECT_URL
