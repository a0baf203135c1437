"""The effects of moving a deadline as sentences, and the moves and postponements there have been. Writes nothing."""

import json
from collections import Counter
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.models import Event
from submissions.models import Task
from submissions.tasks.calendar.working_days import calendar_of
from submissions.tasks.deadlines import MOVED, POSTPONED, REASON, STATED, Days
from submissions.tasks.opening_plan import day_notes

OTHER_DAYS = {
    "closes_on": gettext_lazy("Closing date: %(old)s → %(new)s."),
    "review_due_on": gettext_lazy("Township review due: %(old)s → %(new)s."),
    "approval_due_on": gettext_lazy("County approval due: %(old)s → %(new)s."),
}


def deadline_effects(task: Task, days: Days) -> list[str]:
    """The effects of moved days, as sentences; `days` as they were asked for."""
    calendar, due_on = calendar_of(task.county_id), days["due_on"]
    new = due_on if due_on == task.due_on else calendar.working_day(due_on).day
    names = {"old": task.due_on.isoformat(), "new": new.isoformat()}
    sentences = [_("Due date: %(old)s → %(new)s.") % names if new != task.due_on else _("The due date stays %(old)s.") % names]
    for name, sentence in OTHER_DAYS.items():
        if name in days and days[name] != getattr(task, name):
            other = calendar.working_day(days[name]).day if days[name] and name in STATED else days[name]
            sentences.append(str(sentence) % {"old": _day(getattr(task, name)), "new": _day(other)})
    sentences += day_notes(calendar, {name: day for name, day in days.items() if day != getattr(task, name)})
    return [*sentences, *_on_time_effects(task, new)]


def _on_time_effects(task: Task, due_on: date) -> list[str]:
    rows = task.submissions.exclude(first_submitted_at=None).values_list("first_submitted_at", "due_on")
    sent = [(timezone.localdate(at), own_day or task.due_on) for at, own_day in rows]
    on_time = sum(day <= due for day, due in sent)
    sentences = [_("%(n)s reports that came on time stay on time.") % {"n": on_time}]
    newly = sum(due < day <= due_on for day, due in sent)
    if newly:
        sentences.append(_("%(n)s reports that came after the old day will count as on time.") % {"n": newly})
    return sentences


def _day(day: date | None) -> str:
    return day.isoformat() if day else _("none")


def moved_days(task: Task) -> list[str]:
    """The newest move of the deadline, and the postponements for some units that still hold, as sentences. One query."""
    events = Event.objects.filter(chain=task.county_id, subject=f"task:{task.pk}", kind__in=(MOVED, POSTPONED))
    moved, own = "", {}  # code of a unit -> its day and the reason
    for kind, data in events.order_by("sequence").values_list("kind", "data"):
        changes = json.loads(data)
        if kind == POSTPONED:
            reason = changes.pop(REASON)
            own |= {code: (new, reason) for code, (_old, new) in changes.items()}
        else:
            moved = _moved(task, changes)
    holding = Counter((day, reason) for day, reason in own.values() if day > task.due_on.isoformat())
    return [*([moved] if moved else []), *(_postponed(*one, units) for one, units in sorted(holding.items()))]


def _postponed(day: str, reason: str, units: int) -> str:
    sentence = ngettext(
        "Postponed for %(n)s unit to %(day)s: %(reason)s", "Postponed for %(n)s units to %(day)s: %(reason)s", units
    )
    return sentence % {"n": units, "day": day, "reason": reason}


def _moved(task: Task, changes: dict) -> str:
    old, new = changes.get("due_on", (task.due_on.isoformat(), task.due_on.isoformat()))
    sentence = _("The deadline was moved from %(old)s to %(new)s: %(reason)s")
    return sentence % {"old": old, "new": new, "reason": changes["reason"][1]}
