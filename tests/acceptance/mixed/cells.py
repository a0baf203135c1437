"""One cell of any report over mixed frequencies: value, coverage and dash, as docs/semantics.md says. Plain loops over answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from tests.acceptance.mixed.book import Book, Figure, Task
from tests.acceptance.mixed.calendar import Stretch, after, of_year_until
from tests.acceptance.mixed.lines import Line
from tests.acceptance.mixed.places import Held, RowMembers, SomeUnits
from tests.acceptance.sums.computed_lines import NA
from tests.acceptance.sums.oracle import Told

Steps = dict[tuple[str, Task], Fraction | None]


@dataclass(frozen=True)
class Answer:
    """What a unit owes in one task of the column, as far as the row holds it."""

    org: str
    task: Task
    held: Held


@dataclass
class Question:
    """One line asked of a row for a period (`is_to_date`: of the year up to its end)."""

    book: Book
    key: str
    period: Stretch
    is_to_date: bool
    basis: str
    row: RowMembers | SomeUnits
    is_unit: bool = False
    shared: int = field(default=0, init=False)  # how many answers were divided

    @property
    def line(self) -> Line:
        return self.book.lines[self.key]

    @property
    def first(self) -> date:
        return date(self.period.year, 1, 1) if self.is_to_date else self.period.first

    @cached_property
    def _asked(self) -> dict[str, list[Task]]:
        return self.book.taken(self.key, self.first, self.period.last)

    @cached_property
    def tasks(self) -> set[Task]:
        """Everything that answers the column, in any row."""
        return self.book.answering(self.key, self.first, self.period.last)

    @cached_property
    def _ends(self) -> set[Task]:
        """Those that end the period; the latest of it where it was not asked to its end; of a running total the year's latest."""
        inside = {task for task in self.tasks if task.period.anchor >= self.period.first}
        ending = {task for task in inside if after(task.period).anchor > self.period.last}
        if ending:
            return ending
        left = inside or (self.tasks if self.line.running else set())
        return {task for task in left if task.period.last == max(one.period.last for one in left)}

    @cached_property
    def _answers(self) -> list[Answer]:
        found = []
        for org, tasks in self._asked.items():
            for task in tasks:
                held = self.held(org, task)
                if held is not None:
                    found.append(Answer(org, task, held))
        return found

    def asked_of(self, org: str) -> list[Task]:
        """What the unit owes for the stretch, in whatever row."""
        return self._asked.get(org, [])

    def held(self, org: str, task: Task) -> Held | None:
        return self.row.held(org, task.period.last, self.book.category(task, org))

    @property
    def adds_over_time(self) -> bool:
        """Whether every part of the stretch has to be given; of a running total the last one tells of all."""
        sides = [self.book.lines[side] for side in self.line.ratio] if self.line.ratio else [self.line]
        return any(side.over_time != "last" and not side.running for side in sides)

    @property
    def counted_answers(self) -> list[Answer]:
        """The answers that the coverage counts."""
        return self._answers if self.adds_over_time else self._at_end("last")

    @property
    def days(self) -> list[date]:
        """The last days of everything that answers the column."""
        return [task.period.last for task in self.tasks]

    @cached_property
    def _is_mixed(self) -> bool:
        return len({task.period.length for task in self.tasks}) > 1

    def told(self) -> Told:
        if self.line.ratio:
            return self._ratio()
        if self.line.running:
            return self._running()
        counted = self._at_end(self.line.over_time)
        told = self._coverage(counted)
        given = [(one, self.figure(one, self.basis)) for one in counted]
        given = [(one, value) for one, value in given if value not in (None, NA)]
        if self.line.over_time == "none" and len({task.period for task in self.tasks}) > 1:
            told.is_dash = bool(given)
        elif any(one.held.is_part for one, _value in given) and not self.line.adds:
            told.is_dash = True
        else:
            told.value = self._over_units(given)
        return told

    def figure(self, answer: Answer, basis: str) -> Figure:
        return self.book.figure(self.key, answer.task, answer.org, basis)

    def _at_end(self, over_time: str) -> list[Answer]:
        return [one for one in self._answers if over_time != "last" or one.task in self._ends]

    # --- coverage ---------------------------------------------------------------------------------------------------

    def _coverage(self, answers: list[Answer]) -> Told:
        """Answers where all periods are of one length, else units: one gave the figure where it gave all that it owes."""
        told = Told()
        groups: dict[object, list[Answer]] = {}
        for number, answer in enumerate(answers):
            groups.setdefault(answer.org if self._is_mixed else number, []).append(answer)
        for own in groups.values():
            owed = [one for one in own if self.figure(one, "submitted") != NA]
            told.na += not owed
            told.expected += bool(owed)
            for basis in ("submitted", "approved"):
                has_all = bool(owed) and all(self.figure(one, basis) not in (None, NA) for one in owed)
                told.reported += has_all and basis == "submitted"
                told.approved += has_all and basis == "approved"
        return told

    # --- values -----------------------------------------------------------------------------------------------------

    def _over_units(self, given: list[tuple[Answer, Fraction]]) -> Fraction | None:
        """Each unit's own value over the time, then over the units."""
        own: dict[str, list[Fraction]] = {}
        for answer, value in given:
            own.setdefault(answer.org, []).append(self._held_of(value, answer.held))
        values = [_mean(parts) if self.line.over_time == "mean" else sum(parts) for parts in own.values()]
        if not values:
            return None
        return Fraction({"sum": sum, "mean": _mean, "min": min, "max": max}[self.line.over_units](values))

    def _held_of(self, value: Fraction, held: Held) -> Fraction:
        """A share in the last digit of what is typed, half up, the last heir taking the rest; of the rest the exact share."""
        if not held.is_part:
            return value
        self.shared += 1
        if self.line.running or (self.line.of_unit and self.key != "Y"):
            return value * sum(held.shares[number] for number in held.numbers)
        one = 10**self.line.decimals
        parts = [Fraction(_half_up(value * share * one), one) for share in held.shares]
        parts[-1] = value - sum(parts[:-1])
        return sum(parts[number] for number in held.numbers)

    # --- running totals ---------------------------------------------------------------------------------------------

    @cached_property
    def _starts_year(self) -> bool:
        return self.first == date(self.period.year, 1, 1)

    def _steps(self, basis: str) -> Iterator[tuple[str, Task, Fraction | None]]:
        """What every unit's running totals added, task by task: less the last one known in the stretch or just before it; all of it
        where the stretch begins with the year; None where nothing is known to lean on."""
        base = {} if self._starts_year else self.book.just_before(self.key, self.first)
        for org, tasks in self._asked.items():
            last = self._last_known(base.get(org, ()), org, basis)
            for task in tasks:
                total = self.book.figure(self.key, task, org, basis)
                if total in (None, NA):
                    continue
                whole = total if self._starts_year or _opens_year(task, self.first) else None
                yield org, task, whole if last is None else total - last
                last = total

    def _last_known(self, tasks: Iterable[Task], org: str, basis: str) -> Fraction | None:
        last = None
        for task in tasks:
            total = self.book.figure(self.key, task, org, basis)
            if total not in (None, NA) and task.period.year == self.period.year:
                last = total
        return last

    def _running(self) -> Told:
        steps = {basis: {(org, task): step for org, task, step in self._steps(basis)} for basis in ("approved", "submitted")}
        told = self._running_coverage(steps)
        held = {(one.org, one.task): one.held for one in self._answers}
        known = [self._held_of(step, held[at]) for at, step in steps[self.basis].items() if at in held and step is not None]
        told.value = sum(known, Fraction(0)) if known else None
        ends = [one for one in self._answers if one.task in self._ends]
        if self.is_unit and self._starts_year and ends and all(self.figure(one, self.basis) in (None, NA) for one in ends):
            told.value = None
        return told

    def _running_coverage(self, steps: dict[str, Steps]) -> Told:
        """Units once each: who owes the last total, and whether all that it gave in the stretch is known."""
        told = Told()
        last = {one.org: one for one in self._answers if one.task in self._ends}
        for org, answer in last.items():
            sent = self.figure(answer, "submitted")
            told.na += sent == NA
            told.expected += sent != NA
            for basis in ("submitted", "approved"):
                here = [steps[basis].get((org, one.task), 0) for one in self._answers if one.org == org]
                is_known = sent != NA and self.figure(answer, basis) not in (None, NA) and None not in here
                told.reported += is_known and basis == "submitted"
                told.approved += is_known and basis == "approved"
        return told

    # --- ratios -----------------------------------------------------------------------------------------------------

    def _ratio(self) -> Told:
        """Sum over sum of the units that gave both; each side over time as it is made."""
        sides = [self.book.lines[side] for side in self.line.ratio]
        over_time = ["last" if side.running else side.over_time for side in sides]
        told = self._coverage(self._at_end(over_time[0]))
        sums = []
        for number in (0, 1):
            pairs = [(one, self.figure(one, self.basis)) for one in self._at_end(over_time[number])]
            pairs = [(one, pair[number]) for one, pair in pairs if pair not in (None, NA)]
            sums.append([self._part_of_side(one, value) for one, value in pairs])
        return self._divided(told, *sums)

    def _part_of_side(self, answer: Answer, value: Fraction) -> Fraction:
        held = answer.held
        return value * sum(held.shares[number] for number in held.numbers) if held.is_part else value

    def _divided(self, told: Told, above: list[Fraction], below: list[Fraction]) -> Told:
        if above and sum(below):
            told.value = sum(above) * self.line.times / sum(below)
        told.is_dash = bool(above) and not sum(below)
        return told


def _opens_year(task: Task, first: date) -> bool:
    """Whether a stretch that begins on the day holds the task's whole year so far."""
    return of_year_until(task.period)[0].is_inside(first, date.max)


def _mean(values: list[Fraction]) -> Fraction:
    return Fraction(sum(values)) / len(values)


def _half_up(value: Fraction) -> int:
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole
