"""The headline figures of a dashboard: the county's own choice, or the first that its forms ask for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from indicators.choices import Direction
from indicators.definitions import codes_of_two_meanings
from indicators.kinds.registry import kind_of
from indicators.layout import Line
from indicators.periods import Period
from reports.scope.task_queries import headlines_of, tasks_within
from submissions.models import Task

MOST = 6


@dataclass(frozen=True)
class ChosenHeadline:
    """One figure by its code, with the direction that is better."""

    code: str
    direction: str = Direction.NONE


def headlines_for(county_id: int, county_ids: Collection[int], period: Period) -> list[ChosenHeadline]:
    """At most six; the county's choice whatever the period, otherwise what the period's own tasks ask."""
    chosen = headlines_of(county_id)
    if chosen:
        return [ChosenHeadline(indicator.code, indicator.direction) for indicator in chosen[:MOST]]
    unclear = codes_of_two_meanings(*county_ids) if len(county_ids) > 1 else set()
    return default_headlines(tasks_within(period, county_ids), unclear)


def default_headlines(tasks: Iterable[Task], unclear: Collection[str] = ()) -> list[ChosenHeadline]:
    """Ratios first, because they compare; then whole counts in the order of the forms. `unclear`: codes that are never added up."""
    printed = (line for task in tasks for line in task.layout.printed if not line.item and line.code not in unclear)
    lines = list({line.code: line for line in printed}.values())
    ratios = [line for line in lines if kind_of(line).is_share]
    counts = [line for line in lines if _is_whole_count(line)]
    return [ChosenHeadline(line.code, line.direction) for line in (*ratios, *counts)[:MOST]]


def _is_whole_count(line: Line) -> bool:
    return kind_of(line).is_headline_count and not line.part_of
