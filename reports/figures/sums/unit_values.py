"""Values that sums of branches can not give: calculated per unit over time, then over the units."""

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
    """The quotient, exact if it ends, else cut off far after the decimal point; it is rounded once, for printing."""
    return as_decimal(over(top, bottom))


def over_units(column: ColumnPlan, key: Key, row_sums: RowSums, basis: str) -> Decimal | None:
    """Values combined over units: means, differences of running totals, least and greatest."""
    values = [
        value
        for org_id, answers in by_organization(column.parts, key, row_sums).items()
        if (value := _unit_value(column, org_id, answers, key, row_sums, basis)) is not None
    ]
    return as_decimal(column.kind.of_units(column.line, values)) if values else None


def _unit_value(
    column: ColumnPlan, org_id: int, answers: Answers, key: Key, row_sums: RowSums, basis: str
) -> int | Fraction | None:  # fmt: skip
    """The unit's own value over the column's time, by the period rule.

    Points add up; of a stock the last value counts, of a mean the mean.
    """
    if column.is_running:
        steps = [_step(column, org_id, part, key, row_sums, basis) for part, _unit in answers]
        known = [step for step in steps if step is not None]
        return sum(known) if known else None
    last = set(column.last_parts) if column.kind.is_last_over_time(column.line) else None
    given = [_given(part, unit, "value", basis) for part, unit in answers if last is None or part in last]
    values = [value for value in given if value is not None]
    return column.kind.of_periods(column.line, values) if values else None


def _given(part: ColumnPart, unit: UnitAnswer, role: str, basis: str) -> int | Fraction | None:
    """The unit's own figure on the basis."""
    given = answer_of(part.measure(role), unit).on(basis)
    return given if is_number(given) else None


# --- running totals -------------------------------------------------------------------------------------------------


def _step(
    column: ColumnPlan, org_id: int, part: ColumnPart, key: Key, row_sums: RowSums, basis: str
) -> int | Fraction | None:  # fmt: skip
    """The step of the unit's running total in this part: less the last one known before it, in the stretch or just before it.

    All of it if the year begins in the stretch. None if the step reaches back to a time before the stretch.
    """
    total = _whole_total(org_id, part, key, row_sums, basis)
    if total is None:
        return None
    for earlier in reversed((*column.baseline, *column.parts)):
        if earlier.period.year != part.period.year or earlier.period.last_day >= part.period.last_day:
            continue
        known = None if org_id in earlier.excluded else _whole_total(org_id, earlier, key, row_sums, basis)
        if known is not None:
            return _held(total - known, org_id, part, key, row_sums)
    return _held(total, org_id, part, key, row_sums) if _begins_before_year(column, part) else None


def _whole_total(org_id: int, part: ColumnPart, key: Key, row_sums: RowSums, basis: str) -> int | Fraction | None:
    """The running total that the unit reported, in whatever row it is and however it is shared today."""
    unit = row_sums.answers.get((org_id, part.task.id)) or row_sums.units[key].get(org_id, {}).get(part.task.id)
    return None if unit is None else _given(part, unit, "total", basis)


def _held(step: int | Fraction, org_id: int, part: ColumnPart, key: Key, row_sums: RowSums) -> int | Fraction:
    """The row's share of it, by the shares of the successors."""
    portions = row_sums.portions.get((key, part.task.id), ())
    shares = next((portion.shares for portion in portions if portion.organization == org_id), None)
    scale = part.measure("part").scale
    return step if shares is None else scale.value(shares.of(scale.units(step)))


def _begins_before_year(column: ColumnPlan, part: ColumnPart) -> bool:
    """Whether the stretch of the query contains the part's whole year so far."""
    return column.is_year_to_date or part.period.year_to_date()[0].belongs_between(column.first_day, part.period.last_day)


def running_coverage(column: ColumnPlan, key: Key, row_sums: RowSums, basis: str) -> Amount:
    """The coverage of a running total: the units that owe the last one, and those known over the stretch, each once."""
    amount = Amount()
    ends = counted_parts(column)
    for org_id, answers in by_organization(column.parts, key, row_sums).items():
        last = [(part, unit) for part, unit in answers if part in ends]
        if not last:
            continue
        part, unit = last[-1]
        given = answer_of(part.measure("total"), unit)
        known = (_is_known(column, org_id, answers, key, row_sums, one) for one in (SUBMITTED, APPROVED))
        vectors = (
            figure if is_known or not is_number(figure) else None
            for figure, is_known in zip((given.sent, given.approved), known, strict=True)
        )
        amount.count([MeasureAnswer(*vectors)], basis, unit.state == State.RETURNED)
    return amount


def _is_known(column: ColumnPlan, org_id: int, answers: Answers, key: Key, row_sums: RowSums, basis: str) -> bool:
    """Whether every running total in the stretch has an earlier one to be subtracted."""
    return all(
        _step(column, org_id, part, key, row_sums, basis) is not None
        for part, unit in answers
        if _given(part, unit, "total", basis) is not None
    )


def organizations_without_base(column: ColumnPlan, key: Key, row_sums: RowSums) -> set[int]:
    """The units with a running total in the stretch that has no earlier one to be subtracted."""
    found = by_organization(column.parts, key, row_sums).items()
    return {org_id for org_id, answers in found if not _is_known(column, org_id, answers, key, row_sums, SUBMITTED)}


def is_silent(column: ColumnPlan, key: Key, row_sums: RowSums, basis: str) -> bool:
    """Whether the units of the row owe the last running total, and none gave it under the basis."""
    ends = counted_parts(column)
    last = [pair for answers in by_organization(ends, key, row_sums).values() for pair in answers]
    return bool(last) and all(_given(part, unit, "total", basis) is None for part, unit in last)
