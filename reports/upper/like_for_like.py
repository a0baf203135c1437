"""Whether a change is made of the same units in both periods: only then does a table get it. Adds nothing up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indicators.documents import NA
from indicators.periods import Period
from reports.asking import Asked, View, ask
from reports.cells import APPROVED
from reports.comparing import COMPARED
from reports.gathering import Gathered, Unit, gather
from reports.rows import CATEGORY, DISTRICT, LINE, Key
from reports.trees import counties_below
from reports.upper.answers import Answers, Question
from reports.upper.bindings import OWN, VALUE, Binding

Answered = set[tuple[int, int]]  # organization, and which task of the column it answered, counted back from the last


@dataclass(frozen=True)
class Unequal:
    """A change that is withheld: how many units gave the figure in its period, in the one it is measured from, and in both."""

    address: str
    here: int
    there: int
    both: int


def unequal_changes(bindings: Mapping[str, Binding], answers: Answers) -> list[Unequal]:
    """The bound changes of which the units differ between the periods."""
    sets, found = _Sets(answers), []
    for address, binding in bindings.items():
        answer = answers.found.get(address)
        if (
            binding.measure == VALUE
            or answer is None
            or answer.cell is None
            or answer.cell.compare[binding.against].change is None
        ):
            continue
        here, there = sets.of(address, binding, against=False), sets.of(address, binding, against=True)
        if here != there:
            found.append(Unequal(address, _units(here), _units(there), len({org for org, _task in here & there})))
    return found


def _units(answered: Answered) -> int:
    return len({org for org, _task in answered})


class _Sets:
    """Who gave which figure in which period, by row; every question is read once."""

    def __init__(self, answers: Answers):
        self._answers, self._occasion = answers, answers.occasion
        self._counties = counties_below(answers.occasion.org, answers.occasion.today)
        self._columns: dict[tuple[Question, str, str], dict[Key, Answered]] = {}
        self._gathered: dict[tuple[Question, tuple[int, ...]], Gathered] = {}

    def of(self, address: str, binding: Binding, *, against: bool) -> Answered:
        """The units of the cell's row that gave the figure; `against`: in the period that the change is measured from."""
        question, period = self._answers.questions[address], self._occasion.shifted(binding.period)
        period = COMPARED[binding.against](period) if against else period
        place = (question, binding.key, str(period))
        if place not in self._columns:
            self._columns[place] = self._read(question, binding.key, period)
        rows = self._columns[place]
        return next((rows[key] for key in self._rows(question, binding) if key in rows), set())

    def _rows(self, question: Question, binding: Binding) -> Iterable[Key]:
        """What the row may be called, as reports.rows calls it."""
        top = self._answers.organizations[question.top]
        if binding.by == CATEGORY:
            return [("category", binding.org)]
        org = self._answers.organizations.get(binding.org, top)
        if binding.by in (DISTRICT, LINE):
            return [("branch", org.id)]
        if org.id == top.id:
            return [("own" if binding.by == OWN else "total", top.id)]
        return [("branch", org.id), ("unit", org.id), ("own", org.id)]

    def _read(self, question: Question, key: str, period: Period) -> dict[Key, Answered]:
        column = ask([key], [period], View(question.view), self._counties)[0][0]
        if not column.parts:
            return {}
        found: dict[Key, Answered] = defaultdict(set)
        for row, units in self._gather(question, column).units.items():
            for org_id, tasks in units.items():
                found[row] |= {(org_id, number) for number in _answered(column, tasks, question.basis)}
        return found

    def _gather(self, question: Question, column: Asked) -> Gathered:
        tasks = [part.task for part in column.parts]
        place = (question, tuple(task.id for task in tasks))
        if place not in self._gathered:
            top, occasion = self._answers.organizations[question.top], self._occasion
            self._gathered[place] = gather(tasks, top, question.by, occasion.tree, occasion.today, with_units=True)
        return self._gathered[place]


def _answered(column: Asked, tasks: Mapping[int, Unit], basis: str) -> Iterator[int]:
    """Which of the column's tasks the unit answered with every number that the figure needs."""
    for lanes in zip(*column.lanes, strict=True):
        unit = tasks.get(lanes[0].part.task.id)
        vector = unit.packed.counted(unit.state, basis == APPROVED) if unit else None
        if vector is None:
            continue
        given = (lane.measure.given_in(vector) for lane in lanes)
        if all(number is not None and number != NA for number in given):
            periods = sorted({part.task.period for part in column.parts}, reverse=True)
            yield periods.index(lanes[0].part.task.period)
