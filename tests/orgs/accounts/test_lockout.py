"""Failed sign-ins: five lock the pair of name and address, the account gets slower, one address gets only so many tries."""

import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test.utils import override_settings
from django.utils import timezone

from audit.chain_verification import broken_links
from audit.models import Event
from orgs.accounts import account_security, lockout
from tests.factories.orgs import AT, a_user

WRONG = "Falsch-Falsch-1"
HERE, THERE = "10.0.0.1", "10.0.0.2"


@pytest.fixture(autouse=True)
def no_pause(settings):
    settings.LOGIN_PAUSE_SECONDS = 0


@pytest.fixture
def fail(sign_in):
    def fail(username: str, times: int, address: str = HERE):
        return [sign_in(username, WRONG, address)[1] for _n in range(times)][-1]

    return fail


def is_in(client) -> bool:
    return client.get("/organizations/").status_code == 200


def test_five_failures_lock_the_pair_even_for_the_right_password(clerk, fail, sign_in):
    assert fail("limei", 4).status_code == 200
    assert fail("limei", 1).status_code == 429
    client, answer = sign_in("limei", clerk.first_password, HERE)
    assert answer.status_code == 429
    assert not is_in(client)


def test_four_failures_do_not_lock_and_are_forgotten_by_a_success(clerk, fail, sign_in):
    for _turn in range(2):
        fail("limei", 4)
        assert is_in(sign_in("limei", clerk.first_password, HERE)[0])


def test_nobody_locks_a_person_out_from_another_address(clerk, fail, sign_in):
    fail("limei", 8, THERE)
    assert is_in(sign_in("limei", clerk.first_password, HERE)[0])


def test_an_unknown_name_is_locked_just_the_same(clerk, fail):
    known, unknown = fail("limei", 5), fail("nobody", 5)
    assert known.status_code == unknown.status_code == 429
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_another_browser_does_not_get_five_more(db, client):
    for number in range(6):
        answer = client.post("/login/", {"username": "nobody", "password": WRONG}, headers={"User-Agent": f"browser {number}"})
    assert answer.status_code == 429


def test_the_lock_opens_after_a_quarter_of_an_hour(clerk, fail, sign_in):
    fail("limei", 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert is_in(sign_in("limei", clerk.first_password, HERE)[0])


def test_trying_on_does_not_make_the_lock_longer(clerk, fail):
    fail("limei", 5)
    locked_at = AccessAttempt.objects.get().attempt_time
    fail("limei", 3)
    assert AccessAttempt.objects.get().attempt_time == locked_at


def test_the_security_administrator_unlocks(clerk, guard, fail, sign_in):
    fail("limei", 5)
    account_security.unlock(user=clerk, by=guard, at=AT)
    assert is_in(sign_in("limei", clerk.first_password, HERE)[0])


def test_each_try_is_one_event_and_the_lock_one_more(clerk, fail):
    fail("limei", 7)
    kinds = list(Event.objects.filter(kind__startswith="login").order_by("id").values_list("kind", flat=True))
    assert kinds == ["login.failed"] * 5 + ["login.locked"] + ["login.refused"] * 2
    assert broken_links() == []


def test_the_table_of_failures_knows_neither_name_nor_password(clerk, fail):
    fail("limei", 2)
    fail("Mein-Passwort-123", 2)
    kept = str(list(AccessAttempt.objects.values()))
    assert not [secret for secret in ("limei", "Mein-Passwort", WRONG) if secret in kept]


@pytest.mark.parametrize(("failed", "pause"), [(0, 0), (4, 0), (5, 0.5), (6, 1.0), (8, 2.0), (500, 2.0)])
def test_the_account_gets_slower(settings, failed, pause):
    settings.LOGIN_PAUSE_SECONDS = 2.0
    assert lockout.pause_for(failed) == pause


def test_the_slowness_reaches_other_addresses(settings, clerk, fail, sign_in):
    fail("limei", 5, THERE)
    settings.LOGIN_PAUSE_SECONDS = 0.3
    began = time.monotonic()
    client, _answer = sign_in("limei", clerk.first_password, HERE)
    assert time.monotonic() - began >= 0.3
    assert is_in(client)


def test_one_address_gets_so_many_tries_a_minute_before_any_hashing(settings, clerk, fail, sign_in):
    settings.LOGINS_PER_MINUTE = 3
    for number in range(3):
        fail(f"nobody{number}", 1)
    client, answer = sign_in("limei", clerk.first_password, HERE)
    assert answer.status_code == 429
    assert sign_in("limei", clerk.first_password, HERE)[1].status_code == 429
    assert not is_in(client)
    assert Event.objects.filter(kind="login.limited").count() == 1
    assert is_in(sign_in("limei", clerk.first_password, THERE)[0])


class CountingHasher(MD5PasswordHasher):
    """Tells how often a password was hashed: that is the work, and so the time, of a sign-in."""

    algorithm = "counting"
    hashed = 0

    def encode(self, password, salt):
        CountingHasher.hashed += 1
        return super().encode(password, salt)


def test_known_and_unknown_names_cost_the_same_work(county, sign_in):
    """Counted, not timed: one hash for a wrong password, one for a name that is not there. A busy machine changes nothing."""
    hashers = [f"{__name__}.CountingHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, AXES_FAILURE_LIMIT=1000):
        user = a_user(username="known")
        user.set_password(WRONG + "x")
        user.save()
        work = {name: hashes_of(sign_in, name) for name in ("known", "nobody")}
    assert work == {"known": 1, "nobody": 1}


def hashes_of(sign_in, name: str) -> int:
    before = CountingHasher.hashed
    sign_in(name, WRONG)
    return CountingHasher.hashed - before
