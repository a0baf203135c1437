"""Takes back a task that was opened by mistake, while nobody has filled anything in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.county_rows import delete_rows
from orgs.models import User
from submissions.core.refusals import ActRefused
from submissions.models import ChangeMark, Review, Submission, Task, Upload, Version


@transaction.atomic
def withdraw_task(*, task: Task, reason: str, by: User, at: datetime) -> None:
    """The task and its ledger go; the audit trail keeps who was asked, since when, and why it was taken back.

    Raises ActRefused without a reason, and where a unit has begun: then what it typed stays.
    """
    held = Task.objects.select_for_update().select_related("form").get(county_id=task.county_id, pk=task.pk)
    if not reason.strip():
        raise ActRefused(_("A task is taken back with a reason; say why."))
    list(
        held.submissions.filter(county_id=held.county_id).select_for_update().values_list("pk")
    )  # whoever saves a first cell now waits, and finds no report
    begun = begun_units(held)
    if begun:
        raise ActRefused(withdrawal_refused(begun))
    units = held.submissions.all()
    data = {
        "form": [held.form.code, None], "period": [str(held.period), None], "due_on": [held.due_on, None],
        "opened_at": [held.opened_at, None], "expected": [units.count(), None],
        "exempt": [list(units.exclude(exempted_at=None).values_list("organization__code", flat=True)), None],
    }  # fmt: skip
    Upload.objects.filter(county_id=held.county_id, task=held).update(task=None)
    delete_rows(Review.objects.filter(submission__task=held), held.county_id)
    delete_rows(Submission.objects.filter(task=held), held.county_id)
    delete_rows(ChangeMark.objects.filter(task=held), held.county_id)
    record(
        "task.withdrawn", by=by, at=at, county_id=held.county_id, subject=f"task:{held.pk}", organization_id=held.county_id,
        data=data | {"reason": [None, reason.strip()]},
    )  # fmt: skip
    delete_rows(Task.objects.filter(pk=held.pk), held.county_id)


def begun_units(task: Task) -> list[str]:
    """The names of the units of which anything is kept, in the county's order."""
    kept = Version.objects.filter(county_id=task.county_id, submission__task=task)
    begun = Submission.objects.filter(county_id=task.county_id, pk__in=kept.values("submission"))
    names = begun.order_by("organization__sort_order", "organization__code").values_list("organization__name", flat=True)
    return list(names)


def withdrawal_refused(begun: list[str]) -> str:
    """Why a task that units have begun cannot be taken back."""
    names = _(", ").join(begun[:3]) + (" …" if len(begun) > 3 else "")
    return _("%(count)s units have begun to fill it in (%(names)s); what they typed is not thrown away. Exempt units instead.") % {
        "count": len(begun), "names": names,
    }  # fmt: skip
