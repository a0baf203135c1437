"""Rows written by hand as a table of the village form, recognised."""

from collections.abc import Sequence

from submissions.imports.tables.table_report import TableResult
from tests.submissions.imports.tables.strangers.words import village_task
from tests.submissions.imports.tables.world import sheet_of, table_result


def read_rows(
    rows: Sequence[Sequence[object]], merged=(), *, period: str = "2026Q3", title: str = "Sheet1", **facts
) -> TableResult:
    return table_result(sheet_of(rows, title=title, merged=merged), tasks=(village_task(period),), **facts)


def turned(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Rows as columns."""
    return [list(row) for row in zip(*rows, strict=True)]


def sentences_at(table: TableResult, address: str) -> list[str]:
    """The sentences about one cell."""
    remarks = [*table.remarks, *(remark for some in table.of_units.values() for remark in some)]
    return [remark.sentence for remark in remarks if remark.address == address]
