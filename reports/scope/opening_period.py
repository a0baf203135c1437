"""The period on which a page opens for a person, and notices that lead to another one; one function for every page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from indicators.choices import Frequency
from indicators.periods import BadPeriod, Period, period_holding, read_period
from orgs.choices import Role
from orgs.models import Organization
from reports.figures.plan.report_trees import counties_below
from reports.scope.complete_periods import PeriodStage, Stages, stages_of
from reports.scope.page_scope import Option, Posts
from reports.scope.task_queries import latest_first, tasks_begun

MOST_PERIODS = 24  # offered
MOST_NAMED = 3  # forms
OF_ONE_TABLE = ("page", "table", "act", "csrfmiddlewaretoken")  # do not lead to another period


@dataclass(frozen=True)
class Notice:
    """One line about the state of a period. `address`: the query that leads the page to it; "" where the page is there already."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Opening:
    """`usual`: where the page opens for somebody who chose nothing. `is_chosen`: the address named `period`."""

    period: Period
    usual: Period
    known: tuple[Period, ...]
    notices: tuple[Notice, ...]
    is_chosen: bool

    @property
    def options(self) -> list[Option]:
        periods = self.known if self.period in self.known else (self.period, *self.known)
        return [Option(str(period), period.label, period == self.period) for period in periods]


def named_period(text: str) -> tuple[Period | None, str]:
    """The period that an address names, None where it names none; and a sentence where the text is no period."""
    try:
        return (read_period(text) if text else None), ""
    except BadPeriod as error:
        return None, str(error)


def opening_of(
    named: Period | None, kept: str, organization: Organization, posts: Posts, today: date, asked: QueryDict
) -> Opening:
    """The period that was named; else the one this person chose last (`kept`); else the usual one. `asked`: the whole address.

    A leader's usual one is the newest that is complete, that of whoever works with the reports the one in progress.
    """
    tasks = tasks_begun(counties_below(organization, today), today)
    known = tuple(latest_first({task.period for task in tasks})[:MOST_PERIODS])
    stages = stages_of(organization, tasks, today)
    usual = usual_period(stages, known, is_leader=all(post.role == Role.LEADER for post in posts))
    period = named or next((period for period in known if str(period) == kept), usual)
    return Opening(period, usual, known, tuple(_notices(stages, period, asked)), named is not None)


def usual_period(stages: Stages, known: Sequence[Period], *, is_leader: bool) -> Period:
    """Where there is no such period, the other kind; else the latest asked that is not ahead; else the present quarter."""
    complete, in_progress = stages.complete, stages.in_progress
    stage = (complete or in_progress) if is_leader else (in_progress or complete)
    if stage is not None:
        return stage.period
    begun = (period for period in known if period.first_day <= stages.today)
    return next(begun, None) or next(iter(known), None) or period_holding(stages.today, Frequency.QUARTER)


def _notices(stages: Stages, shown: Period, asked: QueryDict) -> Iterator[Notice]:
    """What is being reported; that what is shown is not complete; that a newer one is."""
    complete, in_progress, here = stages.complete, stages.in_progress, stages.of(shown)
    if in_progress is not None:
        words = {"period": in_progress.period.label, "rates": _rates(in_progress)}
        yield Notice(_("%(period)s is being reported: %(rates)s.") % words, _address(asked, in_progress.period, shown))
    if here is not None and here != in_progress and not here.is_complete(stages.today):
        yield Notice(_("%(period)s is not complete: %(rates)s.") % {"period": here.period.label, "rates": _rates(here)})
    if complete is not None and _is_offered(complete.period, shown, in_progress):
        yield Notice(
            _("%(period)s is the newest complete one.") % {"period": complete.period.label},
            _address(asked, complete.period, shown),
        )


def _is_offered(complete: Period, shown: Period, in_progress: PeriodStage | None) -> bool:
    """Whether to offer it: beside the one in progress, either way, and beside an older one of the same length."""
    if in_progress is not None and shown in (complete, in_progress.period):
        return True
    return shown.frequency == complete.frequency and shown.last_day < complete.last_day


def _rates(stage: PeriodStage) -> str:
    """A rate is of one form: where several decide, each is named with its own."""
    words = _("%(sent)s (%(form)s, approved %(approved)s)") if len(stage.forms) > 1 else _("%(sent)s (approved %(approved)s)")
    rates = (
        words % {"sent": form.progress.submitted_rate, "approved": form.progress.approved_rate, "form": form.title}
        for form in stage.forms[:MOST_NAMED]
    )
    return _(", ").join(rates)


def _address(asked: QueryDict, period: Period, shown: Period) -> str:
    """The same page for another period."""
    if period == shown:
        return ""
    address = asked.copy()
    for name in OF_ONE_TABLE:
        address.pop(name, None)
    address["period"] = str(period)
    return address.urlencode()
