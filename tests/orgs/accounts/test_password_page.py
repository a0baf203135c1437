"""Changing one's password: forced at first, checked, remembered, recorded; other sessions end, this one goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from orgs.models import User
from tests.orgs.accounts.conftest import GOOD


@pytest.fixture
def newcomer(clerk):
    User.objects.filter(pk=clerk.pk).update(must_change_password=True)
    return clerk


def change(client, user, new=GOOD, again=None, **more):
    return client.post("/password/", {"current": user.first_password, "new": new, "again": again or new, **more})


def test_with_a_first_password_nothing_else_is_reachable(newcomer, signed_in):
    client = signed_in(newcomer)
    assert client.get("/organizations/?q=x").url == "/password/?next=%2Forganizations%2F%3Fq%3Dx"
    assert client.get("/audit/").url.startswith("/password/")
    assert client.post("/people/add/").url.startswith("/password/")
    assert client.get("/second-factor/").url.startswith("/password/")
    assert client.get("/password/").status_code == 200
    assert client.get("/session/").status_code == 200
    assert client.post("/logout/").url == "/login/"


def test_a_script_gets_the_reason(newcomer, signed_in):
    answer = signed_in(newcomer).post("/people/add/", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["login"]) == (401, "/password/?next=%2F")


def test_the_new_password_opens_the_way(newcomer, signed_in):
    client = signed_in(newcomer)
    assert change(client, newcomer, next="/organizations/?q=x").url == "/organizations/?q=x"
    assert client.get("/organizations/").status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.check_password(GOOD)
    assert not newcomer.must_change_password


def test_it_is_recorded_without_the_password(clerk, signed_in):
    change(signed_in(clerk), clerk)
    event = Event.objects.get(kind="password.changed")
    assert (event.actor_id, event.subject, event.data) == (clerk.pk, f"user:{clerk.pk}", "{}")


def test_other_sessions_end_and_this_one_gets_a_new_key(clerk, signed_in):
    here, there = signed_in(clerk), signed_in(clerk, "10.0.0.9")
    before = here.session.session_key
    change(here, clerk)
    assert here.get("/organizations/").status_code == 200
    assert here.session.session_key != before
    assert there.get("/organizations/").status_code == 302


def test_an_aged_password_must_be_changed(clerk, signed_in):
    User.objects.filter(pk=clerk.pk).update(password_changed_at=timezone.now() - timedelta(days=91))
    assert signed_in(clerk).get("/organizations/").url.startswith("/password/")


@pytest.mark.parametrize(
    ("change_of", "field"),
    [
        ({"current": "Falsch-Falsch-1"}, "current"),
        ({"again": GOOD + "x"}, "again"),
        ({"new": "kurz", "again": "kurz"}, "new"),
        ({"new": "x" * 129, "again": "x" * 129}, "new"),
        ({"new": "", "again": ""}, "new"),
    ],
)
def test_what_is_wrong_is_reported_at_its_field_and_nothing_changes(clerk, signed_in, change_of, field):
    client = signed_in(clerk)
    answer = client.post("/password/", {"current": clerk.first_password, "new": GOOD, "again": GOOD, **change_of})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    clerk.refresh_from_db()
    assert clerk.check_password(clerk.first_password)
    assert not Event.objects.filter(kind="password.changed").exists()


def test_blanks_around_a_password_belong_to_it(clerk, signed_in):
    change(signed_in(clerk), clerk, new=f" {GOOD} ")
    clerk.refresh_from_db()
    assert clerk.check_password(f" {GOOD} ")


def test_sixty_four_signs_are_taken(clerk, signed_in):
    assert change(signed_in(clerk), clerk, new="Birne-9-" * 16).status_code == 302


def test_pasting_is_allowed_and_fields_are_marked_for_managers(clerk, signed_in):
    page = signed_in(clerk).get("/password/").content.decode()
    assert "onpaste" not in page
    assert page.count('autocomplete="new-password"') == 2
    assert page.count('autocomplete="current-password"') == 1


def test_five_wrong_passwords_in_use_end_the_session(clerk, signed_in):
    client = signed_in(clerk)
    for _turn in range(5):
        answer = client.post("/password/", {"current": "Falsch-Falsch-1", "new": GOOD, "again": GOOD})
    assert answer.url == "/login/"
    assert client.get("/organizations/").status_code == 302
    assert Event.objects.get(kind="session.ended").data == '{"why": "wrong_passwords"}'


def test_extra_fields_are_ignored(clerk, guard, signed_in):
    change(signed_in(clerk), clerk, id=guard.pk, user_id=guard.pk, is_active="0", username="root")
    clerk.refresh_from_db()
    guard.refresh_from_db()
    assert clerk.check_password(GOOD)
    assert clerk.username == "limei"
    assert guard.check_password(guard.first_password)
