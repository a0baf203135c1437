"""The records behind figures: every unit's own answer with its version."""

from collections.abc import Sequence
from datetime import date

from indicators.periods import Period
from indicators.values.documents import Figure
from orgs.models import Organization
from reports.figures.plan.query_plan import View, ask
from reports.figures.plan.report_trees import counties_below, forest_on
from submissions.core.unit_reports import reports_for
from submissions.models import Submission, Task


def records(codes: Sequence[str], *, periods: Sequence[Period], org: Organization, view: View, today: date) -> list[dict]:
    """One row per unit, period and code: the unit, the figure as given, state, number and digest of the version."""
    columns, _notes = ask(codes, periods, view, counties_below(org, today))
    tasks = {part.task.id: part.task for column in columns for part in column.parts if isinstance(part.task, Task)}
    found = []
    for task in tasks.values():
        names = {org.id: org.name} | {node.id: node.name for node in forest_on(org, task.period.last_day).nodes.values()}
        keys = [f"{column.code}:{column.item}" if column.item else column.code for column in columns if _answers(column, task)]
        rows = Submission.objects.filter(task=task, standing__isnull=False, organization_id__in=names)
        rows = list(rows.select_related("organization", "standing").order_by("organization__sort_order", "organization__code"))
        reports = reports_for(task, [submission.organization_id for submission in rows])
        for submission in rows:
            leaf, name = reports[submission.organization_id].now(submission.standing.figures), names[submission.organization_id]
            found += [_record(submission, task, key, name, leaf.figure(key)) for key in dict.fromkeys(keys)]
    return found


def _answers(column, task) -> bool:
    return any(part.task.id == task.id for part in column.parts)


def _record(submission: Submission, task, key: str, name: str, figure: Figure | None) -> dict:
    version = submission.standing
    code, _colon, item = key.partition(":")
    return {
        "org": submission.organization.code, "name": name,
        "form": task.form.code, "period": str(task.period),
        "indicator": code, "item": item or None, "value": None if figure is None else str(figure), "state": submission.state,
        "version": version.number, "digest": version.digest,
    }  # fmt: skip
