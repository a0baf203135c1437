"""The cells of a workbook file as its formulas read them: stored values, new values over them, formulas by cell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator

from spreadsheets.formulas.area_index import Spot
from spreadsheets.formulas.nodes import MOST_CELLS, Unknown
from spreadsheets.formulas.parser import LONGEST, Names, Parsed, parse
from spreadsheets.formulas.places import area_in
from spreadsheets.formulas.recomputation import Formula
from spreadsheets.formulas.values import Area, Failed, Fault, Scalar, Uncomputable, kept, number_in
from spreadsheets.ooxml.addresses import Place, address_of
from spreadsheets.ooxml.shared_strings import unescaped
from spreadsheets.ooxml.xml_elements import is_true, whole_number
from spreadsheets.ooxml.xml_offsets import CellOffsets, SheetOffsets

_MOST_LOOKS = 5_000_000  # at cells, for all formulas of a file together: some ten seconds


class BookCells:
    """Gives cells to formulas; see formulas.nodes.Cells and formulas.recomputation.Results."""

    def __init__(self, sheets: Mapping[str, SheetOffsets], texts: list[str]):
        self._sheets, self._texts = sheets, texts
        self._new: dict[Spot, Scalar] = {}
        self._unknown: set[Spot] = set()
        self._rows = {title: _rows_of(marks.cells) for title, marks in sheets.items()}
        self._subtotals: set[Spot] = set()
        self._looks = 0

    def take(self, spot: Spot, value: Scalar) -> None:
        """Sets the value of a cell."""
        self._new[spot] = value
        self._rows[spot[0]].setdefault(spot[1], set()).add(spot[2])

    def forget(self, spot: Spot) -> None:
        self._unknown.add(spot)

    def mark_subtotals(self, spots: Iterable[Spot]) -> None:
        self._subtotals.update(spots)

    def value(self, sheet: str, row: int, column: int) -> Scalar:
        self._looks += 1
        spot = (sheet, row, column)
        if spot in self._unknown or self._looks > _MOST_LOOKS:
            raise Uncomputable("a result that is not known")
        if spot in self._new:
            return self._new[spot]
        mark = self._sheet(sheet).cells.get((row, column))
        return stored_value(mark, self._texts) if mark is not None else None

    def filled(self, area: Area) -> Iterator[Place]:
        rows = self._rows.get(area.sheet, {})
        for row in sorted(row for row in rows if area.top <= row <= area.bottom):
            for column in sorted(column for column in rows[row] if area.left <= column <= area.right):
                if self.value(area.sheet, row, column) is not None:
                    yield row, column

    def used(self, area: Area) -> Area:
        rows = self._rows.get(area.sheet, {})
        bottom = max(rows, default=0)
        right = max((column for columns in rows.values() for column in columns), default=0)
        return Area(area.sheet, area.top, area.left, min(area.bottom, bottom), min(area.right, right))

    def is_hidden(self, sheet: str, row: int) -> bool:
        span = self._sheet(sheet).rows.get(row)
        return span is not None and span.is_hidden

    def is_filtered(self, sheet: str) -> bool:
        return self._sheet(sheet).is_filtered

    def is_subtotal(self, sheet: str, row: int, column: int) -> bool:
        return (sheet, row, column) in self._subtotals

    def _sheet(self, title: str) -> SheetOffsets:
        if title not in self._sheets:  # a sheet of charts, or one without rows
            raise Uncomputable(title)
        return self._sheets[title]


def _rows_of(cells: Iterable[Place]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for row, column in cells:
        found[row].add(column)
    return found


def stored_value(mark: CellOffsets, texts: list[str]) -> Scalar:
    """The stored value of a cell, for formulas their stored result; None for a blank."""
    kind, text = mark.attributes.get("t", "n"), mark.texts.get("v", "")
    if kind == "inlineStr":
        return unescaped(mark.texts.get("t", ""))
    if kind == "str":
        return unescaped(text) if "v" in mark.children or "f" in mark.children else None
    if not text:
        return None
    if kind == "s":
        number = whole_number(text.strip())
        return texts[number] if number is not None and number < len(texts) else None
    if kind == "b":
        return is_true(text.strip())
    if kind == "e":
        return Fault(text)
    return _number(text)


def _number(text: str) -> Decimal | str:
    """The number at 15 significant digits; a date in ISO form stays a text."""
    try:
        return kept(number_in(text))
    except Failed:
        return text


def has_result(mark: CellOffsets) -> bool:
    """Whether a formula has a stored result; an empty text is one too."""
    return bool(mark.texts.get("v")) or mark.attributes.get("t") == "str"


def formulas_of(sheets: Mapping[str, SheetOffsets], names: Names) -> list[Formula]:
    """Every formula of the workbook; a shared formula is written out for each of its cells."""
    found = []
    for title, marks in sheets.items():
        shared: dict[str, tuple[str, str]] = {}
        for mark in marks.cells.values():
            if "f" in mark.children:
                found.append(_formula(title, mark, shared, marks, names))
    return found


def _formula(title: str, mark: CellOffsets, shared: dict[str, tuple[str, str]], marks: SheetOffsets, names: Names) -> Formula:
    spot = (title, mark.row, mark.column)
    given = mark.children["f"].attributes
    kind, text = given.get("t", "normal"), mark.texts.get("f", "")
    if kind == "shared":
        return Formula(spot, _parsed(_shared_text(mark, given.get("si", ""), text, shared), title, names))
    if kind == "dataTable":
        return Formula(spot, Parsed(Unknown("a data table"), looks_anywhere=True))
    if kind != "array":
        return Formula(spot, _parsed(text, title, names))
    area = area_in(given.get("ref", ""), title)
    is_whole = area is not None and area.shape[0] * area.shape[1] <= MOST_CELLS and _stands(area, marks)
    return Formula(spot, _parsed(text if is_whole else "", title, names), area if is_whole else None)


def _stands(area: Area, marks: SheetOffsets) -> bool:
    """Whether every cell of an array formula exists and can take its result."""
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    return all((row, column) in marks.cells for row in rows for column in columns)


def _shared_text(mark: CellOffsets, number: str, text: str, shared: dict[str, tuple[str, str]]) -> str:
    """The text of a shared formula in a cell: the first cell has the full text, the others get it with references moved."""
    place = address_of((mark.row, mark.column))
    if text:
        shared[number] = (text, place)
        return text
    first, origin = shared.get(number, ("", ""))
    if not first or len(first) > LONGEST:
        return ""
    try:
        return Translator(f"={first}", origin).translate_formula(place)[1:]
    except (TokenizerError, ValueError, IndexError):
        return ""


def _parsed(text: str, sheet: str, names: Names) -> Parsed:
    return parse(text, sheet, names) if text else Parsed(Unknown("no formula"), looks_anywhere=True)
