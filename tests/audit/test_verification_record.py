"""The last verification, as administrators and auditors read it."""

from datetime import UTC, datetime, timedelta

import pytest

from audit.verification_record import record_verification, verification_notice
from orgs.accounts.accounts import system_operator

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 19, 30, tzinfo=UTC)


def verified(failed: dict[str, int], at: datetime = AT) -> None:
    record_verification(failed, by=system_operator(), at=at)


def test_without_a_verification_nothing_is_said():
    assert verification_notice(AT) is None


def test_one_that_held_is_told_with_its_hour(english):
    verified({})
    notice = verification_notice(AT + timedelta(hours=9))
    assert "2026-07-02 03:30" in notice.sentence
    assert not notice.is_alarming


def test_faults_alarm_with_their_number_until_one_holds(english):
    verified({"a": 2, "b": 1})
    notice = verification_notice(AT)
    assert notice.is_alarming
    assert "3 faults" in notice.sentence
    verified({}, AT + timedelta(days=1))
    assert not verification_notice(AT + timedelta(days=1)).is_alarming


def test_a_verification_that_does_not_run_any_more_alarms(english):
    verified({})
    assert not verification_notice(AT + timedelta(days=2)).is_alarming
    late = verification_notice(AT + timedelta(days=2, minutes=1))
    assert late.is_alarming
    assert "No verification has run since" in late.sentence
