"""Signs people in and out: limits first, then the password, then the session; each with its event."""

from datetime import datetime
from enum import StrEnum

from django.contrib.auth import authenticate, logout
from django.db import transaction
from django.http import HttpRequest

from audit.doors import client_address
from audit.recorder import record
from orgs.accounts import lockout, second_factor, sessions
from orgs.models import User

MOST_SHOWN = 2  # characters of an unknown name that the audit stores: it may be a password typed in the wrong field


class LoginRefusal(StrEnum):
    """Why a sign-in was refused. An unknown name, a wrong password and a disabled account give the same answer."""

    WRONG = "wrong"
    LOCKED = "locked"
    BUSY = "busy"


def sign_in(request: HttpRequest, *, username: str, password: str, at: datetime) -> LoginRefusal | None:
    """Begins a session for the person; returns None if that worked."""
    address = client_address(request)
    if lockout.is_too_many(address, at):
        _record_limit(address, at)
        return LoginRefusal.BUSY
    if not lockout.wait_turn(username, at):
        return LoginRefusal.BUSY
    user = authenticate(request, username=username, password=password)
    if user is None:
        return _record_failure(request, username, at)
    with transaction.atomic():
        sessions.begin(request, user, at)
        awaited = second_factor.await_code(request, user)
        record("login.done", by=user, at=at, **_about(user), data={"code_awaited": True} if awaited else None)
    return None


@transaction.atomic
def sign_out(request: HttpRequest, *, at: datetime) -> None:
    user = request.user
    record("logout.done", by=user, at=at, **_about(user))
    logout(request)


def _about(user: User) -> dict:
    return {"county_id": sessions.county_of(user), "subject": f"user:{user.pk}"}


@transaction.atomic
def _record_failure(request: HttpRequest, username: str, at: datetime) -> LoginRefusal:
    """Records a failure. axes marks the request `axes_locked_out` both at the failure that locks and at every try while locked.

    Only the former was counted, and leaves `axes_failures_since_start`.
    """
    locked = request.axes_locked_out
    counted = request.axes_failures_since_start is not None
    user = User.objects.filter(username=username).first()
    about = _about(user) if user else {"subject": "user:unknown"}
    data = {} if user else {"name": f"{username[:MOST_SHOWN]}… ({len(username)})"}
    record("login.failed" if counted else "login.refused", by=None, at=at, **about, data=data, result="refused")
    if locked and counted:
        record("login.locked", by=None, at=at, **about, data=data, result="refused")
    return LoginRefusal.LOCKED if locked else LoginRefusal.WRONG


@transaction.atomic
def _record_limit(address: str | None, at: datetime) -> None:
    if not lockout.is_limit_recorded(address, at):
        record(lockout.LIMITED, by=None, at=at, result="refused")
