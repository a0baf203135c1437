"""An officer, a clerk and an auditor of one county, each with a browser."""

import pytest
from django.test import Client

from orgs.choices import Role
from tests.factories.orgs import a_county, a_user, an_organization


@pytest.fixture
def county(db):
    return a_county("C", name="青山县")


def _client(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def officer(county):
    return _client(a_user(Role.OFFICER, county))


@pytest.fixture
def clerk(county):
    return _client(a_user(Role.CLERK, an_organization("V", parent=county)))


@pytest.fixture
def auditor(county):
    return _client(a_user(Role.AUDITOR, county))


def page(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def messages_of(client, response) -> str:
    """The page a POST leads to, with its message."""
    assert response.status_code == 302, response.content.decode()[:2000]
    return page(client.get(response["Location"]))
