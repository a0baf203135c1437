"""The tasks of today on home pages, one line each: due day, progress, link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from orgs.models import Organization
from submissions.core.texts import due_words
from submissions.models import Task
from submissions.tasks.progress import Place, Progress, added_up


@dataclass(frozen=True)
class TaskLine:
    """One task below one organization."""

    key: str  # the task's id, as an address names it
    form_id: int
    title: str
    code: str
    period: str
    last_day: date
    due_on: date
    due: str
    due_colour: str
    progress: Progress
    review_url: str
    grid_url: str
    remind_url: str


def task_lines(
    tasks: Sequence[Task], counts: Mapping[Place, Progress], organization: Organization, today: date
) -> tuple[TaskLine, ...]:
    """A line for each task that asks somebody below the organization, in their order; of what is settled here the newest alone."""
    summed = {task.id: added_up(counts, [task.id]) for task in tasks}
    asked = [task for task in tasks if summed[task.id].expected]
    newest = {task.form_id: task.id for task in sorted(asked, key=lambda task: task.period.last_day)}
    shown = [task for task in asked if not summed[task.id].is_settled or newest[task.form_id] == task.id]
    return tuple(_line(task, summed[task.id], organization, today) for task in shown)


def _line(task: Task, progress: Progress, organization: Organization, today: date) -> TaskLine:
    due, colour = due_words(task.due_on, today, progress.owed)
    period = task.period
    return TaskLine(
        key=str(task.id),
        form_id=task.form_id,
        title=task.form.title,
        code=task.form.code,
        period=period.label,
        last_day=period.last_day,
        due_on=task.due_on,
        due=due,
        due_colour=colour,
        progress=progress,
        review_url=reverse("submissions:review", args=[task.id, organization.id]),
        grid_url=reverse("submissions:grid", args=[task.id, organization.id]),
        remind_url=reverse("submissions:remind", args=[task.id, organization.id]),
    )
