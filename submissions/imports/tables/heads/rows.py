"""Stage 4, rows with their unit: the unit of each row below a band of heads; totals, times, places above units.

A name that is not a unit of the uploader's is reported, not dropped. Rows are immutable: later stages make new ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from indicators.values.unit_of_measure_words import is_measure
from orgs.names.name_similarity import Certainty, Match, without_numbering
from orgs.names.unit_of_row import unit_of_row
from submissions.imports.tables.geometry.cells import SheetCells, Spot
from submissions.imports.tables.geometry.header_rows import HeaderBand, is_about_heads
from submissions.imports.tables.geometry.sections import summed_sections
from submissions.imports.tables.geometry.words import (
    Timing,
    is_aside,
    is_numbered,
    is_place_like,
    is_total,
    is_value_head,
    looks_like_figure,
    timing_of,
)
from submissions.imports.tables.heads.columns import not_now
from submissions.imports.tables.heads.head_matcher import HeadMatcher, sure
from submissions.imports.tables.heads.note_rows import is_note_row
from submissions.imports.tables.heads.unit_columns import ColumnBlock
from submissions.imports.tables.table_report import LINE, OWN, UNIT


@dataclass(frozen=True)
class DataRow:
    """One row of figures. `has_unit_place`: the table has a column for the row's unit. `left_out`: why it is not imported."""

    down: int
    spot: Spot
    text: str = ""
    unit: Match = field(default_factory=Match)
    timing: Timing | None = None
    has_unit_place: bool = False
    left_out: str = ""
    is_total: bool = False
    is_chosen: bool = False
    is_answered: bool = False  # chosen for this file, or remembered of an earlier one
    is_asked: bool = False  # nobody knows yet which column names the units
    remembered_as: str = ""


def table_rows(
    cells: SheetCells, band: HeaderBand, block: ColumnBlock, matcher: HeadMatcher, *, is_asked: bool = False
) -> list[DataRow]:
    """The rows from `band.first` to `band.last` with a value in one of the block's lines.

    `is_asked`: a person has to say which column names the units, so no row has one.
    """
    return _RowReader(cells, band, block, matcher).rows(is_asked=is_asked)


