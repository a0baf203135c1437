"""From sums to one printed cell: rules over organizations and time, ratios after adding, coverage beside. Reads no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from indicators.kinds import Kind, OrgRule, PeriodRule
from indicators.measures import plan_of, ratio_figure
from indicators.values import format_figure
from indicators.vectors import measured_of
from reports.asking import Asked, Lane, Part
from reports.gathering import Gathered, Unit
from reports.grid import Cell
from reports.rows import Key, RowHead
from reports.summaries import EXEMPT, Branch
from submissions.kinds import State

APPROVED, SUBMITTED = "approved", "submitted"
BASES = (APPROVED, SUBMITTED)
DASH = "—"


@dataclass
class Amount:
    """One lane over all its parts: value in minor units, answers under the basis, and the coverage whatever the basis."""

    scale: int
    value: int = 0
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

    @property
    def number(self) -> Decimal:
        return Decimal(self.value).scaleb(-self.scale)


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
        is_estimated=head.key in gathered.estimated,
    )  # fmt: skip


def _amount(lanes: Sequence[Lane], key: Key, gathered: Gathered, basis: str) -> Amount:
    amount = Amount(scale=max((lane.scale for lane in lanes), default=0))
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
        value = ratio_figure(line, amounts[0].number, amounts[1].number)
        return value, value is not None
    if _not_addable(asked, head, first):
        return None, False
    return (divided(first.number, first.answered), True) if line.org_rule == OrgRule.MEAN else (first.number, True)


def _not_addable(asked: Asked, head: RowHead, amount: Amount) -> bool:
    """人数 over several quarters, or a figure that is not added over organizations, has no sum: say so instead of adding."""
    over_units = asked.line.org_rule == OrgRule.NONE and head.kind != "unit" and amount.reported + amount.na > 1
    return over_units or _lacks_time_rule(asked)


def _lacks_time_rule(asked: Asked) -> bool:
    return asked.spans_periods and asked.line.period_rule == PeriodRule.NONE and not asked.line.formula


def divided(top: Decimal, bottom: Decimal | int) -> Decimal:
    """To forty digits; what is printed is rounded later, once."""
    with localcontext() as context:
        context.prec = 40
        return top / bottom


# --- what sums of branches do not tell ------------------------------------------------------------------------------


def _from_units(asked: Asked, key: Key, gathered: Gathered, basis: str) -> tuple[Decimal | None, bool]:
    """Unit by unit, then over the units: means, differences of running totals, least and greatest."""
    answers = [_unit_value(asked, tasks, basis) for tasks in gathered.units.get(key, {}).values()]
    values = [value for value in answers if value is not None]
    if not values:
        return None, True
    if asked.line.org_rule == OrgRule.MIN:
        return min(values), True
    if asked.line.org_rule == OrgRule.MAX:
        return max(values), True
    total = sum(values, Decimal(0))
    return (divided(total, len(values)), True) if asked.line.org_rule == OrgRule.MEAN else (total, True)


def _unit_value(asked: Asked, tasks: dict[int, Unit], basis: str) -> Decimal | None:
    """The unit's own value over the column's time, by the period rule: points add up, a stock is its last, a mean a mean."""
    line = asked.line
    if line.kind == Kind.CUMULATIVE:
        return _running_difference(asked, tasks, basis)
    values = _given(asked.last_parts if line.period_rule == PeriodRule.LAST else asked.parts, "value", tasks, basis)
    if not values:
        return None
    total = sum(values, Decimal(0))
    return divided(total, len(values)) if line.period_rule == PeriodRule.MEAN else total


def _given(parts: Iterable[Part], role: str, tasks: dict[int, Unit], basis: str) -> list[Decimal]:
    """What the unit gave in these parts under the basis."""
    found = []
    for part in parts:
        unit = tasks.get(part.task.id)
        if unit is None or (basis == APPROVED and unit.state != State.APPROVED):
            continue
        plan = plan_of(part.task.layout)
        lane = plan.lane(part.line.key, role)
        measured = list(measured_of(unit.vector))[lane]
        if isinstance(measured, int):
            found.append(Decimal(measured).scaleb(-plan.measures[lane].scale))
    return found


def _running_difference(asked: Asked, tasks: dict[int, Unit], basis: str) -> Decimal | None:
    """Year by year: the running total at the end less the one just before the first day asked."""
    total = Decimal(0)
    for year in sorted({part.period.year for part in asked.parts}):
        parts = [part for part in asked.parts if part.period.year == year]
        last_day = max(part.period.last_day for part in parts)
        end = _given((part for part in parts if part.period.last_day == last_day), "total", tasks, basis)
        is_whole = asked.first_day <= date(year, 1, 1)
        start = [Decimal(0)] if is_whole else _given(asked.baseline, "total", tasks, basis)
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
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def ranks(values: Sequence[Decimal | None], decimals: int) -> list[int | None]:
    """1, 2, 2, 4: greatest first, ties share a rank at the printed precision; who did not report has none."""
    shown = [None if value is None else at_precision(value, decimals) for value in values]
    return [None if value is None else 1 + sum(other is not None and other > value for other in shown) for value in shown]
