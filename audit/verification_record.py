"""The result of a verification: one event without a county, and the sentence about the last one for administrators and auditors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import Event
from audit.recorder import record

HELD, FAILED = "verification.held", "verification.failed"
USUAL = timedelta(days=2)  # it runs every night; without a result for longer, it does not run


@dataclass(frozen=True)
class VerificationNotice:
    """`sentence` about the last verification; `is_alarming` where something failed or none has run for two days."""

    sentence: str
    is_alarming: bool


@transaction.atomic
def record_verification(failed: Mapping[str, int], *, by, at: datetime) -> None:
    """`failed`: name of each check that does not hold -> its number of failures."""
    kind = FAILED if failed else HELD
    record(kind, by=by, at=at, subject="verification", data=dict(failed), result="failed" if failed else "done")


def verification_notice(now: datetime) -> VerificationNotice | None:
    """None where no verification was ever recorded: the installation has no nightly one."""
    last = Event.objects.filter(chain=0, kind__in=(HELD, FAILED)).order_by("-at").first()
    if last is None:
        return None
    words = {"at": f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}"}
    if last.kind == FAILED:
        failures = sum(json.loads(last.data).values())
        sentence = ngettext(
            "The verification of %(at)s found %(n)s fault. Ask the operator for the output of `verify`; do not issue figures until"
            " it is explained.",
            "The verification of %(at)s found %(n)s faults. Ask the operator for the output of `verify`; do not issue figures"
            " until they are explained.",
            failures,
        )
        return VerificationNotice(sentence % (words | {"n": failures}), is_alarming=True)
    if now - last.at > USUAL:
        sentence = _("No verification has run since %(at)s; ask the operator why the nightly one fails.")
        return VerificationNotice(sentence % words, is_alarming=True)
    return VerificationNotice(
        _("Verified %(at)s: every figure, version and event is as it was recorded.") % words, is_alarming=False
    )
