"""Finds the unit that a whole sheet is about: 填报单位：白沙镇, a tab named 白沙镇, a title that names 甲村.

Its totals are those of the unit.
"""

import re
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from indicators.values.unit_of_measure_words import split_magnitude
from orgs.names.name_similarity import folded
from reports.external.bindings.bindings import BRANCH, LIKELY, SURE
from reports.external.bindings.scale import is_unit_of_measure
from reports.external.names.unit_names import UnitMeant, UnitNames
from reports.external.sheets.texts import is_short
from spreadsheets.preview.sheet_preview import SheetPreview
from spreadsheets.read.workbook import Place
from submissions.imports.tables.geometry.words import labelled_unit

WHOLE = UnitMeant("", BRANCH, SURE)
_ROOM = " 　_＿"
_WORD = re.compile("[一-鿿]{2,}")
_CHOICE = "[县区市旗]?\\([县区市旗,/]+\\)"  # a template's own 县（市、区）, of which one has to be chosen
_OFFICE = re.compile(f"(?:{_CHOICE})?[县区市旗]?(?:委|委员会)?(?:组织部|办公室|党建办)?")
_TAIL = re.compile(f"各?{_CHOICE}(?:委|委员会)?(?:组织部|办公室|党建办)?")
_SEAL = re.compile("[(（](?:盖章|公章|章|签章)[)）]")


def sheet_unit(sheet: SheetPreview, names: UnitNames, heads: Collection[Place], first_row: int) -> UnitMeant:
    """The unit of the sheet; the whole where it names none.

    `heads`: the places of heads; `first_row`: of the figures, titles are above it.
    """
    texts = {
        place: cell.text for place, cell in sheet.cells.items() if cell.is_text and is_short(cell.text) and place not in heads
    }
    labels = [text for text in _labels(sheet, texts) if not _is_countys_office(text, names)]
    units = [names.unit(text) for text in (*labels, sheet.title)]
    certain = {one.org for one in units if one is not None and one.certainty == SURE and not one.by}
    titles = {
        match.target if match.target != names.county_code else ""
        for (row, _column), text in texts.items()
        if row < first_row and labelled_unit(text) is None and (match := names.orgs.inside(text)).target
    }
    named = names.orgs.lowest((certain | titles) - {""})
    if len(named) > 1:
        return UnitMeant("", BRANCH, LIKELY, _("the sheet names several units, and not the same one"))
    if named:
        org = named.pop()
        if org in certain and not (units[: len(labels)] and WHOLE in units[: len(labels)]):
            return UnitMeant(org, BRANCH, SURE)
        sentence = _("the sheet names %(name)s; the figures may be of that unit alone or of the whole")
        return UnitMeant(org, BRANCH, LIKELY, sentence % {"name": names.names.get(org, org)})
    unknown = next((text for text, one in zip(labels, units, strict=False) if one is None), "")
    if unknown:
        return UnitMeant(
            "", BRANCH, LIKELY, _("the sheet names “%(text)s”, which is no unit of the county") % {"text": unknown}
        )
    return WHOLE


def _is_countys_office(text: str, names: UnitNames) -> bool:
    """Whether the text is an office that fills in for the county, as 中共云岭县委组织部."""
    county, plain = folded(names.names.get(names.county_code, "")), folded(text).removeprefix("中国共产党").removeprefix("中共")
    return bool(county) and plain.startswith(county) and bool(_OFFICE.fullmatch(plain.removeprefix(county)))


def _labels(sheet: SheetPreview, texts: dict[Place, str]) -> Iterator[str]:
    """The texts after 填报单位：, in its cell or in the next one; no units of measure and no blanks to write in."""
    for (row, column), text in sorted(texts.items()):
        label = labelled_unit(text)
        if label is None:
            continue
        area = sheet.covered.get((row, column))
        beside = sheet.cell((row, (area[3] if area else column) + 1)).text
        named = _SEAL.sub("", label or beside).split("填报")[0].strip(_ROOM)
        is_blank = not _WORD.search(named) or bool(_TAIL.fullmatch(folded(named)))
        if not is_blank and not is_unit_of_measure(named) and split_magnitude(named)[1] == named and ":" not in named:
            yield named
