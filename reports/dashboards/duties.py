"""What a clerk has to do now: the reports owed, those sent back with their reasons, progress of the units below."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from orgs.models import Organization
from reports.dashboards.tasks import TaskLine, task_lines
from reports.scope.task_queries import closed_on, next_for, open_tasks, owed_by, returns_of, sent_by
from submissions.choices import State
from submissions.core.texts import COLOURS, due_words
from submissions.models import Notice, Review, Submission
from submissions.tasks.chase.queries import unread_notices
from submissions.tasks.progress import due_day, progress_below


@dataclass(frozen=True)
class Duty:
    """One report to fill in. `reason` and `cells` (label, reason): why it was sent back."""

    title: str
    period: str
    organization: str
    state: str
    colour: str
    due: str
    due_colour: str
    url: str
    is_returned: bool
    reason: str = ""
    returned_by: str = ""
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Settled:
    """One report that the unit cannot fill in now: it is with the reviewers, or its task is closed. `next_step`: a sentence."""

    title: str
    period: str
    state: str
    colour: str
    next_step: str
    url: str
    is_owed: bool


@dataclass(frozen=True)
class ClerkBlock:
    """A clerk's post. `coming`: the next report and its day, if nothing is owed now. `notices`: those that nobody there has read."""

    organization: Organization
    duties: tuple[Duty, ...]
    settled: tuple[Settled, ...]
    coming: str
    below: tuple[TaskLine, ...]
    notices: tuple[Notice, ...] = ()
    template: str = "reports/dashboards/_parts/home_clerk.html"

    @property
    def owes_closed(self) -> bool:
        return any(one.is_owed for one in self.settled)


def clerk_block(organization: Organization, today: date) -> ClerkBlock:
    owed = owed_by([organization.id], today)
    returns = returns_of([submission.id for submission in owed if submission.state == State.RETURNED])
    duties = tuple(_duty(submission, returns.get(submission.id), today) for submission in owed)
    coming = "" if duties else _coming([organization.id], today)
    settled = (*map(_closed, closed_on([organization.id], today)), *map(_sent, sent_by([organization.id])))
    notices = tuple(unread_notices([organization.id]))
    return ClerkBlock(organization, duties, settled, coming, _below(organization, today), notices)


def _closed(submission: Submission) -> Settled:
    sentence = _("Closed after %(day)s. The organization department of %(county)s can move the closing day%(telephone)s.")
    county, day = submission.task.county, submission.task.closes_on
    telephone = _(", telephone %(number)s") % {"number": county.telephone} if county.telephone else ""
    return _settled(
        submission, sentence % {"day": date_format(day, "DATE_FORMAT"), "county": county, "telephone": telephone}, is_owed=True
    )


def _sent(submission: Submission) -> Settled:
    at = date_format(timezone.localtime(submission.submitted_at), "SHORT_DATETIME_FORMAT")
    return _settled(
        submission, _("Sent %(at)s; if it is returned, it appears above with the reasons.") % {"at": at}, is_owed=False
    )


def _settled(submission: Submission, next_step: str, *, is_owed: bool) -> Settled:
    return Settled(
        submission.task.form.title, submission.task.period.label, submission.get_state_display(),
        COLOURS[State(submission.state)], next_step, reverse("submissions:detail", args=[submission.id]), is_owed,
    )  # fmt: skip


def _duty(submission: Submission, review: Review | None, today: date) -> Duty:
    due, due_colour = due_words(due_day(submission, submission.task), today)
    return Duty(
        title=submission.task.form.title,
        period=submission.task.period.label,
        organization=submission.organization.name,
        state=submission.get_state_display(),
        colour=COLOURS[State(submission.state)],
        due=due,
        due_colour=due_colour,
        url=reverse("submissions:fill", args=[submission.id]),
        is_returned=submission.state == State.RETURNED,
        reason=review.reason if review else "",
        returned_by=_returned_by(review) if review else "",
        cells=_cells(review) if review else (),
    )


def _returned_by(review: Review) -> str:
    at = date_format(timezone.localtime(review.at), "SHORT_DATETIME_FORMAT")
    return _("%(organization)s, %(person)s, %(at)s") % {
        "organization": review.organization.short_name or review.organization.name,
        "person": review.by.name,
        "at": at,
    }


def _cells(review: Review) -> tuple[tuple[str, str], ...]:
    lines = review.submission.task.layout.by_key
    return tuple((lines[key].label if key in lines else key, reason) for key, reason in review.cell_reasons.items())


def _coming(organization_ids: Collection[int], today: date) -> str:
    submission = next_for(organization_ids, today)
    if submission is None:
        return ""
    return _("Next: “%(form)s” for %(period)s, open for filling from %(day)s.") % {
        "form": submission.task.form.title,
        "period": submission.task.period.label,
        "day": date_format(submission.task.opens_on, "MONTH_DAY_FORMAT"),
    }


def _below(organization: Organization, today: date) -> tuple[TaskLine, ...]:
    """The units below a township's clerk, a line per task; empty where nobody stands below."""
    tasks, _left_out = open_tasks(organization.county_id, today)
    counts = progress_below(tasks, organization)
    below = {place: progress for place, progress in counts.items() if place[1] != organization.id}
    return task_lines(tasks, below, organization, today)
