"""Lives through the quarters of the demonstration by the real acts: opened, filled, sent in time or late, returned, approved."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from demonstration.figures import DemonstrationUnit, ReportedShare
from demonstration.own_edition import OWN_INDICATOR
from demonstration.side_forms import LICENCES, OF_ONE_TOWNSHIP, Licences, side_figures
from indicators.definitions import forms_of
from indicators.models import Form
from indicators.periods import Period
from orgs.models import Organization, User
from submissions.choices import State
from submissions.filling.bulk_entry import BulkEntry, enter_many
from submissions.filling.draft_actions import save_draft
from submissions.filling.submission_actions import submit
from submissions.models import Submission, Task
from submissions.review.actions import send_back
from submissions.tasks.exemptions import exempt
from submissions.tasks.opening import open_task

BASIC, COVERAGE, EXPIRED = "基层季01表", "两新季01表", "远教季01表"
DAYS_TO_FILL, DAYS_BEFORE_END = 12, 8
RETURNED_EACH_QUARTER = 12
EXPLAINED = "九月集中开展走访，台账数有较大变动，已与原始记录核对。"


@dataclass
class County:
    """What the quarters go on with: every unit's life, and who acts."""

    organization: Organization
    by: User
    seed: int
    units: dict[int, DemonstrationUnit] = field(default_factory=dict)
    coverage: dict[int, ReportedShare] = field(default_factory=dict)
    licences: dict[int, Licences] = field(default_factory=dict)

    def figures(self, submission: Submission) -> dict:
        org, form = submission.organization, submission.task.form.code
        if form in OF_ONE_TOWNSHIP:
            return side_figures(form, org.code, submission.task.period, self.seed)
        if form == EXPIRED:
            return {"EDU-001": 1, "EDU-002": int(org.code[-1] != "7")}
        if form == LICENCES:
            cells = self.licences.setdefault(org.pk, Licences(org.code, self.seed)).quarter()
            asked = {line.key for line in submission.task.layout.asked_of(submission.unit_category)}
            return {key: cell for key, cell in cells.items() if key in asked or key != OWN_INDICATOR}
        if form == COVERAGE:
            return self.coverage.setdefault(org.pk, ReportedShare(org.code, self.seed)).quarter()
        return self.units.setdefault(org.pk, DemonstrationUnit(org.code, org.unit_category, self.seed)).quarter()


def live_through(county: County, period: Period, *, is_last: bool, now: datetime) -> None:
    """One quarter of every form that asks. The last one is still going on: reports in every state."""
    if period.number == 1:
        for unit in county.units.values():
            unit.new_year()
    for code in (BASIC, COVERAGE):
        task = _open(county, code, period, is_last, now)
        dice = random.Random(f"{county.seed}/{code}/{period}")
        (_going_on if is_last else _over)(county, task, dice, now)
    expired = _form(county, EXPIRED)
    if period.last_day <= expired.valid_until:
        # A form that has expired since: its past stays readable, and nobody is asked any more.
        _aside(county, EXPIRED, period, is_of_one_township=True)
    for code in (LICENCES, *OF_ONE_TOWNSHIP):
        _aside(county, code, period, is_of_one_township=code in OF_ONE_TOWNSHIP)


def _form(county: County, code: str) -> Form:
    """As the county has it: a common form, its own, or its edition of a common one."""
    return forms_of(county.organization.pk).get(code=code)


def _aside(county: County, code: str, period: Period, *, is_of_one_township: bool) -> None:
    """A form of few units, all of whom send it in time: it is there to be read, not to be worked on."""
    opened = _morning(period.last_day - timedelta(days=DAYS_BEFORE_END))
    townships = Organization.objects.filter(county=county.organization, unit_category="township").order_by("sort_order")
    task = open_task(
        form=_form(county, code), county=county.organization, period=period, due_on=_due(period), by=county.by, at=opened,
        within=townships.first() if is_of_one_township else None,
    )  # fmt: skip
    rows = _with_all(task.submissions.all()).order_by("organization__sort_order")
    _enter(county, task, rows, State.APPROVED, _morning(task.due_on))


def _open(county: County, code: str, period: Period, is_last: bool, now: datetime) -> Task:
    opens_on = period.last_day - timedelta(days=DAYS_BEFORE_END)
    due_on = max(_due(period), timezone.localdate(now) + timedelta(days=4)) if is_last else _due(period)
    form = _form(county, code)
    return open_task(
        form=form,
        county=county.organization,
        period=period,
        due_on=due_on,
        opens_on=opens_on,
        by=county.by,
        at=_morning(opens_on),
    )


