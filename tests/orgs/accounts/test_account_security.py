"""The security administrator's accounts: whom they see, how each stands, and each act with its event."""

import re

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import ValidationError
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.models import Event
from orgs.accounts import account_security, second_factor
from orgs.accounts.accounts import system_operator
from orgs.accounts.passwords import reset_password
from orgs.choices import Role
from orgs.models import User
from tests.factories.audit import broken_audit
from tests.factories.orgs import AT, a_county, a_township, a_user, an_organization

ACTS = ["end-sessions", "unlock", "disable", "enable", "remove-factor", "reset-password"]


@pytest.fixture
def guarding(guard, signed_in):
    return signed_in(guard)


def last_event() -> Event:
    return Event.objects.order_by("id").last()


def test_the_list_shows_how_each_account_stands(county, clerk, guarding, sign_in, guard):
    disabled, locked, unused = a_user("clerk", county), a_user("clerk", county), a_user("clerk", county)
    account_security.disable(user=disabled, by=guard, at=AT)
    for _turn in range(5):
        sign_in(locked.username, "Falsch-Falsch-1")
    sign_in("limei", clerk.first_password)
    shown = {account.user.pk: account.state for account in guarding.get("/accounts/").context["accounts"]}
    assert shown[disabled.pk] == "disabled"
    assert shown[locked.pk] == "locked"
    assert shown[unused.pk] == "unused"
    assert shown[clerk.pk] == shown[guard.pk] == "active"


def test_the_list_finds_by_name_and_user_name(clerk, guarding):
    for text in ("李梅", "lime", "LIME"):
        assert [account.user for account in guarding.get("/accounts/", {"q": text}).context["accounts"]] == [clerk]
    assert guarding.get("/accounts/", {"q": "nobody"}).context["accounts"] == []


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(county, guarding, django_assert_num_queries, others):
    for _n in range(others):
        a_user("clerk", county)
    with django_assert_num_queries(13):
        guarding.get("/accounts/")


def test_fifty_to_a_page(county, guarding):
    for _n in range(51):
        a_user("clerk", county)
    assert len(guarding.get("/accounts/").context["accounts"]) == 50
    assert len(guarding.get("/accounts/", {"page": 2}).context["accounts"]) > 1


def test_only_accounts_of_their_county(guarding, clerk):
    stranger = a_user("clerk", a_county("350002"))
    shown = {account.user for account in guarding.get("/accounts/").context["accounts"]}
    assert clerk in shown
    assert stranger not in shown
    assert guarding.get(f"/accounts/{stranger.pk}/").status_code == 404
    for act in ACTS:
        assert guarding.post(f"/accounts/{stranger.pk}/{act}/").status_code == 404
    stranger.refresh_from_db()
    assert stranger.check_password(stranger.first_password)


def test_a_county_below_a_prefecture_does_not_see_accounts_without_a_post(db, signed_in):
    prefecture = an_organization("3500", unit_category="other")
    county = an_organization("350001", parent=prefecture, unit_category="county")
    above, below = a_user(Role.SECURITY_ADMIN, prefecture), a_user(Role.SECURITY_ADMIN, county)
    loose = a_user(username="loose")
    assert signed_in(above).get(f"/accounts/{loose.pk}/").status_code == 200
    assert signed_in(above).get(f"/accounts/{below.pk}/").status_code == 200
    assert signed_in(below).get(f"/accounts/{loose.pk}/").status_code == 404
    assert signed_in(below).get(f"/accounts/{above.pk}/").status_code == 404


def test_a_post_below_the_county_secures_nobody(county, clerk, signed_in):
    local = a_user(Role.SECURITY_ADMIN, a_township("350001001", county))
    assert signed_in(local).get("/accounts/").context["accounts"] == []


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.LEADER, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_nobody_else_gets_in(county, clerk, signed_in, role):
    client = signed_in(a_user(role, county))
    assert client.get("/accounts/").status_code == 404
    assert client.get(f"/accounts/{clerk.pk}/").status_code == 404
    for act in ACTS:
        assert client.post(f"/accounts/{clerk.pk}/{act}/").status_code == 404
    assert last_event().kind == "access.refused"


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_posts(clerk, guarding, act):
    assert guarding.get(f"/accounts/{clerk.pk}/{act}/").status_code == 405


