"""Finds the units of measure stated for a whole table: 单位：万元 on its sheet, （万元） over it.

The nearest above it comes first.
"""

from collections.abc import Collection

from indicators.values.stated_measures import StatedMeasure, stated_in, stated_in_brackets
from spreadsheets.preview.sheet_preview import SheetPreview
from spreadsheets.read.workbook import Place


def table_measures(sheet: SheetPreview, heads: Collection[Place], rows: range) -> list[StatedMeasure]:
    """The stated units.

    `heads`: the places of heads, whose brackets are their own; `rows`: from below the table above to its first row of figures.
    """
    stated = {
        place: [*stated_in(cell.text), *(() if place in heads else stated_in_brackets(cell.text) if place[0] in rows else ())]
        for place, cell in sorted(sheet.cells.items())
        if cell.is_text
    }
    above = [one for place, found in stated.items() if place[0] in rows for one in found]
    return list(dict.fromkeys(above or [one for found in stated.values() for one in found]))
