"""From sums to one printed cell: rules over organizations and time, ratios after adding, coverage beside. Reads no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from indicators.documents import NA
from indicators.exact_numbers import Exact, as_decimal, over
from indicators.kinds import Kind, OrgRule, PeriodRule
from indicators.measures import ratio_figure
from indicators.values import format_figure, round_half_up
from reports.asking import Asked, Lane, Part
from reports.gathering import Gathered, Unit
from reports.grid import Cell
from reports.rows import Key, RowHead
from reports.summaries import EXEMPT, Branch

APPROVED, SUBMITTED = "approved", "submitted"
BASES = (APPROVED, SUBMITTED)
DASH = "—"


@dataclass
class Amount:
    """One measure over all its parts: its exact sum, answers under the basis, and the coverage whatever the basis."""

    value: int | Fraction = 0
    answered: int = 0
    reported: int = 0
    approved: int = 0
    na: int = 0
    expected: int = 0
    is_complete: bool = True

    def add(self, branch: Branch, lane: Lane, basis: str) -> None:
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
        self.is_complete = self.is_complete and sums.answered[number] >= owed


EMPTY = Cell(None, "")


def cell(asked: Asked, head: RowHead, gathered: Gathered, basis: str) -> Cell:
    """The cell of a row and a column; empty where nobody was asked."""
    if not asked.parts:
        return EMPTY
    amounts = [_amount(lanes, head.key, gathered, basis) for lanes in asked.lanes]
    value, is_computable = _value(asked, amounts, head, gathered, basis)
    first = amounts[0]
    if value is None and head.key in gathered.emptied and asked.line.org_rule == OrgRule.SUM:
        value = Decimal(0)
    return Cell(
        value, _text(value, is_computable, asked, first), first.expected, first.reported, first.approved, first.na,
        is_complete=all(amount.is_complete for amount in amounts), is_estimated=head.key in gathered.estimated,
    )  # fmt: skip


def _amount(lanes: Sequence[Lane], key: Key, gathered: Gathered, basis: str) -> Amount:
    amount = Amount()
    for lane in lanes:
        branch = gathered.sums.get((key, lane.part.task.id))
        if branch is not None:
            amount.add(branch, lane, basis)
    return amount


def _expected(part: Part, branch: Branch) -> int:
    if not part.line.unit_categories:
        return branch.owed
    return sum(count for category, count in branch.expected.items() if category != EXEMPT and part.line.asks(category))


def _value(asked: Asked, amounts: list[Amount], head: RowHead, gathered: Gathered, basis: str) -> tuple[Decimal | None, bool]:
    """The unrounded value, and whether it could be computed at all (False prints a dash)."""
    line, first = asked.line, amounts[0]
    if asked.needs_units and not _lacks_time_rule(asked):
        return _from_units(asked, head.key, gathered, basis)
    if not first.answered:
        return None, True
    if line.numerator:
        value = ratio_figure(line, amounts[0].value, amounts[1].value)
        return value, value is not None
    if _not_addable(asked, head, first):
        return None, False
    return (divided(first.value, first.answered) if line.org_rule == OrgRule.MEAN else as_decimal(first.value)), True


def _not_addable(asked: Asked, head: RowHead, amount: Amount) -> bool:
    """人数 over several quarters, or a figure that is not added over organizations, has no sum: say so instead of adding."""
    over_units = asked.line.org_rule == OrgRule.NONE and head.kind != "unit" and amount.reported + amount.na > 1
    return over_units or _lacks_time_rule(asked)


def _lacks_time_rule(asked: Asked) -> bool:
    return asked.spans_periods and asked.line.period_rule == PeriodRule.NONE and not asked.line.formula


def divided(top: Exact, bottom: Exact) -> Decimal:
    """Exact where it ends, else cut far behind the point; what is printed is rounded later, once."""
    return as_decimal(over(top, bottom))


# --- what sums of branches do not tell ------------------------------------------------------------------------------


def _from_units(asked: Asked, key: Key, gathered: Gathered, basis: str) -> tuple[Decimal | None, bool]:
    """Unit by unit, then over the units: means, differences of running totals, least and greatest."""
    answers = [_unit_value(asked, tasks, basis) for tasks in gathered.units.get(key, {}).values()]
    values = [value for value in answers if value is not None]
    if not values:
        return None, True
    rule = {OrgRule.MIN: min, OrgRule.MAX: max, OrgRule.MEAN: _mean}.get(asked.line.org_rule, sum)
    return as_decimal(rule(values)), True


def _mean(values: Sequence[Exact]) -> Fraction:
    return Fraction(sum(values), len(values))


def _unit_value(asked: Asked, tasks: dict[int, Unit], basis: str) -> int | Fraction | None:
    """The unit's own value over the column's time, by the period rule: points add up, a stock is its last, a mean a mean."""
    line = asked.line
    if line.kind == Kind.CUMULATIVE:
        return _running_difference(asked, tasks, basis)
    values = _given(asked.last_parts if line.period_rule == PeriodRule.LAST else asked.parts, "value", tasks, basis)
    if not values:
        return None
    return _mean(values) if line.period_rule == PeriodRule.MEAN else sum(values)


def _given(parts: Iterable[Part], role: str, tasks: dict[int, Unit], basis: str) -> list[int | Fraction]:
    """What the unit gave in these parts under the basis."""
    found = []
    for part in parts:
        unit = tasks.get(part.task.id)
        vector = unit.packed.counted(unit.state, basis == APPROVED) if unit else None
        if vector is None:
            continue
        given = part.measure(role).given_in(vector)
        if given is not None and given != NA:
            found.append(given)
    return found


def _running_difference(asked: Asked, tasks: dict[int, Unit], basis: str) -> int | Fraction | None:
    """Year by year: the running total at the end less the one just before the first day asked."""
    total = 0
    for year in sorted({part.period.year for part in asked.parts}):
        parts = [part for part in asked.parts if part.period.year == year]
        last_day = max(part.period.last_day for part in parts)
        end = _given((part for part in parts if part.period.last_day == last_day), "total", tasks, basis)
        is_whole = asked.first_day <= date(year, 1, 1)
        start = [0] if is_whole else _given(asked.baseline, "total", tasks, basis)
        if not end or not start:
            return None
        total += end[0] - start[0]
    return total


# --- printing -------------------------------------------------------------------------------------------------------


def _text(value: Decimal | None, is_computable: bool, asked: Asked, amount: Amount) -> str:
    """ "" where nothing was reported, "—" where it cannot be computed or everybody said 不适用."""
    if value is not None:
        return printed(value, asked.line.decimals)
    if not is_computable or (amount.na and not amount.expected and not amount.reported):
        return DASH
    return ""


def printed(value: Decimal, decimals: int) -> str:
    """At the declared precision, half up; never "-0"."""
    return format_figure(value, decimals)


def at_precision(value: Decimal, decimals: int) -> Decimal:
    """The value as printed: ranks and colours compare this, sums the unrounded one."""
    return round_half_up(value, decimals)


def ranks(values: Sequence[Decimal | None], decimals: int) -> list[int | None]:
    """1, 2, 2, 4: greatest first, ties share a rank at the printed precision; who did not report has none."""
    shown = [None if value is None else at_precision(value, decimals) for value in values]
    return [None if value is None else 1 + sum(other is not None and other > value for other in shown) for value in shown]
