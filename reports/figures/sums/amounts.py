"""Adds up one measure of a column for one row: its value, and how many units owe, answered, are approved or answered 不适用."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from indicators.kinds.registry import kind_of
from indicators.measures.document_measures import Measure
from indicators.values.documents import NA
from indicators.values.exact_numbers import Exact
from reports.figures.plan.column_plan import ColumnPart, ColumnPlan, Lane
from reports.figures.plan.rows import Key
from reports.figures.sums.aggregation import APPROVED, SUBMITTED, Portion, RowSums, UnitAnswer
from reports.figures.sums.branch_sums import EXEMPT, BranchSums
from reports.figures.sums.row_placement import is_additive
from submissions.choices import State

Given = Exact | str | None  # a number, "NA", or not reported


def is_number(given: Given) -> bool:
    return given is not None and given != NA


@dataclass
class Amount:
    """One measure over all its parts: its exact sum, answers under the basis, and the coverage whatever the basis."""

    value: int | Fraction = 0
    answered: int = 0
    reported: int = 0
    approved: int = 0
    na: int = 0
    expected: int = 0
    returned: int = 0  # sent once, and to be corrected and sent again
    is_complete: bool = True  # on the basis asked

    def add(self, branch: BranchSums, lane: Lane, basis: str) -> None:
        number, submitted = lane.measure.lane, branch.submitted
        sums = branch.approved if basis == APPROVED else submitted
        na = submitted.na[number]
        self.value += lane.measure.sum_in(sums)  # exact, whatever decimals a form once asked
        self.answered += sums.answered[number]
        self.reported += submitted.answered[number]
        self.approved += branch.approved.answered[number]
        self.na += na
        owed = max(0, _expected(lane.part, branch) - na)
        self.expected += owed
        self.returned += _owing_units(lane.part, branch.returned)
        self.is_complete = self.is_complete and sums.answered[number] >= owed

    def count(self, answers: Sequence["MeasureAnswer"], basis: str, is_returned: bool) -> None:
        """One unit in the coverage: it gave the figure if it gave every part that it owes and that applies to it."""
        owed = [answer for answer in answers if answer.sent != NA]
        if answers and not owed:
            self.na += 1
            return
        self.expected += bool(owed)
        has_sent, has_approved = (
            bool(owed) and all(is_number(answer.on(basis)) for answer in owed) for basis in (SUBMITTED, APPROVED)
        )
        self.reported += has_sent
        self.approved += has_approved
        self.returned += is_returned and not has_sent
        self.is_complete = self.is_complete and (not owed or (has_approved if basis == APPROVED else has_sent))

    def add_portion(self, lane: Lane, portion: Portion, basis: str) -> None:
        """Adds an answer of which the row has only a share and which is not in its sums; its unit is in the expectation.

        Both sides of a ratio count in the same share, exactly.
        """
        answer = answer_of(lane.measure, portion.unit)
        self.na += answer.sent == NA
        self.expected -= answer.sent == NA
        self.reported += is_number(answer.sent)
        self.approved += is_number(answer.approved)
        if is_number(answer.on(basis)):
            self.answered += 1
            self.value += _shared(lane, portion, answer.on(basis))


@dataclass(frozen=True)
class MeasureAnswer:
    """One unit's answer, from everything sent in and from everything approved."""

    sent: Given
    approved: Given

    def on(self, basis: str) -> Given:
        return self.approved if basis == APPROVED else self.sent


def answer_of(measure: Measure, unit: UnitAnswer) -> MeasureAnswer:
    vectors = (unit.vector(basis) for basis in (SUBMITTED, APPROVED))
    return MeasureAnswer(*(None if vector is None else measure.given_in(vector) for vector in vectors))


def _shared(lane: Lane, portion: Portion, given: Exact) -> Fraction:
    line = lane.part.line
    return Fraction(portion.shares.total) * Fraction(given) if kind_of(line).is_divided(line) else Fraction(0)


def amount_of(column: ColumnPlan, lanes: Sequence[Lane], key: Key, row_sums: RowSums, basis: str) -> Amount:
    """Adds up sums of branches, or unit by unit if these contain more than the column needs."""
    amount = Amount()
    if column.picks_units:
        _add_units(amount, column, lanes, key, row_sums, basis)
        return amount
    for lane in lanes:
        branch = row_sums.sums.get((key, lane.part.task.id))
        if branch is not None:
            amount.add(branch, lane, basis)
    for lane, portion in _portions(lanes, key, row_sums):
        amount.add_portion(lane, portion, basis)
    if row_sums.portions:
        amount.is_complete = amount.answered >= amount.expected
    return amount


