"""The forms asked for a period, each with its own progress, and which of them a page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from indicators.periods import Period
from reports.scope.complete_periods import is_under_way
from submissions.core.texts import due_words
from submissions.models import Task
from submissions.tasks.progress import NOTHING, Place, Progress


class FormProgressLine(Protocol):
    """One form of one period, as an address names it by its `key`."""

    key: str
    form_id: int
    last_day: date
    progress: Progress


AnyLine = TypeVar("AnyLine", bound=FormProgressLine)


@dataclass(frozen=True)
class Due:
    """Until when a form is to be sent in, in words, and the colour of that: is-red once the day is over and reports are owed."""

    text: str
    colour: str

    @property
    def owed_colour(self) -> str:
        """Of what was not sent."""
        return "is-red" if self.colour == "is-red" else "is-amber"


@dataclass(frozen=True)
class AskedForm:
    """One form of one period; of an organization above counties the tasks of all its counties together."""

    key: str
    form_id: int
    title: str
    period: Period
    progress: Progress
    below: Mapping[int, Progress]  # by child of the organization; the organization's own answer under its own id
    due_days: tuple[date, ...]  # of its tasks, the first one first; several only above counties

    @property
    def last_day(self) -> date:
        return self.period.last_day

    def due(self, today: date) -> Due:
        """Without it nobody can tell what is late from what is not due yet; counties that differ are shown as a range."""
        first, last = self.due_days[0], self.due_days[-1]
        if first == last:
            return Due(*due_words(last, today, self.progress.owed))
        text = _("Due between %(first)s and %(last)s, by county") % {"first": first.isoformat(), "last": last.isoformat()}
        return Due(text, "is-grey")


def asked_forms(tasks: Sequence[Task], counts: Mapping[Place, Progress]) -> tuple[AskedForm, ...]:
    """The forms that ask (or exempt) somebody, in the order of the tasks."""
    by_form: dict[tuple[int, Period], list[Task]] = {}
    for task in tasks:
        by_form.setdefault((task.form.family_id, task.period), []).append(task)
    found = (_asked_form(same, counts) for same in by_form.values())
    return tuple(form for form in found if form.progress != NOTHING)


def _asked_form(tasks: Sequence[Task], counts: Mapping[Place, Progress]) -> AskedForm:
    """`tasks`: of one form and period."""
    task, ids = tasks[0], {task.id for task in tasks}
    below: dict[int, Progress] = {}
    for (task_id, place), progress in counts.items():
        if task_id in ids:
            below[place] = below.get(place, NOTHING) + progress
    key, period = f"{task.form.family_id}-{task.period}", task.period
    due_days = tuple(sorted(task.due_on for task in tasks))
    return AskedForm(key, task.form.family_id, task.form.title, period, sum(below.values(), NOTHING), below, due_days)


def main_line(lines: Sequence[AnyLine], today: date, chosen: str = "") -> AnyLine | None:
    """The one that was chosen; else of the form that asks most units the newest, one under way before one opened ahead."""
    found = next((line for line in lines if line.key == chosen), None)
    largest = max(lines, key=lambda line: line.progress.expected, default=None)
    of_form = [line for line in lines if largest and line.form_id == largest.form_id]
    return found or max(
        of_form, key=lambda line: (is_under_way(line.last_day, line.progress, today), line.last_day), default=None
    )
