"""Page-sized reads of accounts: the state of each, from sign-ins, passwords and phones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from orgs.accounts.lockout import locked_names
from orgs.models import Post, User

# state: (words, colour of the pill)
STATES = {
    "disabled": (_("Disabled"), "is-red"),
    "locked": (_("Locked"), "is-amber"),
    "unused": (_("Never signed in"), "is-grey"),
    "active": (_("In use"), "is-green"),
}


@dataclass(frozen=True)
class AccountShown:
    """One account as a line of the list: person, posts, state."""

    user: User
    posts: tuple[Post, ...]
    is_locked: bool
    has_phone: bool

    @property
    def state(self) -> str:
        if not self.user.is_active:
            return "disabled"
        if self.is_locked:
            return "locked"
        return "active" if self.user.last_login else "unused"

    @property
    def state_words(self) -> str:
        return STATES[self.state][0]

    @property
    def colour(self) -> str:
        return STATES[self.state][1]


def accounts_shown(users: Iterable[User], at: datetime) -> list[AccountShown]:
    """The accounts in the same order; three queries for a page of any length."""
    users = list(users)
    ids = [user.pk for user in users]
    posts: dict[int, list[Post]] = {}
    for post in Post.objects.filter(user_id__in=ids).select_related("organization").order_by("id"):
        posts.setdefault(post.user_id, []).append(post)
    locked = locked_names([user.username for user in users], at)
    phones = set(TOTPDevice.objects.filter(user_id__in=ids, confirmed=True).values_list("user_id", flat=True))
    return [AccountShown(user, tuple(posts.get(user.pk, ())), user.username in locked, user.pk in phones) for user in users]


def account_shown(user: User, at: datetime) -> AccountShown:
    return accounts_shown([user], at)[0]
