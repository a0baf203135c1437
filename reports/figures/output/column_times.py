"""Marks columns whose figures cover another time than their period: 本季, 本年累计, since a day."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.kinds.registry import KINDS
from indicators.periods import read_period
from reports.figures.output.grid import FigureColumn
from reports.figures.plan.query_plan import SINCE, YEAR_TO_DATE
from submissions.core.texts import heads_of


def with_times(columns: Sequence[FigureColumn]) -> tuple[FigureColumn, ...]:
    """Adds the time to columns that cover more than their period, and to a column of the period that could be mistaken for one.

    That is a part of a running total, or a column beside its own year. A stock is of a day whatever the view.
    """
    views: dict[str, set[str]] = {}
    for column in columns:
        views.setdefault(column.key, set()).add(column.view)
    return tuple(replace(column, time=_time(column, len(views[column.key]) > 1)) for column in columns)


def _time(column: FigureColumn, has_other_views: bool) -> str:
    kind, _colon, day = column.view.partition(":")
    if not kind or KINDS[column.kind].is_state:
        return ""
    if kind == YEAR_TO_DATE:
        return _("year to date")
    if kind == SINCE:
        return _("since %(day)s") % {"day": day}
    return this_period(column.period) if has_other_views or KINDS[column.kind].is_running else ""


def this_period(period: str) -> str:
    """The word for the period: 本周, 本月, 本季, 本年."""
    return heads_of(read_period(period).frequency).now
