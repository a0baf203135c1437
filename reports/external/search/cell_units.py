"""Finds the unit that a cell's heads name: from the column of the rows' own units, or from the heads above it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from orgs.names.unit_heads import is_tie
from reports.external.bindings.bindings import LIKELY
from reports.external.geometry.roles import ColumnHeadText, ColumnRole
from reports.external.names.reporters import Reporters
from reports.external.names.unit_names import UnitMeant, UnitNames, lowest, names_code, row_unit
from reports.external.search.listed_totals import ListedTotals, is_total_word
from reports.external.sheets.cell_texts import COLUMN, ROW, EmptyCell, SheetTexts
from reports.external.sheets.sheet_units import WHOLE


class CellUnits:
    """Answers for the cells of one table. `axis`: the side on which its units are named; "" for a table about the whole."""

    def __init__(self, table: SheetTexts, names: UnitNames, reporters: Reporters, of_sheet: UnitMeant = WHOLE):
        """`of_sheet`: the unit that the sheet states as its own."""
        self._table, self._names, self._reporters, self._of_sheet = table, names, reporters, of_sheet
        coded = (head for head in self._beside() if head.role == ColumnRole.CODE and names.by_code(head.text))
        self._code_columns = {head.place[1] for head in coded}
        self.axis = self._axis()
        self._totals = ListedTotals(table, self.axis, names, self.unit_of)

    def unit_of(self, cell: EmptyCell) -> UnitMeant | str:
        """The unit, or a sentence why it is not settled."""
        if not self.axis:
            return self._of_sheet
        unit = self._of_row(cell) if self.axis == ROW else self._of_column(cell)
        is_total = unit == WHOLE and any(is_total_word(head.text) for head in cell.texts[self.axis])
        return self._of_sheet if is_total else unit

    def total_doubt(self, cell: EmptyCell, code: str) -> str:
        """Why a total may differ from the sum of the units listed with it; "" where it does not."""
        return self._totals.doubt(cell, code, self._reporters)

    def _beside(self) -> Iterable[ColumnHeadText]:
        return (head for cell in self._table.cells for head in cell.texts[ROW])

    def _axis(self) -> str:
        if self._table.speaks_of_units or self._code_columns:
            return ROW
        over = (head for cell in self._table.cells for head in cell.texts[COLUMN])
        return COLUMN if any(self._names.unit(text) for text in {head.text for head in over}) else ""

    def _of_row(self, cell: EmptyCell) -> UnitMeant | str:
        texts = cell.texts[ROW]
        if not self._table.unit_columns and not self._code_columns:
            return _("no head says which column names the row's own unit")
        if self._is_of_another(cell):
            return _("it stands under a head that speaks of another unit than the row's own")
        places = self._texts(texts, ColumnRole.PLACE)
        superiors = (*self._texts(texts, ColumnRole.SUPERIOR), *(head.text for head in cell.texts[COLUMN]))
        near = places or [text for text in superiors if self._names.orgs.is_above(text)]
        codes = [head.text for head in texts if head.place[1] in self._code_columns and names_code(head.text)]
        code = next(filter(self._names.by_code, codes), next(iter(codes), ""))
        named = self._texts(texts, ColumnRole.UNIT)
        if not named and not self._names.by_code(code):
            return self._without_name(texts, places)
        if len(named) < 2:
            return row_unit(next(iter(named), ""), next(iter(near), ""), code, self._names)
        return self._of_several(named, near, code)

    def _of_several(self, named: Sequence[str], near: Sequence[str], code: str) -> UnitMeant | str:
        """The unit of a row with two columns of names: 单位 and 党组织名称 agree, or one is below the other."""
        found = [unit for text in named if (unit := self._names.unit(text, next(iter(near), ""))) is not None]
        if not found:
            return row_unit("", "", code, self._names)
        unit = lowest(found, self._names)
        if unit is None or len(found) < len(named):
            return _("several columns name units, and not the same one")
        agreed = next(text for text, one in zip(named, found, strict=True) if one == unit)
        return row_unit(agreed, next(iter(near), ""), code, self._names)

    def _without_name(self, texts: Sequence[ColumnHeadText], near: Sequence[str]) -> UnitMeant | str:
        """The unit of a row without a name: 合计 in another column, or only a place, which perhaps means that place's total."""
        words = (head.text for head in texts if self._names.is_whole(head.text))
        total = next((unit for text in words if not (unit := self._names.unit(text)).by), None)
        if total is not None:
            return total
        place = self._names.unit(near[0]) if near else None
        if place is None:
            return _("names no unit of the county")
        return UnitMeant(place.org, place.by, LIKELY, _("only the place above stands in the row, and no unit"))

    def _is_of_another(self, cell: EmptyCell) -> bool:
        """Whether a group such as 结对情况 over a column of other units is over this cell too."""
        related = {head.place[1] for head in cell.texts[ROW] if head.role == ColumnRole.RELATION}
        groups = [head for head in cell.texts[COLUMN][1:] if is_tie(head.text)]
        return bool(groups) and any(head.place[1] <= column for head in groups for column in related)

    def _of_column(self, cell: EmptyCell) -> UnitMeant | str:
        texts = cell.texts[COLUMN]
        found = []
        for number, head in enumerate(texts):
            near = texts[number + 1].text if number + 1 < len(texts) else ""
            unit = self._names.unit(head.text, near)
            if unit is not None and head.role in (ColumnRole.RELATION, ColumnRole.UNCLEAR):
                return _("no head says whose own name “%(text)s” is") % {"text": head.text}
            found += [unit] if unit is not None else []
        if not found:
            return _("names no unit of the county")
        return lowest(found, self._names) or _("several heads name units, and not the same one")

    def _texts(self, texts: Iterable[ColumnHeadText], role: ColumnRole) -> list[str]:
        return [head.text for head in texts if head.role == role]
