"""Remarks on cells that are left out without doubt, one per kind: relations, other columns, signs for blank and 不适用. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from indicators.layout import Layout
from indicators.values.documents import NA
from orgs.names.unit_heads import UnitHead
from spreadsheets.read.workbook import Content
from submissions.imports.report.import_report import PlacedCell, Remark, Weight
from submissions.imports.tables.geometry.words import is_code_head, is_measure_head, is_serial
from submissions.imports.tables.heads.placement import TableFigures
from submissions.imports.tables.heads.sheet_tables import SheetTable
from submissions.imports.tables.heads.unit_columns import UnitCandidate

_NAMED = 6  # columns in a sentence


def passed_over_remarks(figures: TableFigures, cells: Sequence[PlacedCell], layout: Layout) -> Iterator[Remark]:
    """Remarks on the columns of every sheet, then on the placed cells."""
    for one in figures.tables:
        yield from _of_columns(one.table)
    yield from _of_signs(cells, layout)


def _of_columns(table: SheetTable) -> Iterator[Remark]:
    """Columns that relate a row to another unit, and columns that are no figure, unit or number, named with their cells."""
    relations: dict[str, str] = {}
    others: dict[str, str] = {}
    for section in table.layouts:
        own = {place for block in section.blocks for place in (*block.places.own, block.places.above, *block.periods)}
        for column in section.beside:
            if column.place in own or not column.text or not column.held or section.question:
                continue
            found = relations if column.is_tied else others if _is_reported(column) else {}
            found[table.cells.address(column.spot)] = _named(table, column)
    if relations:
        sentence = _("Columns that name another unit than the row's own were not read: %(columns)s.")
        yield Remark(next(iter(relations)), Weight.NOTICE, sentence % {"columns": _listed(relations.values())})
    if others:
        sentence = _("Columns that are no line of the form were not read: %(columns)s.")
        yield Remark(next(iter(others)), Weight.NOTICE, sentence % {"columns": _listed(others.values())})


def _is_reported(column: UnitCandidate) -> bool:
    """Whether a skipped column is reported; serial numbers, codes and measures are not."""
    is_known = column.kind in (UnitHead.OWN, UnitHead.CODE, UnitHead.ABOVE)
    return not (is_known or is_serial(column.text) or is_code_head(column.text) or is_measure_head(column.text))


def _named(table: SheetTable, column: UnitCandidate) -> str:
    words = {"head": column.text, "address": table.cells.address(column.spot), "count": column.held}
    return _("“%(head)s” (%(address)s, cells: %(count)s)") % words


def _listed(named: Iterable[str]) -> str:
    names = list(named)
    return "、".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _of_signs(cells: Sequence[PlacedCell], layout: Layout) -> Iterator[Remark]:
    """Signs that are read everywhere and reported once with their number: a dash is left out, / is 不适用."""
    blank: dict[str, list[str]] = defaultdict(list)
    not_applicable: dict[str, list[str]] = defaultdict(list)
    for placed in cells:
        if placed.cell.content != Content.TEXT or layout.by_key[placed.key].is_computed:
            continue
        line = layout.by_key[placed.key]
        reading = kind_of(line).read(placed.cell.text, line)
        found = not_applicable if reading.figure == NA else blank if reading.figure is None and not reading.error else {}
        found.setdefault(placed.cell.text.strip(), []).append(placed.address)
    for text, addresses in not_applicable.items():
        sentence = _("“%(text)s” was read as N/A; cells: %(count)s.")
        yield Remark(addresses[0], Weight.NOTICE, sentence % {"text": text, "count": len(addresses)})
    for text, addresses in blank.items():
        sentence = _("“%(text)s” counts as blank and was left out; cells: %(count)s.")
        yield Remark(addresses[0], Weight.NOTICE, sentence % {"text": text, "count": len(addresses)})
