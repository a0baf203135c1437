"""The page on which people change their own password. The rules are in `orgs.accounts.password_rules`."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from orgs.accounts import sessions
from orgs.accounts.login_forms import PasswordForm
from orgs.accounts.login_views import where_next
from orgs.accounts.passwords import change_password, must_change
from orgs.accounts.session_limits import Ended

WRONG = "wrong_passwords"
MOST_WRONG = 5


@sensitive_post_parameters("current", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Changes the password. Five wrong current passwords end the session: it may be somebody at an unlocked screen."""
    form = PasswordForm(request.POST or None, user=request.user)
    if form.is_valid() and _is_changed(request, form):
        messages.success(request, _("Your password was changed. You were signed out everywhere else."))
        return redirect(where_next(request))
    if form.has_error("current", "wrong") and _is_one_too_many(request):
        return redirect("orgs:login")
    shown = {"form": form, "next": where_next(request), "forced": must_change(request.user, timezone.now())}
    return render(request, "orgs/accounts/password.html", shown)


def _is_changed(request: HttpRequest, form: PasswordForm) -> bool:
    at = timezone.now()
    try:
        change_password(user=request.user, password=form.cleaned_data["new"], by=request.user, at=at)
    except ValidationError as broken:
        form.add_error("new", broken)
        return False
    request.user.refresh_from_db()
    update_session_auth_hash(request, request.user)
    request.session[sessions.MARK] = request.user.session_key
    request.session.pop(WRONG, None)
    return True


def _is_one_too_many(request: HttpRequest) -> bool:
    request.session[WRONG] = request.session.get(WRONG, 0) + 1
    if request.session[WRONG] < MOST_WRONG:
        return False
    sessions.end(request, Ended.WRONG_PASSWORDS, timezone.now())
    return True