def test_ending_sessions(clerk, guard, guarding, signed_in):
    client = signed_in(clerk)
    assert guarding.post(f"/accounts/{clerk.pk}/end-sessions/").url == f"/accounts/{clerk.pk}/"
    assert client.get("/organizations/").status_code == 302
    events = Event.objects.filter(kind="sessions.ended", subject=f"user:{clerk.pk}", actor_id=guard.pk, role="security_admin")
    assert events.count() == 1


def test_unlocking(clerk, guarding, sign_in):
    for _turn in range(5):
        sign_in("limei", "Falsch-Falsch-1")
    guarding.post(f"/accounts/{clerk.pk}/unlock/")
    assert not AccessAttempt.objects.exists()
    assert (last_event().kind, last_event().data) == ("account.unlocked", '{"failed": 1}')


def test_disabling_and_enabling(clerk, guarding, sign_in):
    guarding.post(f"/accounts/{clerk.pk}/disable/")
    assert (last_event().kind, last_event().data) == ("account.disabled", '{"is_active": [true, false]}')
    assert sign_in("limei", clerk.first_password)[1].status_code == 200
    guarding.post(f"/accounts/{clerk.pk}/enable/")
    assert last_event().kind == "account.enabled"
    assert sign_in("limei", clerk.first_password)[1].status_code == 302


def test_what_is_so_already_is_reported_and_changes_nothing(clerk, guard):
    before = Event.objects.count()
    with pytest.raises(ValidationError, match=clerk.name):
        account_security.enable(user=clerk, by=guard, at=AT)
    with pytest.raises(ValidationError):
        account_security.disable(user=guard, by=guard, at=AT)
    with pytest.raises(ValidationError):
        account_security.enable(user=system_operator(), by=guard, at=AT)
    assert Event.objects.count() == before
    assert User.objects.get(pk=guard.pk).is_active


def test_a_refused_act_is_reported_on_the_page(guard, guarding):
    page = guarding.post(f"/accounts/{guard.pk}/disable/", follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_a_new_first_password_is_shown_once_and_must_be_changed(clerk, guarding, signed_in, sign_in):
    client = signed_in(clerk)
    answer = guarding.post(f"/accounts/{clerk.pk}/reset-password/")
    shown = answer.context["first_password"]
    assert re.fullmatch(r"[\w-]{19}", shown)
    assert shown in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get("/organizations/").status_code == 302
    client, answer = sign_in("limei", shown)
    assert client.get("/organizations/").url.startswith("/password/")
    assert shown not in guarding.get(f"/accounts/{clerk.pk}/").content.decode()
    assert Event.objects.get(kind="password.reset").data == "{}"


def test_the_password_before_a_reset_is_not_taken_again(clerk, guard):
    reset_password(user=clerk, by=guard, at=AT)
    assert clerk.password_memories.count() == 1


def test_removing_a_lost_phone(clerk, guard, guarding):
    second_factor.begin_setting_up(user=clerk, by=clerk, at=AT)
    TOTPDevice.objects.update(confirmed=True)
    assert guarding.get(f"/accounts/{clerk.pk}/").context["account"].has_phone
    guarding.post(f"/accounts/{clerk.pk}/remove-factor/")
    assert not TOTPDevice.objects.exists()
    assert last_event().kind == "second_factor.removed"


@pytest.mark.parametrize(
    "act", [account_security.end_sessions, account_security.unlock, account_security.disable, second_factor.remove]
)
@pytest.mark.django_db(transaction=True)
def test_without_its_event_no_act_happens(act):
    county = a_county("350001")
    user, guard = a_user("clerk", county), a_user(Role.SECURITY_ADMIN, county)
    before = User.objects.filter(pk=user.pk).values().get()
    with broken_audit() as refusal, pytest.raises(refusal):
        act(user=user, by=guard, at=AT)
    assert User.objects.filter(pk=user.pk).values().get() == before
