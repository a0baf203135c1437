"""Decides which tables a layout consists of for an organization and a period: the forms, areas or listed figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from indicators.definitions import indicators_of
from indicators.domains import domain_name
from indicators.layout import Line
from indicators.models import Form
from reports.figures.plan.report_trees import counties_below
from reports.scope.task_queries import tasks_within
from reports.tables.layouts.definition import LayoutDefinition, LayoutPart, LayoutSubject
from reports.tables.subjects.export_context import ExportContext
from submissions.models import Task
from submissions.tasks.progress import placed_below, standing_paths

_MOST_CODES = 6  # named in a sentence


class NothingToExport(ValueError):
    """Nobody was asked for the figures of a layout; the message is a sentence."""


@dataclass(frozen=True)
class SubjectTable:
    """One table of a layout. `tasks` (in time order): who was asked; `lines`: for what. No part: the form as it is."""

    title: str
    tasks: tuple[Task, ...]
    lines: tuple[Line, ...]
    part: LayoutPart | None = None

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms of the tasks; of several editions of one form the first."""
        return tuple({task.form.family_id: task.form for task in reversed(self.tasks)}.values())[::-1]

    @property
    def form(self) -> Form | None:
        """The table's form, if it is the table of one form."""
        return self.forms[0] if len(self.forms) == 1 else None


def subject_tables(form_code: str, occasion: ExportContext) -> list[SubjectTable]:
    """Every table of the layout that somebody in the branch was asked for. Raises NothingToExport."""
    layout = occasion.layout
    found = _by_form(form_code, occasion) if layout.is_of_forms else _by_part(form_code, occasion)
    if found:
        return found
    words = {
        "org": occasion.org.name, "period": occasion.period.label, "form": form_code, "layout": f"{layout.code} {layout.title}",
        "codes": _named(layout),
    }  # fmt: skip
    if not layout.is_of_forms:
        raise NothingToExport(
            _("%(layout)s: none of its figures (%(codes)s) was asked of %(org)s for %(period)s; open a task that asks them.")
            % words
        )
    if form_code:
        raise NothingToExport(_("Form %(form)s was not asked of %(org)s for %(period)s; open its task first.") % words)
    raise NothingToExport(_("No form was asked of %(org)s for %(period)s; open a task first.") % words)


def _named(layout: LayoutDefinition) -> str:
    """The figures that the layout would have printed, in few words."""
    domains = [domain_name(part.domain) for part in layout.parts if part.domain]
    codes = list(dict.fromkeys(key.partition(":")[0] for part in layout.parts for key in part.keys))
    return "、".join(domains or codes[:_MOST_CODES]) + ("…" if len(codes) > _MOST_CODES else "")


# --- forms ----------------------------------------------------------------------------------------------------------


def _by_form(form_code: str, occasion: ExportContext) -> list[SubjectTable]:
    """A table per form, in the order of the forms; one for all of them if the layout is about the progress of reports."""
    is_progress = occasion.layout.subject == LayoutSubject.PROGRESS
    found: dict[int, list[Task]] = {}
    for task in _asked_tasks(form_code, occasion, is_exact=not is_progress):
        found.setdefault(task.form.family_id, []).append(task)
    if is_progress:
        return [SubjectTable(occasion.layout.title, tuple(chain(*found.values())), ())] if found else []
    return [_form_table(sorted(tasks, key=lambda task: task.form.owner_id is not None)) for tasks in found.values()]


def _form_table(tasks: Sequence[Task]) -> SubjectTable:
    """The table of one form; above counties the common form also prints for its editions."""
    return SubjectTable(tasks[0].form.title, tuple(tasks), tasks[0].layout.printed)


def _asked_tasks(form_code: str, occasion: ExportContext, *, is_exact: bool) -> list[Task]:
    """Tasks of the period, or inside it, that ask anybody in the branch."""
    county_ids = counties_below(occasion.org, occasion.period.last_day)
    if is_exact:
        tasks = Task.objects.filter(county_id__in=county_ids, period=occasion.period).select_related("form")
        tasks = tasks.order_by("form__sort_order", "form__code", "county_id")
    else:
        tasks = tasks_within(occasion.period, county_ids)
    if form_code:
        tasks = tasks.filter(form__code=form_code)
    found = list(tasks)
    days = {task: task.period.last_day for task in found}
    paths = standing_paths(occasion.org.id, set(days.values()))
    return [task for task in found if _asks_branch(task, paths.get(days[task]), days[task])]


def _asks_branch(task: Task, path: str | None, day: date) -> bool:
    return bool(path) and task.submissions.filter(placed_below(path, day)).exists()


# --- parts ----------------------------------------------------------------------------------------------------------


def _by_part(form_code: str, occasion: ExportContext) -> list[SubjectTable]:
    """A table per part for which any task asks a figure; of several periods the longest form supplies the heading."""
    tasks = _asked_tasks(form_code, occasion, is_exact=False)
    found = (_subject(part, tasks, occasion.layout) for part in occasion.layout.parts)
    return [subject for subject in found if subject is not None]


def _subject(part: LayoutPart, tasks: Sequence[Task], layout: LayoutDefinition) -> SubjectTable | None:
    keys = part.keys if layout.subject == LayoutSubject.COLUMNS else _keys_of_domain(part.domain, tasks)
    asking = tuple(task for task in tasks if any(key in task.layout.by_key for key in keys))
    if not asking:
        return None
    title = part.title or (domain_name(part.domain) if part.domain else layout.title)
    lines = _lines(keys, asking)
    if layout.subject == LayoutSubject.COLUMNS:
        return SubjectTable(title, asking, lines, part)
    return SubjectTable(title, asking, tuple(line for line in lines if line.key in set(keys)))


def _keys_of_domain(domain: str, tasks: Sequence[Task]) -> tuple[str, ...]:
    """Every figure of the area that a form prints, in the order of the forms."""
    printed = [line for task in tasks for line in task.layout.printed]
    codes = {line.code for line in printed}
    seen = indicators_of(*(task.county_id for task in tasks))
    inside = set(seen.filter(domain=domain, code__in=codes).values_list("code", flat=True))
    return tuple(dict.fromkeys(line.key for line in printed if line.code in inside))


def _lines(keys: Iterable[str], tasks: Sequence[Task]) -> tuple[Line, ...]:
    """The lines of these figures as the latest task asks them, and the lines of the indicators whose items they are."""
    found: dict[str, Line] = {}
    for key in keys:
        for wanted in dict.fromkeys((key.partition(":")[0], key)):
            line = next((task.layout.by_key[wanted] for task in reversed(tasks) if wanted in task.layout.by_key), None)
            if line is not None:
                found.setdefault(wanted, line)
    return tuple(found.values())
