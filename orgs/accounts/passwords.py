"""Changes and renews passwords: checked by the rules, remembered, recorded in the audit; older sessions end."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from audit.recorder import record
from orgs.accounts.accounts import first_password, first_password_hash
from orgs.accounts.password_rules import REMEMBERED
from orgs.accounts.sessions import county_of, renew_mark
from orgs.models import PasswordMemory, User


@transaction.atomic
def change_password(*, user: User, password: str, by: User, at: datetime) -> None:
    """Sets a password that the person chose.

    Raises ValidationError with every rule it breaks; ends all sessions but those that the caller keeps.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    validate_password(password, user)
    _remember(user, at)
    user.set_password(password)
    _take(user, must_change=False, at=at)
    record("password.changed", by=by, at=at, county_id=county_of(user), subject=f"user:{user.pk}")


@transaction.atomic
def reset_password(*, user: User, by: User, at: datetime) -> str:
    """Sets a new first password and returns it, to be shown once; it must be changed at the next sign-in. Ends all sessions."""
    user = User.objects.select_for_update().get(pk=user.pk)
    password = first_password()
    _remember(user, at)
    user.password = first_password_hash(password)
    _take(user, must_change=True, at=at)
    record("password.reset", by=by, at=at, county_id=county_of(user), subject=f"user:{user.pk}")
    return password


def must_change(user: User, at: datetime) -> bool:
    """Whether the password must be changed: a first password, or one older than PASSWORD_DAYS (0: passwords do not age)."""
    if user.must_change_password:
        return True
    since = user.password_changed_at or user.created_at
    return bool(settings.PASSWORD_DAYS) and at - since >= timedelta(days=settings.PASSWORD_DAYS)


def _remember(user: User, at: datetime) -> None:
    PasswordMemory.objects.create(user=user, password=user.password, at=at)
    kept = PasswordMemory.objects.filter(user=user).order_by("-at", "-id").values_list("pk", flat=True)[:REMEMBERED]
    PasswordMemory.objects.filter(user=user).exclude(pk__in=list(kept)).delete()


def _take(user: User, *, must_change: bool, at: datetime) -> None:
    user.must_change_password = must_change
    user.password_changed_at = at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    renew_mark(user)
