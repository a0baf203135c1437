"""Signed-in people for the page tests. `signed(person)` is a client; pages are asked for in English."""

from copy import deepcopy

import pytest
from django.test import Client

from tests.factories.submissions import a_place, a_task, submission_of


@pytest.fixture(scope="module")
def module_place(module_db):
    return a_place()


@pytest.fixture
def place(module_place, db):
    return deepcopy(module_place)


@pytest.fixture
def submission(place):
    return submission_of(a_task(place.county), place.village)


@pytest.fixture
def signed():
    def client_of(person) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = "en"
        return client

    return client_of
