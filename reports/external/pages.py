"""The values that the pages about upper levels' tables show beside the sheet: chosen cell, counts, heads without a binding."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from indicators.definitions import indicators_in_use, indicators_of
from orgs.models import Organization
from reports.external.bindings.bindings import Binding
from reports.external.bindings.queries import kept_in
from reports.external.geometry.heads import SheetHeads
from reports.external.names.vocabulary import vocabulary_of
from reports.external.search.binding_transfer import Carried, carry
from reports.external.sheet_page import SheetWords
from reports.external.sheets.tables import tables_of
from reports.figures.plan.report_trees import children_on
from reports.models import UpperTable
from reports.scope.task_queries import indicators_asked
from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.preview.sheet_preview import SheetPreview, place_in, sheet_previews
from spreadsheets.read.workbook import Place


@dataclass(frozen=True)
class ChosenCell:
    """The cell that a person is binding: address, heads, content, and the reason why it can not be bound ("" where it can)."""

    address: str
    name: str
    row_heads: str
    column_heads: str
    text: str
    binding: Binding | None
    refusal: str
    is_fixed: bool


@dataclass(frozen=True)
class Unbound:
    """Heads, and the addresses of the empty cells below or beside them that have no binding."""

    heads: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class BindingCounts:
    """The numbers of bindings by state. `sure` and `likely`: proposals that wait to be confirmed."""

    bound: int
    proposed: int
    sure: int
    likely: int


def counts_of(bindings: Mapping[str, Binding]) -> BindingCounts:
    proposed = [binding for binding in bindings.values() if binding.is_proposed]
    likely = sum(binding.is_likely for binding in proposed)
    return BindingCounts(len(bindings) - len(proposed), len(proposed), len(proposed) - likely, likely)


def unsettled_columns(sheet: SheetPreview, county: Organization, day: date) -> list[tuple[str, str]]:
    """The columns among which a person has to choose the one with the rows' own units: (letters, head).

    Read from the sheet as it is bound.
    """
    tables = tables_of(sheet, vocabulary_of(county, day))
    found = {column: table.heads[column] or _("without a head") for table in tables for column in table.question}
    return [(letters_of(column), found[column]) for column in sorted(found)]


def sheet_asked(text: str, sheets: Sequence[SheetPreview]) -> int:
    """The number of the sheet in the page's address; the first for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 and int(text) < len(sheets) else 0


def cell_chosen(name: str, sheet: SheetPreview, bindings: Mapping[str, Binding], words: SheetWords) -> ChosenCell | None:
    """The cell in the page's address; None where it is no cell of the sheet."""
    found = place_in(f"{sheet.title}!{name}") if len(name) < 12 else None
    if found is None or found[1][0] > sheet.last[0] + 1 or found[1][1] > sheet.last[1] + 1:
        return None
    place = sheet.covered.get(found[1], found[1])[:2]
    heads, cell = SheetHeads(sheet).of(place), sheet.cell(place)
    binding = bindings.get(sheet.address(place))
    return ChosenCell(
        sheet.address(place), sheet.address(place).rpartition("!")[2], " › ".join(reversed(heads.row)),
        " › ".join(reversed(heads.column)), cell.text, binding, words.whole(binding) if binding else "", cell.is_formula,
    )  # fmt: skip


def figures_offered(county: Organization) -> list[tuple[str, str]]:
    """Keys and names of the figures that the county was ever asked; of every indicator if it was asked none yet."""
    used = [indicator.pk for indicator in indicators_asked(county.id)]
    rows = indicators_of(county.id).filter(pk__in=used) if used else indicators_in_use(county.id)
    found = []
    for indicator in rows.order_by("sort_order", "code").prefetch_related("breakdown_items"):
        found.append((indicator.code, f"{indicator.name} ({indicator.unit})"))
        found += [
            (f"{indicator.code}:{item.name}", f"{indicator.name}: {item.name}") for item in indicator.breakdown_items.all()
        ]
    return found


def children_named(county: Organization, day: date) -> dict[str, str]:
    """Code -> name of the organizations directly below the county."""
    return {node.code: node.name for node in children_on(county, day).children(county.id)}


def unbound_heads(sheets: Sequence[SheetPreview], bindings: Mapping[str, Binding]) -> list[Unbound]:
    """Heads of empty cells without a binding: a whole line by its own head, else each cell by both heads.

    Read from the sheet and the bindings alone: matching 3,000 names anew for every page view would take a second.
    """
    found: list[Unbound] = []
    for sheet in sheets:
        blanks = {place: heads for place, heads in SheetHeads(sheet).blanks()}
        free = [place for place in blanks if sheet.address(place) not in bindings]
        by_row, by_column = _whole_lines(blanks, free, 0), _whole_lines(blanks, free, 1)
        lines: dict[str, list[str]] = {}
        for place in free:
            heads = blanks[place]
            row, column = " › ".join(reversed(heads.row)), " › ".join(reversed(heads.column))
            heads_text = row if place[0] in by_row else column if place[1] in by_column else f"{row} × {column}"
            lines.setdefault(heads_text, []).append(sheet.address(place))
        found += [Unbound(heads_text, tuple(cells)) for heads_text, cells in lines.items()]
    return found


def _whole_lines(blanks: Collection[Place], free: Collection[Place], axis: int) -> set[int]:
    """The rows (0) or columns (1) with empty cells of which none is bound, where other lines have bound cells."""
    all_of_them, unbound = Counter(place[axis] for place in blanks), Counter(place[axis] for place in free)
    whole = {line for line, count in unbound.items() if count == all_of_them[line]}
    return whole if whole < all_of_them.keys() else set()


def carried_to(table: UpperTable) -> Carried | None:
    """What became of the bindings of the previous edition in the newest one; None for a first edition."""
    editions = list(table.editions.order_by("-number")[:2])
    if len(editions) < 2:
        return None
    new, old = map(kept_in, editions)
    return carry(old.bindings, sheet_previews(old.content), sheet_previews(new.content))
