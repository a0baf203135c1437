"""Earlier reports that later figures depend on and that are not approved: sent in, returned or taken back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.layout import Layout
from indicators.measures.dependencies import periods_leaned_on
from indicators.measures.document_measures import plan_of
from indicators.periods import Period
from submissions.choices import REVIEW_TURN, Act, State
from submissions.models import Review, Submission, Task, Version


@dataclass(frozen=True)
class OpenReport:
    """One unit's report that was sent in at least once and is not approved; `returned_on` where it waits for its correction."""

    form_id: int
    county_id: int
    period: Period
    organization_id: int
    organization: str
    state: State
    returned_on: date | None

    @property
    def is_counted(self) -> bool:
        """True for a report that is sent in; one that was returned or taken back is not counted."""
        return self.state in REVIEW_TURN

    @property
    def condition(self) -> str:
        """The report's condition in a few words."""
        if self.returned_on:
            return _("returned on %(day)s") % {"day": self.returned_on.isoformat()}
        return str(State.SUBMITTED.label) if self.is_counted else _("taken back by the unit")


def open_reports(tasks: Iterable[Task], periods: Collection[Period]) -> list[OpenReport]:
    """Reports of the forms and counties of these tasks, for these periods; in two queries."""
    tasks = list(tasks)
    if not tasks or not periods:
        return []
    county_ids = {task.county_id for task in tasks}
    asked = Task.objects.filter(county_id__in=county_ids, form_id__in={task.form_id for task in tasks}, period__in=periods)
    # Named by id, the tasks lead to the index of their states; joined, every report of the county was read.
    task_ids = list(asked.order_by("id").values_list("id", flat=True))
    return _found(Submission.objects.filter(task_id__in=task_ids))


def leaned_figures(layout: Layout, period: Period) -> dict[Period, list[str]]:
    """Earlier period -> the names of the figures of `period` that depend on it, in the order of the form."""
    found: dict[Period, list[str]] = {}
    for measure in plan_of(layout).measures:
        line = layout.by_key[measure.key]
        name = f"{line.name}:{line.item}" if line.item else line.name
        for earlier in periods_leaned_on(layout, measure, period):
            names = found.setdefault(earlier, [])
            if name not in names:
                names.append(name)
    return found


def open_report_sentences(submission: Submission) -> list[str]:
    """Sentences for the unit's page, one per earlier report that its figures depend on and that is not approved."""
    period = submission.task.period
    figures = leaned_figures(submission.task.layout, period)
    if not figures:
        return []
    rows = Submission.objects.filter(
        county_id=submission.county_id,
        organization_id=submission.organization_id,
        task__form_id=submission.task.form_id,
        task__period__in=list(figures),
    )
    return [_sentence(report, figures[report.period]) for report in sorted(_found(rows), key=lambda one: one.period)]


def _sentence(report: OpenReport, names: list[str]) -> str:
    words = {"figures": listed(names), "period": report.period.label, "day": report.returned_on}
    if report.returned_on:
        return (
            _("The figures of %(figures)s lean on %(period)s, which was returned on %(day)s and is not approved again.") % words
        )
    if report.is_counted:
        return _("The figures of %(figures)s lean on %(period)s, which is still waiting for review.") % words
    return _("The figures of %(figures)s lean on %(period)s, which the unit took back.") % words


MOST_LISTED = 10


def listed(names: Collection[str]) -> str:
    """Up to ten names, and … for more."""
    return "、".join(list(names)[:MOST_LISTED]) + ("…" if len(names) > MOST_LISTED else "")


_MAY_BE_OPEN = (*REVIEW_TURN, State.RETURNED, State.DRAFT)


def _found(rows: QuerySet[Submission]) -> list[OpenReport]:
    was_sent = Exists(Version.objects.filter(submission=OuterRef("pk"), sealed_at__isnull=False))
    is_open = Q(state__in=(*REVIEW_TURN, State.RETURNED)) | (Q(state=State.DRAFT) & was_sent)
    # Asked per report that is open, and those are few: joined, the acts on all reports of the periods were grouped first.
    returns = Review.objects.filter(submission=OuterRef("pk"), act=Act.RETURN).order_by("-at")
    rows = rows.filter(is_open, state__in=_MAY_BE_OPEN).annotate(returned_at=Subquery(returns.values("at")[:1]))
    fields = (
        "task__form_id", "county_id", "task__period", "organization_id", "organization__name", "state", "returned_at",
    )  # fmt: skip
    return [
        OpenReport(form_id, county_id, period, org_id, name, State(state),
                   timezone.localdate(at) if at and state == State.RETURNED else None)
        for form_id, county_id, period, org_id, name, state, at
        in rows.order_by("organization__sort_order", "organization__code", "pk").values_list(*fields)
    ]  # fmt: skip
