"""The figures of a workbook's tables, each to its unit and line; totals, doubles and unknown heads told. Decides no reading."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from orgs.likeness import Certainty, Match
from spreadsheets.reading.workbook import Content
from submissions.intake.tables.entries import Entry
from submissions.intake.tables.line_heads import LineHead
from submissions.intake.tables.reading_sheets import Found, SheetRead, is_open
from submissions.intake.tables.senses import Senses, proposed
from submissions.intake.tables.unit_of_sheet import SheetUnit
from submissions.intake.told import PlacedCell, Remark, Weight

_NOBODY = Match()


@dataclass(frozen=True)
class Figure:
    """One figure with the heads that speak for it. `whose`: the entry, line head or sheet that names the unit; None: nobody."""

    sheet: SheetRead
    found: Found
    whose: Entry | LineHead | SheetUnit | None

    @property
    def unit(self) -> Match:
        return self.whose.unit if self.whose is not None else _NOBODY

    @property
    def line(self) -> Match:
        return self.found.line.line

    @property
    def address(self) -> str:
        return self.sheet.area.address(self.found.spot)

    @property
    def is_open(self) -> bool:
        return is_open(self.found) and not (isinstance(self.whose, SheetUnit) and self.whose.left_out)


@dataclass
class Placed:
    """What became of the figures."""

    cells: tuple[PlacedCell, ...] = ()
    remarks: tuple[Remark, ...] = ()
    of_units: dict[str, tuple[Remark, ...]] = field(default_factory=dict)
    waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Placing:
    """All figures of a workbook. `sheets`: each with the one unit it is about, None where its rows or heads name theirs."""

    def __init__(self, senses: Senses, sheets: Sequence[tuple[SheetRead, SheetUnit | None]]):
        self.senses, self.sheets = senses, sheets
        self.figures = [Figure(sheet, found, _whose(found, unit)) for sheet, unit in sheets for found in sheet.found]
        self._doubt_doubles()
        self._leave_out_sums()

    def placed(self) -> Placed:
        doubles = self._doubles()
        cells = tuple(
            PlacedCell(one.unit.target, one.line.target, one.address, one.found.cell)
            for one in self.figures
            if one.is_open and one.unit.target and one.line.target and (one.unit.target, one.line.target) not in doubles
        )
        cells = tuple({(cell.org, cell.key): cell for cell in reversed(cells)}.values())[::-1]
        waiting = self._waiting()
        errors: dict[str, list[Remark]] = defaultdict(list)
        for unit, addresses in waiting.items():
            errors[unit].append(_confirm(addresses))
        for (unit, key), addresses in doubles.items():
            errors[unit] += [self._double(key, address, addresses) for address in addresses]
        for unit, remark in self._spread():
            errors[unit].append(remark)
        of_units = {unit: tuple(remarks) for unit, remarks in errors.items()}
        return Placed(cells, tuple(self._hidden()), of_units, waiting)

    def address_of(self, sheet: SheetRead, head: Entry | LineHead | SheetUnit, *, as_unit: bool = False) -> str:
        if isinstance(head, SheetUnit):
            return head.address
        is_beside = as_unit and isinstance(head, LineHead) and head.unit_spot is not None
        return sheet.area.address(head.unit_spot if is_beside else head.spot)

    def _waiting(self) -> dict[str, tuple[str, ...]]:
        """Unit -> the heads over its figures that a person has to confirm first."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for one in self.figures:
            if not one.is_open or not one.unit.target:
                continue
            if not one.line.is_sure:
                found[one.unit.target][self.address_of(one.sheet, one.found.line)] = None
            if not one.unit.is_sure and one.line.target:
                found[one.unit.target][self.address_of(one.sheet, one.whose, as_unit=True)] = None
        return {unit: tuple(addresses) for unit, addresses in found.items()}

    def _doubles(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(unit, key) -> addresses, where the file gives one figure in several cells that do not agree."""
        found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for one in self.figures:
            if one.is_open and one.unit.target and one.line.target:
                found[one.unit.target, one.line.target][one.address] = one.found.cell.text.strip()
        return {place: tuple(texts) for place, texts in found.items() if len(set(texts.values())) > 1}

    def _double(self, key: str, address: str, addresses: tuple[str, ...]) -> Remark:
        others = ", ".join(other for other in addresses if other != address)
        said = _(
            "%(line)s of this unit also stands in %(others)s with another figure. Delete the wrong one, or pass over its head."
        )
        return Remark(address, Weight.ERROR, said % {"line": key, "others": others}, key=key)

    def _spread(self) -> Iterator[tuple[str, Remark]]:
        said = _("The cell is merged over several units or lines; nobody can say whose figure it is. Write each its own.")
        for sheet, unit in self.sheets:
            for found in sheet.spread:
                whose = _whose(found, unit)
                if is_open(found) and whose is not None and whose.unit.target:
                    remark = Remark(sheet.area.address(found.spot), Weight.ERROR, said, key=found.line.line.target)
                    yield whose.unit.target, remark

    def _hidden(self) -> Iterator[Remark]:
        for sheet, _unit in self.sheets:
            hidden = [
                one for one in self.figures if one.sheet is sheet and one.is_open and sheet.area.is_hidden(one.found.spot)
            ]
            if hidden:
                said = _("%(count)s figures stand in hidden rows or columns; they count like the others.")
                yield Remark(sheet.sheet.title, Weight.NOTICE, said % {"count": len(hidden)})

    def _doubt_doubles(self) -> None:
        """A head that is only similar to what stands in the file itself is probably something else: nothing is proposed for it."""
        open_ones = [one for one in self.figures if one.is_open and one.unit.target and one.line.target]
        surely = {(one.unit.target, one.line.target) for one in open_ones if one.unit.is_sure and one.line.is_sure}
        doubtful = [one for one in open_ones if not (one.unit.is_sure and one.line.is_sure)]
        doubtful = [one for one in doubtful if (one.unit.target, one.line.target) in surely]
        for one in doubtful:
            why = _("what it resembles stands in the file itself")
            if not one.line.is_sure and one.line.target:
                one.found.line.line = Match("", Certainty.AMBIGUOUS, why, (one.line.target,), is_alike=True)
            elif not one.unit.is_sure and one.unit.target:
                one.whose.unit = Match("", Certainty.AMBIGUOUS, why, (one.unit.target,), is_alike=True)

    def _leave_out_sums(self) -> None:
        """A unit that stands above others of the file may stand there for their sum: left out where it is, proposed where not."""
        told: dict[str, list[Figure]] = defaultdict(list)
        for one in self.figures:
            if one.is_open and one.unit.target:
                told[one.unit.target].append(one)
        is_below = self.senses.units.is_below
        for upper, figures in told.items():
            lower = [code for code in told if code != upper and is_below(code, upper)]
            if not lower:
                continue
            is_sum = _is_sum(figures, [one for code in lower for one in told[code]])
            for head in {id(one.whose): one.whose for one in figures}.values():
                if head.is_chosen:
                    continue
                if is_sum:
                    head.left_out = _("the sum of the units below it")
                else:
                    head.unit = proposed(head.unit, _("it stands above other units of the file and may be their sum"))


def _whose(found: Found, sheet_unit: SheetUnit | None) -> Entry | LineHead | SheetUnit | None:
    """Who says whose the figure is: the row, else the head, else the sheet."""
    for head in (found.entry, found.line):
        if head.unit.target or head.unit.certainty == Certainty.AMBIGUOUS:
            return head
    return found.entry if found.entry.has_unit_place else sheet_unit


def _is_sum(upper: Sequence[Figure], lower: Sequence[Figure]) -> bool:
    """Every figure above is the sum of those below it."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in lower:
        sums[one.line.target] += _number(one)
    return all(_number(one) == sums.get(one.line.target, Decimal()) for one in upper)


def _number(one: Figure) -> Decimal:
    cell = one.found.cell
    return Decimal(cell.text) if cell.content == Content.NUMBER else Decimal()


def _confirm(addresses: Sequence[str]) -> Remark:
    said = _("Confirm first what these heads mean: %(addresses)s.") % {"addresses": ", ".join(addresses)}
    return Remark(addresses[0], Weight.ERROR, said)
