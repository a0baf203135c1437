"""Proposes bindings for the cells of a blank table from their heads, and lists the heads it could not match."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from orgs.models import Organization
from reports.external.bindings.bindings import FIGURE, LIKELY, PERCENT, SURE, VALUE, Binding
from reports.external.names.period_words import USUAL
from reports.external.names.printed_periods import NO_BASE, BasePeriod, base_of
from reports.external.names.vocabulary import Vocabulary, vocabulary_of
from reports.external.search.cell_figures import CellFigures
from reports.external.search.cell_units import CellUnits
from reports.external.sheets.cell_texts import COLUMN, ROW, EmptyCell, SheetTexts
from reports.external.sheets.sheet_units import sheet_unit
from reports.external.sheets.table_measures import table_measures
from reports.external.sheets.tables import head_places, tables_of
from reports.external.sheets.texts import is_short, text_bindings
from reports.figures.changes.change import PREV
from spreadsheets.preview.sheet_preview import SheetPreview
from spreadsheets.read.workbook import Place

_PERCENT_DIGITS = 1


@dataclass(frozen=True)
class Unmatched:
    """A head without a known meaning, the cells that stay empty because of it, and why."""

    heads: str
    cells: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class FoundBinding:
    """The result of a search: proposals by address, why some are not sure, and cells without a proposal.

    `unit_columns`: sheet -> the column used for the rows' own units, in words. `unsettled`: sheet -> the columns that may be it
    where the heads leave it open, as (letters, head).
    """

    bindings: dict[str, Binding]
    unmatched: tuple[Unmatched, ...]
    doubts: Mapping[str, str] = field(default_factory=dict)
    unit_columns: Mapping[str, str] = field(default_factory=dict)
    unsettled: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)

    @property
    def has_figures(self) -> bool:
        return any(binding.kind == FIGURE for binding in self.bindings.values())


def find(
    sheets: Sequence[SheetPreview], county: Organization, day, unit_columns: Mapping[str, int] | None = None
) -> FoundBinding:
    """Searches all sheets; every proposal waits to be confirmed.

    `day`: whose units are known; `unit_columns`: sheet -> a person's choice.
    """
    vocabulary = vocabulary_of(county, day)
    tables = {sheet.title: tables_of(sheet, vocabulary, (unit_columns or {}).get(sheet.title)) for sheet in sheets}
    heads = {title: head_places(found) for title, found in tables.items()}
    base = base_of(_texts(sheets, heads, of_heads=False), _texts(sheets, heads, of_heads=True))
    parts = [_find_in_sheet(sheet, tables[sheet.title], vocabulary, base, heads[sheet.title]) for sheet in sheets]
    return FoundBinding(
        {address: one for part in parts for address, one in part.bindings.items()},
        tuple(one for part in parts for one in part.unmatched),
        {address: doubt for part in parts for address, doubt in part.doubts.items()},
        {title: words for part in parts for title, words in part.unit_columns.items()},
        {title: columns for part in parts for title, columns in part.unsettled.items()},
    )


def _texts(sheets: Sequence[SheetPreview], heads: Mapping[str, set[Place]], *, of_heads: bool) -> Iterator[str]:
    for sheet in sheets:
        for place, cell in sheet.cells.items():
            if cell.is_text and is_short(cell.text) and (place in heads[sheet.title]) == of_heads:
                yield cell.text


def _find_in_sheet(
    sheet: SheetPreview,
    tables: Sequence[SheetTexts],
    vocabulary: Vocabulary,
    base: BasePeriod = NO_BASE,
    heads: set[Place] = frozenset(),
) -> FoundBinding:
    bindings = {sheet.address(place): binding for place, binding in text_bindings(sheet, base, heads)}
    missing: dict[tuple[str, str], list[str]] = {}
    doubts: dict[str, str] = {}
    contexts: dict[str, tuple[str, ...]] = {}
    for table in tables:
        first = min(cell.place[0] for cell in table.cells)
        measures = table_measures(sheet, heads, range(_end_above(tables, first) + 1, first))
        figures = CellFigures(table, vocabulary.figures, vocabulary.units, base, measures)
        of_sheet = sheet_unit(sheet, vocabulary.units, heads, first)
        units = CellUnits(table, vocabulary.units, vocabulary.reporters, of_sheet)
        for cell in table.cells:
            address = sheet.address(cell.place)
            binding, explanation = _binding(cell, units, figures)
            if binding is None:
                missing.setdefault(explanation, []).append(address)
                continue
            if binding.certainty == LIKELY:
                doubts[address] = explanation[1]
            digits = _digits(binding, vocabulary) if sheet.cell(cell.place).look.is_general else None
            bindings[address] = replace(binding, digits=digits)
            contexts[address] = figures.context_of(cell)
    _doubt_repeated(bindings, doubts, contexts)
    _doubt_views(bindings, doubts, contexts)
    unmatched = tuple(Unmatched(heads, tuple(cells), explanation) for (heads, explanation), cells in missing.items())
    return FoundBinding(bindings, unmatched, doubts, _unit_columns(sheet, tables), _unsettled(sheet, tables))


def _end_above(tables: Sequence[SheetTexts], first: int) -> int:
    """The last row of the table above this row; 0 for none."""
    return max((cell.place[0] for table in tables for cell in table.cells if cell.place[0] < first), default=0)


def _binding(cell: EmptyCell, units: CellUnits, figures: CellFigures) -> tuple[Binding | None, tuple[str, str]]:
    """The proposal with the reason why it is not sure, or the head without a known meaning and why."""
    figure = figures.figure_of(cell)
    if isinstance(figure, str):
        return None, (cell.heads_text(figures.axis or COLUMN), figure)
    unit = units.unit_of(cell)
    if isinstance(unit, str):
        return None, (cell.heads_text(units.axis), unit)
    if refused := _refused(cell, units, figures, unit.org):
        return None, refused
    fit, total_doubt = figures.time_of(cell, figure.key), units.total_doubt(cell, figure.key.partition(":")[0])
    whole, doubts = fit.time.beside(USUAL), list(filter(None, (unit.doubt, figure.doubt, fit.doubt, total_doubt)))
    is_sure = figure.certainty == unit.certainty == SURE and not doubts
    binding = Binding(
        FIGURE, key=figure.key, org=unit.org, by=unit.by, period=whole.period, view=whole.view, measure=whole.measure,
        against=whole.against, unit=figure.unit, length=fit.length if is_sure else "",
        certainty=SURE if is_sure else LIKELY, is_proposed=True,
    )  # fmt: skip
    return binding, (f"{cell.heads_text(ROW)} × {cell.heads_text(COLUMN)}", _("; ").join(doubts))


def _refused(cell: EmptyCell, units: CellUnits, figures: CellFigures, own: str) -> tuple[str, str] | None:
    """Refuses a cell with a head of unknown meaning, which may ask for another figure than the named one."""
    strange = figures.unexplained(cell, units.axis)
    if strange:
        return cell.heads_text(ROW if figures.axis == COLUMN else COLUMN), _("“%(text)s” is not understood") % {"text": strange}
    second = figures.second_unit(cell, own) if units.axis and units.axis != figures.axis else ""
    if second:
        return cell.heads_text(figures.axis), _("“%(text)s” is another unit than the row's own") % {"text": second}
    return None


def _doubt_repeated(bindings: dict[str, Binding], doubts: dict[str, str], contexts: Mapping[str, tuple[str, ...]]) -> None:
    """Marks a question repeated under several sections or groups as likely.

    Nobody knows their meaning, so none of its cells is sure.
    """
    sure = {address: replace(bindings[address], digits=None) for address in contexts if bindings[address].certainty == SURE}
    count = Counter(question for question, _context in {(one, contexts[address]) for address, one in sure.items()})
    for address, question in sure.items():
        if count[question] > 1:
            bindings[address] = replace(bindings[address], certainty=LIKELY)
            doubts[address] = _("other sections of the table would get the same figure")


def _doubt_views(bindings: dict[str, Binding], doubts: dict[str, str], addresses: Collection[str]) -> None:
    """Marks a 同比 beside figures since January alone: it may compare those; its head leaves it open.

    The previous period is never cumulated.
    """
    views: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for address in addresses:
        one = bindings[address]
        views[one.key, one.org, one.by] |= {one.view} if one.measure == VALUE else set()
    for address in addresses:
        one = bindings[address]
        beside = views[one.key, one.org, one.by]
        if one.measure != VALUE and one.against != PREV and beside and one.view not in beside:
            bindings[address] = replace(one, certainty=LIKELY)
            doubts[address] = doubts.get(address) or _("the figures beside it cover another time")


def _digits(binding: Binding, vocabulary: Vocabulary) -> int | None:
    """Proposes the declared decimals for a quotient in a cell whose format would show all of them."""
    return _PERCENT_DIGITS if binding.measure == PERCENT else vocabulary.figures.decimals.get(binding.code)


def _unit_columns(sheet: SheetPreview, tables: Sequence[SheetTexts]) -> dict[str, str]:
    words = list(dict.fromkeys(words for table in tables if (words := table.unit_column())))
    return {sheet.title: ", ".join(words)} if words else {}


def _unsettled(sheet: SheetPreview, tables: Sequence[SheetTexts]) -> dict[str, tuple[tuple[int, str], ...]]:
    """Columns that may name the rows' own units, in tables where no head decides it."""
    found = [(column, table.heads[column]) for table in tables for column in table.question]
    return {sheet.title: tuple(dict.fromkeys(found))} if found else {}
