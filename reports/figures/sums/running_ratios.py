"""What units that left a row within the year add to a ratio of running totals, and what those that came bring from elsewhere.

The sides of such a ratio are running totals: of a group the sum of what its units added while they stood there (decision 176).
Reads no database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from indicators.values.exact_numbers import Exact
from reports.figures.plan.column_plan import ColumnPart, ColumnPlan, counted_parts
from reports.figures.plan.rows import Key, RowHead
from reports.figures.sums.aggregation import UnitAnswer
from reports.figures.sums.amounts import answer_of, is_number, owing

Sides = tuple[Exact, Exact]
NOTHING: Sides = (0, 0)
_ROLES = ("numerator", "denominator")


Answers = dict[int, dict[int | str, UnitAnswer]]  # organization -> task -> answer


@dataclass(frozen=True)
class Leavers:
    """Row -> their answers while they stood in it; and all of their answers, in whatever row."""

    rows: dict[Key, Answers] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)


def moved_sides(asked: ColumnPlan, head: RowHead, leavers: Leavers, basis: str) -> Sides | None:
    """What is to be added to the sums of the last period: numerator and denominator; None where nobody came or left."""
    last = counted_parts(asked)
    earlier = [part for part in (*asked.baseline, *asked.parts) if part not in last and part.period.year == asked.period.year]
    found = [
        sides
        for org_id, tasks in leavers.rows.get(head.key, {}).items()
        if (sides := _of_unit(asked, head, org_id, tasks, earlier, last, leavers, basis)) is not None
    ]
    if not found:
        return None
    top, bottom = (sum(Fraction(sides[side]) for sides in found) for side in (0, 1))
    return top, bottom


def _of_unit(
    asked: ColumnPlan,
    head: RowHead,
    org_id: int,
    tasks: Mapping[int | str, UnitAnswer],
    earlier: Sequence[ColumnPart],
    last: Sequence[ColumnPart],
    leavers: Leavers, basis: str,
) -> Sides | None:  # fmt: skip
    """A unit that owes the last period here is in the sums: only what it brought is taken away. One that left is added."""
    here = [part for part in earlier if owing(part, org_id, tasks) is not None]
    is_present = any(owing(part, org_id, tasks) is not None for part in last)
    if is_present and (head.is_unit or not _gave(asked, org_id, tasks, last, basis)):
        return None
    kept = None if is_present else _last_given(asked, here, tasks, basis)
    begins = min((part.period.last_day for part in (*here, *last)), default=None)
    there = [part for part in earlier if part not in here and begins is not None and part.period.last_day < begins]
    answers = {part.task.id: unit for part in there if (unit := leavers.answers.get(org_id, {}).get(part.task.id)) is not None}
    brought = None if head.is_unit else _last_given(asked, there, answers, basis)
    if kept is None and (brought is None or not is_present):
        return None
    (top, bottom), (top_before, bottom_before) = kept or NOTHING, brought or NOTHING
    return Fraction(top) - Fraction(top_before), Fraction(bottom) - Fraction(bottom_before)


def _gave(
    asked: ColumnPlan, org_id: int, tasks: Mapping[int | str, UnitAnswer], parts: Sequence[ColumnPart], basis: str
) -> bool:
    return any(_sides(asked, part, tasks[part.task.id], basis) for part in parts if owing(part, org_id, tasks) is not None)


def _last_given(
    asked: ColumnPlan, parts: Sequence[ColumnPart], tasks: Mapping[int | str, UnitAnswer], basis: str
) -> Sides | None:
    given = (_sides(asked, part, tasks[part.task.id], basis) for part in reversed(parts) if part.task.id in tasks)
    return next((sides for sides in given if sides is not None), None)


def _sides(asked: ColumnPlan, part: ColumnPart, unit: UnitAnswer, basis: str) -> Sides | None:
    """Both sides of the unit's own ratio; 0 for a side that does not run on, which is that of the last period alone."""
    given = [answer_of(part.measure(role), unit).on(basis) for role in _ROLES]
    if not all(map(is_number, given)):
        return None
    top, bottom = (figure if role in asked.running_roles else 0 for role, figure in zip(_ROLES, given, strict=True))
    return top, bottom
