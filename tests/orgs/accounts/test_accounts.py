"""Accounts and posts: made, given, ended, refused where duties would mix; each with its event."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from audit.models import Event
from orgs.accounts.accounts import add_person, end_post, give_post, make_account, system_operator
from orgs.choices import SEPARATED_ROLES, Role
from orgs.models import Post, User
from tests.factories.orgs import AT, a_county, a_post, a_user, an_organization

pytestmark = pytest.mark.django_db
WORKING = (Role.CLERK, Role.REVIEWER, Role.OFFICER, Role.LEADER)
TODAY = timezone.localdate(AT)


@pytest.fixture
def county():
    return a_county()


def make(username="wang", name="王一"):
    return make_account(username=username, name=name, by=system_operator(), at=AT)


def give(user, organization, role, since=TODAY):
    return give_post(user=user, organization=organization, role=role, valid_from=since, by=system_operator(), at=AT)


def last_event() -> Event:
    return Event.objects.latest("pk")


def test_the_system_operator_is_one_and_cannot_sign_in():
    first = system_operator()
    assert system_operator() == first
    assert (first.is_active, first.has_usable_password()) == (False, False)


def test_a_new_account_must_change_its_first_password():
    user, password = make()
    assert user.check_password(password)
    assert user.must_change_password
    assert [any(map(test, password)) for test in (str.islower, str.isupper, str.isdigit)] == [True, True, True]
    assert len(password) == 19
    event = last_event()
    assert (event.kind, event.subject, event.at) == ("account.made", f"user:{user.pk}", AT)
    assert password not in event.data


def test_first_passwords_differ():
    assert make("a")[1] != make("b")[1]


@pytest.mark.parametrize(
    ("username", "name", "field"),
    [
        ("", "王", "username"),
        ("a b", "王", "username"),
        ("ｋ1", "王", "username"),
        ("k１", "王", "username"),
        ("=cmd", "王", "username"),
        ("-x", "王", "username"),
        ("a" * 61, "王", "username"),
        ("a\n", "王", "username"),
        ("a", "", "name"),
        ("a", "=1+1", "name"),
        ("a", "@SUM", "name"),
        ("a", "王\x07", "name"),
        ("a", "王" * 61, "name"),
    ],
)
def test_strange_names_are_refused(username, name, field):
    with pytest.raises(ValidationError) as refused:
        make(username, name)
    assert list(refused.value.message_dict) == [field]
    assert not User.objects.filter(username=username).exists()


def test_a_user_name_is_taken_whatever_its_case():
    make("Wang")
    with pytest.raises(ValidationError, match="wang"):
        make("wang")


def test_a_post_is_given_and_recorded(county):
    user, _password = make()
    post = give(user, county, Role.OFFICER)
    assert (post.county_id, post.valid_from, post.valid_to) == (county.pk, TODAY, None)
    event = last_event()
    assert (event.kind, event.chain, event.organization_id) == ("post.given", county.pk, county.pk)
    assert json.loads(event.data) == {"role": "officer", "from": [None, TODAY.isoformat()]}


@pytest.mark.parametrize("held", SEPARATED_ROLES)
@pytest.mark.parametrize("wanted", Role.values)
def test_separated_duties_do_not_mix(county, held, wanted):
    user = a_user(held, county)
    if wanted == held:
        assert give(user, an_organization("V", parent=county), wanted).pk
        return
    with pytest.raises(ValidationError):
        give(user, county, wanted)
    assert Post.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("held", WORKING)
@pytest.mark.parametrize("wanted", SEPARATED_ROLES)
def test_who_works_with_figures_administers_nothing(county, held, wanted):
    user = a_user(held, county)
    with pytest.raises(ValidationError):
        give(user, county, wanted)


def test_duties_may_follow_one_another(county):
    user = a_user()
    post = a_post(user, Role.CLERK, county)
    end_post(post=post, last_day=date(2025, 1, 31), by=system_operator(), at=AT)
    assert give(user, county, Role.AUDITOR, since=date(2025, 2, 1)).pk
    with pytest.raises(ValidationError):
        give(a_user(Role.AUDITOR, county), county, Role.CLERK, since=date(2030, 1, 1))


def test_a_post_held_is_not_given_again(county):
    user = a_user(Role.CLERK, county)
    with pytest.raises(ValidationError):
        give(user, county, Role.CLERK)


def test_the_system_operator_holds_no_post(county):
    with pytest.raises(ValidationError):
        give(system_operator(), county, Role.OFFICER)


def test_a_post_is_ended_and_recorded(county):
    post = a_post(a_user(), Role.CLERK, county)
    end_post(post=post, last_day=TODAY, by=system_operator(), at=AT)
    post.refresh_from_db()
    assert post.valid_to == TODAY
    assert (last_event().kind, json.loads(last_event().data)["to"]) == ("post.ended", [None, TODAY.isoformat()])
    with pytest.raises(ValidationError):
        end_post(post=post, last_day=TODAY, by=system_operator(), at=AT)


def test_a_post_given_and_ended_on_one_day_can_be_given_again(county):
    user, _password = make()
    post = give(user, county, Role.CLERK)
    end_post(post=post, last_day=date(2025, 1, 9), by=system_operator(), at=AT)
    again = give(user, county, Role.CLERK)
    assert (again.pk, again.valid_to) == (post.pk, None)


def test_a_person_is_made_with_a_first_post(county):
    user, password = add_person(
        username="wang", name="王", organization=county, role=Role.CLERK, valid_from=TODAY, by=system_operator(), at=AT
    )
    assert user.check_password(password)
    assert [post.role for post in user.posts.all()] == [Role.CLERK]
