"""Where a series breaks because a definition changed: what is before is neither added to what is after nor compared with it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from indicators.choices import PeriodRule
from indicators.formulas import parse
from indicators.kinds.registry import kind_of
from indicators.periods import Period, period_holding
from reports.figures.plan.column_plan import ColumnPart, ColumnPlan, counted_parts, roles_of

# The earliest period from which a reference takes figures.
_LOOKED_AT: dict[str, Callable[[Period], Period | None]] = {
    "prev": lambda period: period.previous(),
    "ytd": lambda period: period.year_to_date()[0],
    "same_last_year": lambda period: period.same_last_year(),
}


def without_former_definitions(column: ColumnPlan) -> ColumnPlan:
    """The column with the parts that have its last definition; `is_broken` where its figure would need the others too."""
    if not column.parts:
        return column
    since = column.parts[-1].line.comparable_since
    if not since:
        return column
    if all(part.line.comparable_since == since for part in (*column.parts, *column.baseline)):
        return replace(column, is_broken=_looks_over_break(column.parts[-1]))
    return replace(
        column,
        parts=_defined_since(column.parts, since),
        baseline=_defined_since(column.baseline, since),
        is_broken=any(part.line.comparable_since != since for part in _counted(column)) or _looks_over_break(column.parts[-1]),
    )


def _looks_over_break(part: ColumnPart) -> bool:
    """Whether the line is computed from a figure of a period before the definition of that figure: the year to date, 上期."""
    lines = part.task.layout.by_key
    references = [reference for text in kind_of(part.line).formulas(part.line) for reference in parse(text).references]
    return any(
        looked_at is not None and reference.key in lines and _ends_before(looked_at, lines[reference.key].comparable_since)
        for reference in references
        if reference.shift
        for looked_at in [_LOOKED_AT[reference.shift](part.period)]
    )


def _ends_before(period: Period, since: str) -> bool:
    return bool(since) and period.last_day < date.fromisoformat(since)


def _defined_since(parts: tuple[ColumnPart, ...], since: str) -> tuple[ColumnPart, ...]:
    return tuple(part for part in parts if part.line.comparable_since == since)


def _counted(column: ColumnPlan) -> tuple[ColumnPart, ...]:
    """The parts that are in the figure: of a running total also the one from which its step begins."""
    if column.is_running:
        return column.parts if column.starts_with_year else (*column.parts, *column.baseline)
    takes_last = all(column.parts[-1].measure(role).over_time == PeriodRule.LAST for role in roles_of(column))
    return counted_parts(column) if takes_last else column.parts


def is_broken_between(column: ColumnPlan, other: ColumnPlan) -> bool:
    """Whether the definition changed between the two columns of one figure, so that they are not comparable."""
    if column.line is None or other.line is None:
        return False
    return column.line.comparable_since != other.line.comparable_since


def changed_words(column: ColumnPlan, other: ColumnPlan | None = None) -> str:
    """口径自2026Q3起变更: from the period in which the later definition of the two begins."""
    lines = [one.line for one in (column, other) if one is not None]
    since = max(line.comparable_since for line in lines)
    if not since:
        return ""
    day = date.fromisoformat(since)
    return _("definition changed from %(period)s on") % {"period": period_holding(day, column.parts[-1].period.frequency)}


def not_compared(column: ColumnPlan, base: ColumnPlan) -> str:
    """The sentence for a column whose changes are withheld; "" where they are not."""
    if not is_broken_between(column, base):
        return ""
    words = {"code": column.code, "name": column.line.name, "why": changed_words(column, base)}
    return _("%(code)s %(name)s is not compared with %(period)s: %(why)s.") % (words | {"period": base.period.label})


def break_notes(columns: Sequence[ColumnPlan]) -> list[str]:
    """A sentence for each figure that is not made, and for each series of columns that breaks."""
    notes, before = [], {}
    for column in (one for one in columns if one.line is not None):
        words = {"code": column.code, "name": column.line.name, "period": column.period.label, "why": changed_words(column)}
        if column.is_broken:
            notes.append(
                _("%(code)s %(name)s is not added up in %(period)s: %(why)s, and the figures before are not comparable.")
                % words
            )
        last = before.get((column.code, column.item, column.view))
        before[column.code, column.item, column.view] = column
        if last is not None and is_broken_between(column, last):
            words |= {"why": changed_words(column, last), "last": last.period.label}
            notes.append(_("The series of %(code)s %(name)s breaks between %(last)s and %(period)s: %(why)s.") % words)
    return notes
