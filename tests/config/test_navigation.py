"""The red bar: each role is led to its own places, and the place one is at is marked."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from config.navigation import Navigation, navigation_of
from orgs.choices import Role
from tests.factories.orgs import a_county, a_post, a_user, an_organization
from tests.factories.submissions import a_place, a_task, submission_of

pytestmark = pytest.mark.django_db

PLACES = {
    Role.CLERK: ["home", "submissions:tasks", "submissions:intake", "reports:table", "indicators:catalogue", "orgs:tree"],
    Role.REVIEWER: [
        "home", "submissions:tasks", "submissions:inbox", "reports:dashboard", "reports:table", "indicators:catalogue", "orgs:tree",
    ],
    Role.OFFICER: [
        "home", "submissions:tasks", "submissions:inbox", "reports:dashboard", "reports:table", "indicators:forms",
        "indicators:catalogue", "orgs:tree", "orgs:people",
    ],
    Role.LEADER: ["home", "reports:dashboard", "reports:table", "indicators:catalogue", "orgs:tree"],
    Role.SYSTEM_ADMIN: ["home", "orgs:tree", "orgs:people"],
    Role.SECURITY_ADMIN: ["home", "orgs:tree", "orgs:people", "orgs:accounts"],
    Role.AUDITOR: ["home", "orgs:audit"],
}  # fmt: skip


@pytest.mark.parametrize("role", PLACES)
def test_each_role_is_led_to_its_places(rf, role):
    user = a_user(role, a_county(name="示例县"))
    request = rf.get("/")
    request.user, request.resolver_match = user, None
    shown = navigation_of(request)
    assert [entry.url for entry in shown.entries] == [reverse(name) for name in PLACES[role]]
    assert shown.post.startswith("示例县 · ")


def test_a_person_with_two_posts_sees_each_place_once(rf):
    county = a_county()
    user = a_user(Role.CLERK, an_organization("3500010101", parent=county))
    a_post(user, Role.REVIEWER, county)
    request = rf.get("/")
    request.user, request.resolver_match = user, None
    urls = [entry.url for entry in navigation_of(request).entries]
    assert len(urls) == len(set(urls))


def test_nobody_signed_in_has_no_places_and_costs_no_query(rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        assert navigation_of(request) == Navigation()


@pytest.mark.parametrize(
    ("who", "name", "at"),
    [
        ("clerk", "submissions:fill", "submissions:tasks"),
        ("clerk", "submissions:detail", "submissions:tasks"),
        ("reviewer", "submissions:review", "submissions:inbox"),
        ("reviewer", "home", "home"),
        ("officer", "indicators:forms", "indicators:forms"),
    ],
)
def test_the_place_one_is_at_is_marked(client, who, name, at):
    place = a_place()
    task = a_task(place.county)
    ids = {
        "submissions:fill": [submission_of(task, place.village).pk],
        "submissions:detail": [submission_of(task, place.village).pk],
        "submissions:review": [task.pk, place.township.pk],
    }.get(name, [])
    client.force_login(getattr(place, who))
    shown = client.get(reverse(name, args=ids)).context["navigation"]
    assert [entry.url for entry in shown.entries if entry.is_current] == [reverse(at)]


def test_the_language_is_switched_by_a_post_and_back_to_the_page(client):
    client.force_login(a_user(Role.CLERK, a_county()))
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/organizations/"})
    assert answer.url == "/organizations/"
    assert 'lang="en"' in client.get("/organizations/").content.decode()
