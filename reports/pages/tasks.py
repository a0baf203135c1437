"""The tasks of today on home pages: one line each with its due day, how far it has come and where to go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from indicators.periods import read_period
from orgs.models import Organization
from submissions.models import Task
from submissions.progress import Place, Progress, added_up
from submissions.sheet_words import due_words


@dataclass(frozen=True)
class TaskLine:
    """One task below one organization."""

    title: str
    code: str
    period: str
    due: str
    due_colour: str
    progress: Progress
    review_url: str
    grid_url: str
    remind_url: str

    @property
    def unsent(self) -> int:
        """Not with the reviewers: never sent, or sent back."""
        return self.progress.missing + self.progress.returned


def task_lines(
    tasks: Sequence[Task], counts: Mapping[Place, Progress], organization: Organization, today: date
) -> tuple[TaskLine, ...]:
    """A line for each task that asks somebody below the organization."""
    summed = {task.id: added_up(counts, [task.id]) for task in tasks}
    return tuple(_line(task, summed[task.id], organization, today) for task in tasks if summed[task.id].expected)


def _line(task: Task, progress: Progress, organization: Organization, today: date) -> TaskLine:
    due, colour = due_words(task.due_on, today)
    return TaskLine(
        title=task.form.title,
        code=task.form.code,
        period=read_period(task.period).label,
        due=due,
        due_colour=colour,
        progress=progress,
        review_url=reverse("submissions:review", args=[task.id, organization.id]),
        grid_url=reverse("submissions:grid", args=[task.id, organization.id]),
        remind_url=reverse("submissions:remind", args=[task.id, organization.id]),
    )
