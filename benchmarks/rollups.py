"""District summaries of all inner organizations: ours cold and warm, against a closure-table query over one row per value."""

from benchmarks import county as data
from benchmarks import rows
from benchmarks.ratio import Ratio, best_seconds
from orgs.stamps import new_stamp
from reports.summaries import Branch, branches
from submissions.models import ChangeMark

COLD_GOAL, WARM_GOAL = 15, 300


def run() -> list[Ratio]:
    county, townships, villages = data.a_county()
    user = data.a_user()
    inner = [county, *townships]
    task = data.a_task(county, inner, user)
    documents = data.approved(task, villages, user)
    ids = [org.pk for org in inner]
    rows.make_tables()
    lines = {
        village.pk: [county.pk, townships[number % len(townships)].pk, village.pk] for number, village in enumerate(villages)
    }
    rows.fill(
        task.pk, lines, {village.pk: list(document.values()) for village, document in zip(villages, documents, strict=True)}
    )

    theirs = rows.sums(task.pk, ids)
    _same(theirs, _read(branches(task, ids)))
    slow = best_seconds(lambda: rows.sums(task.pk, ids))
    cold = min(_cold(task, ids) for _run in range(15))
    _same(theirs, _read(branches(task, ids)))
    warm = best_seconds(lambda: _read(branches(task, ids)), runs=9)
    return [Ratio("rollup-cold", slow / cold, COLD_GOAL), Ratio("rollup-warm", slow / warm, WARM_GOAL)]


def _cold(task, ids: list[int]) -> float:
    """Everything stale, as after a correction in every township."""
    ChangeMark.objects.filter(task=task).update(stamp=new_stamp())
    return best_seconds(lambda: _read(branches(task, ids)), runs=1)


def _read(found: dict[int, Branch]) -> dict[int, tuple]:
    """Every sum and count decoded, as the rival's rows are."""
    return {
        org_id: (
            sums.approved.values,
            sums.submitted.values,
            sums.submitted.answered,
            sums.approved.answered,
            sums.submitted.na,
        )
        for org_id, sums in found.items()
    }


def _same(theirs: dict, ours: dict[int, tuple]) -> None:
    """Exact, figure by figure; a benchmark of wrong sums says nothing."""
    told = {(org_id, number): one for org_id, parts in ours.items() for number, one in enumerate(zip(*parts, strict=True))}
    if told != {place: tuple(map(int, row)) for place, row in theirs.items()}:
        raise RuntimeError("the sums differ")
