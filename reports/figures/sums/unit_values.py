"""What sums of branches do not tell: a value made unit by unit over the time asked, then over the units. Reads no database."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from indicators.values.exact_numbers import Exact, as_decimal, over
from reports.figures.plan.column_plan import ColumnPart, ColumnPlan, counted_parts
from reports.figures.plan.rows import Key
from reports.figures.sums.aggregation import APPROVED, SUBMITTED, RowSums, UnitAnswer
from reports.figures.sums.amounts import Amount, MeasureAnswer, answer_of, by_organization, is_number
from submissions.choices import State

Answers = Sequence[tuple[ColumnPart, UnitAnswer]]


def divided(top: Exact, bottom: Exact) -> Decimal:
    """Exact where it ends, else cut far behind the point; what is printed is rounded later, once."""
    return as_decimal(over(top, bottom))


def over_units(asked: ColumnPlan, key: Key, gathered: RowSums, basis: str) -> Decimal | None:
    """Means, differences of running totals, least and greatest."""
    values = [
        value
        for org_id, answers in by_organization(asked.parts, key, gathered).items()
        if (value := _unit_value(asked, org_id, answers, key, gathered, basis)) is not None
    ]
    return as_decimal(asked.kind.of_units(asked.line, values)) if values else None


def _unit_value(
    asked: ColumnPlan, org_id: int, answers: Answers, key: Key, gathered: RowSums, basis: str
) -> int | Fraction | None:  # fmt: skip
    """The unit's own value over the column's time, by the period rule: points add up, a stock is its last, a mean a mean."""
    if asked.is_running:
        steps = [_step(asked, org_id, part, key, gathered, basis) for part, _unit in answers]
        known = [step for step in steps if step is not None]
        return sum(known) if known else None
    last = set(asked.last_parts) if asked.kind.is_last_over_time(asked.line) else None
    given = [_given(part, unit, "value", basis) for part, unit in answers if last is None or part in last]
    values = [value for value in given if value is not None]
    return asked.kind.of_periods(asked.line, values) if values else None


def _given(part: ColumnPart, unit: UnitAnswer, role: str, basis: str) -> int | Fraction | None:
    """What the unit gave under the basis."""
    given = answer_of(part.measure(role), unit).on(basis)
    return given if is_number(given) else None


# --- running totals -------------------------------------------------------------------------------------------------


def _step(
    asked: ColumnPlan, org_id: int, part: ColumnPart, key: Key, gathered: RowSums, basis: str
) -> int | Fraction | None:  # fmt: skip
    """What the unit's running total added in this part: less the last one known before it, be that in the stretch asked or just
    before it; all of it where the year begins in the stretch. None where that reaches back to a time before the stretch."""
    total = _whole_total(org_id, part, key, gathered, basis)
    if total is None:
        return None
    for earlier in reversed((*asked.baseline, *asked.parts)):
        if earlier.period.year != part.period.year or earlier.period.last_day >= part.period.last_day:
            continue
        known = None if org_id in earlier.excluded else _whole_total(org_id, earlier, key, gathered, basis)
        if known is not None:
            return _held(total - known, org_id, part, key, gathered)
    return _held(total, org_id, part, key, gathered) if _begins_before_year(asked, part) else None


def _whole_total(org_id: int, part: ColumnPart, key: Key, gathered: RowSums, basis: str) -> int | Fraction | None:
    """The running total that the unit gave, in whatever row it stands and whoever shares it today."""
    unit = gathered.answers.get((org_id, part.task.id)) or gathered.units[key].get(org_id, {}).get(part.task.id)
    return None if unit is None else _given(part, unit, "total", basis)


def _held(step: int | Fraction, org_id: int, part: ColumnPart, key: Key, gathered: RowSums) -> int | Fraction:
    """What the row has of it: its heirs' shares, as those of every part are taken."""
    portions = gathered.portions.get((key, part.task.id), ())
    shares = next((portion.shares for portion in portions if portion.organization == org_id), None)
    scale = part.measure("part").scale
    return step if shares is None else scale.value(shares.of(scale.units(step)))


def _begins_before_year(asked: ColumnPlan, part: ColumnPart) -> bool:
    """Whether the stretch asked holds the part's whole year so far."""
    return asked.is_year_to_date or part.period.year_to_date()[0].belongs_between(asked.first_day, part.period.last_day)


def running_coverage(asked: ColumnPlan, key: Key, gathered: RowSums, basis: str) -> Amount:
    """Who should give the last running total, and whose stretch is known; units once each."""
    amount = Amount()
    ends = counted_parts(asked)
    for org_id, answers in by_organization(asked.parts, key, gathered).items():
        last = [(part, unit) for part, unit in answers if part in ends]
        if not last:
            continue
        part, unit = last[-1]
        given = answer_of(part.measure("total"), unit)
        known = (_is_known(asked, org_id, answers, key, gathered, one) for one in (SUBMITTED, APPROVED))
        told = (
            figure if is_known or not is_number(figure) else None
            for figure, is_known in zip((given.sent, given.approved), known, strict=True)
        )
        amount.count([MeasureAnswer(*told)], basis, unit.state == State.RETURNED)
    return amount


def _is_known(asked: ColumnPlan, org_id: int, answers: Answers, key: Key, gathered: RowSums, basis: str) -> bool:
    """Whether every running total given in the stretch has one to lean on."""
    return all(
        _step(asked, org_id, part, key, gathered, basis) is not None
        for part, unit in answers
        if _given(part, unit, "total", basis) is not None
    )


def organizations_without_base(asked: ColumnPlan, key: Key, gathered: RowSums) -> set[int]:
    """Who gave a running total in the stretch that has none to lean on."""
    found = by_organization(asked.parts, key, gathered).items()
    return {org_id for org_id, answers in found if not _is_known(asked, org_id, answers, key, gathered, SUBMITTED)}


def is_silent(asked: ColumnPlan, key: Key, gathered: RowSums, basis: str) -> bool:
    """Whether the units of the row owe the last running total, and none gave it under the basis."""
    ends = counted_parts(asked)
    last = [pair for answers in by_organization(ends, key, gathered).values() for pair in answers]
    return bool(last) and all(_given(part, unit, "total", basis) is None for part, unit in last)
