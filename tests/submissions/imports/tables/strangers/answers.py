"""Answers every question about a table as a person who knows it would, and looks what is left undone then."""

import re

from spreadsheets.ooxml.addresses import column_of
from submissions.imports.report.import_report import ImportQuestion
from submissions.imports.tables.table_report import TableResult
from tests.submissions.imports.tables.strangers.oracle import Fault, faults, understood
from tests.submissions.imports.tables.strangers.tables import Table

_PLACE = re.compile(r"!([A-Z]+)(\d+)$")


def answers(table: Table, result: TableResult) -> dict[str, str]:
    """Address -> what a person says: which column names the units, and what the heads mean."""
    given = {question.address: _column(table, question) for question in result.questions if question.what == "unit_column"}
    given |= {
        head.address: table.slots[head.address].means or ""
        for head in result.heads
        if head.is_asked and head.address in table.slots and head.address not in given
    }
    return given


def faults_after_answers(table: Table, result: TableResult) -> list[Fault]:
    """Once everything is answered, every figure of ours is ready and nothing is asked any more."""
    rounds = 0
    given: dict[str, str] = {}
    while (asked := answers(table, result)) and rounds < 3:
        given |= asked
        result, rounds = understood(table, given), rounds + 1
    found = [fault for fault in faults(table, result) if fault.what == "wrong"]
    if not given:
        return found
    ready = {cell.address for cell in result.cells if cell.org not in result.waiting}
    left = [
        Fault("unanswerable", address, f"{slot.figure.org} {slot.figure.key} is not ready after every answer")
        for address, slot in table.slots.items()
        if slot.figure is not None
        and slot.value is not None
        and slot.figure.org
        and not slot.figure.is_doubtful
        and address not in ready
    ]
    return [*found, *left]


def _column(table: Table, question: ImportQuestion) -> str:
    """The answer among the choices that means a column (or a row, where the table is turned) of the units' own names."""
    near = [(far, means) for means, _words in question.choices if (far := _way_to_own(table, means))]
    return min(near, default=(0, ""))[1]


def _way_to_own(table: Table, means: str) -> int:
    """How far below the head, or beside it, the first name of a row's own unit stands; 0 for none within a count and a total."""
    found = _PLACE.search(means)
    if found is None:
        return 0
    sheet, column, row = table.sheets[0], column_of(found[1]), int(found[2])
    steps = (far for far in range(1, 6) if {sheet.address(row + far, column), sheet.address(row, column + far)} & table.own)
    return next(steps, 0)
