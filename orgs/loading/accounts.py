"""Loads people and their posts from a table; first passwords are in the result and nowhere else."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import StringIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.accounts.accounts import give_post, make_account
from orgs.choices import Role
from orgs.loading.codes import NotOneOrganization, OrganizationColumn
from orgs.loading.columns import Holds, LoaderColumn, named_table
from orgs.loading.result import Loaded
from orgs.loading.words import ListWords, UnknownWord
from orgs.models import Organization, Post, User
from orgs.tree.queries import held_on
from orgs.tree.spans import batched
from spreadsheets.tables import Table, TableRow

ROLES = ListWords(
    Role,
    {
        Role.CLERK: ("填报人", "填表员", "经办人"),
        Role.REVIEWER: ("审核人", "初审员"),
        Role.OFFICER: ("组织部工作人员", "组织部干部", "县委组织部"),
        Role.LEADER: ("领导干部", "分管领导"),
        Role.SYSTEM_ADMIN: ("系统管理",),
        Role.SECURITY_ADMIN: ("安全管理", "安全保密管理员"),
        Role.AUDITOR: ("审计", "安全审计员"),
    },
)
COLUMNS = (
    LoaderColumn("username", gettext_lazy("User name"), ("账号", "登录名", "帐号", "用户账号", "登录账号"), True, example="wangyi"),
    LoaderColumn("name", gettext_lazy("Name"), ("人员姓名", "用户姓名", "真实姓名"), True, example="王一"),
    LoaderColumn(
        "org_code", gettext_lazy("Organization code"),
        ("编码", "代码", "单位编码", "单位代码", "组织编码", "组织代码", "机构编码", "所属组织编码", "所在单位编码", "党组织编码"), True,
        Holds.CODE, example="370883101",
    ),
    LoaderColumn("role", gettext_lazy("Role"), ("岗位", "职责", "权限", "用户角色"), True, Holds.CHOICE, ROLES),
)  # fmt: skip


@transaction.atomic
def load_accounts(table: Table, *, by: User, at: datetime) -> Loaded:
    """Makes the accounts and gives the posts of the table, from today on. One person in several rows has several posts.

    An existing account keeps its password; a post that the person has already does not change. Raises TableProblems; then
    nothing changed.
    """
    table = named_table(table, COLUMNS)
    problems = table.problems()
    organizations = OrganizationColumn(table, "org_code")
    people = {user.username: user for some in batched(row["username"] for row in table) for user in _users(some)}
    before, passwords = dict(people), {}
    given: list[tuple[User, str]] = []
    day = timezone.localdate(at)
    for row in table:
        try:
            user = _person(row, people, passwords, by=by, at=at)
            given += [(user, sentence) for sentence in _give(row, user, _organization(row, organizations), day, by=by, at=at)]
        except _Unreadable as unreadable:
            problems.add(row.number, unreadable.column, unreadable.sentence)
    problems.raise_if_any()
    changed = {user.username for user, _sentence in given} & set(before)
    return Loaded(
        _("Accounts"), len(passwords), len(changed), len(before) - len(changed), _slips(people, passwords),
        made=tuple(_made(people, passwords, given)),
        changes=tuple(sentence for user, sentence in given if user.username in changed),
    )  # fmt: skip


def _made(people: Mapping[str, User], passwords: Mapping[str, str], given: list[tuple[User, str]]) -> Iterator[str]:
    for username in passwords:
        yield _("%(person)s: a new account.") % {"person": _called(people[username])}
        yield from (sentence for user, sentence in given if user.username == username)


class _Unreadable(Exception):
    def __init__(self, column: str, sentence: str):
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


def _users(usernames: list[str]) -> list[User]:
    return list(User.objects.filter(username__in=usernames))


def _person(row: TableRow, people: dict[str, User], passwords: dict[str, str], *, by: User, at: datetime) -> User:
    """The account of the row, made if it is new. The same user name with another name is another person and refused."""
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


def _organization(row: TableRow, organizations: OrganizationColumn) -> Organization:
    try:
        return organizations.organization(row)
    except NotOneOrganization as error:
        raise _Unreadable("org_code", str(error)) from error


def _give(row: TableRow, user: User, organization: Organization, day: date, *, by: User, at: datetime) -> list[str]:
    """The posts given by the row, in words; none if the person has the post already."""
    if not row["role"]:
        raise _Unreadable("role", _("This cell is empty; it is needed."))
    try:
        role = ROLES.read(row["role"])
    except UnknownWord as unknown:
        raise _Unreadable("role", str(unknown)) from unknown
    if Post.objects.filter(held_on(day), user=user, organization=organization, role=role).exists():
        return []
    try:
        give_post(user=user, organization=organization, role=role, valid_from=day, by=by, at=at)
    except ValidationError as error:
        raise _Unreadable("role", " ".join(error.messages)) from error
    words = {"person": _called(user), "role": Role(role).label, "organization": organization.name, "day": day.isoformat()}
    return [_("%(person)s: %(role)s at %(organization)s from %(day)s.") % words]


def _called(user: User) -> str:
    return f"{user.username} {user.name}"


def _slips(people: Mapping[str, User], passwords: Mapping[str, str]) -> str:
    """The new accounts as CSV: user name, name and first password; empty if no account is new."""
    if not passwords:
        return ""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("username", "name", "password"))
    writer.writerows((username, people[username].name, password) for username, password in passwords.items())
    return text.getvalue().rstrip("\n")
