"""District summaries of all inner organizations: ours cold and warm, against a closure-table query over one row per value."""

from benchmarks import county as data
from benchmarks import rows
from benchmarks.ratio import Ratio, ratio_of_best
from orgs.stamps import new_stamp
from reports.figures.sums.branch_sums import BranchSums
from reports.figures.sums.summaries import branches
from submissions.models import ChangeMark

COLD_GOAL, WARM_GOAL = 18, 500
COLD_REPEATS, WARM_REPEATS = 10, 300  # so that either way takes about as long as the rival once


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

    def ours() -> dict[int, tuple]:
        return _read(branches(task, ids))

    def correction() -> None:
        """Everything is stale, as after a correction in every township."""
        ChangeMark.objects.filter(task=task).update(stamp=new_stamp())

    def plain() -> None:
        rows.sums(task.pk, ids)

    cold = ratio_of_best(ours, plain, repeats=COLD_REPEATS, before=correction)
    _same(theirs, ours())
    warm = ratio_of_best(ours, plain, repeats=WARM_REPEATS)
    return [Ratio("rollup-cold", cold, COLD_GOAL), Ratio("rollup-warm", warm, WARM_GOAL)]


def _read(found: dict[int, BranchSums]) -> dict[int, tuple]:
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
    computed = {(org_id, number): one for org_id, parts in ours.items() for number, one in enumerate(zip(*parts, strict=True))}
    if computed != {place: tuple(map(int, row)) for place, row in theirs.items()}:
        raise RuntimeError("the sums differ")
