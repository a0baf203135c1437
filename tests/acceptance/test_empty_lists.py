"""An empty list says why it is empty: nothing was asked yet, or the filters leave nothing."""

import pytest
from django.test import Client

from tests.factories.submissions import a_place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("person", "address", "sentence"),
    [
        ("officer", "/tasks/", "No form has been asked here yet."),
        ("officer", "/tasks/?year=1999&form=", "Nothing matches the filters."),
        ("reviewer", "/review/", "Nothing waits for your review."),
        ("reviewer", "/review/?form=gone", "Nothing matches the filters."),
        ("officer", "/forms/?q=zzz", "No form is found."),
    ],
)
def test_an_empty_list_says_why(person, address, sentence):
    client = Client(headers={"accept-language": "en"})
    client.force_login(getattr(a_place(), person), backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(address).content.decode()
    assert f"<strong>{sentence}</strong>" in text
    assert ("Clear the filters" in text) == ("?" in address)
