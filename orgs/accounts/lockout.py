"""Counts failed sign-ins with django-axes, without storing names, and slows and limits them.

Five failures of one name from one address lock that pair for a quarter of an hour. From other addresses the account stays open
but gets slower, and one address gets only so many tries a minute: a hash costs 0.2 s, so the limit is checked before hashing.
"""

import time
from datetime import datetime, timedelta
from threading import BoundedSemaphore

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from audit.models import Event

LIMITED = "login.limited"
TRIES = ("login.done", "login.failed", "login.refused")
MINUTE = timedelta(minutes=1)
PAUSE_STEP = 0.5  # seconds more with every further failure
# Waiting keeps a thread busy: of the four of a worker no more than two wait, and only for accounts under attack.
_WAITING = BoundedSemaphore(2)


def name_key(username: str) -> str:
    """The key stored instead of a user name.

    People type their password there by mistake, and names of accounts are confidential.
    """
    return salted_hmac("orgs.accounts.lockout", username).hexdigest()[:40]


def key_in_request(request: HttpRequest, credentials: dict | None) -> str:
    """For axes: the key of the name in the request."""
    return name_key((credentials or {}).get("username") or "")


def as_answered(request: HttpRequest, response: HttpResponse, credentials: dict | None) -> HttpResponse:
    """For axes: returns the response unchanged, because the sign-in page already says that the pair is locked."""
    return response


def is_too_many(address: str | None, at: datetime) -> bool:
    """Whether the address sent more than LOGINS_PER_MINUTE sign-ins within a minute."""
    tries = Event.objects.filter(kind__in=TRIES, at__gt=at - MINUTE, at__lte=at, address=address or "")
    return tries.count() >= settings.LOGINS_PER_MINUTE


def is_limit_recorded(address: str | None, at: datetime) -> bool:
    """Whether the limit of this minute was recorded already: a flood gives one event a minute, not thousands."""
    return Event.objects.filter(kind=LIMITED, at__gt=at - MINUTE, at__lte=at, address=address or "").exists()


def failures(username: str, at: datetime) -> int:
    """Failed sign-ins of the name within the quarter of an hour, from all addresses together."""
    tries = AccessAttempt.objects.filter(username=name_key(username), attempt_time__gt=at - settings.AXES_COOLOFF_TIME)
    return tries.aggregate(Sum("failures_since_start"))["failures_since_start__sum"] or 0


def pause_for(failed: int) -> float:
    """Seconds to wait before trying a name with so many failures: none up to the limit, then longer and longer."""
    beyond = failed - settings.AXES_FAILURE_LIMIT + 1
    return min(max(beyond, 0) * PAUSE_STEP, settings.LOGIN_PAUSE_SECONDS)


def wait_turn(username: str, at: datetime) -> bool:
    """Sleeps for the pause of the name (`pause_for`); False where too many are waiting already."""
    pause = pause_for(failures(username, at))
    if not pause:
        return True
    if not _WAITING.acquire(blocking=False):
        return False
    try:
        time.sleep(pause)
    finally:
        _WAITING.release()
    return True


def locked_names(usernames: list[str], at: datetime) -> set[str]:
    """Which of the names are locked from at least one address."""
    keys = {name_key(username): username for username in usernames}
    locked = AccessAttempt.objects.filter(username__in=keys, attempt_time__gt=at - settings.AXES_COOLOFF_TIME)
    pairs = locked.order_by().values("username", "ip_address").annotate(failed=Sum("failures_since_start"))
    return {keys[pair["username"]] for pair in pairs if pair["failed"] >= settings.AXES_FAILURE_LIMIT}


def unlock(username: str) -> int:
    """Deletes the failures of a name from every address; returns the number of rows."""
    return reset(username=name_key(username))
