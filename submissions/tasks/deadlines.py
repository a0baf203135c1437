"""The days of a task: moves each on to a working day, checks them, and changes them once the task is open."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.models import User
from submissions.core.refusals import ActRefused
from submissions.models import Submission, Task
from submissions.tasks.calendar.working_days import Calendar, NoWorkingDay, calendar_of, moved_words

MOVED = "task.deadline_moved"
POSTPONED = "task.postponed"  # for some units; its data are their codes, and
REASON = "_reason"  # which no code begins with
# A day by which something is to be done -> where it is kept as it was asked for, if the calendar moved it on.
STATED = {"due_on": "due_stated_on", "review_due_on": "review_stated_on", "approval_due_on": "approval_stated_on"}
Days = Mapping[str, date | None]  # name of the field -> day; None: no such day


@transaction.atomic
def move_deadline(*, task: Task, reason: str, by: User, at: datetime, **days: date | None) -> None:
    """Give the task other days (due_on, closes_on, review_due_on, approval_due_on; one not named stays). The reason stays in the
    audit trail and on the page.

    A day that moves lies today or later, so that nobody who was on time becomes late. Raises ActRefused.
    """
    held = Task.objects.select_for_update(of=("self",)).select_related("form").get(county_id=task.county_id, pk=task.pk)
    change = check_move(held, reason=reason, today=timezone.localdate(at), **days)
    written = {name: getattr(held, name) for name in (*change, *(STATED[name] for name in change if name in STATED))}
    Task.objects.filter(county_id=held.county_id, pk=held.pk).update(**written)
    # A day of a unit's own is later than the task's, or none.
    own = Submission.objects.filter(county_id=held.county_id, task=held, due_on__lte=held.due_on)
    own.update(due_on=None, due_reason=None)
    record(
        MOVED, by=by, at=at, county_id=held.county_id, subject=f"task:{held.pk}", organization_id=held.county_id,
        data=change | {"reason": [None, reason.strip()]},
    )  # fmt: skip
    for name, day in written.items():
        setattr(task, name, day)


def check_move(task: Task, *, reason: str, today: date, **days: date | None) -> dict[str, list]:
    """The changes, old and new, written into the task in memory. Raises ActRefused with the reason against the move."""
    asked = {name: day for name, day in days.items() if getattr(task, name) != day}
    for day in asked.values():
        if day is not None and day < today:
            raise ActRefused(
                _("A deadline is not moved into the past (%(day)s); choose today or a later day.") % {"day": day.isoformat()}
            )
    old = {name: getattr(task, name) for name in asked}
    set_days(task, asked, calendar_of(task.county_id))
    change = {name: [old[name], getattr(task, name)] for name in asked if getattr(task, name) != old[name]}
    if not change:
        raise ActRefused(_("Neither day is another than before; there is nothing to move."))
    if not reason.strip():
        raise ActRefused(_("A deadline is moved with a reason; say why, the units read it."))
    check_dates(task)
    return change


def set_days(task: Task, days: Days, calendar: Calendar) -> tuple[int, ...]:
    """Write days into a task in memory, what is due moved on to a working day; the years of which only weekends are known.

    A closing day stands as it was asked for: it ends what may be sent, and nobody has to do anything on it.
    """
    unknown: set[int] = set()
    for name, day in days.items():
        if name in STATED and day is not None:
            found = _working_day(calendar, day)
            setattr(task, STATED[name], found.stated_if_moved)
            unknown |= set(found.unknown_years)
            day = found.day
        elif name in STATED:
            setattr(task, STATED[name], None)
        setattr(task, name, day)
    return tuple(sorted(unknown))


def _working_day(calendar: Calendar, day: date):
    try:
        return calendar.working_day(day)
    except NoWorkingDay as error:
        raise ActRefused(str(error)) from error


def check_dates(task: Task) -> None:
    """Raises ActRefused for days in an impossible order."""
    if task.due_on < task.opens_on:
        raise ActRefused(_("The due date is before the opening date; choose a later due date."))
    if task.closes_on is not None and task.closes_on < task.due_on:
        if task.due_stated_on and task.closes_on >= task.due_stated_on:
            raise ActRefused(
                _("%(moved)s, which is after the closing date %(closes)s; choose a later closing date.")
                % {"moved": due_moved_words(task), "closes": task.closes_on.isoformat()}
            )
        raise ActRefused(_("The closing date is before the due date; choose a later closing date."))
    if task.review_due_on is not None and task.review_due_on < task.due_on:
        raise ActRefused(_("Townships cannot have reviewed before the reports are due; choose a later day for the review."))
    if task.approval_due_on is not None and task.approval_due_on < (task.review_due_on or task.due_on):
        raise ActRefused(
            _("The county cannot have approved before reports and reviews are due; choose a later day for the approval.")
        )


def due_moved_words(task: Task) -> str:
    """Why the task is due later than it was asked for; "" where the calendar did not move it."""
    return moved_words(calendar_of(task.county_id), task.due_stated_on, task.due_on) if task.due_stated_on else ""


def review_due_day(task: Task, level_id: int) -> date | None:
    """The day by which an organization has to review: of the county that for its approval, of those below that for their review."""
    return task.approval_due_on if level_id == task.county_id else task.review_due_on


def due_notes(task: Task, submission: Submission | None = None) -> list[str]:
    """What is to be said beside the due day: that the calendar moved it, that it was postponed for this unit, and why."""
    if submission is not None and submission.due_on:
        days = {"old": task.due_on.isoformat(), "new": submission.due_on.isoformat(), "reason": submission.due_reason}
        return [_("Postponed for this unit from %(old)s to %(new)s: %(reason)s") % days]
    return [due_moved_words(task)] if task.due_stated_on else []


def refuse_another_deadline(task: Task, days: Days) -> None:
    """Opening a task again adds units and moves no day: what was promised to those who fill it is not changed in passing.

    The due day may be named as it was asked for, or as the calendar moved it.
    """
    for name, day in days.items():
        if day is None or day in (getattr(task, name), getattr(task, STATED.get(name, name))):
            continue
        if name == "opens_on":
            raise ActRefused(
                _("This task has been open since %(day)s; that day is not changed any more.")
                % {"day": task.opens_on.isoformat()}
            )
        raise ActRefused(
            _("This task is open already and due on %(day)s. Moving the deadline is an act of its own, with a reason.")
            % {"day": task.due_on.isoformat()}
        )
