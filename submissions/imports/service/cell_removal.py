"""Removes from a form the cells that a person left out on the preview, also where the form has no such cell. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from spreadsheets.ooxml.addresses import place_of
from spreadsheets.read.workbook import Place, ReadWorkbook


def without_left_out(read: ReadWorkbook, mended: Mapping[str, str]) -> ReadWorkbook:
    """The file without the cells left out. `mended`: address -> the text for the cell; "" leaves it out, wherever it is."""
    left_out: dict[str, set[Place]] = {}
    for address, text in mended.items():
        title, _mark, cell = address.rpartition("!")
        place = place_of(cell)
        if not text and place is not None:
            left_out.setdefault(title, set()).add(place)
    if not left_out:
        return read
    return replace(
        read,
        sheets=tuple(
            replace(sheet, cells={place: cell for place, cell in sheet.cells.items() if place not in left_out[sheet.title]})
            if sheet.title in left_out
            else sheet
            for sheet in read.sheets
        ),
    )
