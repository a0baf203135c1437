"""A sheet of an upper level's table as plain values for the page: merged cells, widths, the binding of each cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.definitions import indicators_of
from orgs.choices import UnitCategory
from orgs.models import Organization
from reports.external.bindings.bindings import (
    BRANCH,
    FIGURE,
    GROUP_NAMES,
    MEASURE_NAMES,
    PERIOD_NAMES,
    THIS,
    VALUE,
    VIEW_NAMES,
    VIEWS,
    WHAT_NAMES,
    Binding,
)
from reports.figures.plan.rows import CATEGORY
from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.preview.sheet_preview import SheetPreview
from spreadsheets.read.workbook import Place

_WIDTHS = (3, 5, 8, 10, 12, 15, 20, 25, 30, 40)  # characters; the style sheet has a class for each
BOUND, PROPOSED, LIKELY, EMPTY, FORMULA, HEAD = "bound", "proposed", "likely", "empty", "formula", "head"


@dataclass(frozen=True)
class CellShown:
    """One cell. `state`: bound, proposed, likely (proposed, but not sure), empty (may be bound), formula, head.

    `label`: the text for screen readers.
    """

    name: str  # D7
    text: str
    state: str
    label: str
    colspan: int
    rowspan: int
    align: str
    is_bold: bool
    is_chosen: bool

    @property
    def is_link(self) -> bool:
        return self.state != FORMULA and (self.state != HEAD or not self.text)

    @property
    def state_label(self) -> str:
        return {BOUND: _("bound"), PROPOSED: _("proposed"), LIKELY: _("likely")}.get(self.state, "")


@dataclass(frozen=True)
class SheetRow:
    number: int
    cells: tuple[CellShown, ...]


@dataclass(frozen=True)
class SheetShown:
    """One sheet. `columns`: letter and width of each."""

    number: int
    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[SheetRow, ...]


class SheetWords:
    """Writes a binding in words; the names of indicators and units are read once for all cells."""

    def __init__(self, county: Organization, bindings: Mapping[str, Binding]):
        codes = {binding.code for binding in bindings.values()}
        orgs = {binding.org for binding in bindings.values()} - {""}
        self._indicators = dict(indicators_of(county.id).filter(code__in=codes).values_list("code", "name"))
        found = Organization.objects.filter(county_id=county.id, code__in=orgs).values_list("code", "short_name", "name")
        self._orgs = {code: short or name for code, short, name in found}

    def short(self, binding: Binding) -> str:
        """The text inside the cell: the indicator or its item, with its time if that is unusual; or the kind of text."""
        if binding.kind != FIGURE:
            return str(WHAT_NAMES[binding.what])
        name = binding.key.partition(":")[2] or self._indicators.get(binding.code, binding.key)
        times = [PERIOD_NAMES[binding.period]] if binding.period != THIS else []
        times += [VIEW_NAMES[binding.view]] if binding.view != VIEWS[0] else []
        times += [MEASURE_NAMES[binding.measure]] if binding.measure != VALUE else []
        return " · ".join([name, *map(str, times)])

    def whole(self, binding: Binding) -> str:
        """The binding in full: 青山镇 × A-1 受理件数 × 女 × 上年同期 × 本期."""
        return " × ".join(filter(None, self.parts(binding)))

    def parts(self, binding: Binding) -> tuple[str, str, str, str, str]:
        """Unit, indicator, item, period and view, with the measure; of a text its kind and its period."""
        if binding.kind != FIGURE:
            names = dict.fromkeys(filter(None, [binding.what, *binding.others]))
            what = _(", ").join(str(WHAT_NAMES.get(name, name)) for name in names)
            return "", what, "", str(PERIOD_NAMES[binding.period]) if binding.period != THIS else "", ""
        named = " ".join(filter(None, (binding.code, self._indicators.get(binding.code, ""))))
        views = [str(VIEW_NAMES[binding.view])]
        if binding.measure != VALUE:
            views += [
                str(MEASURE_NAMES[binding.measure]),
                _("measured from: %(period)s") % {"period": PERIOD_NAMES[binding.against]},
            ]
        views += filter(None, [binding.unit])
        item, period = binding.key.partition(":")[2], str(PERIOD_NAMES[binding.period])
        return self._unit(binding), named, item, period, _(", ").join(views)

    def _unit(self, binding: Binding) -> str:
        if binding.by == CATEGORY:
            return next((str(one.label) for one in UnitCategory if one.value == binding.org), binding.org)
        name = self._orgs.get(binding.org, binding.org) if binding.org else _("the reporting unit")
        return name if binding.by == BRANCH else f"{name} ({GROUP_NAMES[binding.by]})"


def sheet_shown(
    sheets: Sequence[SheetPreview], number: int, bindings: Mapping[str, Binding], words: SheetWords, chosen: str
) -> SheetShown:
    """The sheet for the page. `number` counts from 0; `chosen` is the cell (D7) that is being bound."""
    sheet = sheets[number]
    last_row, last_column = sheet.last
    columns = [column for column in range(1, last_column + 1) if column not in sheet.hidden_columns]
    rows = [
        SheetRow(row, tuple(_cells(sheet, row, columns, bindings, words, chosen)))
        for row in range(1, last_row + 1)
        if row not in sheet.hidden_rows
    ]
    return SheetShown(
        number, sheet.title, tuple((letters_of(column), _width(sheet.width(column))) for column in columns), tuple(rows)
    )


def _cells(
    sheet: SheetPreview, row: int, columns: Sequence[int], bindings: Mapping[str, Binding], words: SheetWords, chosen: str
) -> Iterator[CellShown]:
    for column in columns:
        place = (row, column)
        if _is_drawn(sheet, place, columns):
            yield _cell(sheet, place, columns, bindings.get(sheet.address(_anchor(sheet, place))), words, chosen)


def _anchor(sheet: SheetPreview, place: Place) -> Place:
    area = sheet.covered.get(place)
    return place if area is None else area[:2]


def _is_drawn(sheet: SheetPreview, place: Place, columns: Sequence[int]) -> bool:
    """Whether the page draws the cell: of a merged range only the first that is not hidden."""
    area = sheet.covered.get(place)
    if area is None:
        return True
    shown_rows = (row for row in range(area[0], area[2] + 1) if row not in sheet.hidden_rows)
    shown_columns = (column for column in columns if area[1] <= column <= area[3])
    return place == (next(shown_rows, 0), next(shown_columns, 0))


def _cell(
    sheet: SheetPreview, place: Place, columns: Sequence[int], binding: Binding | None, words: SheetWords, chosen: str
) -> CellShown:
    anchor = _anchor(sheet, place)
    cell, name = sheet.cell(anchor), f"{letters_of(anchor[1])}{anchor[0]}"
    state = _state(cell.is_formula, cell.text, binding)
    colspan, rowspan = _span(sheet, place, columns)
    text = words.short(binding) if binding and not cell.text else cell.text
    return CellShown(
        name, text, state, _label(name, state, cell.text, binding, words), colspan, rowspan, cell.look.align, cell.look.is_bold,
        name == chosen,
    )  # fmt: skip


def _state(is_formula: bool, text: str, binding: Binding | None) -> str:
    if is_formula:
        return FORMULA
    if binding is not None:
        return LIKELY if binding.is_likely else PROPOSED if binding.is_proposed else BOUND
    return HEAD if text.strip() else EMPTY


def _label(name: str, state: str, text: str, binding: Binding | None, words: SheetWords) -> str:
    if binding is None:
        return _("%(cell)s, not bound") % {"cell": name} if state == EMPTY else text
    return f"{name}: {words.whole(binding)}"


def _span(sheet: SheetPreview, place: Place, columns: Sequence[int]) -> tuple[int, int]:
    area = sheet.covered.get(place)
    if area is None:
        return 1, 1
    last_row = sheet.last[0]
    wide = sum(area[1] <= column <= area[3] for column in columns)
    high = sum(row not in sheet.hidden_rows for row in range(area[0], min(area[2], last_row) + 1))
    return max(wide, 1), max(high, 1)


def _width(characters: float) -> int:
    return min(_WIDTHS, key=lambda known: abs(known - characters))
