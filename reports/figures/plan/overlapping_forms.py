"""Which task answers for which unit if a figure is on several forms, so that each unit's time counts once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indicators.choices import Frequency
from indicators.periods import Period
from reports.figures.plan.column_plan import ColumnPart
from reports.figures.plan.joined_forms import JoinedTask, units_of

Units = Mapping[int, Mapping[int, str]]  # task -> organization -> unit category, of those that owe an answer
_LENGTH = {frequency: number for number, frequency in enumerate(Frequency)}


@dataclass(frozen=True)
class LeftOut:
    """The units whose figure on one form is not added, because another form already answers for them."""

    form: str
    units: frozenset[int]


def is_shared(parts: Sequence[ColumnPart]) -> bool:
    """Whether a unit might answer twice, because the parts are of several forms."""
    return len({_form_of(part) for part in parts}) > 1


def _form_of(part: ColumnPart) -> object:
    """The form, the same for all its editions; a joined task is its own form."""
    form = getattr(part.task, "form", None)
    return form.family_id if form else part.task.id


def without_repeats(parts: Sequence[ColumnPart], units: Units) -> tuple[tuple[ColumnPart, ...], tuple[LeftOut, ...]]:
    """The parts in time order, each without the units that another one answers for.

    The longest period comes first, then the first form. A part that would answer for nobody is left out: a form to which no
    unit owes anything neither ends a period nor has a length. Where nobody owes any of them, all stay.
    """
    taken: dict[int, list[Period]] = defaultdict(list)
    found, left_out = [], defaultdict(set)
    for part in sorted(parts, key=_longest_first):
        owing = _owing_units(part, units)
        period = part.period
        excluded = {org_id for org_id in owing if any(period.overlaps(other) for other in taken[org_id])}
        for org_id in owing - excluded:
            taken[org_id].append(period)
        if not isinstance(part.task, JoinedTask):
            left_out[part.task.form.code] |= excluded
        if owing - excluded:
            found.append(replace(part, excluded=frozenset(excluded)))
    found = found or list(parts)
    found.sort(key=lambda part: (part.period.last_day, str(part.task.id)))
    return tuple(found), tuple(LeftOut(form, frozenset(orgs)) for form, orgs in sorted(left_out.items()) if orgs)


def _longest_first(part: ColumnPart) -> tuple:
    form = getattr(part.task, "form", None)
    order = (0, form.sort_order, form.code) if form else (1, 0, "")
    return -_LENGTH[part.period.frequency], *order, part.period.last_day, str(part.task.id)


def _owing_units(part: ColumnPart, units: Units) -> set[int]:
    categories = units_of(part.task, units) if isinstance(part.task, JoinedTask) else units.get(part.task.id, {})
    return {org_id for org_id, category in categories.items() if part.line.asks(category)}