def _over(county: County, task: Task, dice: random.Random, now: datetime) -> None:
    """Nine in ten in time, some late, some returned and corrected, a few never; everything that came is approved."""
    rows = _shuffled(task, dice)
    never, late = len(rows) // 60, len(rows) // 20
    if never:
        _exempt_one(county, task, rows.pop())
    returned, late_rows, rows = rows[never:][:RETURNED_EACH_QUARTER], rows[-late:], rows[never + RETURNED_EACH_QUARTER : -late]
    _return_and_correct(county, task, returned, dice)
    third = len(rows) // 3
    for part, day in ((rows[:third], -5), (rows[third : 2 * third], -2), (rows[2 * third :], 0), (late_rows, 3)):
        _enter(county, task, part, State.APPROVED, _morning(task.due_on + timedelta(days=day)))


def _going_on(county: County, task: Task, dice: random.Random, now: datetime) -> None:
    """A third approved, a third sent in, some returned, some begun, some not started."""
    rows = _shuffled(task, dice)
    a, b, c = len(rows) // 3, len(rows) * 2 // 3, len(rows) * 3 // 4
    at = min(now - timedelta(days=2), _morning(task.due_on - timedelta(days=3)))
    _enter(county, task, rows[:a], State.APPROVED, at - timedelta(days=1))
    _enter(county, task, rows[a:b], State.SUBMITTED, at)
    _enter(county, task, rows[b:c], State.DRAFT, at, whole=False, dice=dice)
    for submission in _held(rows[a : a + min(RETURNED_EACH_QUARTER * 2, (b - a) // 4)]):
        _send_back(county, submission, dice, at + timedelta(hours=5))


def _enter(
    county: County, task: Task, rows: Iterable[Submission], upto: State, at: datetime, whole: bool = True, dice=None
) -> None:
    """Through the same door as a loaded table."""
    entries = []
    for row in rows:
        figures = county.figures(row)
        if not whole:
            figures = {key: figure for key, figure in figures.items() if dice.random() < 0.5}
        entries.append(BulkEntry(row, figures))
    entered = enter_many(task=task, entries=entries, upto=upto, explanation=EXPLAINED, by=county.by, at=at)
    if entered.refused:
        raise RuntimeError(f"the demonstration broke a rule: {entered.refused[0]}")


def _return_and_correct(county: County, task: Task, rows: list[Submission], dice: random.Random) -> None:
    """Sent in time, returned with a reason at a cell, corrected, approved."""
    first = _morning(task.due_on - timedelta(days=4))
    _enter(county, task, rows, State.SUBMITTED, first)
    for submission in _held(rows):
        _send_back(county, submission, dice, first + timedelta(days=2))
        key = _key_to_doubt(submission)
        newest = submission.versions.order_by("-number").first()
        at = first + timedelta(days=3, hours=dice.randint(0, 7))
        changes = {key: newest.figures[key] + 1}
        version = save_draft(submission=submission, changes=changes, revision=newest.revision, key="", by=county.by, at=at)
        submit(submission=submission, revision=version.revision, by=county.by, at=at)
    held = _held(rows)
    entries = [BulkEntry(row, {}) for row in held]
    enter_many(
        task=task, entries=entries, upto=State.APPROVED, explanation=EXPLAINED, by=county.by, at=first + timedelta(days=5)
    )


def _send_back(county: County, submission: Submission, dice: random.Random, at: datetime) -> None:
    reason = dice.choice(("与台账不一致，请核对后重报", "比上季变动较大，请核实原始记录", "与上报的名册人数不符"))
    send_back(
        submission=submission, version_number=submission.standing.number, reason="", by=county.by, at=at,
        cell_reasons={_key_to_doubt(submission): reason},
    )  # fmt: skip


def _key_to_doubt(submission: Submission) -> str:
    return (
        "ORG-001" if submission.task.form.code == COVERAGE else "SVC-103" if "SVC-103" in _figures(submission) else "PROM-001"
    )


def _figures(submission: Submission) -> dict:
    return submission.versions.order_by("-number").first().figures


def _exempt_one(county: County, task: Task, submission: Submission) -> None:
    exempt(
        submission=submission, reason="本季度正在换届，工作移交中", by=county.by, at=_morning(task.due_on - timedelta(days=6))
    )


def _shuffled(task: Task, dice: random.Random) -> list[Submission]:
    rows = list(_with_all(task.submissions.filter(state=State.BLANK)).order_by("organization__sort_order"))
    dice.shuffle(rows)
    return rows


def _held(rows: list[Submission]) -> list[Submission]:
    return list(_with_all(Submission.objects.filter(pk__in=[row.pk for row in rows])).order_by("pk"))


def _with_all(rows):
    return rows.select_related("organization", "standing", "task__form")


def _due(period: Period) -> date:
    return period.last_day + timedelta(days=DAYS_TO_FILL)


def _morning(day: date) -> datetime:
    """Half past nine, when the office has opened its mail."""
    return timezone.make_aware(datetime.combine(day, time(9, 30)))
