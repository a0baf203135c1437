"""What the pages of a change of organizations show: its effects in groups, past figures as tables of then and now."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.periods import Period
from reports.restructuring.figure_changes import TREES, FigureChange
from reports.restructuring.rehearsal import Rehearsal
from reports.restructuring.texts import MOST_FIGURES, organization_lines, report_lines, task_lines, totals_line, tree_head


@dataclass(frozen=True)
class EffectLine:
    """A sentence; `is_below`: it belongs to the change above it."""

    text: str
    is_below: bool


@dataclass(frozen=True)
class FigureTable:
    """The figures of one period under one tree that would differ; `more` are not shown."""

    head: str
    changes: tuple[FigureChange, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.changes)


@dataclass(frozen=True)
class EffectsShown:
    """A rehearsal on a page, or, without figures, what was done. `totals`: "" where no period has reports."""

    organizations: tuple[EffectLine, ...]
    reports: tuple[str, ...]
    tasks: tuple[str, ...]
    figures: tuple[FigureTable, ...]
    totals: str
    totals_change: bool


def effects_shown(rehearsal: Rehearsal) -> EffectsShown:
    return EffectsShown(
        organizations=organizations_shown(rehearsal),
        reports=tuple(report_lines(rehearsal)),
        tasks=tuple(task_lines(rehearsal)),
        figures=tuple(_figure_tables(rehearsal)),
        totals=totals_line(rehearsal) if rehearsal.periods else "",
        totals_change=bool(rehearsal.county_totals),
    )


def organizations_shown(rehearsal: Rehearsal, *, with_numbers: bool = False) -> tuple[EffectLine, ...]:
    lines = organization_lines(rehearsal, with_numbers=with_numbers)
    return tuple(EffectLine(line.strip(), line.startswith(" ")) for line in lines)


def _figure_tables(rehearsal: Rehearsal) -> Iterable[FigureTable]:
    found: dict[tuple[Period, str], list[FigureChange]] = {}
    for change in rehearsal.figures:
        found.setdefault((change.place.period, change.place.tree), []).append(change)
    for period in rehearsal.periods:
        for tree in TREES:
            changes = found.get((period, tree), [])
            yield FigureTable(tree_head(period, tree, rehearsal), tuple(changes[:MOST_FIGURES]), len(changes))
