"""Answers the tree (orgs.tree.dependants) about reports: which there are, and that they follow a moved unit."""

from collections.abc import Collection
from datetime import datetime

from orgs.models import User
from orgs.tree.dependants import Followed, PlacedReport, ReportStage
from orgs.tree.spans import batched
from submissions.choices import STANDING, State
from submissions.models import Submission, Task
from submissions.moves.hand_over import hand_over
from submissions.moves.unplaced_submissions import drop_unplaced


class ReportsOnTree:
    """The answers of orgs.tree.dependants.Dependants."""

    def reports_of(self, organization_ids: Collection[int]) -> list[PlacedReport]:
        rows: list[tuple[int, int, str]] = []
        for some in batched(organization_ids):
            begun = Submission.objects.filter(organization_id__in=some).exclude(state__in=(State.BLANK, State.EXEMPT))
            rows += begun.values_list("organization_id", "task_id", "state")
        tasks = {
            task.pk: task
            for some in batched({task_id for _org, task_id, _state in rows})
            for task in Task.objects.filter(pk__in=some).select_related("form").defer("layout")
        }
        found = [_placed(org, tasks[task_id], State(state)) for org, task_id, state in rows]
        return sorted(found, key=lambda report: (report.day, report.form, report.organization))

    def follow(self, organization_ids: Collection[int], *, by: User, at: datetime) -> Followed:
        dropped = drop_unplaced(organization_ids=organization_ids, by=by, at=at)
        return Followed(hand_over(organization_ids=organization_ids, by=by, at=at), dropped)


def _placed(organization_id: int, task: Task, state: State) -> PlacedReport:
    period = task.period
    stage = (
        ReportStage.BEGUN if state not in STANDING else ReportStage.APPROVED if state == State.APPROVED else ReportStage.SENT_IN
    )
    return PlacedReport(organization_id, task.form.title, period.label, period.last_day, stage)