class _RowReader:
    """Reads the rows of one list."""

    def __init__(self, cells: SheetCells, band: HeaderBand, block: ColumnBlock, matcher: HeadMatcher):
        self.cells, self.matcher, self.lines, self.places = cells, matcher, block.lines, block.places
        self.beside, self.periods, self.dated = block.beside, block.periods, block.dated
        self.downs = [down for down in range(band.first, band.last + 1) if down in cells.rows]
        self.numbering = self._numbering()
        self.uppers = {down: upper for down in self.downs if self._holds_figure(down) and (upper := self._upper(down))}
        self.summed = summed_sections(cells, self._figure_rows(), self.uppers, self.lines)

    def rows(self, *, is_asked: bool) -> list[DataRow]:
        found, near, group = [], "", ""
        for down in self.downs:
            near = (self._label(down, self.places.above) if down != self.numbering else "") or near
            if not self._reaches(down):
                group = self._group(down) or group
                continue
            if down in self.uppers and self.uppers[down] != group:
                group = ""
            row = self._without_unit(down) if is_asked else self._row(down, near or group)
            group = self.summed.get(down, group)
            if row is not None:
                found.append(row)
        return found

    def _unit_above(self, down: int, near: str) -> Match:
        """The unit that is written once for its rows of several periods."""
        named = next((above for above in reversed(self.downs) if above < down and self._named(above)), 0)
        return self._unit(named, near) if named else Match()

    def _named(self, down: int) -> bool:
        return any(self._label(down, place) for place in self.places.own)

    def _reaches(self, down: int) -> bool:
        """Whether a line's place has a value, or is merged over from above."""
        return any(self.cells.spot_of(down, across) in self.cells.cells for across in self.lines)

    def _without_unit(self, down: int) -> DataRow | None:
        texts = self._texts(down)
        if down == self.numbering or not self._holds_figure(down) or self._is_about_heads(down, texts):
            return None
        total = next((text for _across, text in texts if is_total(text)), "")
        row = DataRow(down, (down, texts[0][0] if texts else min(self.lines)), total, has_unit_place=True, is_asked=True)
        return replace(row, left_out=_("a total"), is_total=True) if total else row

    def _row(self, down: int, near: str) -> DataRow | None:
        texts = self._texts(down)
        names = self.places.own
        if down == self.numbering or self._is_about_heads(down, texts):
            return None
        beside = texts[-1][0] if texts else min(self.lines)
        across = next((place for place in names if self._label(down, place)), names[0] if names else beside)
        spot = self.cells.spot_of(down, across)
        text = self._label(down, across) if names or texts else ""
        remembered = without_numbering(f"{near}/{text}" if near and names else text)[:200]
        row = DataRow(down, spot, text, has_unit_place=bool(names), remembered_as=remembered)
        row = self._answered(row) or self._understood(row, texts, near)
        if names and not text and not row.unit.target and any(self._label(down, place) for place in self.periods):
            row = replace(row, unit=self._unit_above(down, near))
        row = self._timed(row, texts)
        row = replace(row, unit=self.matcher.unproposed(row.unit))
        if row.unit.certainty == Certainty.AMBIGUOUS and not row.unit.is_alike:
            row = replace(row, remembered_as="")  # an answer about one of two namesakes is no answer about the other
        if not row.unit.target and not row.unit.choices:
            if not row.is_chosen and not self._holds_figure(down):
                return None
            # 本期, 数值 describe the figures; 不知村 names their unit, though an unknown one.
            is_what = row.timing or is_value_head(row.text)
            row = replace(row, has_unit_place=not is_what and (row.has_unit_place or is_place_like(row.text)))
        return row

    def _texts(self, down: int) -> list[tuple[int, str]]:
        return [(across, text) for across in self.beside if (text := self._label(down, across))]

    def _understood(self, row: DataRow, texts: Sequence[tuple[int, str]], near: str) -> DataRow:
        if self.places.own:
            row = replace(row, unit=self._unit(row.down, near))
        if self._is_above_units(row):
            sentence = _("an organization above the units, whose figures are the sum of theirs")
            row = replace(row, left_out=sentence, unit=Match())
        is_total_row = any(is_total(text) for across, text in texts if across != self.places.above or not self._named(row.down))
        if not row.unit.is_sure and is_total_row and not row.unit.target:
            row = replace(row, left_out=_("a total"), is_total=True, unit=Match())
        return row

    def _timed(self, row: DataRow, texts: Sequence[tuple[int, str]]) -> DataRow:
        """The row with its time; an answer about that very cell comes first."""
        for across, text in texts:
            if across in (self.places.code, self.places.above) or (across == self.places.name and row.unit.target):
                continue
            timing = timing_of(text) if across in self.dated else self.matcher.timing(text)
            if across in self.periods and not timing and not self.matcher.says_time(text):
                return replace(row, left_out=row.left_out or _("the period of the row is not understood"))
            if not timing or (row.is_answered and self.cells.spot_of(row.down, across) == row.spot):
                continue
            row = replace(row, timing=timing)
            if (
                timing != Timing.NOW and not row.is_answered
            ):  # reported at its own cell: the unit's own cell may stand over 本期 too
                row = replace(row, spot=self.cells.spot_of(row.down, across), text=text, remembered_as="")
            return row
        return row

    def _is_above_units(self, row: DataRow) -> bool:
        """Whether the row is a township in a table of villages that reports nothing itself.

        A single name beside rows may be the place of their unit.
        """
        is_named = bool(self.places.own) or len(set(self.uppers.values())) > 1
        is_namesake = row.unit.certainty == Certainty.AMBIGUOUS and not row.unit.is_alike
        return row.down in self.uppers and is_named and not row.unit.is_sure and not is_namesake

    def _upper(self, down: int) -> str:
        """The name of a row that is no unit but an organization above units; "" for any other row."""
        texts = (self._label(down, across) for across in self.places.own or self.beside)
        return next((text for text in texts if text and self.matcher.units.is_upper(text)), "")

    def _figure_rows(self) -> list[int]:
        """The rows of figures that may be a unit's, or the sum of some."""
        rows = [down for down in self.downs if self._holds_figure(down) and down != self.numbering]
        return [down for down in rows if not any(is_total(self._label(down, across)) for across in self.beside)]

    def _answered(self, row: DataRow) -> DataRow | None:
        """The row with a person's answer about its unit."""
        answer = self.matcher.answer(self.cells.address(row.spot), row.remembered_as)
        if answer is None or answer.means.startswith((LINE, OWN)):
            return None
        row = replace(row, is_chosen=answer.is_now, is_answered=True)
        if answer.means.startswith(UNIT):
            return replace(row, unit=sure(answer.means.removeprefix(UNIT), answer.why))
        return replace(row, left_out=answer.why)

    def _unit(self, down: int, near: str) -> Match:
        """The unit by code and name together: if both name a unit it must be the same one."""
        name = self.matcher.unit(self._label(down, self.places.name), near)
        written = self._label(down, self.places.code)
        if not written:
            return name
        code = self.matcher.unit(written)
        text = self._label(down, self.places.name)
        return unit_of_row(name, code, text=text, own_name=self.matcher.labels.get(code.target, ""))

    def _is_about_heads(self, down: int, texts: Sequence[tuple[int, str]]) -> bool:
        """Whether the row is about the heads: remarks, measures and serial numbers beside heads are no rows of figures."""
        is_unit = any(self.matcher.unit(self._label(down, place)).is_sure for place in self.places.own)
        if is_unit:
            return False
        holding = [across for across in self.cells.rows[down] if across in self.lines]
        if holding and all(is_measure(self.cells.words(down, across)) for across in holding):
            return True
        return is_about_heads(self.cells, down, self.lines) and (self.cells.turned or not texts or is_aside(texts[0][1]))

    def _holds_figure(self, down: int) -> bool:
        """Whether the row has a figure, also one that a merged cell hides, which is reported.

        A note below the table is no row of it.
        """
        if is_note_row(self.cells, down, self.matcher):
            return False
        return any(self.cells.is_figure(down, across) or self._hides_figure(down, across) for across in self.lines)

    def _hides_figure(self, down: int, across: int) -> bool:
        hidden = self.cells.covered.get((down, across))
        return hidden is not None and looks_like_figure(hidden.text)

    def _group(self, down: int) -> str:
        """The text of a row without figures that names the group of the rows below it."""
        return next((text for _across, text in self._texts(down) if self.matcher.units.is_above(text)), "")

    def _numbering(self) -> int:
        """The row right below the heads that only counts the columns (甲, 乙, 1, 2 …); 0 for none."""
        down = self.downs[0] if self.downs else 0
        held = [text for across in sorted(self.lines) if down and (text := self._label(down, across))]
        beside = [text for across in self.beside if down and (text := self._label(down, across))]
        if not held or not all(is_numbered(text) for text in (*held, *beside)):
            return 0
        if len(held) < 2:  # 甲, 乙, 1: letters count names
            return down if any(not text.strip("()").isdigit() for text in beside) else 0
        digits = [int(text.strip("()")) for text in held if text.strip("()").isdigit()]
        steps = [later - earlier for earlier, later in pairwise(digits)]
        counts = all(step == 1 for step in steps) and (not digits or digits[0] <= len(self.beside) + 1)
        return down if counts and (len(held) >= 3 or any(not text.strip("()").isdigit() for text in beside)) else 0

    def _label(self, down: int, across: int) -> str:
        return self.cells.label(down, across) if across else ""


