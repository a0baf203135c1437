"""The acts of a security administrator on accounts: ending sessions, unlocking, disabling."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.recorder import record
from orgs.accounts import lockout
from orgs.accounts.accounts import SYSTEM_USERNAME
from orgs.accounts.sessions import county_of, renew_mark
from orgs.models import User


@transaction.atomic
def end_sessions(*, user: User, by: User, at: datetime) -> None:
    """Ends all sessions of the person with their next request."""
    renew_mark(user)
    _record("sessions.ended", user, by=by, at=at)


@transaction.atomic
def unlock(*, user: User, by: User, at: datetime) -> None:
    """Deletes the counts of failed sign-ins and wrong codes."""
    forgotten = lockout.unlock(user.username)
    closed = TOTPDevice.objects.filter(user_id=user.pk)
    closed.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    _record("account.unlocked", user, {"failed": forgotten}, by=by, at=at)


@transaction.atomic
def disable(*, user: User, by: User, at: datetime) -> None:
    """Prevents the person from signing in; what they did stays.

    Raises ValidationError for oneself and for one already disabled.
    """
    if user.pk == by.pk:
        raise ValidationError(_("Nobody disables their own account; ask another security administrator."))
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise ValidationError(_("The account of %(name)s is disabled already.") % {"name": user.name})
    renew_mark(user)
    _record("account.disabled", user, {"is_active": [True, False]}, by=by, at=at)


@transaction.atomic
def enable(*, user: User, by: User, at: datetime) -> None:
    """Allows the person to sign in again. Raises ValidationError for one who may already, and for the operator of commands."""
    if user.username == SYSTEM_USERNAME:
        raise ValidationError(_("Nobody signs in as the system operator."))
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise ValidationError(_("The account of %(name)s is not disabled.") % {"name": user.name})
    _record("account.enabled", user, {"is_active": [False, True]}, by=by, at=at)


def _record(kind: str, user: User, data: dict | None = None, *, by: User, at: datetime) -> None:
    record(kind, by=by, at=at, county_id=county_of(user), subject=f"user:{user.pk}", data=data)
