"""Proposes what stands behind the cells of a blank table from its heads, and says what it could not match. Stores nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from orgs.models import Organization
from reports.upper.bindings import FIGURE, LIKELY, PERCENT, SURE, Binding
from reports.upper.heads import Heads, SheetHeads
from reports.upper.period_words import USUAL, read_time
from reports.upper.texts import text_bindings
from reports.upper.vocabulary import FigureMeant, UnitMeant, Vocabulary, measures_of, vocabulary_of
from spreadsheets.drawn import DrawnSheet
from spreadsheets.reading.workbook import Place

ROW, COLUMN = "row", "column"
_PERCENT_DIGITS = 1


@dataclass(frozen=True)
class Unmatched:
    """A head that names nothing known, the cells that therefore stay empty, and why."""

    heads: str
    cells: tuple[str, ...]
    said: str


@dataclass(frozen=True)
class Found:
    """All proposals, by address, and what stays without one."""

    bindings: dict[str, Binding]
    unmatched: tuple[Unmatched, ...]


@dataclass(frozen=True)
class _Asked:
    """One empty cell with what its heads say; None where they say nothing."""

    place: Place
    heads: Heads
    units: dict[str, UnitMeant | None]  # by axis
    figures: dict[str, FigureMeant | None]


def find(sheets: Sequence[DrawnSheet], county: Organization, day) -> Found:
    """Every proposal waits for a person to confirm it. `day`: as of when units are known."""
    vocabulary = vocabulary_of(county, day)
    bindings: dict[str, Binding] = {}
    unmatched: list[Unmatched] = []
    for sheet in sheets:
        found = find_in_sheet(sheet, vocabulary)
        bindings |= found.bindings
        unmatched += found.unmatched
    return Found(bindings, tuple(unmatched))


def find_in_sheet(sheet: DrawnSheet, vocabulary: Vocabulary) -> Found:
    asked = _asked(sheet, vocabulary)
    unit_axis = _axis(asked, "units")
    figure_axis = _axis(asked, "figures")
    bindings = {sheet.address(place): binding for place, binding in text_bindings(sheet)}
    missing: dict[tuple[str, str], list[str]] = {}
    for cell in asked:
        binding, said = _binding(cell, unit_axis, figure_axis, vocabulary)
        if binding is None:
            missing.setdefault(said, []).append(sheet.address(cell.place))
        else:
            digits = _digits(binding, vocabulary) if sheet.cell(cell.place).look.is_general else None
            bindings[sheet.address(cell.place)] = replace(binding, digits=digits)
    return Found(bindings, tuple(Unmatched(heads, tuple(cells), said) for (heads, said), cells in missing.items()))


def _asked(sheet: DrawnSheet, vocabulary: Vocabulary) -> list[_Asked]:
    """The items of an indicator may follow it in the next rows or columns, so heads are read in order."""
    blanks = list(SheetHeads(sheet).blanks())
    measures = measures_of(sheet)
    down = _figures_along(((place[0], heads.row) for place, heads in blanks), vocabulary, measures)
    across = _figures_along(sorted({(place[1], heads.column) for place, heads in blanks}), vocabulary, measures)
    return [
        _Asked(
            place, heads,
            {ROW: vocabulary.unit_in(heads.row), COLUMN: vocabulary.unit_in(heads.column)},
            {ROW: down[place[0], heads.row], COLUMN: across[place[1], heads.column]},
        )
        for place, heads in blanks
    ]  # fmt: skip


def _figures_along(
    lines: Iterable[tuple[int, tuple[str, ...]]], vocabulary: Vocabulary, measures: Sequence[str]
) -> dict[tuple[int, tuple[str, ...]], FigureMeant | None]:
    """What heads that speak of nothing but time, as 上年同期, say something of is the figure before them."""
    found: dict[tuple[int, tuple[str, ...]], FigureMeant | None] = {}
    before: FigureMeant | None = None
    for line in lines:
        if line in found:
            continue
        meant = vocabulary.figure_in(line[1], before.key.partition(":")[0] if before else "", measures)
        if meant is None and before is not None and read_time(line[1][0]) is not None:
            meant = replace(before, certainty=LIKELY)
        found[line] = meant
        before = meant or before
    return found


def _axis(asked: Sequence[_Asked], what: str) -> str:
    """Along which side of the table heads name units (or figures): where more of them surely do; "" where none do."""
    counts: Counter[str] = Counter()
    for axis in (ROW, COLUMN):
        named = {
            (cell.place[0] if axis == ROW else cell.place[1]): meant.certainty
            for cell in asked
            if (meant := getattr(cell, what)[axis]) is not None
        }
        counts[axis] = sum(2 if certainty == SURE else 1 for certainty in named.values())
    axis, count = counts.most_common(1)[0]
    return axis if count else ""


def _binding(cell: _Asked, unit_axis: str, figure_axis: str, vocabulary: Vocabulary) -> tuple[Binding | None, tuple[str, str]]:
    """The proposal, or the head that names nothing and why."""
    figure = cell.figures.get(figure_axis)
    if figure is None:
        return None, (_told(cell, figure_axis or COLUMN), _("names no indicator of the catalogue"))
    unit = cell.units.get(unit_axis)
    if unit is None and unit_axis:
        return None, (_told(cell, unit_axis), _("names no unit of the county"))
    unit = unit or UnitMeant("", "", SURE)
    time = vocabulary.time_in((*cell.heads.column, *cell.heads.row), figure.key).beside(USUAL)
    certainty = SURE if figure.certainty == unit.certainty == SURE else LIKELY
    return Binding(
        FIGURE, key=figure.key, org=unit.org, by=unit.by, period=time.period, view=time.view, measure=time.measure,
        against=time.against, unit=figure.unit, certainty=certainty, is_proposed=True,
    ), ("", "")  # fmt: skip


def _digits(binding: Binding, vocabulary: Vocabulary) -> int | None:
    """A cell whose format says nothing would show all decimals of a quotient: the declared ones are proposed."""
    return _PERCENT_DIGITS if binding.measure == PERCENT else vocabulary.decimals.get(binding.code)


def _told(cell: _Asked, axis: str) -> str:
    """The heads of a cell on one side, from the outside in."""
    texts = cell.heads.row if axis == ROW else cell.heads.column
    return " › ".join(reversed(texts))
