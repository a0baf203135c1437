"""The code from a person's phone (TOTP): set up, asked for after the password, taken away.

The code is checked by django-otp, which takes each code once. Five wrong ones lock it for a quarter of an hour.
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
    """The key that was made for the person and waits for its first code."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).first()


def key_to_type(device: TOTPDevice) -> str:
    """The key as authenticator apps take it: base32 in groups of four."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def await_code(request: HttpRequest, user: User) -> bool:
    """After the password: the session opens no page until a code is given, where the person has a phone."""
    awaited = device_of(user) is not None
    if awaited:
        request.session[AWAITED] = True
    return awaited


def must_set_up(request: HttpRequest, at: datetime) -> bool:
    """An administrator without a second factor, where the level of protection asks for one."""
    if settings.PROTECTION_LEVEL < STRICT_LEVEL or django_otp.DEVICE_ID_SESSION_KEY in request.session:
        return False
    return any(post.role in SEPARATED_ROLES for post in posts_on(request.user, timezone.localdate(at)))


def is_closed(device: TOTPDevice, at: datetime) -> bool:
    """Five wrong codes in a row, the last of them within the quarter of an hour."""
    last = device.throttling_failure_timestamp
    return device.throttling_failure_count >= MOST_TRIES and last is not None and at - last < CLOSED_FOR


@transaction.atomic
def begin_setting_up(*, user: User, by: User, at: datetime) -> TOTPDevice:
    """A new key for the person, which counts from its first code on; an earlier one without a code is forgotten."""
    TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).delete()
    record("second_factor.begun", by=by, at=at, county_id=county_of(user), subject=f"user:{user.pk}")
    return TOTPDevice.objects.create(user_id=user.pk, name="phone", confirmed=False)


def give_code(request: HttpRequest, *, device: TOTPDevice, code: str, at: datetime) -> bool:
    """Check a code of the signed-in person; a right one opens the session, and proves a new phone.

    A code counts once, also when it comes twice at the same time. Each wrong one is an event.
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
    """The password alone signs in again: the person's wish, or a security administrator's for one whose phone is lost."""
    removed, _rows = TOTPDevice.objects.filter(user_id=user.pk).delete()
    record(
        "second_factor.removed", by=by, at=at, county_id=county_of(user), subject=f"user:{user.pk}", data={"phones": removed}
    )
