"""The days of a task: checks them, and moves them once the task is open."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.models import User
from submissions.core.refusals import ActRefused
from submissions.models import Task

MOVED = "task.deadline_moved"


@transaction.atomic
def move_deadline(*, task: Task, due_on: date, closes_on: date | None, reason: str, by: User, at: datetime) -> None:
    """Give the task another due date, another closing date or none. The reason stays in the audit trail and on the page.

    A day that moves lies today or later, so that nobody who was on time becomes late. Raises ActRefused.
    """
    held = Task.objects.select_for_update().select_related("form").get(county_id=task.county_id, pk=task.pk)
    change = check_move(held, due_on=due_on, closes_on=closes_on, reason=reason, today=timezone.localdate(at))
    Task.objects.filter(county_id=held.county_id, pk=held.pk).update(due_on=due_on, closes_on=closes_on)
    record(
        MOVED, by=by, at=at, county_id=held.county_id, subject=f"task:{held.pk}", organization_id=held.county_id,
        data=change | {"reason": [None, reason.strip()]},
    )  # fmt: skip
    task.due_on, task.closes_on = due_on, closes_on


def check_move(task: Task, *, due_on: date, closes_on: date | None, reason: str, today: date) -> dict[str, list]:
    """The changes, old and new. Raises ActRefused with the reason against the move."""
    new = {"due_on": due_on, "closes_on": closes_on}
    change = {name: [getattr(task, name), day] for name, day in new.items() if getattr(task, name) != day}
    if not change:
        raise ActRefused(_("Neither day is another than before; there is nothing to move."))
    if not reason.strip():
        raise ActRefused(_("A deadline is moved with a reason; say why, the units read it."))
    for _old, day in change.values():
        if day is not None and day < today:
            raise ActRefused(
                _("A deadline is not moved into the past (%(day)s); choose today or a later day.") % {"day": day.isoformat()}
            )
    check_dates(Task(opens_on=task.opens_on, due_on=due_on, closes_on=closes_on))
    return change


def check_dates(task: Task) -> None:
    """Raises ActRefused for days in an impossible order."""
    if task.due_on < task.opens_on:
        raise ActRefused(_("The due date is before the opening date; choose a later due date."))
    if task.closes_on is not None and task.closes_on < task.due_on:
        raise ActRefused(_("The closing date is before the due date; choose a later closing date."))


def refuse_another_deadline(task: Task, due_on: date, opens_on: date | None = None, closes_on: date | None = None) -> None:
    """Opening a task again adds units and moves no day: what was promised to those who fill it is not changed in passing."""
    if due_on != task.due_on or (closes_on is not None and closes_on != task.closes_on):
        raise ActRefused(
            _("This task is open already and due on %(day)s. Moving the deadline is an act of its own, with a reason.")
            % {"day": task.due_on.isoformat()}
        )
    if opens_on is not None and opens_on != task.opens_on:
        raise ActRefused(
            _("This task has been open since %(day)s; that day is not changed any more.") % {"day": task.opens_on.isoformat()}
        )
