"""Recognises files that are not our forms as free tables, each for one of the tasks that its person fills in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orgs.models import Organization
from spreadsheets.read.workbook import ReadWorkbook
from submissions.imports.report.recognition import TABLE, FileRefusal, Recognised
from submissions.imports.report.scope import ImportScope
from submissions.imports.tables.recognition.candidates import TASK_AT, as_chosen, candidates, which_task
from submissions.imports.tables.recognition.form_choice import choose_task
from submissions.imports.tables.recognition.period_doubts import fits_statement, name_remarks, period_doubt
from submissions.imports.tables.recognition.sources import Sources
from submissions.imports.tables.recognition.table_recognition import recognise_table
from submissions.models import Task


@dataclass(frozen=True)
class TableFile:
    """One file.

    `wanted`: the task it was uploaded for, `place`: the organization, `chosen`: answers about its heads, and at TASK_AT about
    its task.
    """

    name: str
    read: ReadWorkbook
    wanted: Task | None
    place: Organization | None
    chosen: Mapping[str, str]


def recognise_tables(files: Sequence[TableFile], scope: ImportScope) -> list[Recognised]:
    """Recognises the files in their order; the number of queries does not depend on their number."""
    sources = Sources(scope)
    return [_recognised(file, sources, scope) for file in files]


def _recognised(file: TableFile, sources: Sources, scope: ImportScope) -> Recognised:
    tasks = as_chosen(sources.tasks(file.wanted, file.place), file.chosen.get(TASK_AT, ""))
    by_id = {task.pk: task for task in tasks}
    asked_tasks = {task.pk: sources.asked_task(task, file.place) for task in tasks}
    picked = choose_task(file.read, file.name, candidates(file.read, tasks, asked_tasks, scope.day))
    if picked.task is None and picked.choices:
        question = which_task(picked.refused, [by_id[task_id] for task_id in picked.choices])
        return Recognised(TABLE, questions=(question,), unplaced=picked.refused, is_answerable=True)
    if picked.task is None:
        return Recognised(TABLE, refusal=FileRefusal(picked.refused))
    task = by_id[picked.task.id]
    is_named = file.wanted is not None or TASK_AT in file.chosen
    if not is_named and (doubt := period_doubt(file.read, file.name, picked.task)):
        others = [other for other in tasks if other != task and fits_statement(file.read, file.name, asked_tasks[other.pk])]
        question = which_task(doubt, [task, *others], what="period")
        return Recognised(TABLE, questions=(question,), unplaced=doubt, is_answerable=True)
    units = sources.units(task, file.place)
    result = recognise_table(file.read, name=file.name, candidates=units, tasks=[picked.task], chosen=_of_heads(file.chosen))
    remarks = (*result.remarks, *name_remarks(file.name, picked.task))
    return Recognised(
        TABLE, task, result.cells, remarks, result.of_units, heads=result.heads, unplaced=result.unplaced,
        is_answerable=result.is_answerable, unit_column=result.unit_column, questions=result.questions,
    )  # fmt: skip


def _of_heads(chosen: Mapping[str, str]) -> dict[str, str]:
    """The answers without the one about the task."""
    return {address: means for address, means in chosen.items() if address != TASK_AT}
