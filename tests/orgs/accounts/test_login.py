"""Signing in and out: who gets in, where to, under a new key, and what the audit says."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from audit.models import Event
from orgs.accounts import account_security
from tests.factories.audit import broken_audit
from tests.factories.orgs import AT, a_user
from tests.orgs.accounts.conftest import GOOD


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_the_page_is_open_to_anybody_and_warns(db, client):
    answer = client.get("/login/")
    assert answer.status_code == 200
    assert "本平台为非涉密平台，严禁处理、传输国家秘密" in answer.content.decode()


def test_a_head_request_for_the_sign_in_is_answered_like_get(clerk, sign_in, client):
    """As balancers and monitors do: HEAD is answered as GET is."""
    assert client.head("/login/").status_code == 200
    signed_in, _answer = sign_in("limei", clerk.first_password)
    assert signed_in.head("/login/").url == signed_in.get("/login/").url == "/"
    assert client.put("/login/").status_code == 405


def test_the_right_password_leads_home_and_is_recorded(clerk, sign_in):
    _client, answer = sign_in("limei", clerk.first_password)
    assert (answer.status_code, answer.url) == (302, "/")
    event = Event.objects.get(kind="login.done")
    assert (event.actor_id, event.actor_name, event.role) == (clerk.pk, "limei", "clerk")
    assert (event.address, event.channel, event.subject) == ("10.0.0.1", "page", f"user:{clerk.pk}")
    assert event.chain == clerk.posts.get().county_id


def test_one_is_led_to_the_page_one_asked_for(clerk, sign_in):
    _client, answer = sign_in("limei", clerk.first_password, next="/organizations/?page=2")
    assert answer.url == "/organizations/?page=2"


@pytest.mark.parametrize(
    "next_url",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "<svg onload=alert(1)>",
        "home",
        "a.b",
    ],
)
def test_nobody_is_led_outside(clerk, sign_in, next_url):
    _client, answer = sign_in("limei", clerk.first_password, next=next_url)
    assert answer.url == "/"


def test_an_anonymous_visitor_is_led_to_the_door_and_back(db, client):
    answer = client.get("/organizations/?q=x")
    assert (answer.status_code, answer.url) == (302, "/login/?next=%2Forganizations%2F%3Fq%3Dx")


def test_after_an_act_one_comes_back_to_the_page_that_asked_for_it(db, client):
    answer = client.post("/people/add/", headers={"Referer": "http://testserver/people/?page=2"})
    assert answer.url == "/login/?next=%2Fpeople%2F%3Fpage%3D2"
    answer = client.post("/people/add/", headers={"Referer": "http://evil.example/people/"})
    assert answer.url == "/login/?next=%2F"


def test_a_script_gets_401_and_the_address_not_a_page(db, client):
    answer = client.post(
        "/people/add/", "{}", content_type="application/json", headers={"Referer": "http://testserver/people/"}
    )
    assert answer.status_code == 401
    assert answer.json()["login"] == "/login/?next=%2Fpeople%2F"
    assert answer.json()["said"]


def test_who_is_signed_in_is_not_asked_again(clerk, signed_in):
    assert signed_in(clerk).get("/login/?next=/people/").url == "/people/"


def test_every_sign_in_has_a_new_session_key(clerk, signed_in):
    client = signed_in(clerk)
    before = client.session.session_key
    client.post("/login/", {"username": "limei", "password": clerk.first_password})
    assert client.session.session_key != before


def test_a_planted_session_key_is_not_taken_over(clerk):
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.post("/login/", {"username": "limei", "password": clerk.first_password})
    assert client.session.session_key != planted


def test_signing_out_ends_the_session_and_is_recorded(clerk, signed_in):
    client = signed_in(clerk)
    key = client.session.session_key
    assert client.post("/logout/").url == "/login/"
    client.cookies["sessionid"] = key
    assert client.get("/organizations/").status_code == 302
    assert kinds()[-2:] == ["login.done", "logout.done"]


def test_signing_out_is_a_post(clerk, signed_in):
    client = signed_in(clerk)
    assert client.get("/logout/").status_code == 405
    assert client.get("/organizations/").status_code == 200


def test_signing_out_twice_is_no_error(db, client):
    assert client.post("/logout/").status_code == 302
    assert not Event.objects.filter(kind="logout.done").exists()


@pytest.mark.parametrize(("username", "password"), [("limei", "Falsch-Falsch-1"), ("nobody", "Falsch-Falsch-1"), ("limei", "")])
def test_wrong_is_answered_alike_and_lets_nobody_in(clerk, sign_in, username, password):
    client, answer = sign_in(username, password)
    assert answer.status_code == 200
    assert client.get("/organizations/").status_code == 302


def test_unknown_wrong_and_disabled_get_the_same_answer(clerk, guard, sign_in):
    away = a_user(username="away")
    account_security.disable(user=away, by=guard, at=AT)
    tries = [("limei", "Falsch-Falsch-1"), ("nobody", "Falsch-Falsch-1"), ("away", away.first_password), ("system", "x")]
    errors = [sign_in(*one)[1].context["form"].non_field_errors() for one in tries]
    assert all(errors)
    assert all(error == errors[0] for error in errors)


def test_a_failure_is_recorded_with_the_account_but_an_unknown_name_is_masked(clerk, sign_in):
    sign_in("limei", "Falsch-Falsch-1")
    sign_in("Geheim-Passwort-7", "Falsch-Falsch-1")
    known, unknown = Event.objects.filter(kind="login.failed").order_by("id")
    assert (known.subject, known.result, known.actor_id) == (f"user:{clerk.pk}", "refused", None)
    assert (unknown.subject, json.loads(unknown.data)) == ("user:unknown", {"name": "Ge… (17)"})


def test_the_session_page_tells_a_script_who_is_signed_in(clerk, signed_in, client):
    session = signed_in(clerk).get("/session/").json()
    assert (session["user"], session["name"], session["idle_seconds"]) == (clerk.pk, "李梅", 1800)
    assert len(session["token"]) == 64
    assert client.get("/session/").json()["user"] is None


@pytest.mark.django_db(transaction=True)
def test_without_its_event_nobody_gets_in():
    user = a_user(username="limei")
    client = Client(raise_request_exception=False)
    with broken_audit():
        answer = client.post("/login/", {"username": "limei", "password": user.first_password})
    assert answer.status_code == 500
    assert "sessionid" not in client.cookies
    assert not Session.objects.exists()
    user.refresh_from_db()
    assert user.last_login is None


@pytest.mark.django_db(transaction=True)
def test_without_its_event_no_password_changes():
    user = a_user(username="limei")
    client = Client(raise_request_exception=False)
    client.post("/login/", {"username": "limei", "password": user.first_password})
    with broken_audit():
        answer = client.post("/password/", {"current": user.first_password, "new": GOOD, "again": GOOD})
    assert answer.status_code == 500
    user.refresh_from_db()
    assert user.check_password(user.first_password)
    assert not user.password_memories.exists()