def timed_rows(rows: Sequence[DataRow], *, are_stocks: bool) -> list[DataRow]:
    """The rows with their time: 本期 is imported, 上年同期 is not.

    Without a unit beside the figures, exactly one row of them must be the one to import. `are_stocks`: every line of the table
    is as of a day, so that the month that ends the period has its figures.
    """
    timings = {row.timing for row in rows}
    is_end_taken = not timings & {Timing.NOW, Timing.PART} and (are_stocks or Timing.OTHER in timings)
    rows = [_timed_row(row, is_end_taken=is_end_taken) for row in rows]
    free = [row for row in rows if not row.has_unit_place and not row.unit.target and not row.unit.choices]
    sentence = [row for row in free if row.timing in (Timing.NOW, Timing.END) and not row.left_out]
    values = [row for row in free if is_value_head(row.text) and not row.left_out]
    totals = [row for row in free if row.left_out and row.timing is None]
    others = [row for row in free if not row.left_out]
    if not others and len(totals) == 1 and len(free) == 1:
        # The only row of one unit's figures, whatever its label.
        return [replace(row, left_out="", is_total=False) if row is totals[0] else row for row in rows]
    meant = next((several for several in (sentence, values) if several), others)
    unknown = {id(row) for row in others if len(meant) > 1 or row is not meant[0]}
    return [replace(row, has_unit_place=True) if id(row) in unknown else row for row in rows]


def _timed_row(row: DataRow, *, is_end_taken: bool) -> DataRow:
    if row.left_out:
        return row
    if row.timing in (Timing.OTHER, Timing.YEAR, Timing.PART):
        return replace(row, left_out=not_now())
    if row.timing == Timing.END and not is_end_taken:
        return replace(row, left_out=_("the head says one month, the form asks the whole period"))
    return row
