"""Adds up all sums a second time in the slow and obvious way: from documents, unit by unit, level by level, in fractions."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from indicators.measures.document_measures import Measure, plan_of
from indicators.values.documents import NA
from indicators.values.exact_numbers import as_decimal
from orgs.moments import one_moment
from orgs.tree.queries import report_tree_on
from reports.figures.sums.summaries import branches
from reports.verification.recount import Number, Recount, has_no_end
from submissions.choices import STANDING, State
from submissions.core.history import earlier_by_basis
from submissions.models import Task

_CLOSE = Fraction(1, 10**17)  # what has no end is kept to more decimals than that


@dataclass(frozen=True)
class Sum:
    """A sum with how many units answered and how many answered 不适用."""

    value: Fraction = Fraction(0)
    answered: int = 0
    na: int = 0

    def plus(self, number: Number) -> "Sum":
        if number == NA:
            return Sum(self.value, self.answered, self.na + 1)
        return Sum(self.value + number, self.answered + 1, self.na)

    def is_same(self, other: "Sum", may_be_rounded: bool) -> bool:
        off = abs(self.value - other.value)
        counts = (self.answered, self.na) == (other.answered, other.na)
        return counts and (off < _CLOSE if may_be_rounded else not off)

    def __str__(self) -> str:
        words = {"value": f"{as_decimal(self.value):f}", "answered": self.answered, "na": self.na}
        return _("%(value)s (answered %(answered)s, N/A %(na)s)") % words


Place = tuple[int, str, str, str]  # organization, key of the line, role, basis


def kept_sums_equal_the_documents() -> Iterator[str]:
    """Every inner organization of every task, every measure: approved and provisional sum, answers and 不适用."""
    for task in Task.objects.select_related("form").order_by("pk"):
        yield from _differences(task)


@one_moment()
def _differences(task: Task) -> list[str]:
    """A sentence per sum that is not that of the documents. Both are read in one moment: people go on sending meanwhile."""
    tree = report_tree_on(task.county_id, task.period.last_day)
    slow, found = slow_sums(task), []
    rounded = {measure for measure in plan_of(task.layout).measures if _may_be_rounded(measure, task)}
    for org_id, branch in branches(task, [org_id for org_id in tree.nodes if tree.is_inner(org_id)]).items():
        for measure in plan_of(task.layout).measures:
            for basis, totals in (("submitted", branch.submitted), ("approved", branch.approved)):
                counts = totals.answered[measure.lane], totals.na[measure.lane]
                kept = Sum(Fraction(measure.sum_in(totals)), *counts)
                right = slow[org_id, measure.key, measure.role, basis]
                if not kept.is_same(right, measure in rounded):
                    sentence = _(
                        "%(form)s %(period)s %(code)s %(key)s (%(basis)s): kept %(kept)s, but the documents give %(slow)s."
                    )
                    found.append(sentence % {
                        "form": task.form.code, "period": task.period, "code": tree[org_id].code, "key": measure.key,
                        "basis": basis, "kept": kept, "slow": right,
                    })  # fmt: skip
    return found


def _may_be_rounded(measure: Measure, task: Task) -> bool:
    return has_no_end(task.layout.by_key[measure.key], measure.role, task.layout)


def slow_sums(task: Task) -> dict[Place, Sum]:
    """Each unit is added to itself and to everything above it, one by one."""
    tree = report_tree_on(task.county_id, task.period.last_day)
    rows = task.submissions.filter(state__in=STANDING, standing__isnull=False, organization_id__in=tree.nodes)
    rows = list(rows.values_list("organization_id", "unit_category", "state", "standing__figures"))
    earlier = earlier_by_basis(task, [row[0] for row in rows])
    sums: dict[Place, Sum] = defaultdict(Sum)
    for org_id, category, state, document in rows:
        above = [org_id, *(node.id for node in tree.ancestors(org_id))]
        leant_on = {"submitted": earlier[org_id].standing}
        if state == State.APPROVED:
            leant_on["approved"] = earlier[org_id].approved
        for basis, before in leant_on.items():
            recount = Recount(task.layout, document, before)
            for line in task.layout.asked_of(category):
                for role, number in recount.measures(line):
                    for place in ((one, line.key, role, basis) for one in above if number is not None):
                        sums[place] = sums[place].plus(number)
    return sums
