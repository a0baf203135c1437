"""The open tasks that a table may be for, and the question if several fit.

Tasks that are long over, or whose period has not begun, stay open on many installations because nobody closes them. They count
only if no running or due task of the same form agrees with the period in the table.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from spreadsheets.read.workbook import ReadWorkbook
from submissions.imports.report.import_report import ImportQuestion
from submissions.imports.tables.match_targets import AskedTask
from submissions.imports.tables.recognition.form_choice import contradiction
from submissions.models import Task

TASK_AT = "?task"  # the address of the question for the task: no sheet can have a question mark in its title
LATE = timedelta(days=30)  # after its due date (or its period's end) a task is still handed in; later it is long over


def candidates(read: ReadWorkbook, tasks: Sequence[Task], asked_tasks: Mapping[int, AskedTask], day: date) -> list[AskedTask]:
    """The open tasks that a table may be for; `asked_tasks`: the same tasks by id."""
    current = {task.pk for task in tasks if is_current(task, day)}
    agreeing = {task.form_id for task in tasks if task.pk in current and not contradiction(read, asked_tasks[task.pk])}
    return [asked_tasks[task.pk] for task in tasks if task.pk in current or task.form_id not in agreeing]


def is_current(task: Task, day: date) -> bool:
    """Whether its period has begun and it is not long over."""
    period = task.period
    return period.first_day <= day <= max(task.due_on, period.last_day) + LATE


def as_chosen(tasks: Sequence[Task], answer: str) -> list[Task]:
    """The tasks that the answer names, by id or as FORM:PERIOD; all of them if it names none."""
    named = [task for task in tasks if answer in (str(task.pk), f"{task.form.code}:{task.period}")] if answer else []
    return named or list(tasks)


def which_task(sentence: str, tasks: Sequence[Task], *, what: str = "task") -> ImportQuestion:
    """The question for the task. `what`: "period" if the period is in doubt."""
    counties = {task.county_id for task in tasks}
    return ImportQuestion(what, sentence, TASK_AT, tuple((str(task.pk), _words(task, len(counties) > 1)) for task in tasks))


def _words(task: Task, has_counties: bool) -> str:
    words = {"title": task.form.title, "form": task.form.code, "period": task.period.label}
    sentence = _("%(title)s (%(form)s), %(period)s") % words
    return f"{sentence} · {task.county.name}" if has_counties else sentence
