"""The sentence shown first for a file of an earlier period than the one its units are filling in now.

Last quarter's file, uploaded again, changes nothing because its report is closed to changes; the person has to learn that it is
last quarter's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from submissions.choices import UNIT_TURN, State
from submissions.imports.report.import_report import Fresh
from submissions.models import Submission, Task
from submissions.workbooks.stamps import Shape


@dataclass(frozen=True)
class EarlierFigures:
    """The sentence, and the form to fill instead if one unit is meant."""

    sentence: str
    fresh: Fresh | None


def with_newer(reports: QuerySet[Submission], task: Task, day: date) -> QuerySet[Submission]:
    """Each report with `newer_task` and `newer_period`; None if its task is the newest.

    They are those of the newest later period of the same form for which its unit is asked and which is open on the day.
    (Periods of one frequency sort as their texts do.)
    """
    is_open = (Q(task__closes_on__isnull=True) | Q(task__closes_on__gte=day)) & Q(task__opens_on__lte=day)
    newer = Submission.objects.filter(
        is_open, county_id=task.county_id, organization=OuterRef("organization"), task__form=task.form_id,
        task__period__gt=task.period, state__in=UNIT_TURN,
    ).order_by("-task__period")  # fmt: skip
    return reports.annotate(
        newer_task=Subquery(newer.values("task")[:1]), newer_period=Subquery(newer.values("task__period")[:1])
    )


def earlier_than_now(task: Task, reports: Sequence[Submission], *, is_form: bool) -> EarlierFigures | None:
    """The sentence for a file.

    `reports`: those of the file's units, from `with_newer`; None if one of them has no later period to fill in.
    """
    if not reports or not all(report.newer_task for report in reports):
        return None
    now = max(report.newer_period for report in reports)
    words = {"period": task.period.label, "now": now.label}
    return EarlierFigures(
        _sentence({State(report.state) for report in reports}) % words, _fresh(task, reports) if is_form else None
    )


def _sentence(states: set[State]) -> str:
    if states == {State.APPROVED}:
        return _("This file is for %(period)s, which is approved already; for %(now)s use the form of that period.")
    if states.isdisjoint(UNIT_TURN):
        return _("This file is for %(period)s, which is handed in already; for %(now)s use the form of that period.")
    return _("This file is for %(period)s, not for %(now)s, which is being filled in now.")


def _fresh(task: Task, reports: Sequence[Submission]) -> Fresh | None:
    if len(reports) != 1:
        return None
    (report,) = reports
    organization = report.organization
    return Fresh(report.newer_task, organization.pk, task.form.code, str(report.newer_period), organization.code, Shape.UNIT)
