"""How long a session lasts: by plain arithmetic, and at the door."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from audit.models import Event
from orgs.accounts import account_security, sessions
from orgs.accounts.accounts import end_post
from orgs.accounts.session_limits import Ended, over, should_touch
from orgs.choices import Role
from orgs.models import User
from tests.factories.orgs import AT, a_user

HOUR = 3600
CASES = [
    # began, seen, now, right
    (0, 0, 0, None),
    (0, 0, 1799, None),
    (0, 0, 1800, Ended.IDLE),
    (0, 12 * HOUR - 10, 12 * HOUR - 1, None),
    (0, 12 * HOUR - 10, 12 * HOUR, Ended.TOO_LONG),
    (0, 0, 13 * HOUR, Ended.TOO_LONG),
    (5000, 5000, 1400, None),  # the clock was set back an hour: not everybody is thrown out
    (0, 0, 24 * HOUR, Ended.TOO_LONG),  # and set forward a day: nobody is immortal
]


@pytest.mark.parametrize(("began", "seen", "now", "right"), CASES)
def test_when_a_session_is_over(began, seen, now, right):
    assert over(began=began, seen=seen, now=now, idle=1800, longest=12 * HOUR) is right


def test_limits_can_be_switched_off():
    assert over(began=0, seen=0, now=10**9, idle=0, longest=0) is None


@pytest.mark.parametrize(("seen", "now", "right"), [(0, 59, False), (0, 60, True), (3600, 0, True)])
def test_the_last_use_is_written_once_a_minute(seen, now, right):
    assert should_touch(seen=seen, now=now) is right


def age(client, **seconds) -> None:
    """The session began or was last used so many seconds earlier."""
    session = client.session
    for name, by in seconds.items():
        session[name] -= by
    session.save()


def test_half_an_hour_of_nothing_ends_the_session(clerk, signed_in):
    client = signed_in(clerk)
    key = client.session.session_key
    age(client, seen=1800)
    assert client.get("/organizations/").url == "/login/?next=%2Forganizations%2F&ended=idle"
    assert not Session.objects.filter(pk=key).exists()
    event = Event.objects.get(kind="session.ended")
    assert (event.actor_id, event.data) == (clerk.pk, '{"why": "idle"}')


def test_the_sign_in_page_says_why(clerk, signed_in):
    client = signed_in(clerk)
    age(client, seen=1800)
    shown = client.get("/organizations/", follow=True)
    assert shown.context["ended"]


def test_use_keeps_the_session_but_not_beyond_twelve_hours(clerk, signed_in):
    client = signed_in(clerk)
    age(client, began=12 * HOUR - 60, seen=1700)
    assert client.get("/organizations/").status_code == 200
    assert client.session[sessions.SEEN] >= int(timezone.now().timestamp()) - 5
    age(client, began=60)
    assert client.get("/organizations/").url.endswith("ended=too_long")


def test_asking_how_the_session_is_does_not_keep_it(clerk, signed_in):
    client = signed_in(clerk)
    age(client, seen=1000)
    before = client.session[sessions.SEEN]
    assert client.get("/session/").json()["user"] == clerk.pk
    assert client.session[sessions.SEEN] == before


def test_a_script_learns_that_the_session_is_over_and_keeps_what_was_typed(clerk, signed_in):
    client = signed_in(clerk)
    age(client, seen=1800)
    answer = client.post(
        "/people/add/", "{}", content_type="application/json", headers={"Referer": "http://testserver/people/"}
    )
    assert answer.status_code == 401
    assert answer.json()["login"] == "/login/?next=%2Fpeople%2F&ended=idle"


def test_several_sessions_of_one_person_live_side_by_side(clerk, signed_in):
    first, second = signed_in(clerk), signed_in(clerk, "10.0.0.9")
    assert first.get("/organizations/").status_code == second.get("/organizations/").status_code == 200


def test_where_one_session_is_allowed_the_newer_wins(settings, clerk, signed_in):
    settings.ONE_SESSION = True
    first, second = signed_in(clerk), signed_in(clerk, "10.0.0.9")
    assert first.get("/organizations/").url.endswith("ended=elsewhere")
    assert second.get("/organizations/").status_code == 200


def test_an_administrator_ends_all_sessions_of_a_person(clerk, guard, signed_in):
    first, second, other = signed_in(clerk), signed_in(clerk), signed_in(guard)
    account_security.end_sessions(user=clerk, by=guard, at=AT)
    assert first.get("/organizations/").url.endswith("ended=elsewhere")
    assert second.get("/organizations/").url.endswith("ended=elsewhere")
    assert other.get("/session/").json()["user"] == guard.pk


def test_a_disabled_person_is_out_with_the_next_request(clerk, guard, signed_in):
    client = signed_in(clerk)
    account_security.disable(user=clerk, by=guard, at=AT)
    assert client.get("/organizations/").status_code == 302
    account_security.enable(user=clerk, by=guard, at=AT)
    assert client.get("/organizations/").status_code == 302


def test_an_ended_post_is_gone_with_the_next_request(county, clerk, signed_in):
    client = signed_in(clerk)
    assert client.get(f"/organizations/{county.pk}/").status_code == 200
    end_post(post=clerk.posts.get(), last_day=timezone.localdate() - timedelta(days=1), by=clerk, at=timezone.now())
    assert client.get(f"/organizations/{county.pk}/").status_code == 404


def test_a_clock_set_forward_a_day_asks_everybody_to_sign_in_and_lets_them(clerk, signed_in):
    client = signed_in(clerk)
    age(client, began=24 * HOUR, seen=24 * HOUR)
    assert client.get("/organizations/").status_code == 302
    assert signed_in(clerk).get("/organizations/").status_code == 200


def test_a_sign_in_sweeps_out_sessions_long_over(clerk, signed_in):
    signed_in(clerk)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    client = signed_in(clerk)
    assert [session.pk for session in Session.objects.all()] == [client.session.session_key]


def test_the_session_costs_two_queries(clerk, signed_in, django_assert_num_queries):
    """The session and its person; the rest of a page is the page's."""
    client = signed_in(clerk)
    with django_assert_num_queries(2):
        client.get("/session/")


def test_the_roles_are_those_of_the_day(county, signed_in):
    auditor = a_user(Role.AUDITOR, county)
    signed_in(auditor)
    assert Event.objects.get(kind="login.done").role == "auditor"
    assert User.objects.get(pk=auditor.pk).session_key
