"""People at the door: a county with a clerk, and how to sign in as somebody would."""

import pytest
from django.test import Client

from orgs.choices import Role
from tests.factories.orgs import a_county, a_user

# Three classes, no word anybody guesses.
GOOD = "Vorsichtig-9-Birnen"


@pytest.fixture
def county(db):
    return a_county("350001")


@pytest.fixture
def clerk(county):
    return a_user(Role.CLERK, county, username="limei", name="李梅")


@pytest.fixture
def guard(county):
    """The security administrator."""
    return a_user(Role.SECURITY_ADMIN, county, username="anquan", name="安泉")


@pytest.fixture
def sign_in():
    """sign_in(username, password, address=…) -> (client, answer), through the page."""

    def through_the_door(username: str, password: str, address: str = "10.0.0.1", **more):
        client = Client(REMOTE_ADDR=address)
        return client, client.post("/login/", {"username": username, "password": password, **more})

    return through_the_door


@pytest.fixture
def signed_in(sign_in):
    """signed_in(user) -> a client whose session began at the page."""

    def enter(user, address: str = "10.0.0.1") -> Client:
        client, answer = sign_in(user.username, user.first_password, address)
        assert answer.status_code == 302
        return client

    return enter
