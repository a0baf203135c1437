"""The one question of the reading side: these indicators, these periods, this organization, these rows -> a Grid."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.kinds import Kind, PeriodRule
from indicators.periods import Period
from orgs.models import Organization
from orgs.moments import one_moment
from reports.asking import OWN_VIEW, PERIOD_VIEW, Asked, BadQuestion, View, ask
from reports.cells import APPROVED, cell
from reports.comparing import COMPARED, PREV, change
from reports.frozen_facts import as_of_today, differing_facts
from reports.gathering import NOW, THEN, Gathered, gather
from reports.grid import Cell, Column, Grid, Row
from reports.leaning import leaning_notes
from reports.naming import half_answers
from reports.rows import CHILDREN, Key
from reports.trees import counties_below
from submissions.to_date import covers_year

DEFAULT_VIEW = View()
EVERY_ROW = slice(None)
_MANY = 3  # more sentences of one kind would fill the page


@one_moment()
def figures(
    codes: Sequence[str],
    *,
    periods: Sequence[Period],
    org: Organization,
    by: str = CHILDREN,
    basis: str = APPROVED,
    view: View = DEFAULT_VIEW,
    tree: str = THEN,
    compare: Sequence[str] = (),
    today: date | None = None,
    with_names: bool = False,
    shown: slice = EVERY_ROW,
) -> Grid:
    """Rows × (period × code) with coverage. Codes are those of `reports.asking.ask`. `today` is the day of the tree `now`.

    `with_names`: the notes name the units of which only half a ratio is known, at the price of reading their documents.
    `shown`: only these rows are answered, as a page shows them; `Grid.of_rows` counts all.

    Raises BadQuestion with a sentence for an unknown code or item.
    """
    today = today or timezone.localdate()
    if compare and any(OWN_VIEW in code for code in codes):
        raise BadQuestion(_("A figure with a view of its own is not compared; ask the comparison without it."))
    county_ids = counties_below(org, today)
    asked, notes = ask(codes, periods, view, county_ids)
    if tree == NOW:
        asked = [as_of_today(column) for column in asked]
    gathered = _gathered(asked, org, by, tree, today)
    heads = gathered.heads[shown]
    cells = {head.key: [cell(column, head, gathered, basis) for column in asked] for head in heads}
    for compared in compare:
        _compare(cells, asked, codes, periods, view, county_ids, (org, by, basis, tree, today), compared)
    notes += (
        gathered.notes
        + _notes(asked)
        + leaning_notes(asked, org, basis)
        + (list(half_answers(asked, org)) if with_names else [])
    )
    rows = tuple(Row(head.org, head.name, head.kind, tuple(cells[head.key]), head.level) for head in heads)
    return Grid(
        ",".join(map(str, periods)), org.code, basis, str(view), tree,
        tuple(column_of(column) for column in asked), rows, tuple(dict.fromkeys(notes)), len(gathered.heads),
    )  # fmt: skip


def _gathered(asked: Sequence[Asked], org: Organization, by: str, tree: str, today: date) -> Gathered:
    tasks = {part.task.id: part.task for column in asked for part in column.parts}
    tasks |= {part.task.id: part.task for column in asked if column.needs_units for part in column.baseline}
    return gather(list(tasks.values()), org, by, tree, today, with_units=any(column.needs_units for column in asked))


def _compare(cells: dict[Key, list[Cell]], asked, codes, periods, view: View, county_ids, where, compared: str) -> None:
    """Put the other period's value beside each cell of the same row; a cumulation is not compared with the period before."""
    org, by, basis, tree, today = where
    others = [COMPARED[compared](period) for period in periods]
    found = {}
    if not (compared == PREV and view.kind != PERIOD_VIEW):
        known = [period for period in others if period is not None]
        columns, _said = ask(codes, known, _shifted(view, compared, periods), county_ids)
        gathered = _gathered(columns, org, by, tree, today)
        by_column = {(str(column.period), column.code, column.item): column for column in columns}
        for head in (head for head in gathered.heads if head.key in cells):
            found |= {(head.key, place): cell(column, head, gathered, basis).value for place, column in by_column.items()}
    shift = dict(zip(map(str, periods), map(str, others), strict=True))
    for key, row in cells.items():
        for number, column in enumerate(asked):
            base = found.get((key, (shift[str(column.period)], column.code, column.item)))
            said = change(row[number].value, base, column.indicator.kind, compared)
            row[number] = replace(row[number], compare={**row[number].compare, compared: said})


def _shifted(view: View, compared: str, periods: Sequence[Period]) -> View:
    """A view since a day is set a year back with its period; the others move with it by themselves."""
    if view.since is None:
        return view
    years = max(periods).year - COMPARED[compared](max(periods)).year
    return replace(view, since=view.since.replace(year=view.since.year - years, day=min(view.since.day, 28)))


def column_of(asked: Asked) -> Column:
    """A figure is called and measured as its last task froze it; where nothing was asked, as the catalogue says now."""
    indicator, line = asked.indicator, asked.line
    name, unit, kind = (line.name, line.unit, line.kind) if line else (indicator.name, indicator.unit, indicator.kind)
    if _is_of_the_year(asked):
        name = _("%(name)s (year to date)") % {"name": name}
    return Column(
        asked.code,
        asked.item or None,
        f"{name}:{asked.item}" if asked.item else name,
        unit,
        line.decimals if line else indicator.decimals,
        kind,
        str(asked.period),
        line.section if line else "",
        bool(line.part_of if line else indicator.part_of_id),
        line.part_of if line else "",
    )


def _is_of_the_year(asked: Asked) -> bool:
    """True for a figure that is one of the year though the column is of one period: its head says so."""
    if asked.line is None or asked.is_year_to_date or asked.line.kind == Kind.CUMULATIVE:
        return False
    return covers_year(asked.last_parts[0].task.layout, asked.line)


def _notes(asked: Sequence[Asked]) -> list[str]:
    """What a reader must know: nothing was asked, or a figure that has no sum over time."""
    notes = _unasked([column for column in asked if not column.parts])
    for column in asked:
        notes += differing_facts(column)
        if column.spans_periods and column.line.period_rule == PeriodRule.NONE and not column.line.numerator:
            notes.append(_("%(code)s %(name)s is not added up over several periods.") % _named(column))
    return notes


def _unasked(columns: Sequence[Asked]) -> list[str]:
    """A sentence each; of many in one period one sentence."""
    by_period: dict[str, dict[str, str]] = {}
    for column in columns:
        name = _named(column)
        by_period.setdefault(name["period"], {})[f"{name['code']} {name['name']}"] = (
            _("%(code)s %(name)s was not asked in %(period)s.") % name
        )
    notes = []
    for period, told in by_period.items():
        many = _("In %(period)s was not asked: %(names)s.") % {"period": period, "names": "、".join(told)}
        notes += [many] if len(told) > _MANY else told.values()
    return notes


def _named(column: Asked) -> dict[str, str]:
    name = column.line.name if column.line else column.indicator.name
    return {"code": column.code, "name": name, "period": column.period.label}


__all__ = ["BadQuestion", "figures"]
