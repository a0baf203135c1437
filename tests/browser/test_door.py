"""The sign-in in a real browser: signing in, the forced change of the first password, accounts and audit; nothing breaches the policy."""

import pytest
from playwright.sync_api import expect

from orgs.choices import Role
from orgs.models import User
from tests.factories.orgs import a_county, a_user
from tests.orgs.accounts.conftest import GOOD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county():
    return a_county("350001", "石桥县")


def test_signing_in_by_keyboard_alone(page, county, axe):
    clerk = a_user(Role.CLERK, county, name="李梅")
    page.goto("/organizations/")
    expect(page).to_have_url("/login/?next=%2Forganizations%2F")
    expect(page.get_by_text("本平台为非涉密平台，严禁处理、传输国家秘密")).to_be_visible()
    assert axe(page) == []
    page.focus("input[name=username]")
    page.keyboard.type(clerk.username)
    page.keyboard.press("Tab")
    page.keyboard.type(clerk.first_password)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/organizations/")


def test_a_wrong_password_is_reported_and_the_name_kept(page, county, axe):
    page.goto("/login/")
    page.fill("input[name=username]", "limei")
    page.fill("input[name=password]", "Falsch-Falsch-1")
    page.press("input[name=password]", "Enter")
    expect(page.locator(".errorlist")).to_be_visible()
    expect(page.locator("input[name=username]")).to_have_value("limei")
    expect(page.locator("input[name=password]")).to_have_value("")
    assert axe(page) == []


def test_a_first_password_is_changed_before_anything_else(page, county, axe):
    clerk = a_user(Role.CLERK, county)
    User.objects.update(must_change_password=True)
    page.goto("/login/?next=/organizations/")
    page.fill("input[name=username]", clerk.username)
    page.fill("input[name=password]", clerk.first_password)
    page.press("input[name=password]", "Enter")
    expect(page).to_have_url("/password/?next=%2Forganizations%2F")
    assert axe(page) == []
    for field, text in (("current", clerk.first_password), ("new", GOOD), ("again", GOOD)):
        page.fill(f"input[name={field}]", text)
    page.press("input[name=again]", "Enter")
    expect(page).to_have_url("/organizations/")


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (Role.SECURITY_ADMIN, ["/accounts/", "/second-factor/", "/no-such-page/"]),
        (Role.AUDITOR, ["/audit/", "/audit/?since=2099-01-01"]),
    ],
)
def test_the_administrators_pages_hurt_nobody(page, console, county, sign_in, axe, role, addresses):
    console.allow("404")
    person = a_user(role, county)
    sign_in(page, person.username, person.first_password)
    for address in addresses:
        page.goto(address)
        assert axe(page) == []
