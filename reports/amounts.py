"""One lane of a column added up for one row: its value, and who owes, gave, had approved, said 不适用. Reads no database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from indicators.measures import plan_of
from indicators.vectors import NOT_APPLICABLE, Measured, measured_of
from reports.asked import Asked, Lane, Part
from reports.gathering import APPROVED, Gathered, Portion, Unit
from reports.places import additive_lanes
from reports.rows import Key
from reports.summaries import EXEMPT, Branch
from submissions.kinds import State

EXACT = 60  # digits: a share of a sum is a finite decimal


@dataclass
class Amount:
    """One lane over all its parts: value in minor units, answers under the basis, and the coverage whatever the basis."""

    scale: int
    value: int = 0
    shared: Decimal = Decimal(0)  # what shares of split units add to it, in whole units
    answered: int = 0
    reported: int = 0
    approved: int = 0
    na: int = 0
    expected: int = 0

    def add(self, branch: Branch, lane: Lane, basis: str) -> None:
        number, submitted = lane.number, branch.submitted
        sums = branch.approved if basis == APPROVED else submitted
        na = submitted.na[number]
        # A form that once asked fewer decimals adds exactly to one that asks more.
        self.value += sums.values[number] * 10 ** (self.scale - lane.scale)
        self.answered += sums.answered[number]
        self.reported += submitted.answered[number]
        self.approved += branch.approved.answered[number]
        self.na += na
        self.expected += max(0, _expected(lane.part, branch) - na)

    def add_unit(self, unit: Unit, measured: Measured, lane: Lane, basis: str) -> None:
        """One unit's answer to one task."""
        if unit.counts(basis) and isinstance(measured, int):
            self.value += measured * 10 ** (self.scale - lane.scale)
            self.answered += 1
        self.count([(unit, measured)])

    def count(self, answers: Sequence[tuple[Unit, Measured]]) -> None:
        """One unit in the coverage: it gave the figure where it gave every one that it owes and that applies to it."""
        owed = [(unit, measured) for unit, measured in answers if measured != NOT_APPLICABLE]
        if answers and not owed:
            self.na += 1
            return
        self.expected += bool(owed)
        given = bool(owed) and all(isinstance(measured, int) for _unit, measured in owed)
        self.reported += given
        self.approved += given and all(unit.state == State.APPROVED for unit, _measured in owed)

    def add_portion(self, portion: Portion, measured: Measured, basis: str) -> None:
        """An answer that the row has only a share of, and that is not in its sums; its unit is in the expectation."""
        self.na += measured == NOT_APPLICABLE
        self.expected -= measured == NOT_APPLICABLE
        if not isinstance(measured, int):
            return
        self.reported += 1
        self.approved += portion.unit.state == State.APPROVED
        if portion.unit.counts(basis):
            self.answered += 1

    @property
    def number(self) -> Decimal:
        with localcontext() as context:
            context.prec = EXACT
            return Decimal(self.value).scaleb(-self.scale) + self.shared


def amount_of(asked: Asked, lanes: Sequence[Lane], key: Key, gathered: Gathered, basis: str) -> Amount:
    """From sums of branches, or unit by unit where these hold too much."""
    amount = Amount(scale=max((lane.scale for lane in lanes), default=0))
    if asked.picks_units:
        _add_units(amount, asked, lanes, key, gathered, basis)
        return amount
    for lane in lanes:
        branch = gathered.sums.get((key, lane.part.task.id))
        if branch is not None:
            amount.add(branch, lane, basis)
    for lane, portion, measured in _portions(lanes, key, gathered):
        amount.add_portion(portion, measured, basis)
        _add_share(amount, asked, lane, portion, measured, basis)
    return amount


def _add_share(amount: Amount, asked: Asked, lane: Lane, portion: Portion, measured: Measured, basis: str) -> None:
    """Both sides of a ratio in the same share, exactly."""
    if asked.line.numerator and isinstance(measured, int) and portion.unit.counts(basis):
        with localcontext() as context:
            context.prec = EXACT
            amount.shared += portion.share * Decimal(measured).scaleb(-lane.scale)


