"""Carries bindings over to the next edition of a table by the heads of their cells, and lists those without a match."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from orgs.names.name_similarity import folded
from reports.external.bindings.bindings import FIGURE, Binding
from reports.external.geometry.heads import SheetHeads, SheetHeadTexts
from spreadsheets.preview.sheet_preview import SheetPreview, place_in
from spreadsheets.read.workbook import Place

_YEAR = re.compile("20[0-9]{2}")
Mark = tuple[str, ...]


@dataclass(frozen=True)
class Lost:
    """A binding whose heads are not in the new edition, or are there several times."""

    address: str
    heads: str
    binding: Binding


@dataclass(frozen=True)
class Moved:
    """A binding whose heads are at another cell in the new edition."""

    before: str
    after: str
    heads: str


@dataclass(frozen=True)
class Carried:
    """The result of carrying over.

    `bindings` by their new address; `new`: empty cells that only the new edition has, with their heads.
    """

    bindings: dict[str, Binding]
    lost: tuple[Lost, ...]
    moved: tuple[Moved, ...]
    new: tuple[tuple[str, str], ...]


def carry(bindings: Mapping[str, Binding], old: Sequence[SheetPreview], new: Sequence[SheetPreview]) -> Carried:
    """Carries the bindings over.

    A year in a head may differ; a sheet is found by its name without the year, or by its position.
    """
    before, after = _Marks(old), _Marks(new)
    found: dict[str, Binding] = {}
    lost, moved = [], []
    for address, binding in bindings.items():
        mark, number = before.mark_of(address, binding)
        there = after.addresses(mark)
        heads = _heads_text(mark)
        if number >= len(there) or len(there) != len(before.addresses(mark)):
            lost.append(Lost(address, heads, binding))
            continue
        found[there[number]] = binding
        if place_in(there[number])[1] != place_in(address)[1]:
            moved.append(Moved(address, there[number], heads))
    fresh = [(address, _heads_text(mark)) for address, mark in after.blanks.items() if mark not in before.by_mark]
    return Carried(found, tuple(lost), tuple(moved), tuple(fresh))


class _Marks:
    """Identifies every cell of the sheets by its sheet and its heads; a text by its words or the label before it."""

    def __init__(self, sheets: Sequence[SheetPreview]):
        self._numbers = {sheet.title: number for number, sheet in enumerate(sheets)}
        self._sheets = {sheet.title: sheet for sheet in sheets}
        self.blanks: dict[str, Mark] = {}
        self.by_mark: dict[Mark, list[str]] = defaultdict(list)
        for sheet in sheets:
            heads = SheetHeads(sheet)
            for place, found in heads.blanks():
                self.blanks[sheet.address(place)] = self._enter(sheet, place, _of_heads(found))
            for place in sorted(sheet.cells):
                text = _of_text(sheet, place)
                if text:
                    self._enter(sheet, place, ("text", text))

    def _enter(self, sheet: SheetPreview, place: Place, known_by: Mark) -> Mark:
        mark = (str(self._numbers[sheet.title]), *known_by)
        self.by_mark[mark].append(sheet.address(place))
        return mark

    def addresses(self, mark: Mark) -> list[str]:
        return self.by_mark.get(mark, [])

    def mark_of(self, address: str, binding: Binding) -> tuple[Mark, int]:
        """The cell's mark, and its number among the cells with the same mark."""
        title, place = place_in(address)
        if title not in self._sheets:
            return ("gone", address), 0
        sheet = self._sheets[title]
        known_by = _of_heads(SheetHeads(sheet).of(place)) if binding.kind == FIGURE else ("text", _of_text(sheet, place))
        mark = (str(self._numbers[title]), *known_by)
        there = self.by_mark.get(mark, [])
        return mark, there.index(address) if address in there else len(there)


def _of_heads(heads: SheetHeadTexts) -> Mark:
    return ("cell", _joined(reversed(heads.row)), _joined(reversed(heads.column)))


def _of_text(sheet: SheetPreview, place: Place) -> str:
    """The identity of a text: its words; of an empty cell: the text to its left."""
    cell = sheet.cell(place)
    if cell.is_text and cell.text.strip():
        return _joined([cell.text])
    if cell.text or cell.is_formula or sheet.is_covered(place):
        return ""
    before = next(
        (sheet.cell((place[0], column)).text for column in range(place[1] - 1, 0, -1) if sheet.cell((place[0], column)).text),
        "",
    )
    return f"> {_joined([before])}" if before else ""


def _joined(texts: Iterable[str]) -> str:
    return " › ".join(_YEAR.sub("····", folded(text)) for text in texts)


def _heads_text(mark: Mark) -> str:
    return " | ".join(part for part in mark[2:] if part)
