"""The list of all bindings of an upper level's table as plain values: unit, indicator, item, period and view of each cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reports.external.bindings.bindings import FIGURE, Binding
from reports.external.geometry.heads import SheetHeads
from reports.external.sheet_page import SheetWords
from spreadsheets.preview.sheet_preview import SheetPreview, place_in

LIKELY_ONES, SURE_ONES, IN_FORCE, ALL = "likely", "sure", "bound", "all"
SHOWN: dict[str, tuple[str, Callable[[Binding], bool]]] = {
    LIKELY_ONES: (_("Only likely"), lambda one: one.is_likely),
    SURE_ONES: (_("Sure, waiting"), lambda one: one.is_proposed and not one.is_likely),
    IN_FORCE: (_("Bound"), lambda one: not one.is_proposed),
    ALL: (_("All"), lambda one: True),
}


@dataclass(frozen=True)
class BindingShown:
    """One row of the list.

    `sheet` counts from 0; `cell` is an address such as D7; `heads`: the texts beside and above the cell.
    """

    address: str
    sheet: int
    cell: str
    heads: str
    binding: Binding
    unit: str
    indicator: str
    item: str
    period: str
    view: str

    @property
    def place(self) -> tuple[int, tuple[int, int]]:
        """The position of the cell, as a sort key."""
        return self.sheet, place_in(self.address)[1]

    @property
    def state(self) -> str:
        return IN_FORCE if not self.binding.is_proposed else LIKELY_ONES if self.binding.is_likely else SURE_ONES


@dataclass(frozen=True)
class BindingsShown:
    """The list with its tabs.

    `tabs`: (key, label, number of bindings, whether this tab is open). `addresses`: of the cells in the list, in their order in
    the table.
    """

    shown: str
    tabs: tuple[tuple[str, str, int, bool], ...]
    addresses: tuple[str, ...]
    rows: Callable[[Sequence[str]], list[BindingShown]]


def bindings_shown(
    sheets: Sequence[SheetPreview], bindings: Mapping[str, Binding], words: SheetWords, asked: str
) -> BindingsShown:
    """The bindings of the tab `asked`; by default the likely ones if there are any."""
    counts = {key: sum(map(is_of, bindings.values())) for key, (_label, is_of) in SHOWN.items()}
    shown = asked if asked in SHOWN else next(key for key in SHOWN if counts[key] or key == ALL)
    is_of = SHOWN[shown][1]
    numbers = {sheet.title: place for place, sheet in enumerate(sheets)}
    addresses = sorted(
        (address for address, one in bindings.items() if is_of(one) and place_in(address)[0] in numbers),
        key=lambda address: (numbers[place_in(address)[0]], place_in(address)[1]),
    )
    tabs = tuple((key, str(label), counts[key], key == shown) for key, (label, _is_of) in SHOWN.items())
    return BindingsShown(shown, tabs, tuple(addresses), lambda some: list(_rows(some, sheets, numbers, bindings, words)))


def _rows(
    addresses: Sequence[str],
    sheets: Sequence[SheetPreview],
    numbers: Mapping[str, int],
    bindings: Mapping[str, Binding],
    words: SheetWords,
) -> Iterator[BindingShown]:
    heads = {title: SheetHeads(sheets[number]) for title, number in numbers.items()}
    for address in addresses:
        title, place = place_in(address)
        over, binding = heads[title].of(place), bindings[address]
        heads_text = " × ".join(filter(None, (" › ".join(reversed(over.row)), " › ".join(reversed(over.column)))))
        parts = words.parts(binding)
        is_figure = binding.kind == FIGURE
        text = sheets[numbers[title]].cell(place).text
        yield BindingShown(
            address, numbers[title], address.rpartition("!")[2], heads_text if is_figure else text or heads_text, binding, *parts,
        )  # fmt: skip
