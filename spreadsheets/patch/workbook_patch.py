"""Changes the values of some cells of a workbook file and nothing else; formulas that depend on them get right results.

Every other part of the file stays byte for byte, and so does every other byte of a changed sheet.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from spreadsheets import limits
from spreadsheets.formulas.area_index import AreaIndex, Spot
from spreadsheets.formulas.recomputation import Formula, Recomputed, recompute
from spreadsheets.formulas.values import Scalar, Uncomputable
from spreadsheets.messages import say
from spreadsheets.ooxml.addresses import Place, address_of
from spreadsheets.ooxml.package import PATCH_BOUNDS, Package
from spreadsheets.ooxml.refusals import STRANGE, Refusal
from spreadsheets.ooxml.schema_order import WORKBOOK
from spreadsheets.ooxml.shared_strings import texts_of
from spreadsheets.ooxml.xml_edits import element, in_order, retagged, root_prefix
from spreadsheets.ooxml.xml_offsets import SheetOffsets, sheet_offsets
from spreadsheets.patch.book import BookPart, book_of
from spreadsheets.patch.cells import BookCells, formulas_of, has_result
from spreadsheets.patch.sheet_edits import with_values
from spreadsheets.read.workbook import Unreadable

NewValue = int | Decimal | str | None


@dataclass(frozen=True)
class Patched:
    """The new file. `uncomputed`: formulas whose result a spreadsheet program has to work out when it opens the file.

    `kept`: cells that should get a value but hold a formula of the file, which stays. `over_unfilled`: formulas that read cells
    which stay empty, with these cells. Addresses have the form `Sheet1!D7`.
    """

    content: bytes
    uncomputed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    over_unfilled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def patched(
    content: bytes, values: Mapping[str, Mapping[Place, NewValue]], unfilled: Mapping[str, Collection[Place]] | None = None
) -> Patched:
    """`values`: sheet title -> (row, column) -> its new value, None for a blank cell; `unfilled`: cells that stay empty.

    Raises Unreadable for a file that is damaged or no workbook, KeyError for a sheet that it does not have.
    """
    try:
        return _patched(Package(content, PATCH_BOUNDS), values, unfilled or {})
    except Refusal as error:
        raise Unreadable(error.kind, error.sentence()) from error
    except Uncomputable as error:
        raise Unreadable("strange", say(STRANGE)) from error


def _patched(
    package: Package, values: Mapping[str, Mapping[Place, NewValue]], unfilled: Mapping[str, Collection[Place]]
) -> Patched:
    book = book_of(package)
    contents = {title: package[part] for title, part in book.sheets.items() if part}
    sheets = {title: sheet_offsets(sheet) for title, sheet in contents.items()}
    formulas = formulas_of(sheets, book)
    owned = {spot for formula in formulas for spot in formula.spots()}
    wanted = {(title, *place): value for title, given in values.items() for place, value in given.items()}
    unknown_sheets = {spot[0] for spot in wanted} - sheets.keys()
    if unknown_sheets:
        raise KeyError(unknown_sheets.pop())
    changed = {spot: value for spot, value in wanted.items() if spot not in owned}
    done = _recomputed(formulas, changed, sheets, texts_of(package, book.texts_part, limits.UPLOAD_CHARACTERS))
    for part, content in _changed_parts(book, contents, sheets, changed, done).items():
        package[part] = content
    uncomputed = tuple(_address(spot) for spot in sorted(done.unknown))
    kept = tuple(_address(spot) for spot in sorted(wanted.keys() & owned))
    return Patched(package.packed(), uncomputed, kept, _over(formulas, unfilled))


def _over(formulas: Iterable[Formula], unfilled: Mapping[str, Collection[Place]]) -> dict[str, tuple[str, ...]]:
    """Which formulas read cells that stay empty, directly or through other formulas, with these cells."""
    empty = {(title, *place): {(title, *place)} for title, places in unfilled.items() for place in places}
    waiting, found = list(formulas), {}
    while waiting:
        index = AreaIndex(empty.items())
        looking = {formula.spot: _looked_at(formula, index) for formula in waiting}
        fresh = {spot: cells for spot, cells in looking.items() if cells}
        if not fresh:
            break
        found |= fresh
        empty |= fresh
        waiting = [formula for formula in waiting if formula.spot not in fresh]
    return {_address(spot): tuple(_address(cell) for cell in sorted(found[spot])) for spot in sorted(found)}


def _looked_at(formula: Formula, index: AreaIndex[set[Spot]]) -> set[Spot]:
    return set().union(*(cells for area in formula.parsed.areas for cells in index.inside(area)))


def _recomputed(
    formulas: list[Formula], changed: Mapping[Spot, NewValue], sheets: Mapping[str, SheetOffsets], texts: list[str]
) -> Recomputed:
    cells = BookCells(sheets, texts)
    cells.mark_subtotals(formula.spot for formula in formulas if formula.parsed.is_subtotal)
    for spot, value in changed.items():
        cells.take(spot, Decimal(value) if isinstance(value, int) else value)
    unsolved = {formula.spot for formula in formulas if not has_result(sheets[formula.spot[0]].cells[formula.spot[1:]])}
    return recompute(formulas, changed, unsolved, cells)


def _changed_parts(
    book: BookPart,
    contents: Mapping[str, bytes],
    sheets: Mapping[str, SheetOffsets],
    changed: Mapping[Spot, NewValue],
    done: Recomputed,
) -> dict[str, bytes]:
    values, results = _by_sheet(changed), _by_sheet({**done.results, **dict.fromkeys(done.unknown)})
    parts = {
        book.sheets[title]: with_values(contents[title], sheets[title], values[title], results[title])
        for title in {*values, *results}
    }
    if done.unknown:
        parts[book.part] = _recalculated_on_load(book)
    return parts


def _by_sheet(spots: Mapping[Spot, Scalar]) -> dict[str, dict[Place, Scalar]]:
    found: dict[str, dict[Place, Scalar]] = defaultdict(dict)
    for (title, row, column), value in spots.items():
        found[title][row, column] = value
    return found


def _recalculated_on_load(book: BookPart) -> bytes:
    """The workbook part with the request to recompute everything when the file is opened."""
    given = {"fullCalcOnLoad": 1}
    if book.calculation is not None:
        return retagged(book.content, book.calculation, given)
    return in_order(book.content, "calcPr", element(root_prefix(book.content) + b"calcPr", given), WORKBOOK)


def _address(spot: Spot) -> str:
    title, row, column = spot
    return f"{title}!{address_of((row, column))}"
