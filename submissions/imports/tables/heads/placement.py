"""Stage 5, placement: assigns each figure to its unit and line, and reports doubles, wrong sums, hidden and merged values.

Works on the tables of a whole workbook and returns new ones: a head that turns out doubtful makes a new table.

"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from orgs.names.name_similarity import Certainty, Match
from orgs.names.unit_of_row import proposed
from spreadsheets.read.workbook import Cell, Content
from submissions.imports.report.import_report import PlacedCell, Remark, Weight
from submissions.imports.tables.geometry.cells import Spot
from submissions.imports.tables.heads.columns import TableColumn
from submissions.imports.tables.heads.head_matcher import HeadMatcher
from submissions.imports.tables.heads.rows import DataRow
from submissions.imports.tables.heads.sheet_tables import SheetTable, TableFigure
from submissions.imports.tables.heads.unit_of_sheet import SheetUnit

_NOBODY = Match()
_FEW = 2  # units for which two columns of one line must differ before the heads are asked about
Head = TableColumn | DataRow | SheetUnit
HeadId = tuple[int, str, int]  # the number of the table, which kind of head, its number there


def _names(head: TableColumn | DataRow) -> bool:
    return bool(head.unit.target) or head.unit.certainty == Certainty.AMBIGUOUS


@dataclass(frozen=True)
class UnitTable:
    """A table with the one unit of its sheet; None if its rows or heads name theirs."""

    table: SheetTable
    unit: SheetUnit | None

    def whose(self, figure: TableFigure) -> Head | None:
        """The source of the figure's unit: the row, else the head, else the sheet."""
        row, column = self.table.rows[figure.row], self.table.columns[figure.column]
        if row.is_asked or _names(row) or (row.has_unit_place and row.text):
            return row
        if _names(column):
            return column
        return row if row.has_unit_place else self.unit

    def with_heads(self, changed: Mapping[tuple[str, int], Head]) -> "UnitTable":
        columns = tuple(changed.get(("column", number), one) for number, one in enumerate(self.table.columns))
        rows = tuple(changed.get(("row", number), one) for number, one in enumerate(self.table.rows))
        return UnitTable(replace(self.table, columns=columns, rows=rows), changed.get(("sheet", 0), self.unit))


@dataclass(frozen=True)
class Figure:
    """One figure with its heads, and their numbers."""

    table: UnitTable
    number: int
    found: TableFigure

    @property
    def column(self) -> TableColumn:
        return self.table.table.columns[self.found.column]

    @property
    def row(self) -> DataRow:
        return self.table.table.rows[self.found.row]

    @cached_property
    def whose(self) -> Head | None:
        return self.table.whose(self.found)

    @property
    def unit(self) -> Match:
        return self.whose.unit if self.whose is not None else _NOBODY

    @property
    def line(self) -> Match:
        return self.column.line

    @property
    def cell(self) -> Cell:
        return self.found.cell

    @property
    def address(self) -> str:
        return self.table.table.cells.address(self.found.spot)

    @property
    def is_open(self) -> bool:
        return self.table.table.is_open(self.found) and not (isinstance(self.whose, SheetUnit) and self.whose.left_out)

    @property
    def place(self) -> tuple[str, str]:
        """The unit and the line; ("", "") if either is not known."""
        return (self.unit.target, self.line.target) if self.unit.target and self.line.target else ("", "")

    @property
    def column_id(self) -> HeadId:
        return (self.number, "column", self.found.column)

    @property
    def whose_id(self) -> HeadId:
        if isinstance(self.whose, SheetUnit):
            return (self.number, "sheet", 0)
        return self.column_id if self.whose is self.column else (self.number, "row", self.found.row)


@dataclass(frozen=True)
class PlacementResult:
    """The placed figures, remarks and open questions."""

    cells: tuple[PlacedCell, ...] = ()
    remarks: tuple[Remark, ...] = ()
    of_units: dict[str, tuple[Remark, ...]] = field(default_factory=dict)
    waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class TableFigures:
    """All figures of a workbook, as its tables are understood."""

    tables: tuple[UnitTable, ...]

    @cached_property
    def all(self) -> tuple[Figure, ...]:
        return tuple(Figure(table, number, found) for number, table in enumerate(self.tables) for found in table.table.figures)

    @cached_property
    def open(self) -> tuple[Figure, ...]:
        """Figures that are not left out and have a unit and a line, surely or likely."""
        return tuple(one for one in self.all if one.is_open and one.place != ("", ""))

    def with_heads(self, changed: Mapping[HeadId, Head]) -> "TableFigures":
        of_table: dict[int, dict[tuple[str, int], Head]] = defaultdict(dict)
        for (number, kind, place), head in changed.items():
            of_table[number][kind, place] = head
        tables = (
            table.with_heads(of_table[number]) if number in of_table else table for number, table in enumerate(self.tables)
        )
        return TableFigures(tuple(tables)) if changed else self


