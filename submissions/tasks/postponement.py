"""Postpones the deadline of a task for some of its units: a later day of their own, with a reason."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.recorder import record
from orgs.models import Organization, User
from submissions.choices import State
from submissions.core.refusals import ActRefused
from submissions.core.summary_stamps import mark_changed
from submissions.models import Submission, Task
from submissions.tasks.calendar.working_days import calendar_of, moved_words
from submissions.tasks.deadlines import POSTPONED, REASON, set_days
from submissions.tasks.progress import standing_paths
from submissions.tasks.queries import below

MOST_NAMES = 20


@dataclass(frozen=True)
class Postponement:
    """What a postponement would do: the units with their present day, the day as asked for, and as the calendar moves it."""

    units: tuple[Submission, ...]
    stated: date
    due_on: date


@transaction.atomic
def postpone(*, task: Task, places: Collection[Organization], due_on: date, reason: str, by: User, at: datetime) -> int:
    """Give every unit asked at or below these places a later day of its own; how many units that were.

    The day lies today or later and after the task's, so that nobody who was on time becomes late. Raises ActRefused.
    """
    held = Task.objects.select_for_update(of=("self",)).select_related("form").get(county_id=task.county_id, pk=task.pk)
    planned = postponement_of(held, places=places, due_on=due_on, reason=reason, today=timezone.localdate(at))
    ids = [unit.pk for unit in planned.units]
    Submission.objects.filter(county_id=held.county_id, pk__in=ids).update(due_on=planned.due_on, due_reason=reason.strip())
    days = {unit.organization.code: [unit.due_on or held.due_on, planned.due_on] for unit in planned.units}
    record(
        POSTPONED, by=by, at=at, county_id=held.county_id, subject=f"task:{held.pk}", organization_id=held.county_id,
        data=days | {REASON: reason.strip()},
    )  # fmt: skip
    mark_changed(held, [unit.organization_id for unit in planned.units])
    return len(ids)


def postponement_of(task: Task, *, places: Collection[Organization], due_on: date, reason: str, today: date) -> Postponement:
    """The plan. Raises ActRefused with the reason against it."""
    if not reason.strip():
        raise ActRefused(_("A deadline is postponed with a reason; say why, the units read it."))
    if due_on < today:
        raise ActRefused(
            _("A deadline is not moved into the past (%(day)s); choose today or a later day.") % {"day": due_on.isoformat()}
        )
    moved = copy(task)
    set_days(moved, {"due_on": due_on}, calendar_of(task.county_id))
    if moved.due_on <= task.due_on:
        raise ActRefused(
            _("The task is due on %(due)s anyway; a postponement leads to a later day than %(day)s.")
            % {"due": task.due_on.isoformat(), "day": moved.due_on.isoformat()}
        )
    if task.closes_on is not None and moved.due_on > task.closes_on:
        raise ActRefused(
            _("Nothing can be sent after %(closes)s, the closing date of the task; move that first, or choose an earlier day.")
            % {"closes": task.closes_on.isoformat()}
        )
    return Postponement(_units(task, places), due_on, moved.due_on)


def _units(task: Task, places: Collection[Organization]) -> tuple[Submission, ...]:
    """The reports asked at or below the places, each once. A place where nobody is asked is refused by name."""
    found: dict[int, Submission] = {}
    for place in places:
        rows = list(_asked_below(task, place))
        if not rows:
            raise ActRefused(
                _("At %(place)s nobody is asked for this task, or all are exempt; take it out.") % {"place": place.name}
            )
        found |= {row.pk: row for row in rows}
    if not found:
        raise ActRefused(_("Say for whom: name a township or a unit."))
    return tuple(found.values())


def _asked_below(task: Task, place: Organization) -> QuerySet[Submission]:
    day = task.period.last_day
    path = standing_paths(place.pk, [day]).get(day, "")
    rows = below(path, day, task) if path else Submission.objects.none()
    ordered = rows.exclude(state=State.EXEMPT).select_related("organization")
    return ordered.order_by("organization__sort_order", "organization__code")


def postponement_effects(task: Task, planned: Postponement) -> list[str]:
    """The effects as sentences shown before the act."""
    names = [unit.organization.name for unit in planned.units]
    shown = _(", ").join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    count = ngettext("%(n)s unit: %(names)s.", "%(n)s units: %(names)s.", len(names)) % {"n": len(names), "names": shown}
    days = {"old": task.due_on.isoformat(), "new": planned.due_on.isoformat()}
    sentences = [_("Due date: %(old)s → %(new)s.") % days, count]
    if planned.due_on != planned.stated:
        sentences.append(moved_words(calendar_of(task.county_id), planned.stated, planned.due_on))
    own = sum(unit.due_on is not None and unit.due_on != planned.due_on for unit in planned.units)
    if own:
        sentences.append(
            ngettext("%(n)s of them has another day of its own, which this replaces.",
                     "%(n)s of them have another day of their own, which this replaces.", own) % {"n": own}
        )  # fmt: skip
    sentences.append(_("All other units keep %(old)s. What came on time stays on time.") % days)
    return sentences
