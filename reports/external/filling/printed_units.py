"""Finds cells that a person bound to another unit than the one that their sheet prints as its own."""

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from orgs.models import Organization
from reports.external.bindings.bindings import BRANCH, BY_PERSON, FIGURE, OWN, Binding
from reports.external.filling.answers import FillContext
from reports.external.filling.misfits import Misfit, few
from reports.external.names.unit_names import UnitMeant
from reports.external.names.vocabulary import Vocabulary, vocabulary_of
from reports.external.sheets.sheet_units import WHOLE, sheet_unit
from reports.external.sheets.tables import head_places, tables_of
from spreadsheets.preview.sheet_preview import SheetPreview, place_in


def other_units(sheets: Mapping[str, SheetPreview], bindings: Mapping[str, Binding], occasion: FillContext) -> Iterator[Misfit]:
    """The cells bound to another unit. `bindings`: those in force; those found from heads were compared with the sheet then."""
    by_hand = {
        address: binding
        for address, binding in bindings.items()
        if binding.kind == FIGURE and binding.certainty == BY_PERSON and binding.by in (BRANCH, OWN)
    }
    if not by_hand:
        return
    county = Organization.objects.get(pk=occasion.org.county_id)
    vocabulary = vocabulary_of(county, occasion.day_of(occasion.period))
    for title, sheet in sheets.items():
        orgs = {address: one.org or occasion.org.code for address, one in by_hand.items() if place_in(address)[0] == title}
        if not orgs:
            continue
        printed = _printed_unit(sheet, vocabulary, min(place_in(address)[1][0] for address in orgs))
        cells = tuple(address for address, org in orgs.items() if not _fits(org, printed, vocabulary))
        if printed != WHOLE and cells:
            yield Misfit(_sentence(cells, printed, vocabulary), cells=cells)


def _printed_unit(sheet: SheetPreview, vocabulary: Vocabulary, first_row: int) -> UnitMeant:
    tables = tables_of(sheet, vocabulary)
    rows = [cell.place[0] for table in tables for cell in table.cells]
    return sheet_unit(sheet, vocabulary.units, head_places(tables), min([first_row, *rows]))


def _fits(org: str, printed: UnitMeant, vocabulary: Vocabulary) -> bool:
    """Whether the unit is the printed one or below it; true where the sheet prints no known unit."""
    if not printed.org:
        return False
    return org == printed.org or vocabulary.units.stands_below(org, printed.org)


def _sentence(cells: Collection[str], printed: UnitMeant, vocabulary: Vocabulary) -> str:
    if not printed.org:
        return _("Bound by hand, but %(why)s: %(cells)s.") % {"cells": few(cells), "why": printed.doubt}
    sentence = _("Bound by hand to another unit than %(name)s, which the sheet prints as its own: %(cells)s.")
    return sentence % {"cells": few(cells), "name": vocabulary.units.names.get(printed.org, printed.org)}