def _portions(lanes: Iterable[Lane], key: Key, row_sums: RowSums) -> Iterator[tuple[Lane, Portion]]:
    """The answers of which the row has a share that is not in its sums."""
    for lane in lanes if row_sums.portions else ():
        if is_additive(lane.part.line):
            continue
        for portion in row_sums.portions.get((key, lane.part.task.id), ()):
            if portion.organization not in lane.part.excluded:
                yield lane, portion


def is_divided(column: ColumnPlan, key: Key, row_sums: RowSums, basis: str) -> bool:
    """Whether the row has a share of an answer that cannot be shared: a mean, a score, a least value."""
    if column.is_divided or not row_sums.portions:
        return False
    found = _portions((lane for lanes in column.lanes for lane in lanes), key, row_sums)
    return any(is_number(answer_of(lane.measure, portion.unit).on(basis)) for lane, portion in found)


def divided_units(column: ColumnPlan, row_sums: RowSums) -> set[int]:
    """The organizations whose answers cannot be shared though some row has only a share of them."""
    if column.is_divided or not row_sums.portions:
        return set()
    lanes = [lane for lanes in column.lanes for lane in lanes]
    found = (one for key in {key for key, _task in row_sums.portions} for one in _portions(lanes, key, row_sums))
    return {portion.organization for lane, portion in found if is_number(answer_of(lane.measure, portion.unit).sent)}


def _expected(part: ColumnPart, branch: BranchSums) -> int:
    return branch.owed if not part.line.unit_categories else _owing_units(part, branch.expected)


def _owing_units(part: ColumnPart, counts: Mapping[str, int]) -> int:
    """The number of units of the categories that the line asks."""
    return sum(count for category, count in counts.items() if category != EXEMPT and part.line.asks(category))


def _add_units(amount: Amount, column: ColumnPlan, lanes: Sequence[Lane], key: Key, row_sums: RowSums, basis: str) -> None:
    """Adds an amount unit by unit; if periods of different length answer together, a unit counts once whatever it owes."""
    for org_id, tasks in row_sums.units.get(key, {}).items():
        answers, returned = [], []
        for lane in lanes:
            unit = owing(lane.part, org_id, tasks)
            if unit is None:
                continue
            portion = _portion_of(org_id, lane, key, row_sums)
            answer = answer_of(lane.measure, portion.unit if portion else unit)
            answers.append(answer)
            returned.append(unit.state == State.RETURNED)
            given = answer.on(basis)
            if is_number(given):
                amount.answered += 1
                amount.value += _shared(lane, portion, given) if portion else given
        if column.is_mixed:
            amount.count(answers, basis, any(returned))
            continue
        for answer, is_returned in zip(answers, returned, strict=True):
            amount.count([answer], basis, is_returned)


def _portion_of(org_id: int, lane: Lane, key: Key, row_sums: RowSums) -> Portion | None:
    """The whole answer of a share that does not add."""
    if is_additive(lane.part.line):
        return None
    found = row_sums.portions.get((key, lane.part.task.id), ())
    return next((portion for portion in found if portion.organization == org_id), None)


def owing(part: ColumnPart, org_id: int, tasks: Mapping[int | str, UnitAnswer]) -> UnitAnswer | None:
    """The unit's answer to a part, also one still owed; None if another part answers for it, or it owes none."""
    unit = tasks.get(part.task.id)
    if unit is None or org_id in part.excluded or unit.state == State.EXEMPT:
        return None
    if unit.category is not None and not part.line.asks(unit.category):
        return None
    return unit


def by_organization(parts: Iterable[ColumnPart], key: Key, row_sums: RowSums) -> dict[int, list[tuple[ColumnPart, UnitAnswer]]]:
    """Organization -> the parts that it owes in this row, in time order, with its answers."""
    found: dict[int, list[tuple[ColumnPart, UnitAnswer]]] = defaultdict(list)
    parts = list(parts)
    for org_id, tasks in row_sums.units.get(key, {}).items():
        for part in parts:
            unit = owing(part, org_id, tasks)
            if unit is not None:
                found[org_id].append((part, unit))
    return found
