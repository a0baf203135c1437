"""Finds the indicator and the time that a cell's heads name, line by line of a table, and heads that it can not interpret."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.catalogue.figure_matching import is_of_which
from indicators.values.stated_measures import StatedMeasure
from indicators.values.unit_of_measure_words import is_measure
from reports.external.bindings.bindings import LIKELY, SURE
from reports.external.geometry.roles import ColumnHeadText, ColumnRole
from reports.external.geometry.sections import is_title, sections_of
from reports.external.names.figure_names import FigureMeant, FigureNames, LineHeads
from reports.external.names.period_words import Time, is_bare_percent
from reports.external.names.printed_periods import BasePeriod
from reports.external.names.unit_names import UnitNames
from reports.external.search.time_fits import TimeFit
from reports.external.sheets.cell_texts import COLUMN, ROW, EmptyCell, SheetTexts
from reports.external.sheets.head_times import HeadTime, head_time, is_other_figure, together
from submissions.imports.tables.geometry.words import is_numbered, is_serial, is_value_head

_SPEAKING = (ColumnRole.LINE, ColumnRole.OPEN)


class CellFigures:
    """Answers for the cells of one table. `axis`: the side on which its indicators are named; "" where none are."""

    def __init__(
        self, table: SheetTexts, names: FigureNames, units: UnitNames, base: BasePeriod, measures: Sequence[StatedMeasure]
    ):
        self._table, self._names, self._units, self._base, self._measures = table, names, units, base, tuple(measures)
        self._times: dict[str, HeadTime] = {}
        self._sections = self._outline()
        self._found = {axis: self._along(axis) for axis in (ROW, COLUMN)}
        self.axis = self._axis()

    def figure_of(self, cell: EmptyCell) -> FigureMeant | str:
        """The figure, or a sentence why there is none."""
        if not self.axis:
            return _("names no indicator of the catalogue")
        if partner := self._table.partners.get(cell.place[1]):
            return _("beside %(head)s it holds another unit's figures") % {"head": partner}
        other = next((head.text for head in self._speaking(cell) if self._is_other(head.text)), None)
        if other is not None:
            return _("“%(text)s” asks for something else than what was reported") % {"text": other}
        times = (self.time(head.text) for axis in (COLUMN, ROW) for head in self._timed(cell, axis))
        if doubt := next((one.doubt for one in times if one.is_foreign), ""):
            return doubt
        return self._found[self.axis][cell.line(self.axis), self._line(cell, self.axis)]

    def time_of(self, cell: EmptyCell, key: str) -> TimeFit:
        """The time that the cell's heads name, checked against the figure."""
        heads = {head.text: self.time(head.text) for axis in (COLUMN, ROW) for head in self._timed(cell, axis)}
        named = self._names.named(key)
        time = together(list(heads.values()), named.unit in ("%", "％"), any(map(is_bare_percent, heads)))
        fit = TimeFit(
            [(text, one.time) for text, one in heads.items()], time, self._names.traits[named.code], named.name, self._base
        )
        fit.doubt = next((one.doubt for one in heads.values() if one.doubt), "") or fit.doubt
        return fit

    def unexplained(self, cell: EmptyCell, unit_axis: str) -> str:
        """The first head on the other side without a known meaning: 其中 or 男 over a figure asks for a part of it."""
        other = COLUMN if self.axis == ROW else ROW
        if other == ROW and unit_axis == ROW:
            return ""
        texts = (head.text for head in cell.texts[other] if head.role in _SPEAKING)
        return next((text for text in texts if self._is_strange(text, unit_axis == other)), "")

    def context_of(self, cell: EmptyCell) -> tuple[str, ...]:
        """The other heads of the cell besides those of figure and unit: sections, groups, other columns of its row."""
        line = self._line(cell, self.axis)
        beside = [head.text for head in cell.texts[ROW] if head.role in _SPEAKING] if self.axis == COLUMN else []
        return (*line.texts[1:], *line.sections, *beside)

    def second_unit(self, cell: EmptyCell, own: str) -> str:
        """A unit named in the heads of the figure that is neither the row's `own` unit nor above it."""
        for head in cell.texts[self.axis]:
            unit = self._units.unit(head.text) if head.role in _SPEAKING and not self._names.is_sure(head.text) else None
            is_another = unit is not None and unit.certainty == SURE and unit.org not in ("", own)
            if is_another and not self._units.stands_below(own, unit.org):
                return head.text
        return ""

    def time(self, text: str) -> HeadTime:
        """The time that a head names; the name of an indicator (本年新发展党员) is no time."""
        if text not in self._times:
            self._times[text] = (
                HeadTime(text, Time()) if self._names.is_name(text) else head_time(text, self._base, self._names.is_name)
            )
        return self._times[text]

    def _is_strange(self, text: str, may_be_unit: bool) -> bool:
        rest = self.time(text).rest
        if not rest or is_numbered(rest) or is_measure(rest) or is_title(rest) or is_serial(rest) or is_bare_percent(rest):
            return False
        if is_value_head(rest):
            return False
        return not (may_be_unit and self._units.unit(rest) is not None)

    def _is_other(self, text: str) -> bool:
        return is_other_figure(text) and not self._names.is_name(text)

    def _speaking(self, cell: EmptyCell) -> Iterable[ColumnHeadText]:
        return (
            head for axis in (COLUMN, ROW) for head in cell.texts[axis] if head.role in _SPEAKING and not is_title(head.text)
        )

    def _timed(self, cell: EmptyCell, axis: str) -> Iterable[ColumnHeadText]:
        """Heads that may name a time; a title over the table names that of the table, not of the cell."""
        return (head for head in cell.texts[axis] if head.role in (*_SPEAKING, ColumnRole.MEASURE) and not is_title(head.text))

    def _line(self, cell: EmptyCell, axis: str) -> LineHeads:
        speaking = [head for head in cell.texts[axis] if head.role in _SPEAKING]
        texts = tuple(rest for head in speaking if (rest := self.time(head.text).rest))
        measured = [head.text for head in cell.texts[axis] if head.role == ColumnRole.MEASURE or is_measure(head.text)]
        measured += [head.text for head in cell.texts[ROW] if head.role == ColumnRole.MEASURE]
        code = next((head.text for head in cell.texts[axis] if head.role == ColumnRole.CODE), "") if axis == ROW else ""
        sections = self._sections.get(cell.place[0], ()) if axis == ROW else ()
        return LineHeads(texts, code, next(iter(measured), ""), sections, self._measures, cell.shown)

    def _outline(self) -> dict[int, tuple[str, ...]]:
        """The sections above each row; a row without empty cells, or without a measure where others have one, is a section."""
        main, measured = {}, {}
        for cell in self._table.cells:
            texts = [head.text for head in cell.texts[ROW] if head.role in _SPEAKING]
            main.setdefault(cell.place[0], texts[0] if texts else "")
            measured[cell.place[0]] = any(head.role == ColumnRole.MEASURE for head in cell.texts[ROW])
        has_measures = any(measured.values())
        lines = [
            (row, main.get(row, text), row not in main or (has_measures and not measured[row]))
            for row, text in self._table.lines.items()
            if main.get(row, text)
        ]
        return sections_of(lines)

    def _along(self, axis: str) -> dict[tuple[int, LineHeads], FigureMeant | str]:
        """The figure of each line; a head with only a time, such as 上年同期, takes the figure of the line before as likely."""
        found: dict[tuple[int, LineHeads], FigureMeant | str] = {}
        before: FigureMeant | None = None
        lines = {(cell.line(axis), self._line(cell, axis)): cell for cell in self._table.cells}
        for number, line in sorted(lines, key=lambda one: one[0]):
            is_sure = before is not None and before.certainty == SURE
            meant = self._names.figure_in(line, before.key.partition(":")[0] if is_sure else "")
            if isinstance(meant, str) and before is not None and not line.texts and self._says_time(lines[number, line], axis):
                doubt = _("the head says only a time; the figure before it may be meant")
                meant = replace(before, certainty=LIKELY, doubt=doubt)
            found[number, line] = meant
            if isinstance(meant, FigureMeant):
                before = meant
            elif line.texts and not is_of_which(line.texts[0]):
                before = None  # 其中：女 after an unknown line is no part of the figure before that line
        return found

    def _says_time(self, cell: EmptyCell, axis: str) -> bool:
        nearest = next(iter(cell.texts[axis]), None)
        return nearest is not None and self.time(nearest.text).time != Time()

    def _axis(self) -> str:
        """The side on which more lines surely name figures; "" if none do."""
        counts = {axis: (0, 0) for axis in (ROW, COLUMN)}
        for axis in counts:
            named = {number: meant for (number, _line), meant in self._found[axis].items() if isinstance(meant, FigureMeant)}
            sure = sum(meant.certainty == SURE for meant in named.values())
            counts[axis] = (sure, len(named) - sure)
        axis = max(counts, key=counts.__getitem__)
        return axis if any(counts[axis]) else ""
