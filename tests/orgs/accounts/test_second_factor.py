"""The code from the phone: set up, asked for after the password, taken once, five tries, a duty of administrators."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.models import Event
from orgs.accounts import second_factor
from orgs.choices import Role
from tests.factories.orgs import AT, a_user


def code_of(user, steps: int = 0) -> str:
    """What the phone shows `steps` half minutes from now."""
    device = TOTPDevice.objects.get(user_id=user.pk)
    return f"{totp(device.bin_key, drift=steps):06d}"


def wrong_code_of(user) -> str:
    return f"{(int(code_of(user)) + 1) % 10**6:06d}"


@pytest.fixture
def with_phone(clerk, signed_in):
    """The clerk, whose phone gave its first code a while ago."""
    second_factor.begin_setting_up(user=clerk, by=clerk, at=AT)
    TOTPDevice.objects.update(confirmed=True)
    return clerk


def test_setting_up_shows_a_key_and_asks_for_its_first_code(clerk, signed_in):
    client = signed_in(clerk)
    assert client.post("/second-factor/begin/").url == "/second-factor/confirm/"
    page = client.get("/second-factor/confirm/")
    assert second_factor.key_to_type(TOTPDevice.objects.get()) in page.content.decode()
    assert client.post("/second-factor/confirm/", {"code": code_of(clerk)}).url == "/second-factor/"
    assert second_factor.device_of(clerk)
    assert client.get("/organizations/").status_code == 200
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds[-3:] == ["login.done", "second_factor.begun", "second_factor.added"]


def test_without_a_first_code_the_phone_does_not_count(clerk, signed_in):
    client = signed_in(clerk)
    client.post("/second-factor/begin/")
    assert client.post("/second-factor/confirm/", {"code": wrong_code_of(clerk)}).status_code == 200
    assert second_factor.device_of(clerk) is None
    assert signed_in(clerk).get("/organizations/").status_code == 200


def test_after_the_password_only_the_code_leads_on(with_phone, signed_in):
    client = signed_in(with_phone)
    assert client.get("/organizations/").url == "/second-factor/?next=%2Forganizations%2F"
    assert client.post("/second-factor/remove/").url.startswith("/second-factor/?")
    assert client.get("/password/").url.startswith("/second-factor/")
    answer = client.post("/second-factor/", {"code": code_of(with_phone), "next": "/organizations/"})
    assert answer.url == "/organizations/"
    assert client.get("/organizations/").status_code == 200
    assert Event.objects.filter(kind="second_factor.passed").count() == 1


def test_a_code_counts_once(with_phone, signed_in):
    code = code_of(with_phone)
    first, second = signed_in(with_phone), signed_in(with_phone)
    assert first.post("/second-factor/", {"code": code}).status_code == 302
    assert second.post("/second-factor/", {"code": code}).status_code == 200
    assert second.get("/organizations/").status_code == 302


def test_five_wrong_codes_end_the_session_and_close_the_door(with_phone, signed_in):
    client = signed_in(with_phone)
    for _turn in range(5):
        answer = client.post("/second-factor/", {"code": wrong_code_of(with_phone)})
    assert answer.url == "/login/"
    assert client.get("/organizations/").url.startswith("/login/")
    again = signed_in(with_phone)
    assert again.post("/second-factor/", {"code": code_of(with_phone)}).url == "/login/"
    kinds = list(Event.objects.filter(kind__startswith="second_factor.").order_by("id").values_list("kind", flat=True))
    assert kinds == ["second_factor.begun"] + ["second_factor.failed"] * 5 + ["second_factor.locked"]


def test_the_door_opens_after_a_quarter_of_an_hour(with_phone, signed_in):
    since = timezone.now() - timedelta(minutes=15, seconds=1)
    TOTPDevice.objects.update(throttling_failure_count=5, throttling_failure_timestamp=since)
    assert signed_in(with_phone).post("/second-factor/", {"code": code_of(with_phone)}).status_code == 302


@pytest.mark.parametrize("code", ["", "abc", "-1", "１２３４５６", "0" * 11, "12345 6\x00"])
def test_what_is_no_code_lets_nobody_in(with_phone, signed_in, code):
    client = signed_in(with_phone)
    assert client.post("/second-factor/", {"code": code}).status_code == 200
    assert client.get("/organizations/").status_code == 302


def test_a_code_may_be_typed_with_a_blank(with_phone, signed_in):
    code = code_of(with_phone)
    assert signed_in(with_phone).post("/second-factor/", {"code": f" {code[:3]} {code[3:]}"}).status_code == 302


def test_removing_asks_for_both_factors(with_phone, signed_in):
    client = signed_in(with_phone)
    client.post("/second-factor/", {"code": code_of(with_phone)})
    right = {"password": with_phone.first_password, "code": code_of(with_phone, 1)}
    assert client.post("/second-factor/remove/", {**right, "password": "Falsch-Falsch-1"}).status_code == 200
    assert client.post("/second-factor/remove/", {**right, "code": wrong_code_of(with_phone)}).status_code == 200
    assert second_factor.device_of(with_phone)
    assert client.post("/second-factor/remove/", right).url == "/second-factor/"
    assert second_factor.device_of(with_phone) is None
    assert signed_in(with_phone).get("/organizations/").status_code == 200


def test_who_has_a_phone_cannot_begin_another(with_phone, signed_in):
    client = signed_in(with_phone)
    client.post("/second-factor/", {"code": code_of(with_phone)})
    assert client.post("/second-factor/begin/").url == "/second-factor/"
    assert TOTPDevice.objects.count() == 1


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_at_level_three_administrators_must_set_it_up(settings, county, signed_in, role):
    settings.PROTECTION_LEVEL = 3
    administrator = a_user(role, county)
    client = signed_in(administrator)
    assert client.get("/organizations/").url.startswith("/second-factor/")
    client.post("/second-factor/begin/")
    client.post("/second-factor/confirm/", {"code": code_of(administrator)})
    assert client.get("/password/").status_code == 200


def test_at_level_three_others_and_at_level_two_administrators_need_not(settings, clerk, guard, signed_in):
    assert signed_in(guard).get("/accounts/").status_code == 200
    settings.PROTECTION_LEVEL = 3
    assert signed_in(clerk).get("/organizations/").status_code == 200


def test_confirm_and_remove_without_a_phone_lead_back(clerk, signed_in):
    client = signed_in(clerk)
    assert client.get("/second-factor/confirm/").url == "/second-factor/"
    assert client.post("/second-factor/remove/", {"code": "123456", "password": "x"}).url == "/second-factor/"
    assert client.get("/second-factor/remove/").status_code == 405
    assert client.get("/second-factor/begin/").status_code == 405
