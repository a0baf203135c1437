"""Begins, keeps and ends the session of a signed-in person.

Every session has the mark that its person had when it began (`User.session_key`). A new mark ends all sessions with another
one. If only one session at a time is allowed, each sign-in makes a new mark; ending a person's sessions always does.
"""

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest

from audit.recorder import record
from orgs.accounts.session_limits import Ended, over, should_touch
from orgs.models import Post, User

BEGAN, SEEN, MARK = "began", "seen", "mark"


def begin(request: HttpRequest, user: User, at: datetime) -> None:
    """Begins a session under a new key, with the mark. The caller has authenticated the user. Old sessions are deleted."""
    request.session.clear_expired()
    login(request, user)
    request.session.cycle_key()
    if settings.ONE_SESSION or not user.session_key:
        renew_mark(user)
    now = int(at.timestamp())
    request.session.update({BEGAN: now, SEEN: now, MARK: user.session_key})


def renew_mark(user: User) -> None:
    """Ends all sessions so far, with their next request."""
    user.session_key = secrets.token_hex(20)
    user.save(update_fields=["session_key"])


def why_over(request: HttpRequest, at: datetime) -> Ended | None:
    """Why the session of the signed-in person is over; None while it lasts.

    A session without a mark did not begin at the sign-in page: only tests can make one.
    """
    session = request.session
    if MARK not in session:
        return None
    if session[MARK] != request.user.session_key:
        return Ended.ELSEWHERE
    idle, longest = settings.SESSION_IDLE_MINUTES * 60, settings.SESSION_HOURS * 3600
    return over(began=session[BEGAN], seen=session[SEEN], now=int(at.timestamp()), idle=idle, longest=longest)


def touch(request: HttpRequest, at: datetime) -> None:
    """Stores that the session was used."""
    now = int(at.timestamp())
    if MARK in request.session and should_touch(seen=request.session[SEEN], now=now):
        request.session[SEEN] = now


@transaction.atomic
def end(request: HttpRequest, why: Ended, at: datetime) -> None:
    """Ends the session; the request continues as anonymous."""
    user = request.user
    record("session.ended", by=user, at=at, county_id=county_of(user), subject=f"user:{user.pk}", data={"why": why})
    leave(request)


def leave(request: HttpRequest) -> None:
    request.session.flush()
    request.user = AnonymousUser()


def county_of(user: User) -> int | None:
    """The county in whose chain events about a person are recorded: that of the first post; None without one."""
    return Post.objects.filter(user_id=user.pk).order_by("id").values_list("county_id", flat=True).first()
