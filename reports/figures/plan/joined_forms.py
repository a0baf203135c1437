"""A ratio or formula over several forms: the forms of one period read as one task, unit by unit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indicators.catalogue.comparability import comparable_since
from indicators.formulas import Reference, parse
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.measures.document_measures import pack
from indicators.measures.history import NOTHING_EARLIER, Document
from indicators.periods import Period
from submissions.choices import STANDING, State
from submissions.core.packed_measures import Packed
from submissions.models import Submission, Task
from submissions.tasks.progress import COUNTED_STATE

LeafRow = tuple[str, int, str, str, Packed]  # task, organization, unit category, state, measures


@dataclass(frozen=True, eq=False)
class JoinedTask:
    """The tasks of several forms for one period and county, with one line that needs figures of all of them.

    A unit belongs to it if it is asked every one of these figures, not all on one form; it counts if it sent in all of these
    forms.
    """

    id: str
    county_id: int
    period: Period
    layout: Layout
    tasks: tuple[Task, ...]
    keys: tuple[str, ...]

    def sources(self, categories: Mapping[int, str]) -> dict[str, Task] | None:
        """Key -> the first form that asks the unit for it; `categories`: task -> the unit's category.

        None: the unit does not belong here.
        """
        found = {}
        for key in self.keys:
            for task in self.tasks:
                line = task.layout.by_key.get(key)
                if line is not None and task.id in categories and line.asks(categories[task.id]):
                    found[key] = task
                    break
        is_joined = len(found) == len(self.keys) and len({task.id for task in found.values()}) > 1
        return found if is_joined else None


def joined_tasks(line: Line, tasks: Sequence[Task]) -> list[JoinedTask]:
    """One joined task per county and period in which the figures of a ratio or formula are on several forms."""
    if needs_other_periods(line):
        return []
    keys = keys_of(line)
    places: dict[tuple[int, Period], list[Task]] = defaultdict(list)
    for task in tasks:
        if any(key in task.layout.by_key for key in keys):
            places[task.county_id, task.period].append(task)
    return [
        _joined(line, keys, f"{line.code}@{county_id}:{period}", found)
        for (county_id, period), found in places.items()
        if len(found) > 1 and all(_stands_on(key, found) for key in keys)
    ]


def needs_other_periods(line: Line) -> bool:
    """Whether the line needs figures of other periods.

    Such figures come from one form alone, because earlier reports are read form by form.
    """
    return kind_of(line).is_running or any(reference.shift for reference in _references(line))


def keys_of(line: Line) -> tuple[str, ...]:
    """The figures from which a line is computed."""
    return tuple(dict.fromkeys(reference.key for reference in _references(line)))


def _references(line: Line) -> list[Reference]:
    texts = filter(None, (line.numerator, line.denominator, line.formula, line.condition))
    return [reference for text in texts for reference in parse(text).references]


def stand_apart(line: Line, tasks: Sequence[Task]) -> bool:
    """Whether forms of one period together ask for all figures of the line, but none of them for all."""
    keys = keys_of(line)
    by_period: dict[tuple[int, str], set[str]] = defaultdict(set)
    for task in tasks:
        by_period[task.county_id, task.period].update(key for key in keys if key in task.layout.by_key)
    return bool(keys) and any(found == set(keys) for found in by_period.values())


def _stands_on(key: str, tasks: Sequence[Task]) -> bool:
    """Whether a form asks for the figure, and no form computes it from another period.

    Such figures come from one form alone.
    """
    layouts = [task.layout for task in tasks if key in task.layout.by_key]
    formulas = (layout.by_key[own].formula for layout in layouts for own in behind(layout, key))
    shifts = [reference.shift for text in formulas if text for reference in parse(text).references]
    return bool(layouts) and not any(shifts)


def _joined(line: Line, keys: tuple[str, ...], name: str, tasks: Sequence[Task]) -> JoinedTask:
    layouts = tuple(task.layout for task in tasks)
    return JoinedTask(name, tasks[0].county_id, tasks[0].period, _layout(line, keys, layouts), tuple(tasks), keys)


@lru_cache(maxsize=256)
def _layout(line: Line, keys: tuple[str, ...], layouts: tuple[Layout, ...]) -> Layout:
    """The line with all its figures and their own inputs before it; each as on the first form that has it."""
    found: dict[str, Line] = {}
    for key in keys:
        layout = next(layout for layout in layouts if key in layout.by_key)
        for own in behind(layout, key):
            found.setdefault(own, replace(layout.by_key[own], unit_categories=()))
    return Layout((*found.values(), replace(line, comparable_since=comparable_since(line, found))))


@lru_cache(maxsize=1024)
def behind(layout: Layout, key: str) -> tuple[str, ...]:
    """The keys of a line and of all its inputs on the same form."""
    line, found = layout.by_key[key], [key]
    for text in kind_of(line).formulas(line):
        for reference in parse(text).references:
            found += behind(layout, reference.key) if reference.key in layout.by_key and reference.key != key else ()
    return tuple(dict.fromkeys(found))


def tasks_behind(task: Task | JoinedTask) -> tuple[Task, ...]:
    """The tasks whose reports answer a task: itself, or all of a joined one."""
    return task.tasks if isinstance(task, JoinedTask) else (task,)


def units_of(join: JoinedTask, categories: Mapping[int, Mapping[int, str]]) -> dict[int, str]:
    """The organizations of a joined task with their categories; `categories`: task -> organization -> category."""
    by_unit: dict[int, dict[int, str]] = defaultdict(dict)
    for task in join.tasks:
        for org_id, category in categories.get(task.id, {}).items():
            by_unit[org_id][task.id] = category
    return {org_id: next(iter(own.values())) for org_id, own in by_unit.items() if join.sources(own) is not None}


def joined_rows(joins: Iterable[JoinedTask]) -> Iterator[tuple[JoinedTask, int, str, str, Document | None]]:
    """(task, organization, category, state, figures) of every unit, in one query; figures if it sent all forms in."""
    joins = list(joins)
    rows = Submission.objects.filter(task_id__in={task.id for join in joins for task in join.tasks}).exclude(state=State.EXEMPT)
    held: dict[int, dict[int, tuple[str, str, Document | None]]] = defaultdict(dict)
    fields = ("organization_id", "task_id", "unit_category", COUNTED_STATE, "standing__figures")
    for org_id, task_id, *answer in rows.order_by("organization_id", "task_id").values_list(*fields):
        held[org_id][task_id] = tuple(answer)
    for join in joins:
        own = {task.id for task in join.tasks}
        for org_id, answers in held.items():
            sources = join.sources({task_id: answer[0] for task_id, answer in answers.items() if task_id in own})
            if sources is not None:
                yield join, org_id, *_together(sources, answers)


def _together(sources: Mapping[str, Task], answers: Mapping[int, tuple]) -> tuple[str, str, Document | None]:
    """Category, state and figures of one unit: sent in if all its forms are, approved if all are, returned if one is."""
    found = [answers[task.id] for task in sources.values()]
    category, states = found[0][0], {state for _category, state, _figures in found}
    if not states <= set(STANDING):
        return category, State.RETURNED if State.RETURNED in states else State.BLANK, None
    given = {}
    for key, task in sources.items():
        figures = answers[task.id][2]
        given |= {own: figures[own] for own in behind(task.layout, key) if own in figures}
    return category, State.APPROVED if states == {State.APPROVED} else State.SUBMITTED, given


def joined_leaves(joins: Iterable[JoinedTask]) -> Iterator[LeafRow]:
    """The measures of the units of joined tasks, in the form of a task's submissions."""
    for join, org_id, category, state, figures in joined_rows(joins):
        measures = None if figures is None else pack(join.layout, category, figures, NOTHING_EARLIER)
        yield join.id, org_id, category, state, Packed(measures)
