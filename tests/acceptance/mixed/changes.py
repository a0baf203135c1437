"""What a change against another period should be: plain between complete sums, otherwise over the units that answered in both."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.acceptance.mixed.calendar import Stretch, before, holding, same_last_year
from tests.acceptance.mixed.cells import Question
from tests.acceptance.mixed.places import RowMembers, SomeUnits
from tests.acceptance.sums.computed_lines import NA
from tests.acceptance.sums.oracle import Told

OTHERS: dict[str, Callable[[Stretch], Stretch]] = {"prev": before, "same_last_year": same_last_year}
Place = tuple[str, int]  # a length, and how many of it before the last one of the stretch


@dataclass
class Difference:
    """`units`: None where the two sums are compared, else how many units answered in both."""

    other: Fraction | None = None
    change: Fraction | None = None
    percent: Fraction | None = None
    units: int | None = None


def counted(told: Told, basis: str) -> int:
    return told.approved if basis == "approved" else told.reported


def is_complete(question: Question, told: Told) -> bool:
    return bool(question.tasks) and counted(told, question.basis) == told.expected


def difference(question: Question, compared: str) -> Difference:
    """The change of a cell under the tree of then. A cumulation is not compared with the period before."""
    if compared == "prev" and question.is_to_date:
        return Difference()
    there = _of(question, question.row, OTHERS[compared](question.period))
    now, then = question.told(), there.told()
    if now.value is None or then.value is None:
        return Difference(then.value)
    found = Difference(then.value)
    pair = (now.value, then.value)
    if not (is_complete(question, now) and is_complete(there, then) and _gaps(question) == _gaps(there)):
        here_units, there_units = _whole_units(question), _whole_units(there)
        both = frozenset(org for org, missing in here_units.items() if there_units.get(org) == missing)
        found.units = len(both)
        members = SomeUnits(question.row, both)
        pair = tuple(_of(question, members, period).told().value for period in (question.period, there.period))
    if None not in pair:
        found.change = pair[0] - pair[1]
        found.percent = None if question.line.ratio or pair[1] <= 0 else (pair[0] - pair[1]) * 100 / pair[1]
    return found


def _of(question: Question, row: RowMembers | SomeUnits, period: Stretch) -> Question:
    return replace(question, row=row, period=period)


def _whole_units(question: Question) -> dict[str, frozenset[Place]]:
    """The units that gave all they owe in the row, each with the places of the stretch for which it gave nothing."""
    found = {}
    for org in {answer.org for answer in question.counted_answers}:
        one = _of(question, SomeUnits(question.row, frozenset({org})), question.period)
        told = one.told()
        if told.expected and counted(told, question.basis) == told.expected:
            given = {a.task.period for a in one.counted_answers if one.figure(a, one.basis) not in (None, NA)}
            found[org] = _missing(question, given) | _elsewhere(question, org)
    return found


def _elsewhere(question: Question, org: str) -> frozenset[Place]:
    """Of a running total the places for which the unit was asked in another row: the last one does not tell of these."""
    if not question.line.running:
        return frozenset()
    away = {task.period for task in question.asked_of(org) if question.held(org, task) is None}
    return frozenset(
        (length, back)
        for length in {one.length for one in away}
        for back, one in enumerate(_parts_back(question, length))
        if one in away
    )


def _gaps(question: Question) -> frozenset[Place]:
    """The places for which nothing was asked of anybody."""
    return _missing(question, {task.period for task in question.tasks})


def _missing(question: Question, given: set[Stretch]) -> frozenset[Place]:
    """What the figure needs of the lengths that were given: the whole stretch where it adds up, else its last part."""
    return frozenset(
        (length, back)
        for length in {one.length for one in given}
        for back, one in enumerate(_parts_back(question, length))
        if one not in given and (back == 0 or question.adds_over_time)
    )


def _parts_back(question: Question, length: str) -> list[Stretch]:
    found, one = [], holding(question.period.last, length)
    while one.last >= question.first:
        if one.is_inside(question.first, question.period.last):
            found.append(one)
        one = before(one)
    return found
