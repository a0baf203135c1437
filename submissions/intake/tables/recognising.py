"""A workbook of anyone's making -> its heads as understood and its figures placed; what was not understood is listed.

Nothing is taken by a head that is only similar before a person said so; of two equals neither is chosen. Writes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from orgs.likeness import Certainty
from spreadsheets.reading.workbook import Content, ReadWorkbook
from submissions.intake.tables.answers import meant, spread
from submissions.intake.tables.asking import AskedTask, AskedUnits
from submissions.intake.tables.choosing import choose_task, contradicts_sheet, visible
from submissions.intake.tables.heads_told import heads_of, said_of
from submissions.intake.tables.placing import Placing
from submissions.intake.tables.reading_sheets import SheetRead, read_sheet
from submissions.intake.tables.senses import Senses
from submissions.intake.tables.told import Head, Role, TableTold
from submissions.intake.tables.unit_of_sheet import unit_of_sheet
from submissions.intake.tables.unplaced import unplaced
from submissions.intake.told import Remark, Weight


def recognise_table(
    read: ReadWorkbook,
    *,
    name: str,
    candidates: AskedUnits,
    tasks: Sequence[AskedTask],
    chosen: Mapping[str, str] | None = None,
) -> TableTold:
    """`name`: of the file. `tasks`: those it may be for; one where that was said. `chosen`: address of a head -> what a person
    says it means: "line:KEY", "unit:CODE", or "" to pass it over. What was remembered comes with each task."""
    picked = choose_task(read, name, tasks)
    if picked.task is None:
        return TableTold(None, refused=picked.refused, task_choices=picked.choices)
    senses = Senses(picked.task, candidates)
    placing = _read(read, name, senses)
    heads = heads_of(placing, senses)
    if answers := meant(heads, chosen or {}):
        senses = Senses(picked.task, candidates, answers, spread(heads, answers))
        placing = _read(read, name, senses)
        heads = heads_of(placing, senses)
    placed = placing.placed()
    remarks = (*_passed_over(read, picked.task), *_not_understood(read, placing, picked.task), *placed.remarks, *_about(heads))
    nothing = unplaced(read, placing, heads, senses)
    return TableTold(
        picked.task.id, heads, placed.cells, remarks, placed.of_units, placed.waiting, unplaced=nothing.said,
        is_answerable=nothing.is_answerable,
    )  # fmt: skip


def _read(read: ReadWorkbook, name: str, senses: Senses) -> Placing:
    sheets: list[SheetRead] = []
    for sheet in visible(read):
        if sheet.cells and not contradicts_sheet(sheet, senses.task):
            found = read_sheet(sheet, senses)
            sheets += [found] if found is not None else []
    units = [unit_of_sheet(one.sheet, name, senses, is_alone=len(sheets) == 1) if one.wants_unit else None for one in sheets]
    return Placing(senses, list(zip(sheets, units, strict=True)))


def _passed_over(read: ReadWorkbook, task: AskedTask) -> Iterator[Remark]:
    """The sheets that were not read, and why."""
    for sheet in read.sheets:
        if sheet.cells and sheet.state != "visible":
            said = _("The sheet is hidden and was not read; show it if it holds figures.")
            yield Remark(sheet.title, Weight.NOTICE, said)
        elif sheet.cells and (stated := contradicts_sheet(sheet, task)):
            said = _("The sheet says “%(said)s” and was not read: another period.")
            yield Remark(sheet.title, Weight.NOTICE, said % {"said": stated})


def _not_understood(read: ReadWorkbook, placing: Placing, task: AskedTask) -> Iterator[Remark]:
    """Sheets with numbers on which no head was known."""
    known = {one.sheet.title for one, _unit in placing.sheets}
    for sheet in visible(read):
        figures = sum(cell.content == Content.NUMBER for cell in sheet.cells.values())
        if figures and sheet.title not in known and not contradicts_sheet(sheet, task):
            said = _("No head of this sheet names a line of the form; its %(count)s figures are not taken.")
            yield Remark(sheet.title, Weight.NOTICE, said % {"count": figures})


def _about(heads: Iterable[Head]) -> Iterator[Remark]:
    """An error where figures of ours may be left lying: of a unit that is not known, or of one of two namesakes."""
    for head in heads:
        if said := said_of(head):
            is_open = head.certainty == Certainty.AMBIGUOUS or (head.role == Role.UNKNOWN and head.names_unit)
            yield Remark(head.address, Weight.ERROR if is_open else Weight.NOTICE, said)
