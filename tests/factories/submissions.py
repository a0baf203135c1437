"""Tasks and reports for tests; every state is reached through the real actions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from indicators.models import Form
from indicators.periods import read_period
from indicators.values.documents import Figure
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.models import Organization, User
from submissions.choices import State
from submissions.filling.draft_actions import save_draft
from submissions.filling.submission_actions import submit
from submissions.models import CalendarDay, Submission, Task, Version
from submissions.review.actions import approve, send_back
from submissions.tasks.calendar.working_days import calendar_of
from submissions.tasks.exemptions import exempt
from submissions.tasks.opening import open_task
from tests.factories.indicators import make_form
from tests.factories.orgs import a_county, a_township, a_user, an_organization

PERIOD = "2026Q3"
DUE = date(2026, 10, 10)
AT = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, before DUE
LATER = AT + timedelta(hours=2)


@dataclass
class Place:
    """A county, one township, two villages, and the people who work there."""

    county: Organization
    township: Organization
    village: Organization
    other_village: Organization
    clerk: User
    reviewer: User
    officer: User
    leader: User
    stranger: User


def a_place(code: str = "350100") -> Place:
    county = a_county(code)
    township = a_township(f"{code}01", county)
    village = an_organization(f"{code}0101", parent=township)
    other = an_organization(f"{code}0102", parent=township)
    return Place(
        county, township, village, other,
        clerk=a_user(Role.CLERK, village), reviewer=a_user(Role.REVIEWER, township),
        officer=a_user(Role.OFFICER, county), leader=a_user(Role.LEADER, county),
        stranger=a_user(Role.CLERK, other),
    )  # fmt: skip


def a_task(
    county: Organization,
    form: Form | None = None,
    *,
    period: str = PERIOD,
    due_on: date = DUE,
    at: datetime = AT,
    by_calendar: bool = False,
    **given,
) -> Task:
    """Due exactly on the day: where nobody works on it, the county declares it a working day, unless `by_calendar`."""
    if not by_calendar:
        declare_working(county, due_on)
    form = form or Form.objects.filter(code="季01表").first() or make_form()
    return open_task(form=form, county=county, period=read_period(period), due_on=due_on, by=system_operator(), at=at, **given)


def declare_working(county: Organization, day: date) -> None:
    """What is due on the day is due on it, whatever its weekday."""
    if not calendar_of(county.pk).kind_of(day).is_working:
        CalendarDay.objects.update_or_create(county=county, day=day, defaults={"is_working": True})


def submission_of(task: Task, organization: Organization) -> Submission:
    """As a page loads it: with the task and its form."""
    return Submission.objects.select_related("task__form", "standing", "organization").get(task=task, organization=organization)


def fill(submission: Submission, figures: dict[str, Figure | None], *, by: User, at: datetime = AT, **given) -> Version:
    """One save from where the document stands now."""
    newest = submission.versions.order_by("-number").first()
    revision = newest.revision if newest else 0
    return save_draft(submission=submission, changes=figures, revision=revision, key=str(uuid4()), by=by, at=at, **given)


def send(submission: Submission, figures: dict[str, Figure | None] | None = None, *, by: User, at: datetime = AT) -> Version:
    """Fill (one flow figure A where nothing is given) and submit."""
    draft = fill(submission, {"A": 1} if figures is None else figures, by=by, at=at)
    return submit(submission=submission, revision=draft.revision, by=by, at=at)


def bring_to(state: State, submission: Submission, place: Place, *, at: datetime = AT) -> Submission:
    """The place's first village's submission, walked to the state; the object is fresh."""
    if state == State.EXEMPT:
        exempt(submission=submission, reason="并入他村", by=place.officer, at=at)
    elif state == State.DRAFT:
        fill(submission, {"A": 1}, by=place.clerk, at=at)
    elif state != State.BLANK:
        _bring_past_sending(state, submission, place, at)
    fresh = submission_of(submission.task, submission.organization)
    assert fresh.state == state
    return fresh


def _bring_past_sending(state: State, submission: Submission, place: Place, at: datetime) -> None:
    version = send(submission, by=place.clerk, at=at)
    if state == State.RETURNED:
        send_back(
            submission=submission, version_number=version.number, reason="请核对", cell_reasons={}, by=place.reviewer, at=at
        )
    if state in (State.PASSED, State.APPROVED):
        approve(submission=submission, version_number=version.number, by=place.reviewer, at=at)
    if state == State.APPROVED:
        approve(submission=submission, version_number=version.number, by=place.officer, at=at)
