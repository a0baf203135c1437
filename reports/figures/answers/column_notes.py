"""Notes on the columns of a Grid: not asked for, asked for only up to a period, no sum over time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from indicators.periods import Period
from reports.figures.plan.column_plan import ColumnPart, ColumnPlan
from reports.figures.plan.frozen_facts import differing_facts
from reports.figures.plan.joined_forms import JoinedTask

_MANY = 3  # more sentences of one kind would fill the page


def notes_on(columns: Sequence[ColumnPlan]) -> list[str]:
    notes = _without_task([column for column in columns if not column.parts])
    notes += _behind([column for column in columns if column.behind])
    for column in columns:
        notes += [*_forms_behind(column), *differing_facts(column)]
        if column.spans_periods and not column.kind.has_time_rule(column.line):
            notes.append(_("%(code)s %(name)s is not added up over several periods.") % _named(column))
    return notes


def _without_task(columns: Sequence[ColumnPlan]) -> list[str]:
    """The columns without a task: one sentence per column, or one for a period with many columns."""
    by_period: dict[Period, dict[str, str]] = defaultdict(dict)
    notes = [_apart(column) for column in columns if column.apart]
    for column in (column for column in columns if not column.apart):
        by_period[column.period][_called(column)] = _("%(code)s %(name)s was not asked in %(period)s.") % _named(column)
    for period, sentences in by_period.items():
        many = _("In %(period)s was not asked: %(names)s.") % {"period": period.label, "names": "、".join(sentences)}
        notes += [many] if len(sentences) > _MANY else sentences.values()
    return notes


def _apart(column: ColumnPlan) -> str:
    return _(
        "%(code)s %(name)s is not computed in %(period)s: %(keys)s stand on several forms, and a figure that needs other periods "
        "is computed within one form only. Put them on one form."
    ) % (_named(column) | {"keys": "、".join(column.apart)})


def _behind(columns: Sequence[ColumnPlan]) -> list[str]:
    """Columns with the last value of a period that was asked only up to a part of it, or not at all; one sentence for many."""
    by_time: dict[tuple[Period, Period, bool], dict[str, str]] = defaultdict(dict)
    for column in columns:
        at, has_figure = _latest(column.behind), bool(column.last_parts) or column.is_running
        sentence = (
            _("%(code)s %(name)s is as of %(at)s; nothing later was asked in %(period)s.")
            if has_figure
            else _("%(code)s %(name)s was not asked in %(period)s; it was last asked in %(at)s.")
        )
        by_time[column.period, at, has_figure][_called(column)] = sentence % (_named(column) | {"at": at.label})
    notes = []
    for (period, at, has_figure), sentences in by_time.items():
        many = (
            _("As of %(at)s, because nothing later was asked in %(period)s: %(names)s.")
            if has_figure
            else _("Not asked in %(period)s, last asked in %(at)s: %(names)s.")
        )
        words = {"period": period.label, "at": at.label, "names": "、".join(sentences)}
        notes += [many % words] if len(sentences) > _MANY else sentences.values()
    return notes


def _latest(parts: Iterable[ColumnPart]) -> Period:
    return max((part.period for part in parts), key=lambda period: period.last_day)


def _forms_behind(column: ColumnPlan) -> Iterable[str]:
    """Forms not asked for the end of a period that other forms report: their earlier figures are not in the sum."""
    if not column.takes_last or column.is_running:
        return
    ends = {_form(part) for part in column.last_parts}
    earlier = {}
    for part in column.parts:
        if _form(part) not in ends and not isinstance(part.task, JoinedTask):
            earlier[_form(part)] = part
    for form, part in earlier.items() if ends else ():
        sentence = _("%(code)s %(name)s: form %(form)s was last asked for %(at)s; its units are not in %(period)s.")
        yield sentence % (_named(column) | {"form": form, "at": part.period.label})


def _form(part: ColumnPart) -> str:
    return part.task.id if isinstance(part.task, JoinedTask) else part.task.form.code


def _called(column: ColumnPlan) -> str:
    return f"{column.code} {_name_of(column)}"


def _named(column: ColumnPlan) -> dict[str, str]:
    return {"code": column.code, "name": _name_of(column), "period": column.period.label}


def _name_of(column: ColumnPlan) -> str:
    """The name in the column's last task."""
    return column.line.name if column.line else column.indicator.name
