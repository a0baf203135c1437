"""A county with two townships, and a browser in which a person of a role is signed in."""

import pytest
from django.test import Client

from tests.factories.orgs import a_county, a_township, a_user, an_organization


@pytest.fixture
def county():
    return a_county("C", name="青山县")


@pytest.fixture
def township(county):
    return a_township("T", county, name="白沙镇")


@pytest.fixture
def village(township):
    return an_organization("V", parent=township, name="石桥村党支部")


@pytest.fixture
def elsewhere(county):
    """A village of another township."""
    return an_organization("V2", parent=a_township("T2", county, name="河口镇"), name="河口村党支部")


@pytest.fixture
def client_of():
    def signed_in(user_or_role, at=None, language="en") -> Client:
        user = user_or_role if at is None else a_user(user_or_role, at)
        client = Client(headers={"accept-language": language})
        client.force_login(user)
        return client

    return signed_in


def page(response) -> str:
    assert response.status_code == 200
    return response.content.decode()
