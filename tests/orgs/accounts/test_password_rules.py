"""What a password must be like: the rules one by one, and the two that can be switched off."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from orgs.accounts.passwords import change_password, must_change
from tests.factories.orgs import AT, a_county, a_user, an_organization

LENGTH, CLASSES, COMMON, PERSON = "password_too_short", "password_classes", "password_common", "password_personal"

CASES = [
    # password, codes of the rules it breaks
    ("Vorsichtig-9-Birnen", set()),
    ("Vorsichtig9Birnen", set()),
    ("春眠不觉晓-abc-995", set()),
    ("x" * 30 + "Y9" * 30, set()),
    ("Kurz-9-Birn", {LENGTH}),
    ("vorsichtigebirnen", {CLASSES}),
    ("vorsichtige9birnen", {CLASSES}),
    ("123123123123", {CLASSES, COMMON}),
    ("Password12345!", {COMMON}),
    ("Superman!!!2026", {COMMON}),
    ("Qwerty-98-Birnen", {COMMON}),
    ("Dangjian@2026!!", {COMMON}),
    ("Zuzhibu@Xian88", {COMMON}),
    ("我们的党建工作很好-9ab", {COMMON}),
    ("Limei-Birnen-99", {PERSON}),
    ("Limeihua-Birne-9", {PERSON}),
    ("李梅华-Birnen-99", {PERSON}),
    ("Shuangquan-9-Birnen", {PERSON}),
    ("双泉村-Birnen-99x", {PERSON}),
    ("Birnen-370883001-x", {PERSON}),
]


@pytest.fixture
def person(db):
    county = a_county("370883")
    village = an_organization("370883001", parent=county, name="双泉村党支部", short_name="双泉村")
    return a_user("clerk", village, username="limei", name="李梅华")


def broken_by(password: str, user) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as broken:
        return {error.code for error in broken.error_list}
    return set()


@pytest.mark.parametrize(("password", "right"), CASES)
def test_rules(person, password, right):
    assert broken_by(password, person) == right


def test_a_short_name_is_not_looked_for(db):
    assert broken_by("Vorsichtig-li-9", a_user(username="li", name="李")) == set()


def test_classes_can_be_switched_off(settings, person):
    settings.PASSWORD_CLASSES = False
    assert broken_by("vorsichtigebirnen", person) == set()


def test_the_last_five_are_not_taken_again_but_the_sixth_is(person):
    used = [f"Vorsichtig-{number}-Birnen" for number in range(7)]
    for days, password in enumerate(used):
        change_password(user=person, password=password, by=person, at=AT + timedelta(days=days))
    person.refresh_from_db()
    assert [password for password in used if broken_by(password, person) == {"password_used"}] == used[1:]
    assert person.password_memories.count() == 5


def test_the_first_password_counts_as_used(person):
    assert broken_by(person.first_password, person) == {"password_used"}


@pytest.mark.parametrize(("days", "age", "right"), [(90, 89, False), (90, 90, True), (0, 5000, False)])
def test_passwords_age(settings, person, days, age, right):
    settings.PASSWORD_DAYS = days
    person.password_changed_at = AT
    assert must_change(person, AT + timedelta(days=age)) is right


def test_a_password_nobody_dated_is_as_old_as_the_account(person):
    person.password_changed_at = None
    assert must_change(person, AT + timedelta(days=90))
