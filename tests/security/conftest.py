"""A county, a clerk who is signed in, and addresses that fail on purpose."""

import pytest
from django.test import Client

from orgs.choices import Role
from tests.factories.orgs import a_county, a_user


@pytest.fixture
def failing(settings):
    settings.ROOT_URLCONF = "tests.security.failing_urls"


@pytest.fixture
def county(db):
    return a_county("350001")


@pytest.fixture
def clerk(county):
    return a_user(Role.CLERK, county, username="limei", name="李梅")


@pytest.fixture
def visitor():
    """Somebody nobody knows; a failing view answers as it would in production."""
    return Client(raise_request_exception=False, REMOTE_ADDR="10.0.0.1")


@pytest.fixture
def signed_in(clerk):
    client = Client(raise_request_exception=False, REMOTE_ADDR="10.0.0.1")
    client.post("/login/", {"username": clerk.username, "password": clerk.first_password})
    return client
