"""Recognises a free table: its heads with their meaning, its figures with unit and line, and what it could not understand.

A head that is only similar is not used before a person confirms it; of two equal candidates neither is chosen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from orgs.names.name_similarity import Certainty
from spreadsheets.read.workbook import Content, ReadWorkbook
from submissions.imports.report.import_report import Remark, Weight
from submissions.imports.tables.answers import meant, spread
from submissions.imports.tables.heads.head_matcher import HeadMatcher
from submissions.imports.tables.heads.placement import TableFigures, UnitTable, doubted, placed
from submissions.imports.tables.heads.sheet_tables import SheetTable, sheet_table
from submissions.imports.tables.heads.skipped_cells import passed_over_remarks
from submissions.imports.tables.heads.totals import total_remarks
from submissions.imports.tables.heads.unit_of_sheet import unit_of_sheet
from submissions.imports.tables.match_targets import AskedTask, AskedUnits
from submissions.imports.tables.recognition.form_choice import choose_task, contradicts_sheet, visible
from submissions.imports.tables.recognition.head_choices import head_sentence, heads_of, questions_of, unit_column_of
from submissions.imports.tables.recognition.unplaced_cells import unplaced
from submissions.imports.tables.table_report import OWN, HeadRole, ReportedHead, TableResult


def recognise_table(
    read: ReadWorkbook,
    *,
    name: str,
    candidates: AskedUnits,
    tasks: Sequence[AskedTask],
    chosen: Mapping[str, str] | None = None,
) -> TableResult:
    """Recognises a table.

    `name`: of the file. `tasks`: those it may be for; only one if a person named it. `chosen`: address of a head -> a person's
    answer: "line:KEY", "unit:CODE", or "" to skip it. Remembered answers come with each task.
    """
    picked = choose_task(read, name, tasks)
    if picked.task is None:
        return TableResult(None, refused=picked.refused, task_choices=picked.choices)
    matcher = HeadMatcher(picked.task, candidates)
    figures = _figures(read, name, matcher)
    heads = heads_of(figures, matcher)
    idle = _idle(heads, chosen or {})
    if answers := meant(heads, chosen or {}):
        matcher = HeadMatcher(picked.task, candidates, answers, spread(heads, answers))
        figures = _figures(read, name, matcher)
        heads = heads_of(figures, matcher)
    found = placed(figures)
    nothing = unplaced(read, figures, heads, matcher)
    remarks = (
        *_passed_over(read, picked.task), *_not_understood(read, figures, picked.task), *found.remarks,
        *total_remarks(figures, matcher), *_about(heads), *passed_over_remarks(figures, found.cells, matcher.layout), *idle,
    )  # fmt: skip
    return TableResult(
        picked.task.id, heads, found.cells, remarks, found.of_units, found.waiting, unplaced=nothing.sentence,
        is_answerable=nothing.is_answerable, unit_column=unit_column_of(figures), questions=questions_of(heads),
    )  # fmt: skip


def _figures(read: ReadWorkbook, name: str, matcher: HeadMatcher) -> TableFigures:
    """The five stages: cells, bands of heads, columns, rows of every sheet, then the doubts that the sheets together raise."""
    tables: list[SheetTable] = []
    for sheet in visible(read):
        if sheet.cells and not contradicts_sheet(sheet, matcher.task):
            found = sheet_table(sheet, matcher)
            tables += [found] if found is not None else []
    is_alone = len(tables) == 1
    units = [
        unit_of_sheet(one.sheet, name, matcher, is_alone=is_alone, body=one.body) if one.wants_unit else None for one in tables
    ]
    return doubted(TableFigures(tuple(map(UnitTable, tables, units))), matcher)


def _idle(heads: Sequence[ReportedHead], chosen: Mapping[str, str]) -> list[Remark]:
    """Remarks on answers that fit no head of the file, or none of its choices."""
    choices = {head.address: {choice.means for choice in head.choices} | {""} for head in heads}
    columns = {choice.means for head in heads for choice in head.choices if choice.means.startswith(OWN)}
    sentence = _("The answer “%(answer)s” fits nothing here; it was passed over.")
    return [
        Remark(address, Weight.NOTICE, sentence % {"answer": means[:60]})
        for address, means in chosen.items()
        if means not in choices.get(address, ()) and means not in columns
    ]


def _passed_over(read: ReadWorkbook, task: AskedTask) -> Iterator[Remark]:
    """Remarks on sheets that were not read, with the reason."""
    for sheet in read.sheets:
        if sheet.cells and sheet.state != "visible":
            sentence = _("The sheet is hidden and was not read; show it if it holds figures.")
            yield Remark(sheet.title, Weight.NOTICE, sentence)
        elif sheet.cells and (stated := contradicts_sheet(sheet, task)):
            sentence = _("The sheet says “%(said)s” and was not read: another period.")
            yield Remark(sheet.title, Weight.NOTICE, sentence % {"said": stated})


def _not_understood(read: ReadWorkbook, figures: TableFigures, task: AskedTask) -> Iterator[Remark]:
    """Remarks on sheets with numbers but without a known head."""
    known = {one.table.sheet.title for one in figures.tables}
    for sheet in visible(read):
        numbers = sum(cell.content == Content.NUMBER for cell in sheet.cells.values())
        if numbers and sheet.title not in known and not contradicts_sheet(sheet, task):
            sentence = _("No head of this sheet names a line of the form; its %(count)s figures are not taken.")
            yield Remark(sheet.title, Weight.NOTICE, sentence % {"count": numbers})


def _about(heads: Iterable[ReportedHead]) -> Iterator[Remark]:
    """Remarks on heads.

    They are errors if figures of units may be lost, because a unit is unknown or one of two with the same name; otherwise
    notices.
    """
    for head in heads:
        if sentence := head_sentence(head):
            is_open = head.certainty == Certainty.AMBIGUOUS or (head.role == HeadRole.UNKNOWN and head.names_unit)
            yield Remark(head.address, Weight.ERROR if is_open else Weight.NOTICE, sentence)
