"""Loads people and their posts from a table; first passwords are in the answer and nowhere else. Knows no command."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from io import StringIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.actions.accounts import give_post, make_account
from orgs.kinds import Role
from orgs.loading.loaded import Loaded
from orgs.models import Organization, Post, User
from orgs.queries import held_on
from orgs.spans import batched
from spreadsheets.tables import Problems, Table, TableRow

COLUMNS = ("username", "name", "org_code", "role")


@transaction.atomic
def load_accounts(table: Table, *, by: User, at: datetime) -> Loaded:
    """Make the accounts and give the posts of the table, from today on. One person in several rows has several posts.

    An account that is there keeps its password; a post that is held is left alone. Raises TableProblems; then nothing changed.
    """
    table.require(COLUMNS)
    problems = Problems(table.name)
    organizations = _organizations(table)
    people = {user.username: user for some in batched(row["username"] for row in table) for user in _users(some)}
    before, passwords, posted = dict(people), {}, set()
    day = timezone.localdate(at)
    for row in table:
        try:
            user = _person(row, people, passwords, by=by, at=at)
            if _give(row, user, _organization(row, organizations), day, by=by, at=at):
                posted.add(user.username)
        except _Unreadable as unreadable:
            problems.add(row.number, unreadable.column, unreadable.sentence)
    problems.raise_if_any()
    changed = posted & set(before)
    return Loaded(_("Accounts"), len(passwords), len(changed), len(before) - len(changed), _slips(people, passwords))


class _Unreadable(Exception):
    def __init__(self, column: str, sentence: str):
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


def _users(usernames: list[str]) -> list[User]:
    return list(User.objects.filter(username__in=usernames))


def _organizations(table: Table) -> dict[str, list[Organization]]:
    found: dict[str, list[Organization]] = {}
    for some in batched({row["org_code"] for row in table}):
        for org in Organization.objects.filter(code__in=some):
            found.setdefault(org.code, []).append(org)
    return found


def _person(row: TableRow, people: dict[str, User], passwords: dict[str, str], *, by: User, at: datetime) -> User:
    """The account of the row, made where it is new. The same user name with another name is another person: refused."""
    username, name = row["username"], row["name"]
    if username not in people:
        try:
            people[username], passwords[username] = make_account(username=username, name=name, by=by, at=at)
        except ValidationError as error:
            raise _Unreadable(_column(error), " ".join(error.messages)) from error
    elif people[username].name != name:
        sentence = _("The user name %(username)s belongs to %(name)s; give this person another one.")
        raise _Unreadable("username", sentence % {"username": username, "name": people[username].name})
    return people[username]


def _column(error: ValidationError) -> str:
    return next(iter(error.error_dict))


def _organization(row: TableRow, organizations: Mapping[str, list[Organization]]) -> Organization:
    found = organizations.get(row["org_code"], [])
    if len(found) == 1:
        return found[0]
    sentence = _("The code %(code)s is used in several counties.") if found else _("No organization has the code %(code)s.")
    raise _Unreadable("org_code", sentence % {"code": row["org_code"]})


def _give(row: TableRow, user: User, organization: Organization, day: date, *, by: User, at: datetime) -> bool:
    """Whether the post of the row was given now; False where it is held already."""
    role = row["role"]
    if role not in Role.values:
        values = ", ".join(Role.values)
        raise _Unreadable("role", _("“%(text)s” is not one of: %(values)s.") % {"text": role[:40], "values": values})
    if Post.objects.filter(held_on(day), user=user, organization=organization, role=role).exists():
        return False
    try:
        give_post(user=user, organization=organization, role=role, valid_from=day, by=by, at=at)
    except ValidationError as error:
        raise _Unreadable("role", " ".join(error.messages)) from error
    return True


def _slips(people: Mapping[str, User], passwords: Mapping[str, str]) -> str:
    """CSV of user name, name and first password; empty where no account is new."""
    if not passwords:
        return ""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("username", "name", "password"))
    writer.writerows((username, people[username].name, password) for username, password in passwords.items())
    return text.getvalue().rstrip("\n")
