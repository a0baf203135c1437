"""What is wrong with how a table was understood: figures at the wrong place, lost without a word, or asked about needlessly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spreadsheets.read.workbook import ReadWorkbook
from submissions.imports.report.import_report import PlacedCell
from submissions.imports.tables.recognition.table_recognition import recognise_table
from submissions.imports.tables.table_report import ReportedHead, TableResult
from tests.submissions.imports.tables.strangers.slots import Figure
from tests.submissions.imports.tables.strangers.tables import Table
from tests.submissions.imports.tables.world import TOWNSHIP, TWINS, VILLAGES, units_of

_PLACE = re.compile(r"(.*)!([A-Z]+)(\d+)$")
CANDIDATES = (TOWNSHIP, *VILLAGES, *TWINS)


@dataclass(frozen=True)
class Fault:
    """`what`: "wrong", "dropped", "asked" (needlessly), "guessed" (without an answer), "finding" (missing or idle)."""

    what: str
    address: str
    sentence: str


def understood(table: Table, chosen: dict[str, str] | None = None) -> TableResult:
    read = ReadWorkbook("xlsx", table.sheets)
    return recognise_table(read, name=table.name, candidates=units_of(*CANDIDATES), tasks=(table.task,), chosen=chosen)


def faults(table: Table, result: TableResult) -> list[Fault]:
    return [*_wrong(table, result), *_dropped(table, result), *_findings(table, result)]


def _figures(table: Table) -> Iterator[tuple[str, Figure]]:
    for address, slot in table.slots.items():
        if slot.figure is not None and slot.value is not None:
            yield address, slot.figure


def _wrong(table: Table, result: TableResult) -> Iterator[Fault]:
    """Placed, not as a mere proposal, under another unit, line or period than its own."""
    truth = dict(_figures(table))
    for cell in result.cells:
        figure = truth.get(cell.address, Figure(why="no figure at all"))
        is_right = (figure.org, figure.key) == (cell.org, cell.key)
        if _is_proposal(cell, result):
            continue
        if not is_right:
            yield Fault("wrong", cell.address, f"{cell.org} {cell.key}: is {figure.org} {figure.key}{figure.why}")
        elif not figure.is_settled:
            yield Fault("guessed", cell.address, "no head says whose row it is, and nobody was asked")


def _dropped(table: Table, result: TableResult) -> Iterator[Fault]:
    """Not placed and not mentioned; or clear and not ready."""
    placed = {cell.address: cell for cell in result.cells}
    for address, figure in _figures(table):
        cell = placed.get(address)
        if cell is not None and not (figure.is_clear and _waits(cell, result, table)):
            continue
        if cell is None and figure.is_mentioned and not _is_mentioned(address, result):
            yield Fault("dropped", address, f"{figure.org} {figure.key}{figure.why}")
        if figure.org and figure.is_clear and not (_asks_unit(result) and not table.is_settled):
            yield Fault("asked", address, f"{figure.org} {figure.key} is clear and not ready")


def _findings(table: Table, result: TableResult) -> Iterator[Fault]:
    remarked = {remark.address for remark in result.remarks}
    remarked |= {remark.address for remarks in result.of_units.values() for remark in remarks}
    for address, figure in _figures(table):
        if figure.is_remarked and _asks_unit(result):
            continue  # what stands in the rows is looked at once their unit is known
        if figure.is_remarked is not None and figure.is_remarked != (address in remarked):
            yield Fault(
                "finding", address, f"{figure.why}: {'no finding' if figure.is_remarked else 'a finding where all is well'}"
            )
    if table.is_settled and _asks_unit(result):
        yield Fault("asked", "", "which column names the units, though the heads say so")


def _asks_unit(result: TableResult) -> bool:
    return any(question.what == "unit_column" for question in getattr(result, "questions", ()))


def _is_proposal(cell: PlacedCell, result: TableResult) -> bool:
    """Its unit waits for an answer; what is placed then is looked at again once everything is answered."""
    return cell.org in result.waiting


def _waits(cell: PlacedCell, result: TableResult, table: Table) -> bool:
    """For its own heads; that another row or column of its unit waits is no fault of this figure's."""
    return any(_is_head_of(head, cell.address, table) for head in result.waiting.get(cell.org, ()))


def _is_mentioned(address: str, result: TableResult) -> bool:
    """At the cell itself, by a head of its row or column, by its sheet; or nothing of the table was taken, and it says so."""
    if result.refused or _asks_unit(result) or (result.unplaced and not result.cells):
        return True
    sheet = address.partition("!")[0]
    remarks = [*result.remarks, *(remark for some in result.of_units.values() for remark in some)]
    if any(remark.address in (sheet, address) for remark in remarks):
        return True
    return any(_speaks(head) and _is_in_line(head.address, address) for head in result.heads)


def _speaks(head: ReportedHead) -> bool:
    """It says that figures under it are not taken, or not yet."""
    return head.role in ("ignored", "unknown") or head.needs_answer


def _is_in_line(head: str, address: str) -> bool:
    """In the same row or column of the same sheet."""
    one, other = _PLACE.match(head), _PLACE.match(address)
    if one is None or other is None or one[1] != other[1]:
        return False
    return one[2] == other[2] or one[3] == other[3]


def _is_head_of(head: str, address: str, table: Table) -> bool:
    """In line, before or above it; the name of a unit heads nothing but its own row, or column of a turned table."""
    one, other = _PLACE.match(head), _PLACE.match(address)
    if one is None or other is None or not _is_in_line(head, address):
        return False
    if head in table.own and (one[2] == other[2]) != (table.kind == "turned"):
        return False
    return (len(one[2]), one[2]) < (len(other[2]), other[2]) or int(one[3]) < int(other[3])
