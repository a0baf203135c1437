"""What a reviewer has to do now: the reports that wait, and the units to call because they sent nothing yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse

from orgs.models import Organization
from reports.dashboards.tasks import TaskLine, task_lines
from reports.scope.complete_periods import is_under_way
from reports.scope.task_queries import open_tasks, owed_below, waiting_for
from submissions.core.texts import due_words, review_due_words
from submissions.models import Submission
from submissions.moves.hand_over_history import HandOverNotice, recent_hand_overs
from submissions.tasks.progress import added_up, due_day, progress_below

SOON_DAYS = 30  # before its due day a unit is called for a period that is still running


@dataclass(frozen=True)
class WaitingForReview:
    """The reports of one task that wait for this organization's review."""

    title: str
    period: str
    units: int
    since: datetime
    due: str
    due_colour: str
    url: str


@dataclass(frozen=True)
class UnitToCall:
    """One unit to call: who to ask for, and what it owes."""

    name: str
    contact: str
    telephone: str
    owed: tuple[str, ...]
    due: str
    due_colour: str


@dataclass(frozen=True)
class ReviewBlock:
    """A reviewer's post. `missing`: who never sent (未报); `returned`: who has to correct and send again (退回修改).

    Called is for what is under way or due soon, not for a form just opened ahead. The numbers count reports, also those beyond
    the names shown; `unnamed`: how many those are.
    """

    organization: Organization
    waiting: tuple[WaitingForReview, ...]
    missing: tuple[UnitToCall, ...]
    missing_reports: int
    returned: tuple[UnitToCall, ...]
    returned_reports: int
    unnamed: int
    tasks: tuple[TaskLine, ...]
    left_out: int
    hand_overs: tuple[HandOverNotice, ...]
    template: str = "reports/dashboards/_parts/home_reviewer.html"

    @property
    def has_everything(self) -> bool:
        """Also of forms opened ahead."""
        return not any(line.progress.missing for line in self.tasks)


def review_block(organization: Organization, today: date) -> ReviewBlock:
    tasks, left_out = open_tasks(organization.county_id, today)
    counts = {place: one for place, one in progress_below(tasks, organization).items() if place[1] != organization.id}
    lines = task_lines(tasks, counts, organization, today)
    called = {int(line.key) for line in lines if _is_called_for(line, today)}
    total = added_up(counts, called)
    named = owed_below(organization, [task for task in tasks if task.id in called]) if total.owed else []
    never_sent = [submission for submission in named if submission.first_submitted_at is None]
    to_correct = [submission for submission in named if submission.first_submitted_at is not None]
    return ReviewBlock(
        organization, waiting_lines(organization, today), units_to_call(never_sent, today), total.missing,
        units_to_call(to_correct, today), total.returned, total.owed - len(named),
        lines, left_out, tuple(recent_hand_overs([organization.id], today)),
    )  # fmt: skip


def _is_called_for(line: TaskLine, today: date) -> bool:
    return is_under_way(line.last_day, line.progress, today) or (line.due_on - today).days <= SOON_DAYS


def waiting_lines(organization: Organization, today: date) -> tuple[WaitingForReview, ...]:
    return tuple(_waiting(row, organization, today) for row in waiting_for(organization.id))


def _waiting(row: dict, organization: Organization, today: date) -> WaitingForReview:
    level = "approval" if organization.id == row["county_id"] else "review"
    due, colour = review_due_words(row[f"task__{level}_due_on"], row["task__due_on"], today)
    return WaitingForReview(
        title=row["task__form__title"],
        period=row["task__period"].label,
        units=row["units"],
        since=row["since"],
        due=due,
        due_colour=colour,
        url=reverse("submissions:review", args=[row["task_id"], organization.id]),
    )


def units_to_call(submissions: Sequence[Submission], today: date) -> tuple[UnitToCall, ...]:
    """One line per unit, however many reports it owes; the most urgent due day counts."""
    return tuple(
        _unit_to_call(list(owed), today)
        for _unit, owed in groupby(submissions, key=lambda submission: submission.organization_id)
    )


def _unit_to_call(owed: list[Submission], today: date) -> UnitToCall:
    unit = owed[-1].organization  # as in the newest period it owes
    due, colour = due_words(min(due_day(submission, submission.task) for submission in owed), today)
    reports = tuple(
        f"{submission.task.form.title} {submission.task.period.label} · {submission.get_state_display()}" for submission in owed
    )
    return UnitToCall(unit.name, unit.contact, unit.telephone, reports, due, colour)