def doubted(figures: TableFigures, matcher: HeadMatcher) -> TableFigures:
    """Applies doubts that the file itself raises about heads.

    These are similar names in the same file, two columns of one line, and sums of others.
    """
    figures = figures.with_heads(_likenesses(figures))
    figures = figures.with_heads(_rivals(figures))
    return figures.with_heads(_sums(figures, matcher))


def _likenesses(figures: TableFigures) -> dict[HeadId, Head]:
    """A head that is only similar to a text of the same file probably means something else: it gets no proposal."""
    surely = {one.place for one in figures.open if one.unit.is_sure and one.line.is_sure}
    why = _("what it resembles stands in the file itself")
    changed: dict[HeadId, Head] = {}
    for one in figures.open:
        if (one.unit.is_sure and one.line.is_sure) or one.place not in surely:
            continue
        if not one.line.is_sure:
            line = Match("", Certainty.AMBIGUOUS, why, (one.line.target,), is_alike=True)
            changed[one.column_id] = replace(one.column, line=line)
        else:
            unit = Match("", Certainty.AMBIGUOUS, why, (one.unit.target,), is_alike=True)
            changed[one.whose_id] = replace(one.whose, unit=unit)
    return changed


def _rivals(figures: TableFigures) -> dict[HeadId, Head]:
    """Two columns that mean one line and differ for several units: one question about the heads, not an error in every cell.

    If a person answered for one of them and the other names the line itself, that answer is asked again.
    """
    texts: dict[tuple[str, str], dict[HeadId, tuple[Figure, str]]] = defaultdict(dict)
    for one in figures.open:
        texts[one.place].setdefault(one.column_id, (one, one.cell.text.strip()))
    differing: dict[frozenset[HeadId], list[dict[HeadId, Figure]]] = defaultdict(list)
    for of_columns in texts.values():
        if len({text for _one, text in of_columns.values()}) > 1:
            differing[frozenset(of_columns)].append({head: one for head, (one, _text) in of_columns.items()})
    changed: dict[HeadId, Head] = {}
    for heads, cases in differing.items():
        if len(cases) >= _FEW:
            for head in _doubtful(heads, cases[0]):
                one = cases[0][head]
                others = [cases[0][other].column.text for other in heads if other != head]
                why = _("%(others)s means the same line here, with other figures") % {"others": "、".join(others)}
                line = Match("", Certainty.AMBIGUOUS, why, (one.line.target,), is_alike=True)
                changed[head] = replace(one.column, line=line, is_chosen=False)
    return changed


def _doubtful(heads: frozenset[HeadId], case: Mapping[HeadId, Figure]) -> list[HeadId]:
    """The heads to ask about: those that a person answered or that are only likely, if another names the line itself; else all."""
    named = [head for head in heads if case[head].line.is_sure and not case[head].column.is_answered]
    return sorted(head for head in heads if len(named) != 1 or head not in named)


def _sums(figures: TableFigures, matcher: HeadMatcher) -> dict[HeadId, Head]:
    """A unit above others of the file may be there for their sum: left out if it is, proposed if not."""
    of_units: dict[str, list[Figure]] = defaultdict(list)
    for one in figures.all:
        if one.is_open and one.unit.target:
            of_units[one.unit.target].append(one)
    changed: dict[HeadId, Head] = {}
    for upper, uppers in of_units.items():
        lower = [code for code in of_units if code != upper and matcher.units.is_below(code, upper)]
        if not lower:
            continue
        is_sum = _is_sum(uppers, [one for code in lower for one in of_units[code]])
        for head, whose in {one.whose_id: one.whose for one in uppers}.items():
            if whose.is_chosen:
                continue
            if is_sum:
                changed[head] = replace(whose, left_out=_("the sum of the units below it"))
            else:
                why = _("it stands above other units of the file and may be their sum")
                changed[head] = replace(whose, unit=proposed(whose.unit, why))
    return changed


def placed(figures: TableFigures) -> PlacementResult:
    """Places every open figure at its unit and line, with the errors of units and remarks on the file."""
    doubles = _doubles(figures)
    cells = [PlacedCell(*one.place, one.address, one.cell) for one in figures.open if one.place not in doubles]
    cells = list({(cell.org, cell.key): cell for cell in reversed(cells)}.values())[::-1]
    waiting = _waiting(figures)
    errors: dict[str, list[Remark]] = defaultdict(list)
    remarks: list[Remark] = list(_hidden(figures))
    for unit, addresses in waiting.items():
        errors[unit].append(_confirm(addresses))
    for (unit, key), addresses in doubles.items():
        errors[unit] += [_double(key, address, addresses) for address in addresses]
    for unit, remark in (*_spread(figures), *_covered(figures)):
        (errors[unit] if unit else remarks).append(remark)
    return PlacementResult(tuple(cells), tuple(remarks), {unit: tuple(found) for unit, found in errors.items()}, waiting)


