"""Cells of workbooks and of pages as a reader sees them: numbers in the format of their cell, markup taken off."""

import html
import re
from collections.abc import Iterator
from decimal import Decimal

from openpyxl.cell import Cell

from indicators.values.number_parser import format_figure

_ROW = re.compile(r"<tr\b([^>]*)>(.*?)</tr>", flags=re.DOTALL)
_CELL = re.compile(r"<t[hd]\b([^>]*)>(.*?)</t[hd]>", flags=re.DOTALL)
_ASIDE = re.compile(r"<(small|span class=\"(?:quiet|unseen)[^>]*)>.*?</(small|span)>", flags=re.DOTALL)
_INPUT = re.compile(r"<input\b[^>]*\bvalue=\"([^\"]*)\"[^>]*>")


def text_of_cell(cell: Cell, typed_decimals: int | None = None) -> str:
    """What Excel shows: "" for a blank cell, a number with the places of its format.

    A cell to type into shows what was typed (General); its number is printed with `typed_decimals`.
    """
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    if cell.number_format == "General" and typed_decimals is not None:
        return format_figure(Decimal(repr(value)), typed_decimals)
    assert re.fullmatch(r"0(\.0+)?", cell.number_format), (cell.coordinate, cell.number_format)
    return format_figure(Decimal(repr(value)), len(cell.number_format.partition(".")[2]))


def plain(markup: str) -> str:
    """The text of a piece of markup without what is printed quietly beside a figure; of a field what stands in it."""
    markup = _ASIDE.sub(" ", _INPUT.sub(r"\1", markup))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def markup_rows(body: str, mark: str = "<tbody>") -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Rows of the table whose body follows the mark: attributes of the row, and (attributes, markup) of its cells."""
    body = body[body.index(mark) :]
    for attributes, inner in _ROW.findall(body[: body.index("</table>")]):
        yield attributes, _CELL.findall(inner)


def attribute(attributes: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', attributes)
    return html.unescape(found[1]) if found else ""
