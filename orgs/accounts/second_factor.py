"""The code from a person's phone (TOTP): setting it up, asking for it after the password, removing it.

The code is checked by django-otp, which accepts each code once. Five wrong ones lock it for a quarter of an hour.
"""

from base64 import b32encode
from datetime import datetime, timedelta

import django_otp
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.recorder import record
from orgs.accounts.access import posts_on
from orgs.accounts.sessions import county_of
from orgs.choices import SEPARATED_ROLES
from orgs.models import User

AWAITED = "code_awaited"
MOST_TRIES = 5
CLOSED_FOR = timedelta(minutes=15)
STRICT_LEVEL = 3  # GB/T 22239: from level 3 on, administrators need a second factor


def device_of(user: User | AnonymousUser) -> TOTPDevice | None:
    """The person's phone, after its first code was confirmed."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).first()


def unproved_device_of(user: User) -> TOTPDevice | None:
    """The key of the person that waits for its first code."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).first()


def key_to_type(device: TOTPDevice) -> str:
    """The key in the form for authenticator apps: base32 in groups of four."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def await_code(request: HttpRequest, user: User) -> bool:
    """Marks a session after the password: if the person has a phone, it opens no page until a code is given."""
    awaited = device_of(user) is not None
    if awaited:
        request.session[AWAITED] = True
    return awaited


def must_set_up(request: HttpRequest, at: datetime) -> bool:
    """Whether the person is an administrator without a second factor and the level of protection requires one."""
    if settings.PROTECTION_LEVEL < STRICT_LEVEL or django_otp.DEVICE_ID_SESSION_KEY in request.session:
        return False
    return any(post.role in SEPARATED_ROLES for post in posts_on(request.user, timezone.localdate(at)))


def is_closed(device: TOTPDevice, at: datetime) -> bool:
    """Whether codes are refused: five wrong ones in a row, the last within a quarter of an hour."""
    last = device.throttling_failure_timestamp
    return device.throttling_failure_count >= MOST_TRIES and last is not None and at - last < CLOSED_FOR


@transaction.atomic
def begin_setting_up(*, user: User, by: User, at: datetime) -> TOTPDevice:
    """Makes a new key for the person, which is in force after its first code; an earlier key without a code is deleted."""
    TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).delete()
    record("second_factor.begun", by=by, at=at, county_id=county_of(user), subject=f"user:{user.pk}")
    return TOTPDevice.objects.create(user_id=user.pk, name="phone", confirmed=False)


def give_code(request: HttpRequest, *, device: TOTPDevice, code: str, at: datetime) -> bool:
    """Checks a code of the signed-in person; a right one opens the session and confirms a new phone.

    A code is valid once, even if it comes twice at the same time. Each wrong one is an event.
    """
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().get(pk=device.pk, user_id=request.user.pk)
        if is_closed(device, at):
            return False
        if device.throttling_failure_count >= MOST_TRIES:
            device.throttle_reset(commit=False)
        about = {"by": request.user, "at": at, "county_id": county_of(request.user), "subject": f"user:{request.user.pk}"}
        if not device.verify_token(code):
            failures = device.throttling_failure_count
            record("second_factor.failed", **about, result="refused", data={"failures": failures})
            if failures == MOST_TRIES:
                record("second_factor.locked", **about, result="refused")
            return False
        record("second_factor.passed" if device.confirmed else "second_factor.added", **about)
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    request.session.pop(AWAITED, None)
    django_otp.login(request, device)
    return True


@transaction.atomic
def remove(*, user: User, by: User, at: datetime) -> None:
    """Removes the second factor: the person's wish, or a security administrator's act for a lost phone."""
    removed, _rows = TOTPDevice.objects.filter(user_id=user.pk).delete()
    record(
        "second_factor.removed", by=by, at=at, county_id=county_of(user), subject=f"user:{user.pk}", data={"phones": removed}
    )
