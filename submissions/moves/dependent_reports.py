"""Lists for orgs and indicators the reports that depend on an organization, an indicator or a form."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet

from orgs.loading.reports_affected import Reports
from orgs.tree.spans import batched
from submissions.choices import REVIEW_TURN, State
from submissions.models import Submission, Task

Row = tuple[str, State]  # organization code, state of its report


class StandingReports:
    """The answers of orgs.loading.reports_affected.AffectedReportAnswers."""

    def of_units(self, organization_ids: Collection[int], first: date, last: date | None) -> list[Reports]:
        rows: dict[int, list[Row]] = defaultdict(list)
        for some in batched(sorted(set(organization_ids))):
            _collect(rows, Submission.objects.filter(organization_id__in=some))
        tasks = [task for some in batched(rows) for task in _tasks().filter(pk__in=some)]
        found = (_reports(task, rows[task.pk]) for task in tasks)
        return _in_order(one for one in found if one.last_day >= first and (last is None or one.first_day <= last))

    def of_indicators(self, codes: Collection[str], county_id: int | None = None) -> dict[str, list[Reports]]:
        of_county = _tasks() if county_id is None else _tasks().filter(county_id=county_id)
        tasks = {task: task.layout.codes & set(codes) for task in of_county}
        by_task = _reports_by_task([task for task, asked_codes in tasks.items() if asked_codes])
        return {code: _in_order(by_task[task] for task, asked_codes in tasks.items() if code in asked_codes) for code in codes}

    def of_forms(self, form_ids: Collection[int]) -> dict[int, list[Reports]]:
        by_task = _reports_by_task(_tasks().filter(form_id__in=form_ids))
        return {one: _in_order(reports for task, reports in by_task.items() if task.form_id == one) for one in form_ids}


def _tasks() -> QuerySet[Task]:
    return Task.objects.select_related("form").order_by("pk")


def _reports_by_task(tasks: Iterable[Task]) -> dict[Task, Reports]:
    """All begun reports of each task."""
    tasks, rows = list(tasks), defaultdict(list)
    for some in batched(task.pk for task in tasks):
        _collect(rows, Submission.objects.filter(task_id__in=some))
    return {task: _reports(task, rows[task.pk]) for task in tasks}


def _collect(rows: dict[int, list[Row]], submissions: QuerySet[Submission]) -> None:
    begun = submissions.exclude(state__in=(State.BLANK, State.EXEMPT))
    for task_id, code, state in begun.values_list("task_id", "organization__code", "state"):
        rows[task_id].append((code, State(state)))


def _reports(task: Task, rows: Collection[Row]) -> Reports:
    period = task.period
    states = [state for _code, state in rows]
    return Reports(
        form=task.form.code, period=str(period), period_label=period.label, first_day=period.first_day, last_day=period.last_day,
        approved=states.count(State.APPROVED), sent_in=sum(state in REVIEW_TURN for state in states),
        drafts=sum(state in (State.DRAFT, State.RETURNED) for state in states),
        units=tuple(sorted(code for code, state in rows if state == State.APPROVED or state in REVIEW_TURN)),
    )  # fmt: skip


def _in_order(found: Iterable[Reports]) -> list[Reports]:
    return sorted(found, key=lambda one: (one.last_day, one.form, one.period))
