"""Saving sixty figures: one document with its audit event, against sixty update_or_create in one transaction."""

from django.db import transaction

from benchmarks import county as data
from benchmarks import rows
from benchmarks.ratio import Ratio, ratio_of_pairs
from submissions.filling.draft_actions import save_draft
from submissions.models import Submission

GOAL = 30


def run() -> list[Ratio]:
    county, townships, villages = data.a_county()
    user = data.a_user()
    task = data.a_task(county, [county, *townships], user)
    submission = Submission.objects.create(county=county, task=task, organization=villages[0], unit_category="village")
    submission = Submission.objects.select_related("task").get(pk=submission.pk)
    rows.make_tables()
    turns = iter(range(1, 1000))

    def ours() -> None:
        turn = next(turns)
        changes = {key: turn * 100 + number for number, key in enumerate(data.KEYS)}
        save_draft(submission=submission, changes=changes, revision=turn - 1, key=f"bench-{turn}", by=user, at=data.AT)

    slow_turns = iter(range(1, 1000))
    times = ratio_of_pairs(ours, lambda: _row_by_row(task.pk, villages[0].pk, next(slow_turns)), repeats=20)
    return [Ratio("save-60", times, GOAL)]


@transaction.atomic
def _row_by_row(task_id: int, organization_id: int, turn: int) -> None:
    for number in range(data.FIGURES):
        rows.Value.objects.update_or_create(
            task_id=task_id, organization_id=organization_id, figure=number, defaults={"value": turn * 100 + number}
        )
