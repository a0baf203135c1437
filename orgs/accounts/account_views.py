"""The pages of the security administrator: accounts with their state, and the acts on one account."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from orgs.accounts import account_security, passwords, second_factor
from orgs.accounts.account_access import account_to_secure, accounts_to_secure
from orgs.accounts.filters import AccountFilter
from orgs.accounts.queries import account_shown
from orgs.accounts.tables import AccountTable
from orgs.lists.memory import opens_as_left
from orgs.models import User


@require_safe
@opens_as_left(AccountTable.name, AccountFilter.kept())
def account_list(request: HttpRequest) -> HttpResponse:
    found = accounts_to_secure(request.user, timezone.localdate()).order_by("username")
    filters = AccountFilter(request.GET, queryset=found)
    table = AccountTable(filters.qs, filters=filters).asked(request)
    return render(request, "orgs/accounts/accounts.html", {"table": table, "accounts": table.shown})


@require_safe
def account(request: HttpRequest, user_id: int) -> HttpResponse:
    return _account_page(request, account_to_secure(request.user, user_id, timezone.localdate()))


@require_POST
def end_sessions(request: HttpRequest, user_id: int) -> HttpResponse:
    return _act(request, user_id, account_security.end_sessions, _("All sessions of %(name)s were ended."))


@require_POST
def unlock(request: HttpRequest, user_id: int) -> HttpResponse:
    return _act(request, user_id, account_security.unlock, _("The account of %(name)s was unlocked."))


@require_POST
def disable(request: HttpRequest, user_id: int) -> HttpResponse:
    return _act(request, user_id, account_security.disable, _("The account of %(name)s was disabled."))


@require_POST
def enable(request: HttpRequest, user_id: int) -> HttpResponse:
    return _act(request, user_id, account_security.enable, _("The account of %(name)s may sign in again."))


@require_POST
def remove_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    return _act(request, user_id, second_factor.remove, _("The phone of %(name)s was removed; the password alone signs in."))


@require_POST
def reset_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Answers with the page itself, not a redirect: the new password is shown once and must not be stored anywhere."""
    user = account_to_secure(request.user, user_id, timezone.localdate())
    first_password = passwords.reset_password(user=user, by=request.user, at=timezone.now())
    user.refresh_from_db()
    return _account_page(request, user, first_password)


def _act(request: HttpRequest, user_id: int, act: Callable, success: str) -> HttpResponse:
    user = account_to_secure(request.user, user_id, timezone.localdate())
    try:
        act(user=user, by=request.user, at=timezone.now())
        messages.success(request, success % {"name": user.name})
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("orgs:account", user_id=user.pk)


def _account_page(request: HttpRequest, user: User, first_password: str = "") -> HttpResponse:
    shown = {"account": account_shown(user, timezone.now()), "first_password": first_password}
    return render(request, "orgs/accounts/account.html", shown)
