"""What was asked of whom and what stands of it: tasks, reports, a unit's own figures. Plain loops; imports nothing of ours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import product

from tests.acceptance.mixed.calendar import LENGTHS, Stretch, after, before, of_year_until
from tests.acceptance.mixed.lines import Line
from tests.acceptance.sums.computed_lines import NA, Number, Year
from tests.acceptance.sums.oracle import SENT

Figure = Number | tuple[Fraction, Fraction]  # of a ratio both sides


@dataclass(frozen=True)
class Report:
    """What one unit owed for one task, and the document that stands (None where none was sent)."""

    state: str
    category: str
    figures: dict[str, Number] | None

    def counts(self, basis: str) -> bool:
        return self.figures is not None and (self.state == "approved" if basis == "approved" else self.state in SENT)


@dataclass(frozen=True)
class Form:
    """`order`: forms of one length answer in this order. `keys`: its lines, printed or derived."""

    code: str
    length: str
    order: int
    keys: frozenset[str]


@dataclass(frozen=True)
class Task:
    """A form asked for a period; two forms read as one where a ratio stands on both (`other`)."""

    form: Form
    period: Stretch
    other: "Task | None" = None

    @property
    def sides(self) -> "tuple[Task, ...]":
        """The tasks in the ledger that it is read from."""
        return (Task(self.form, self.period), *([self.other] if self.other else []))


@dataclass
class Book:
    """`ledger`: task -> org -> Report."""

    lines: dict[str, Line]
    ledger: dict[Task, dict[str, Report]] = field(default_factory=dict)
    _figures: dict[tuple, Figure] = field(default_factory=dict)
    _taken: dict[tuple, dict[str, list[Task]]] = field(default_factory=dict)

    def read(self, ledger: dict[Task, dict[str, Report]]) -> None:
        self.ledger = ledger
        self._figures.clear()
        self._taken.clear()

    # --- who answers ------------------------------------------------------------------------------------------------

    def owes(self, key: str, task: Task, org: str) -> bool:
        """Whether the unit is asked the line (of a ratio both its sides) in the task, and not exempt."""
        if task.other is not None:
            return all(self.owes(side, one, org) for side, one in zip(self.lines[key].ratio, task.sides, strict=True))
        report = self.ledger[task].get(org)
        return report is not None and report.state != "exempt" and self.lines[key].asks(report.category)

    def category(self, task: Task, org: str) -> str:
        return self.ledger[task.sides[0]][org].category

    def tasks(self, key: str) -> Iterator[Task]:
        """The tasks that ask the line; of a ratio also two forms of one period that ask a side each."""
        for task in self.ledger:
            if key in task.form.keys:
                yield task
        if self.lines[key].ratio:
            yield from self._joined(*self.lines[key].ratio)

    def _joined(self, top: str, bottom: str) -> Iterator[Task]:
        for one, other in product(self.ledger, repeat=2):
            is_apart = top in one.form.keys - other.form.keys and bottom in other.form.keys - one.form.keys
            if is_apart and one.period == other.period:
                yield Task(one.form, one.period, other)

    def taken(self, key: str, first: date, last: date) -> dict[str, list[Task]]:
        """Org -> the tasks in which it answers the line for a stretch: the longest first, each of its days once; in time order."""
        if (key, first, last) not in self._taken:
            inside = [task for task in self.tasks(key) if task.period.is_inside(first, last)]
            self._taken[key, first, last] = self._once_each(key, inside)
        return self._taken[key, first, last]

    def answering(self, key: str, first: date, last: date) -> set[Task]:
        """The tasks of a stretch; where the line is on several forms, those of which some unit answers, if there are such."""
        inside = {task for task in self.tasks(key) if task.period.is_inside(first, last)}
        taken = {task for tasks in self.taken(key, first, last).values() for task in tasks}
        is_shared = len({task.form for task in inside}) > 1
        return taken if is_shared and taken else inside

    def just_before(self, key: str, first: date) -> dict[str, list[Task]]:
        """Those whose next period is the first one of its length in a stretch that begins on the day."""
        if (key, first, None) not in self._taken:
            ending = [one for one in self.tasks(key) if one.period.anchor < first <= after(one.period).anchor]
            ending = [one for one in ending if after(one.period).is_inside(first, date.max)]
            self._taken[key, first, None] = self._once_each(key, ending)
        return self._taken[key, first, None]

    def _once_each(self, key: str, tasks: list[Task]) -> dict[str, list[Task]]:
        found: dict[str, list[Task]] = {}
        for task in sorted(tasks, key=lambda one: (-LENGTHS.index(one.period.length), one.other is not None, one.form.order)):
            for org in self.ledger[task.sides[0]]:
                own = found.setdefault(org, [])
                if self.owes(key, task, org) and not any(task.period.meets(one.period) for one in own):
                    own.append(task)
        return {org: sorted(own, key=lambda one: one.period.last) for org, own in found.items()}

    # --- what a unit said -------------------------------------------------------------------------------------------

    def counts(self, task: Task, org: str, basis: str) -> bool:
        """Of two forms read as one both must."""
        return all(self.ledger[one][org].counts(basis) for one in task.sides)

    def figure(self, key: str, task: Task, org: str, basis: str) -> Figure:
        """What the unit's document says for the line where it counts under the basis; of a ratio both sides or nothing."""
        known = (key, task, org, basis)
        if known not in self._figures:
            self._figures[known] = self._figure(*known) if self.counts(task, org, basis) else None
        return self._figures[known]

    def _figure(self, key: str, task: Task, org: str, basis: str) -> Figure:
        line = self.lines[key]
        if not line.ratio:
            return self._own(line, task, org, basis)
        tasks = task.sides if task.other else (task, task)
        sides = [self._own(self.lines[side], one, org, basis) for side, one in zip(line.ratio, tasks, strict=True)]
        return NA if NA in sides else None if None in sides else tuple(sides)

    def _own(self, line: Line, task: Task, org: str, basis: str) -> Number:
        report = self.ledger[task][org]
        if not line.asks(report.category):
            return None
        return line.of_unit(self._documents(task, org, basis)) if line.of_unit else report.figures.get(line.key)

    def _documents(self, task: Task, org: str, basis: str) -> Year:
        """The unit's documents of the form in the year: this one, and the earlier ones that count under the basis."""
        year = of_year_until(task.period)
        documents = [self._document(task.form, one, org, basis) for one in year[:-1]]
        return Year([*documents, self.ledger[task][org].figures], self._document(task.form, before(year[0]), org, basis))

    def _document(self, form: Form, period: Stretch, org: str, basis: str) -> dict[str, Number]:
        report = self.ledger.get(Task(form, period), {}).get(org)
        return report.figures if report is not None and report.counts(basis) else {}
