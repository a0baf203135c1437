"""Sends notices to units and marks them as read; each act is in the audit trail."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.county_rows import stored
from orgs.models import Organization, User
from submissions.choices import UNIT_TURN
from submissions.core.refusals import ActRefused
from submissions.models import Notice, Submission, Task

NOTICE_LENGTH = 500


@transaction.atomic
def send_notices(
    *, task: Task, submissions: Collection[Submission], text: str, organization: Organization, by: User, at: datetime
) -> int:
    """Put a notice before each of these units that still owes its report; how many. `organization`: in whose name.

    Raises ActRefused without a text, and where nobody is left who owes.
    """
    if not text.strip():
        raise ActRefused(_("The notice is empty; write what the unit is to do."))
    if len(text) > NOTICE_LENGTH:
        raise ActRefused(_("The notice is longer than %(n)d characters; shorten it.") % {"n": NOTICE_LENGTH})
    ids = sorted({submission.pk for submission in submissions})
    owed = Submission.objects.filter(county_id=task.county_id, task=task, pk__in=ids, state__in=UNIT_TURN)
    units = list(owed.order_by("pk").values_list("pk", "organization__code"))
    if not units:
        raise ActRefused(_("None of these units owes its report any more; nothing was sent."))
    Notice.objects.bulk_create(
        [
            Notice(
                county_id=task.county_id, submission_id=pk, text=text.strip(), organization=organization, sent_at=at, sent_by=by
            )
            for pk, _code in units
        ],
        batch_size=500,
    )
    record(
        "notice.sent", by=by, at=at, county_id=task.county_id, subject=f"task:{task.pk}", organization_id=organization.pk,
        data={"units": [None, [code for _pk, code in units]], "text": [None, text.strip()]},
    )  # fmt: skip
    return len(units)


@transaction.atomic
def mark_read(*, notice: Notice, by: User, at: datetime) -> None:
    """The receipt: who of the unit read it, and when. The first one stays."""
    if stored(notice).filter(read_at__isnull=True).update(read_at=at, read_by=by):
        unit_id = notice.submission.organization_id
        record(
            "notice.read", by=by, at=at, county_id=notice.county_id, subject=f"submission:{notice.submission_id}",
            organization_id=unit_id, data={"notice": [None, notice.pk]},
        )  # fmt: skip
