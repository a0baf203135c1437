"""Opens the tasks of the period before again for the next one, in one act, with days that lie as far after the period."""

import calendar as months
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from indicators.choices import Frequency
from indicators.models import Form
from indicators.periods import Period
from orgs.models import Organization, User
from submissions.core.refusals import ActRefused
from submissions.models import Task
from submissions.tasks.deadlines import STATED, Days
from submissions.tasks.opening import open_task, refuse_unused_form
from submissions.tasks.opening_plan import OpeningPlan, opening_plan

DAYS = ("due_on", "review_due_on", "approval_due_on", "closes_on")


@dataclass(frozen=True)
class Renewal:
    """One task of the period before: the days proposed for the next, whom it would ask; or why it cannot be opened again."""

    task: Task
    days: Mapping[str, date | None]
    plan: OpeningPlan | None
    why_not: str = ""


def renewals_of(county: Organization, period: Period, left_out: Collection[Organization] = ()) -> list[Renewal]:
    """A Renewal for each task of the period before, in the county's order of forms."""
    tasks = Task.objects.filter(county_id=county.pk, period=period.previous()).select_related("form").defer("layout")
    return [_renewal(task, county, period, left_out) for task in tasks.order_by("form__sort_order", "form__code")]


def _renewal(task: Task, county: Organization, period: Period, left_out: Collection[Organization]) -> Renewal:
    days = days_after(task, period)
    if Task.objects.filter(county_id=county.pk, form=task.form, period=period).exists():
        return Renewal(task, days, None, _("It is open already for %(period)s.") % {"period": period.label})
    try:
        refuse_unused_form(task.form, county, period)
        plan = opening_plan(form=task.form, county=county, period=period, left_out=left_out, **days)
    except ActRefused as refusal:
        return Renewal(task, days, None, refusal.sentence)
    return Renewal(task, days, plan)


def days_after(task: Task, period: Period) -> Days:
    """The task's days, as they were asked for, at the same distance after the other period.

    A day is the same day of the month as many months after the end of the period: 10 October for the third quarter is 10 January for
    the fourth. Of weeks it is the same weekday.
    """
    asked = {name: getattr(task, STATED.get(name, name)) or getattr(task, name) for name in DAYS}
    return {name: day and _moved(day, task.period, period) for name, day in asked.items()}


def _moved(day: date, old: Period, new: Period) -> date:
    if old.frequency == Frequency.WEEK:
        return new.last_day + (day - old.last_day)
    after = (day.year - old.last_day.year) * 12 + day.month - old.last_day.month
    month = new.last_day.year * 12 + new.last_day.month - 1 + after
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


@transaction.atomic
def renew_tasks(
    *,
    county: Organization,
    period: Period,
    days: Mapping[Form, Days],
    by: User,
    at: datetime,
    left_out: Collection[Organization] = (),
) -> list[Task]:
    """Open these forms for the period, each with its days: all of them or none. Raises ActRefused with the form that cannot."""
    if not days:
        raise ActRefused(_("Tick at least one report to be opened again."))
    opened = []
    for form, its_days in days.items():
        try:
            opened.append(open_task(form=form, county=county, period=period, by=by, at=at, left_out=left_out, **its_days))
        except ActRefused as refusal:
            raise ActRefused(
                _("“%(form)s”: %(why)s Nothing was opened.") % {"form": form.title, "why": refusal.sentence}
            ) from refusal
    return opened
