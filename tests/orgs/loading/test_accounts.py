"""Accounts from a table: first passwords once, several posts a person, existing accounts kept, mixed duties refused."""

import csv
from io import StringIO

import pytest

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.loading.accounts import load_accounts
from orgs.models import Post, User
from spreadsheets.tables import TableProblems, read_table
from tests.factories.orgs import AT, a_county, a_township

pytestmark = pytest.mark.django_db
HEAD = "username,name,org_code,role\n"
PEOPLE = "wang,王一,T,reviewer\nwang,王一,C,leader\nli,李二,C,system_admin\n"


@pytest.fixture(autouse=True)
def township():
    return a_township("T", a_county("C"))


def load(text: str):
    return load_accounts(read_table((HEAD + text).encode(), "accounts.csv"), by=system_operator(), at=AT)


def counts(loaded) -> tuple[int, int, int]:
    return loaded.added, loaded.changed, loaded.unchanged


def test_accounts_and_posts_are_made():
    loaded = load(PEOPLE)
    assert counts(loaded) == (2, 0, 0)
    slips = list(csv.DictReader(StringIO(loaded.printed)))
    assert [(slip["username"], slip["name"]) for slip in slips] == [("wang", "王一"), ("li", "李二")]
    assert all(User.objects.get(username=slip["username"]).check_password(slip["password"]) for slip in slips)
    assert sorted(Post.objects.values_list("user__username", "role")) == [
        ("li", "system_admin"),
        ("wang", "leader"),
        ("wang", "reviewer"),
    ]


def test_loading_again_gives_no_password_and_tells_nothing():
    load(PEOPLE)
    passwords, events = list(User.objects.values_list("password")), Event.objects.count()
    loaded = load(PEOPLE)
    assert (counts(loaded), loaded.printed) == ((0, 0, 2), "")
    assert (list(User.objects.values_list("password")), Event.objects.count()) == (passwords, events)


def test_one_more_post_changes_an_account():
    load(PEOPLE)
    loaded = load("wang,王一,T,clerk\n")
    assert (counts(loaded), loaded.printed) == ((0, 1, 0), "")
    assert Post.objects.filter(user__username="wang").count() == 3


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("wang,王一,ZZ,clerk\n", (2, "org_code")),
        ("wang,王一,T,boss\n", (2, "role")),
        ("wang,王一,,clerk\n", (2, "org_code")),
        ("w ang,王一,T,clerk\n", (2, "username")),
        ("wang,,T,clerk\n", (2, "name")),
        ("wang,=1,T,clerk\n", (2, "name")),
        ("wang,王一,T,clerk\nwang,王二,T,leader\n", (3, "username")),
        ("wang,王一,T,clerk\nwang,王一,C,auditor\n", (3, "role")),
        ("wang,王一,C,auditor\nwang,王一,C,security_admin\n", (3, "role")),
        ("system,系统,C,clerk\n", (2, "role")),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_is_made(rows, place):
    with pytest.raises(TableProblems) as refused:
        load(rows)
    assert [(problem.row, problem.column) for problem in refused.value.problems] == [place]


def test_nothing_is_made_where_anything_is_wrong():
    with pytest.raises(TableProblems):
        load("wang,王一,T,clerk\nli,李二,ZZ,clerk\n")
    assert not User.objects.filter(username="wang").exists()


def test_a_code_of_two_counties_is_refused():
    a_township("T", a_county("D"))
    with pytest.raises(TableProblems) as refused:
        load("wang,王一,T,clerk\n")
    assert refused.value.problems[0].column == "org_code"
