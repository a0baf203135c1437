"""Makes accounts, and gives and ends posts. Sessions, lockout and passwords have separate modules."""

import re
import secrets
import string
import unicodedata
from datetime import UTC, date, datetime

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.choices import SEPARATED_ROLES, Role
from orgs.models import Organization, Post, User

SYSTEM_USERNAME = "system"
USERNAME = re.compile(r"\w[\w.@+-]{0,59}")
# The operator of commands is part of the installation and older than every act.
SYSTEM_BEGAN = datetime(2000, 1, 1, tzinfo=UTC)
NAME_LENGTH = User._meta.get_field("name").max_length
PASSWORD_GROUPS = 4
GROUP_LENGTH = 4
# Letters and digits that cannot be confused on a printed slip.
LETTERS_AND_DIGITS = "".join(sorted(set(string.ascii_letters + string.digits) - set("0O1lIo")))
# 16 random characters hold more than 90 bits and need no stretching; at full strength 3,000 accounts took nine minutes.
FIRST_PASSWORD_ITERATIONS = 5_000


def system_operator() -> User:
    """The user in whose name commands act. Nobody can sign in with it."""
    found = User.objects.filter(username=SYSTEM_USERNAME).first()
    if found is not None:
        return found
    operator = User(username=SYSTEM_USERNAME, name="系统", is_active=False, created_at=SYSTEM_BEGAN, must_change_password=False)
    operator.set_unusable_password()
    User.objects.bulk_create([operator], ignore_conflicts=True)
    return User.objects.get(username=SYSTEM_USERNAME)


@transaction.atomic
def make_account(*, username: str, name: str, by: User, at: datetime) -> tuple[User, str]:
    """Makes an account without a post, with its first password, which is shown once and must be changed at the first login.

    Raises ValidationError where the user name is taken or not allowed.
    """
    _refuse_strange_names(username, name)
    password = first_password()
    user = User(username=username, name=name, created_at=at, password_changed_at=at, password=first_password_hash(password))
    user.save(force_insert=True)
    record("account.made", by=by, at=at, subject=f"user:{user.pk}", data={"username": [None, username], "name": [None, name]})
    return user, password


def _refuse_strange_names(username: str, name: str) -> None:
    """Refuses names that do not begin with a letter or digit, so that no list of them can hold a formula."""
    wrong: dict[str, str] = {}
    if not USERNAME.fullmatch(username):
        wrong["username"] = _(
            "A user name has 1 to 60 letters, digits or the signs . @ + - _, begins with a letter or digit and has no spaces."
        )
    elif (plain := unicodedata.normalize("NFKC", username)) != username:
        sentence = _("The user name %(username)s has full-width signs, which nobody types at the login; write %(plain)s.")
        wrong["username"] = sentence % {"username": username, "plain": plain}
    elif User.objects.filter(username__iexact=username).exists():
        wrong["username"] = _("The user name %(username)s is taken; choose another.") % {"username": username}
    if not (name[:1].isalnum() and name.isprintable() and len(name) <= NAME_LENGTH):
        wrong["name"] = _("A person's name has 1 to %(limit)d signs and begins with a letter.") % {"limit": NAME_LENGTH}
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def add_person(
    *, username: str, name: str, organization: Organization, role: str, valid_from: date, by: User, at: datetime
) -> tuple[User, str]:
    """Makes an account and its first post in one act; returns the first password."""
    user, password = make_account(username=username, name=name, by=by, at=at)
    give_post(user=user, organization=organization, role=role, valid_from=valid_from, by=by, at=at)
    return user, password


@transaction.atomic
def give_post(*, user: User, organization: Organization, role: str, valid_from: date, by: User, at: datetime) -> Post:
    """Gives a role at an organization from a day on.

    Raises ValidationError where duties would mix or the person has the role already.
    """
    User.objects.select_for_update().get(pk=user.pk)
    held = list(Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), user=user))
    _refuse_mixed_duties(user, role, held)
    if any(post.role == role and post.organization_id == organization.pk for post in held):
        raise ValidationError(
            _("%(name)s already holds the post %(role)s at %(organization)s.")
            % {"name": user.name, "role": Role(role).label, "organization": organization.name}
        )
    # A post that ended before it began (given and ended on one day) is used again: one row per start.
    facts = {
        "county_id": organization.county_id, "user": user, "organization": organization, "role": role, "valid_from": valid_from,
    }  # fmt: skip
    if not Post.objects.filter(**facts).update(valid_to=None):
        Post.objects.create(**facts)
    post = Post.objects.get(**facts)
    _record_post("post.given", post, {"from": [None, valid_from.isoformat()]}, by=by, at=at)
    return post


@transaction.atomic
def end_post(*, post: Post, last_day: date, by: User, at: datetime) -> None:
    """Ends a post with the last day, inclusive; the day before today takes effect with the next request.

    Raises ValidationError where the post had ended by then.
    """
    ending = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last_day), county_id=post.county_id, pk=post.pk)
    if not ending.update(valid_to=last_day):
        raise ValidationError(_("This post has already ended; nothing was changed."))
    _record_post("post.ended", post, {"to": [_day(post.valid_to), last_day.isoformat()]}, by=by, at=at)


def _refuse_mixed_duties(user: User, role: str, held: list[Post]) -> None:
    """Refuses mixed duties.

    GB/T 22239: system, security and audit administration are three people, and none of them works with figures.
    """
    if user.username == SYSTEM_USERNAME:
        raise ValidationError(_("The system operator holds no post."))
    for post in held:
        if post.role != role and (role in SEPARATED_ROLES or post.role in SEPARATED_ROLES):
            raise ValidationError(
                _("%(name)s is already %(held)s; the same person may not be %(role)s too. Use another account.")
                % {"name": user.name, "held": Role(post.role).label, "role": Role(role).label}
            )


def _record_post(kind: str, post: Post, dates: dict, *, by: User, at: datetime) -> None:
    record(
        kind,
        by=by,
        at=at,
        county_id=post.county_id,
        subject=f"user:{post.user_id}",
        organization_id=post.organization_id,
        data={"role": post.role, **dates},
    )


def first_password() -> str:
    """Four groups of four characters; drawn again until it has small and capital letters and digits."""
    while True:
        groups = ("".join(secrets.choice(LETTERS_AND_DIGITS) for _n in range(GROUP_LENGTH)) for _g in range(PASSWORD_GROUPS))
        password = "-".join(groups)
        if all(any(test(sign) for sign in password) for test in (str.islower, str.isupper, str.isdigit)):
            return password


def first_password_hash(password: str) -> str:
    """A hash that is faster than that of a chosen password; Django makes it as strong as the others at the first sign-in."""
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), FIRST_PASSWORD_ITERATIONS)
    return hasher.encode(password, hasher.salt())


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
