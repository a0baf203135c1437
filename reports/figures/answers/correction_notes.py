"""Footnotes on corrected figures (修订): which units, from what to what, when approved, and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from indicators.layout import Layout
from orgs.tree.former_names import former_names_of
from reports.figures.answers.revised_cells import Place, RevisedCells, RevisedFigure
from submissions.core.check_context import label_of
from submissions.core.conflicts import figure_text
from submissions.models import Task

MOST_UNITS = 5  # named for one figure
LONGEST_REASON = 60


def correction_notes(revised: RevisedCells) -> list[str]:
    """A sentence per period and corrected figure, earlier periods first."""
    by_place: dict[Place, list[RevisedFigure]] = defaultdict(list)
    for one in revised.figures:
        by_place[one.place].append(one)
    if not by_place:
        return []
    layouts = {task.pk: task.layout for task in Task.objects.filter(pk__in={one.task_id for one in revised.figures})}
    names = _names_then(revised.figures)
    places = sorted(by_place, key=lambda place: (place[2].last_day, place[0], place[1], place[3]))
    return [_sentence(by_place[place], layouts, names) for place in places]


def _names_then(figures: Sequence[RevisedFigure]) -> dict[tuple[int, int], str]:
    """(unit, task) -> what the unit was called on the last day of the period."""
    former = former_names_of({one.organization_id for one in figures})
    return {
        (one.organization_id, one.task_id): former.name_on(one.organization_id, one.place[2].last_day, one.organization)
        for one in figures
    }


def _sentence(
    figures: Sequence[RevisedFigure], layouts: Mapping[int, Layout], names: Mapping[tuple[int, int], str]
) -> str:  # fmt: skip
    first = figures[0]
    _form, _county, period, key = first.place
    layout = layouts[first.task_id]
    by_unit: dict[int, list[RevisedFigure]] = defaultdict(list)
    for one in figures:
        by_unit[one.organization_id].append(one)
    shown = [_of_unit(some, layout, key, names) for some in list(by_unit.values())[:MOST_UNITS]]
    words = {
        "period": period.label, "figure": f"{key.partition(':')[0]} {label_of(layout, key)}", "units": _("; ").join(shown),
        "more": len(by_unit) - len(shown),
    }  # fmt: skip
    if words["more"]:
        return _("Corrected: %(period)s %(figure)s: %(units)s; and %(more)d more units.") % words
    return _("Corrected: %(period)s %(figure)s: %(units)s.") % words


def _of_unit(figures: Sequence[RevisedFigure], layout: Layout, key: str, names: Mapping[tuple[int, int], str]) -> str:
    """甲村 10 → 12 → 13 (2026-05-20, 漏报; 2026-06-01, 重登): one correction stands on the other."""
    first = figures[0]
    values = [first.old, *(one.new for one in figures)]
    acts = (_("%(day)s, %(reason)s") % {"day": one.on.isoformat(), "reason": _short(one.reason)} for one in figures)
    return _("%(unit)s %(figures)s (%(acts)s)") % {
        "unit": names[first.organization_id, first.task_id],
        "figures": " → ".join(figure_text(layout, key, value) or "—" for value in values),
        "acts": _("; ").join(acts),
    }


def _short(reason: str) -> str:
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}…"