def _portions(lanes: Iterable[Lane], key: Key, gathered: Gathered) -> Iterator[tuple[Lane, Portion, Measured]]:
    """What the row has a share of without its being in the sums."""
    for lane in lanes:
        if lane.number in additive_lanes(plan_of(lane.part.task.layout)):
            continue
        for portion in gathered.portions.get((key, lane.part.task.id), ()):
            if portion.organization not in lane.part.excluded and portion.unit.vector is not None:
                yield lane, portion, list(measured_of(portion.unit.vector))[lane.number]


def is_divided(asked: Asked, key: Key, gathered: Gathered, basis: str) -> bool:
    """Whether the row has a share of an answer that cannot be shared: a mean, a score, a least."""
    if asked.line.numerator or not gathered.portions:
        return False
    found = _portions((lane for lanes in asked.lanes for lane in lanes), key, gathered)
    return any(isinstance(measured, int) and portion.unit.counts(basis) for _lane, portion, measured in found)


def divided_units(asked: Asked, gathered: Gathered) -> set[int]:
    """The organizations whose answers some row has only a share of though they cannot be shared."""
    if asked.line.numerator or not gathered.portions:
        return set()
    lanes = [lane for lanes in asked.lanes for lane in lanes]
    found = (one for key in {key for key, _task in gathered.portions} for one in _portions(lanes, key, gathered))
    return {portion.organization for _lane, portion, measured in found if isinstance(measured, int)}


def _expected(part: Part, branch: Branch) -> int:
    if not part.line.unit_categories:
        return branch.owed
    return sum(count for category, count in branch.expected.items() if category != EXEMPT and part.line.asks(category))


def _add_units(amount: Amount, asked: Asked, lanes: Sequence[Lane], key: Key, gathered: Gathered, basis: str) -> None:
    """Where periods of different length answer together, a unit counts once whatever it owes."""
    for org_id, tasks in gathered.units.get(key, {}).items():
        answers = []
        for lane in lanes:
            unit = owing(lane.part, org_id, tasks)
            if unit is None:
                continue
            measured, share = _measured(lane, org_id, unit, key, gathered)
            answers.append((unit, measured))
            if unit.counts(basis) and isinstance(measured, int):
                amount.answered += 1
                if share is None:
                    amount.value += measured * 10 ** (amount.scale - lane.scale)
                else:
                    _add_share(amount, asked, lane, share, measured, basis)
        if asked.is_mixed:
            amount.count(answers)
        else:
            for answer in answers:
                amount.count([answer])


def owing(part: Part, org_id: int, tasks: Mapping[int | str, Unit]) -> Unit | None:
    """The unit's answer to a part, also one still owed; None where another part answers for it, or it owes none."""
    unit = tasks.get(part.task.id)
    if unit is None or org_id in part.excluded or unit.state == State.EXEMPT or not part.line.asks(unit.category):
        return None
    return unit


def _measured(lane: Lane, org_id: int, unit: Unit, key: Key, gathered: Gathered) -> tuple[Measured, Portion | None]:
    """What the unit gave; of an answer that the row has only a share of, and that does not add, the whole with its share."""
    if lane.number not in additive_lanes(plan_of(lane.part.task.layout)):
        for portion in gathered.portions.get((key, lane.part.task.id), ()):
            if portion.organization == org_id:
                return measure_in(portion.unit, lane.number), portion
    return measure_in(unit, lane.number), None


def measure_in(unit: Unit, number: int) -> Measured:
    if unit.vector is None:
        return None
    return list(measured_of(unit.vector))[number]


def by_organization(parts: Iterable[Part], key: Key, gathered: Gathered) -> dict[int, list[tuple[Part, Unit]]]:
    """Organization -> the parts that it owes in this row, in time order, with its answers."""
    found: dict[int, list[tuple[Part, Unit]]] = defaultdict(list)
    parts = list(parts)
    for org_id, tasks in gathered.units.get(key, {}).items():
        for part in parts:
            unit = owing(part, org_id, tasks)
            if unit is not None:
                found[org_id].append((part, unit))
    return found