def address_of(table: SheetTable, head: Head, *, as_unit: bool = False) -> str:
    """The address of a head; for a column that names a unit besides its line, the address of the unit's name."""
    if isinstance(head, SheetUnit):
        return head.address
    is_beside = as_unit and isinstance(head, TableColumn) and head.unit_spot is not None
    spot: Spot = head.unit_spot if is_beside else head.spot
    return table.cells.address(spot)


def _waiting(figures: TableFigures) -> dict[str, tuple[str, ...]]:
    """Unit -> the heads over its figures that a person has to confirm first."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one in figures.all:
        if not one.is_open or not one.unit.target:
            continue
        if not one.line.is_sure:
            found[one.unit.target][address_of(one.table.table, one.column)] = None
        if not one.unit.is_sure and one.line.target:
            found[one.unit.target][address_of(one.table.table, one.whose, as_unit=True)] = None
    return {unit: tuple(addresses) for unit, addresses in found.items()}


def _doubles(figures: TableFigures) -> dict[tuple[str, str], tuple[str, ...]]:
    """(unit, key) -> addresses, if the file gives one figure in several cells that differ."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in figures.open:
        found[one.place][one.address] = one.cell.text.strip()
    return {place: tuple(texts) for place, texts in found.items() if len(set(texts.values())) > 1}


def _double(key: str, address: str, addresses: Sequence[str]) -> Remark:
    others = "、".join(other for other in addresses if other != address)
    sentence = _(
        "%(line)s of this unit also stands in %(others)s with another figure. Correct one of them here, or leave the wrong one out."
    )
    return Remark(address, Weight.ERROR, sentence % {"line": key, "others": others}, key=key)


def _spread(figures: TableFigures) -> Iterator[tuple[str, Remark]]:
    sentence = _("The cell is merged over several units or lines; nobody can say whose figure it is. Write each its own.")
    for table in figures.tables:
        for found in table.table.spread:
            whose = table.whose(found)
            if table.table.is_open(found):
                key = table.table.columns[found.column].line.target
                yield (
                    whose.unit.target if whose is not None else "",
                    Remark(table.table.cells.address(found.spot), Weight.ERROR, sentence, key=key),
                )


def _covered(figures: TableFigures) -> Iterator[tuple[str, Remark]]:
    """A value hidden by a merged cell is nobody's figure; if its unit is known, the unit waits until the cells are unmerged."""
    for table in figures.tables:
        for found in table.table.covered:
            if not table.table.is_open(found):
                continue
            shown = table.table.cells.address(table.table.cells.spot_of(*found.spot))
            sentence = _(
                "“%(text)s” stands here, but is hidden under the merged cell %(shown)s and was not taken. Part the cells and write "
                "each unit its own figure."
            )
            whose, column = table.whose(found), table.table.columns[found.column]
            unit = whose.unit.target if whose is not None else ""
            words = {"text": found.cell.text.strip()[:30], "shown": shown}
            yield unit, Remark(table.table.cells.address(found.spot), Weight.ERROR, sentence % words, key=column.line.target)


def _hidden(figures: TableFigures) -> Iterator[Remark]:
    counts: dict[int, int] = defaultdict(int)
    for one in figures.all:
        if one.is_open and one.table.table.cells.is_hidden(one.found.spot):
            counts[one.number] += 1
    for number, count in counts.items():
        sentence = _("%(count)s figures stand in hidden rows or columns; they count like the others.") % {"count": count}
        yield Remark(figures.tables[number].table.sheet.title, Weight.NOTICE, sentence)


def _is_sum(upper: Sequence[Figure], lower: Sequence[Figure]) -> bool:
    """Whether every figure above is the sum of those below it."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in lower:
        sums[one.line.target] += number_in(one.cell)
    return all(number_in(one.cell) == sums.get(one.line.target, Decimal()) for one in upper)


def number_in(cell: Cell) -> Decimal:
    return Decimal(cell.text) if cell.content == Content.NUMBER else Decimal()


def _confirm(addresses: Sequence[str]) -> Remark:
    sentence = _("Confirm first what these heads mean: %(addresses)s.") % {"addresses": "、".join(addresses)}
    return Remark(addresses[0], Weight.ERROR, sentence)
