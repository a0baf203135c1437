"""Answers the tree (orgs.tree.dependants) about reports: which there are, and that they follow a moved unit."""

from collections.abc import Collection
from datetime import date, datetime

from orgs.models import User
from orgs.tree.dependants import Followed, PlacedReport, ReportStage
from orgs.tree.spans import batched
from submissions.choices import STANDING, State
from submissions.models import Submission, Task
from submissions.moves.ended_units import exempt_drafts, lift_exemptions, release_reports
from submissions.moves.hand_over import hand_over
from submissions.moves.ledger_update import update_ledgers
from submissions.moves.unplaced_submissions import drop_unplaced


class ReportsOnTree:
    """The answers of orgs.tree.dependants.Dependants."""

    def reports_of(self, organization_ids: Collection[int]) -> list[PlacedReport]:
        rows: list[tuple[int, int, str, datetime | None]] = []
        for some in batched(organization_ids):
            begun = Submission.objects.filter(organization_id__in=some).exclude(state__in=(State.BLANK, State.EXEMPT))
            rows += begun.values_list("organization_id", "task_id", "state", "first_submitted_at")
        tasks = {
            task.pk: task
            for some in batched({task_id for _org, task_id, *_rest in rows})
            for task in Task.objects.filter(pk__in=some).select_related("form").defer("layout")
        }
        found = [_placed(org, tasks[task_id], State(state), sent_at) for org, task_id, state, sent_at in rows]
        return sorted(found, key=lambda report: (report.day, report.form, report.organization))

    def follow(self, organization_ids: Collection[int], *, because: str, by: User, at: datetime) -> Followed:
        dropped = drop_unplaced(organization_ids=organization_ids, by=by, at=at)
        exempted = exempt_drafts(organization_ids=organization_ids, because=because, by=by, at=at) if because else []
        return Followed(hand_over(organization_ids=organization_ids, by=by, at=at), dropped, exempted)

    def expect(self, organization_ids: Collection[int], since: date, *, by: User, at: datetime) -> Followed:
        return update_ledgers(organization_ids=organization_ids, since=since, by=by, at=at)

    def exempt(self, organization_ids: Collection[int], since: date, *, because: str, by: User, at: datetime) -> Followed:
        units = {"organization_ids": organization_ids, "since": since}
        return Followed(exempted=release_reports(**units, because=because, by=by, at=at))

    def lift(self, keys: Collection[int], *, by: User, at: datetime) -> None:
        lift_exemptions(keys=keys, by=by, at=at)


def _placed(organization_id: int, task: Task, state: State, sent_at: datetime | None) -> PlacedReport:
    period = task.period
    stage = (
        ReportStage.BEGUN if state not in STANDING else ReportStage.APPROVED if state == State.APPROVED else ReportStage.SENT_IN
    )
    return PlacedReport(organization_id, task.form.title, period.label, period.last_day, stage, sent_at)
