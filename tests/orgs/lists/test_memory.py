"""A list opens as its person left it, an address says what it shows, and neither touches anybody else's (decision 207)."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from orgs.choices import Role
from orgs.lists.memory import opens_as_left
from orgs.models import ListChoice
from tests.factories.orgs import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(county, village):
    a_user(Role.CLERK, village, name="王主", username="b")
    a_user(Role.REVIEWER, village, name="李同", username="c")
    return a_user(Role.OFFICER, county, name="官", username="a")


def left(client) -> dict[str, str]:
    """What the bare address leads to."""
    answer = client.get("/people/")
    return dict(parse_qsl(urlsplit(answer["Location"]).query)) if answer.status_code == 302 else {}


def test_the_bare_address_leads_to_what_was_shown_last(client_of, officer):
    client = client_of(officer)
    assert left(client) == {}
    client.get("/people/?q=石桥&role=reviewer&sort=-username&per_page=20")
    assert left(client) == {"q": "石桥", "role": "reviewer", "sort": "-username", "per_page": "20"}
    answer = client.get("/people/", follow=True)
    assert [row.record.user.name for row in answer.context["table"].rows] == ["李同"]


def test_it_is_the_persons_and_not_the_computers(client_of, county, officer):
    client_of(officer).get("/people/?role=clerk")
    elsewhere = Client()
    elsewhere.force_login(officer)
    assert left(elsewhere) == {"role": "clerk"}
    assert left(client_of(Role.OFFICER, county)) == {}


def test_an_address_that_says_anything_is_shown_as_it_stands(client_of, officer):
    client = client_of(officer)
    client.get("/people/?role=clerk&sort=username")
    for address in ("/people/?q=", "/people/?page=2", "/people/?sort=-username", "/people/?role=reviewer"):
        assert client.get(address).status_code == 200, address


def test_clearing_is_kept_too(client_of, officer):
    client = client_of(officer)
    client.get("/people/?role=clerk")
    client.get("/people/?q=&role=")
    assert (left(client), ListChoice.objects.count()) == ({}, 0)


@pytest.mark.parametrize(
    "nonsense", ["role=boss", "sort=nothing", "sort=", "per_page=7", "per_page=-1", "page=9", "q=%00", "x=1"]
)
def test_what_cannot_be_read_and_the_page_are_not_kept(client_of, officer, nonsense):
    client = client_of(officer)
    assert client.get(f"/people/?{nonsense}").status_code == 200
    assert ListChoice.objects.count() == 0


def test_what_is_too_long_for_an_address_is_shown_and_not_kept(client_of, officer):
    client = client_of(officer)
    client.get("/people/?" + "&".join(["sort=username"] * 100))
    assert ListChoice.objects.count() == 0


def test_the_same_once_more_writes_nothing(client_of, officer, django_assert_num_queries):
    client = client_of(officer)
    client.get("/people/?role=clerk")
    kept = ListChoice.objects.get()
    client.get("/people/?q=&role=clerk&sort=&page=1")
    assert ListChoice.objects.get().pk == kept.pk


def test_a_filter_that_is_gone_leads_round_in_no_circle(rf, officer):
    view = opens_as_left("people", ("q",))(lambda request: HttpResponse("shown"))
    ListChoice.objects.create(user=officer, name="people", asked="gone=1")
    request = rf.get("/people/?org=5")
    request.user = officer
    assert view(request).status_code == 200
    ListChoice.objects.update(asked="gone=1&q=%E7%8E%8B")
    assert view(request)["Location"] == "/people/?org=5&q=%E7%8E%8B"
