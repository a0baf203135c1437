"""The sums, made a second time in the slow and obvious way: from documents, unit by unit, level by level, with plain Decimals."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.documents import NA
from indicators.history import Document, Earlier
from indicators.measures import Leaf, plan_of
from indicators.periods import read_period
from orgs.queries import tree_on
from reports.summaries import branches
from submissions.history import earlier_for
from submissions.kinds import STANDING, State
from submissions.models import Task


def kept_sums_equal_the_documents() -> Iterator[str]:
    """Every inner organization of every task, every measure: approved and provisional sum, answers and 不适用."""
    for task in Task.objects.select_related("form").order_by("pk"):
        tree = tree_on(task.county_id, read_period(task.period).last_day)
        inner = [org_id for org_id in tree.nodes if tree.is_inner(org_id)]
        slow = slow_sums(task)
        for org_id, branch in branches(task, inner).items():
            for lane, measure in enumerate(plan_of(task.layout).measures):
                for basis, sums in (("submitted", branch.submitted), ("approved", branch.approved)):
                    kept = (Decimal(sums.values[lane]).scaleb(-measure.scale), sums.answered[lane], sums.na[lane])
                    if kept != slow[org_id, lane, basis]:
                        yield _("%(form)s %(period)s %(code)s %(key)s (%(basis)s): kept %(kept)s, but the documents give %(slow)s.") % {
                            "form": task.form.code, "period": task.period, "code": tree[org_id].code, "key": measure.key,
                            "basis": basis, "kept": kept, "slow": slow[org_id, lane, basis],
                        }  # fmt: skip


def slow_sums(task: Task) -> dict[tuple[int, int, str], tuple[Decimal, int, int]]:
    """(organization, lane, basis) -> sum, answers, 不适用. Each unit is added to itself and to everything above it, one by one."""
    tree = tree_on(task.county_id, read_period(task.period).last_day)
    rows = task.submissions.filter(state__in=STANDING, standing__isnull=False, organization_id__in=tree.nodes)
    rows = list(rows.values_list("organization_id", "unit_category", "state", "standing__figures"))
    earlier = earlier_for(task, [row[0] for row in rows])
    sums = defaultdict(lambda: (Decimal(0), 0, 0))
    for org_id, category, state, document in rows:
        line = [org_id, *(node.id for node in tree.ancestors(org_id))]
        bases = ("submitted", "approved") if state == State.APPROVED else ("submitted",)
        for lane, figure in enumerate(_figures(task, category, document, earlier[org_id])):
            if figure is not None:
                for place in ((above, lane, basis) for above in line for basis in bases):
                    sums[place] = _plus(sums[place], figure)
    return sums


def _figures(task: Task, category: str, document: Document, earlier: Earlier) -> Iterator[Decimal | str | None]:
    """One document's measures as plain decimals, told again from the definitions."""
    leaf = Leaf(task.layout, document, earlier)
    for measure in plan_of(task.layout).measures:
        measured = leaf.measured(measure) if task.layout.by_key[measure.key].asks(category) else None
        yield Decimal(measured).scaleb(-measure.scale) if isinstance(measured, int) else measured


def _plus(before: tuple[Decimal, int, int], figure: Decimal | str) -> tuple[Decimal, int, int]:
    value, answered, na = before
    return (value, answered, na + 1) if figure == NA else (value + figure, answered + 1, na)
