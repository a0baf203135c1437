"""Finds the unit of a sheet without a unit column: from a labelled cell, its title rows, its title or the file's name."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from orgs.names.name_similarity import Certainty, Match
from spreadsheets.read.workbook import Place, ReadSheet
from submissions.imports.tables.geometry.words import is_total, labelled_unit
from submissions.imports.tables.heads.head_matcher import HeadMatcher, sure
from submissions.imports.tables.table_report import UNIT

LAST_TITLE_ROW, MOST_TITLES = 12, 60


@dataclass(frozen=True)
class SheetUnit:
    """The one unit of a sheet. `address`: a cell's, the sheet's title, or "" for the file's name."""

    address: str
    text: str
    unit: Match
    left_out: str = ""
    is_chosen: bool = False
    remembered_as: str = ""


def unit_of_sheet(
    sheet: ReadSheet, name: str, matcher: HeadMatcher, *, is_alone: bool, body: Collection[Place] = ()
) -> SheetUnit:
    """The unit of a sheet.

    `name`: of the file; `is_alone`: it is the only sheet of figures, so that the file's name counts too. `body`: the places of
    its tables, whose names are those of other units.
    """
    found = [
        one for one in _candidates(sheet, name, matcher, is_alone=is_alone, body=body) if one.unit.target or one.unit.choices
    ]
    first = found[0] if found else SheetUnit(sheet.title, sheet.title, Match(), remembered_as=_key(sheet.title))
    if chosen := _chosen(sheet, first, matcher):
        return chosen
    if is_total(sheet.title):
        return SheetUnit(sheet.title, sheet.title, Match(), left_out=_("a total"))
    agreed = _agreed(first, found, matcher)
    return replace(agreed, unit=matcher.unproposed(agreed.unit))


def _candidates(sheet: ReadSheet, name: str, matcher: HeadMatcher, *, is_alone: bool, body: Collection[Place]):
    """The unit named at each place that may name one, the most reliable place first."""
    titles = ((place, cell.text) for place, cell in sheet.cells.items() if place[0] <= LAST_TITLE_ROW and place not in body)
    texts = sorted(titles)[:MOST_TITLES]
    for (row, column), text in texts:
        label = labelled_unit(text)
        if label is None:
            continue
        beside = next((cell.text for place, cell in sorted(sheet.cells.items()) if place[0] == row and place[1] > column), "")
        named = text[-len(label) :] if label else beside
        yield SheetUnit(sheet.address(row, column), named, _best(named, matcher), remembered_as=_key(named))
    yield SheetUnit(sheet.title, sheet.title, _best(sheet.title, matcher), remembered_as=_key(sheet.title))
    for (row, column), text in texts:
        yield SheetUnit(sheet.address(row, column), text, matcher.units.inside(text), remembered_as=_key(text))
    if is_alone:
        stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
        yield SheetUnit("", stem, _best(stem, matcher), remembered_as=_key(stem))


def _best(text: str, matcher: HeadMatcher) -> Match:
    whole = matcher.unit(text)
    return whole if whole.is_sure else (found if (found := matcher.units.inside(text)).target else whole)


def _agreed(first: SheetUnit, found: list[SheetUnit], matcher: HeadMatcher) -> SheetUnit:
    """The first sure one; ambiguous if another place surely names another unit."""
    certain = [one for one in found if one.unit.is_sure]
    if not certain:
        return first
    targets = matcher.units.lowest(one.unit.target for one in certain)
    best = next(one for one in certain if one.unit.target in targets)
    for one in found:
        may_be = {one.unit.target, *one.unit.choices} - {""}
        if not any(code == best.unit.target or matcher.units.is_below(best.unit.target, code) for code in may_be):
            targets |= may_be
    if len(targets) > 1:
        why = _("the sheet, its title and the file's name speak of different units")
        return replace(best, unit=Match("", Certainty.AMBIGUOUS, why, tuple(sorted(targets))))
    return best


def _chosen(sheet: ReadSheet, first: SheetUnit, matcher: HeadMatcher) -> SheetUnit | None:
    for address, key in ((first.address, first.remembered_as), (sheet.title, "")):
        answer = matcher.answer(address, key)
        if answer is None or (answer.means and not answer.means.startswith(UNIT)):
            continue
        unit = sure(answer.means.removeprefix(UNIT), answer.why) if answer.means else Match()
        return SheetUnit(
            first.address, first.text, unit, "" if answer.means else answer.why, answer.is_now, first.remembered_as
        )
    return None


def _key(text: str) -> str:
    return f"@{text.strip()}"[:200]
