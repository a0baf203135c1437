"""Stage 3, columns with their meaning: the figure, time, unit or unit key of each column of a band.

A head is read from the top down. Columns are immutable: later stages make new ones.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from indicators.catalogue.figure_matching import is_of_which, plain_name
from indicators.kinds.registry import is_at_end, kind_of
from indicators.layout import Line
from indicators.values.unit_of_measure_words import is_measure, split_measure
from orgs.names.name_similarity import Certainty, Match, folded
from orgs.names.unit_heads import UnitHead, is_tie, unit_head
from orgs.names.unit_of_row import proposed
from submissions.imports.tables.geometry.cells import SheetCells, Spot
from submissions.imports.tables.geometry.head_paths import head_paths
from submissions.imports.tables.geometry.header_rows import HeaderBand
from submissions.imports.tables.geometry.words import (
    Timing,
    is_aside,
    is_code_head,
    is_corner,
    is_numbered,
    is_period_head,
    is_serial,
    is_total,
    is_unit_head,
)
from submissions.imports.tables.heads.head_matcher import HeadMatcher, key_of_head, sure
from submissions.imports.tables.table_report import LINE, OWN, UNIT

_WHOLE = {"总数", "计", "总", "全部", "总人数"}  # of the indicator above it, beside its items


@dataclass(frozen=True)
class TableColumn:
    """One column of a band. `line`: its figure; `unit`: of its figures, if the head names it.

    `unit_head`: what the head says about units. `left_out`: why its figures are not imported, though known. `is_quiet`: serial
    numbers and remarks, which are not reported.
    """

    across: int
    spot: Spot
    text: str
    line: Match = field(default_factory=Match)
    unit: Match = field(default_factory=Match)
    unit_spot: Spot | None = None
    unit_text: str = ""
    timing: Timing | None = None
    left_out: str = ""
    is_quiet: bool = False
    is_chosen: bool = False
    is_answered: bool = False  # chosen for this file, or remembered of an earlier one
    remembered_as: str = ""
    unit_head: UnitHead = UnitHead.NONE
    own_texts: tuple[str, ...] = ()  # from the top down, without titles
    measure: str = ""  # the unit of measure that the head, or a row of measures, states for it
    is_corner: bool = False  # over the lines or names of the table, beside its heads

    @property
    def own_text(self) -> str:
        """The lowest text; "" if only titles are over the column."""
        return self.own_texts[-1] if self.own_texts else ""

    @property
    def is_line(self) -> bool:
        return bool(self.line.target) or self.line.certainty == Certainty.AMBIGUOUS


def band_columns(cells: SheetCells, band: HeaderBand, matcher: HeadMatcher) -> dict[int, TableColumn]:
    """across -> column, for every column of the band with a text."""
    reader = _HeadReader(cells, band, matcher)
    columns: dict[int, TableColumn] = {}
    before = whole = ""  # the line before, and the last one that is no 其中 of another
    for across in range(1, cells.width + 1):
        path = reader.paths[across]
        if not path:
            continue
        column = columns[across] = reader.read(across, path, (before, whole))
        is_part = is_of_which(column.text)
        if column.line.is_sure:
            before = column.line.target.partition(":")[0]
            whole = whole if is_part else before
        elif not column.is_quiet and not is_part:
            before = whole = ""
    return columns


class _HeadReader:
    """Reads the heads of one band."""

    def __init__(self, cells: SheetCells, band: HeaderBand, matcher: HeadMatcher):
        self.cells, self.matcher = cells, matcher
        self.paths = head_paths(cells, band)
        self.shared = Counter(spot for path in self.paths.values() for spot in path)
        self._width = sum(1 for path in self.paths.values() if path)

    def read(self, across: int, path: Sequence[Spot], before: tuple[str, str]) -> TableColumn:
        texts = [(spot, self.cells.label(*spot)) for spot in path]
        meaningful = [(spot, text) for spot, text in texts if self._is_meaningful(spot, text)]
        last = (meaningful or texts)[-1]
        column = TableColumn(across, *last, remembered_as=key_of_head([text for _spot, text in meaningful]))
        measure = ""
        for spot, text in texts:
            if is_measure(text):
                measure = text
                continue
            answered = self._answered(column, spot, text, is_last=(spot, text) == last)
            if answered is None and column.is_chosen:
                answered = replace(
                    column, timing=self.matcher.timing(text) or column.timing
                )  # the answer is not about its time
            column = answered or self._understood(column, spot, text, before)
        column = replace(column, line=measured(column, measure, self.matcher))
        in_names = [unit for _spot, text in reversed(texts) if (unit := split_measure(folded(text))[1])]
        column = replace(column, measure=measure or next(iter(in_names), ""))
        if in_names and not measure and not split_measure(folded(column.text))[1]:
            column = replace(column, line=measured(column, in_names[0], self.matcher))  # 帮扶情况（万元） over 帮扶资金
        own = [text for spot, text in texts if not self._is_over_all(spot) and not is_numbered(text)]
        is_quiet = not column.is_line and any(_is_beside(text) for text in own)
        corner = _is_corner(own) if self.cells.turned else bool(own) and is_corner(own[-1])
        return replace(
            column, is_quiet=is_quiet, unit_head=self._unit_head(own), own_texts=tuple(own), is_corner=corner
        )  # fmt: skip

    def _unit_head(self, texts: Sequence[str]) -> UnitHead:
        """The meaning of the last text about units; a group above it that relates (结对情况 over 村名) makes it a relation.

        A name is no head of names: 原村党支部 may be one. The corner of a turned table is about its lines.
        """
        texts = [text for text in texts if self.matcher.is_unit(text) < 1 and not self.matcher.lines.match(text).is_sure]
        if self.cells.turned and _is_corner(texts):
            return UnitHead.NONE
        kinds = [kind for text in texts if (kind := unit_head(text)) != UnitHead.NONE]
        kind = kinds[-1] if kinds else UnitHead.NONE
        if kind != UnitHead.NONE and any(
            is_tie(text) and unit_head(text) not in (UnitHead.ABOVE, UnitHead.SUPERIOR) for text in texts
        ):
            return UnitHead.RELATION
        return kind

    def _answered(self, column: TableColumn, spot: Spot, text: str, *, is_last: bool) -> TableColumn | None:
        """The column with a person's answer about this cell, or about one above it."""
        answer = self.matcher.answer(self.cells.address(spot), column.remembered_as if is_last else "")
        if answer is None or answer.means.startswith(OWN):
            return None
        is_chosen = column.is_chosen or answer.is_now
        column = replace(column, is_chosen=is_chosen, is_answered=True, spot=spot, text=text)
        if answer.means.startswith(LINE):
            return replace(column, line=sure(answer.means.removeprefix(LINE), answer.why), left_out="")
        if answer.means.startswith(UNIT):
            unit = sure(answer.means.removeprefix(UNIT), answer.why)
            return replace(column, unit=unit, unit_spot=spot, unit_text=text)
        return replace(column, line=Match(), left_out=answer.why)

    def _understood(self, column: TableColumn, spot: Spot, text: str, before: tuple[str, str]) -> TableColumn:
        """Applies one text of the path, from the top down; lower texts count more."""
        if column.left_out:
            return column
        is_over_all = self._is_over_all(spot)
        within = column.line.target.partition(":")[0] if column.line.is_sure else ""
        if not is_over_all and (is_total(text) or (within and folded(text) in _WHOLE)):
            return replace(column, spot=spot, text=text, left_out="" if within else _("a total"))
        found, timing = self._match(text, within, before)
        if timing is None and not found.is_sure and not is_over_all:
            timing = self.matcher.timing(text)
            found = Match() if timing else found
        if timing:
            shown = column.text
            if timing != Timing.NOW:
                shown = f"{column.text} › {text}" if column.line.target and text != column.text else text
            column = replace(column, timing=timing, spot=spot, text=shown)
        if unit := self._unit(text, found):
            return replace(column, unit=unit, unit_spot=spot, unit_text=text)
        if found.target or found.choices or found.why:
            return self._with_line(column, found, spot, text)
        if within and not timing and plain_name(text) and not is_numbered(text):
            return self._below_unknown(column, spot, text)
        return column

    def _match(self, text: str, within: str, before: tuple[str, str]) -> tuple[Match, Timing | None]:
        if is_numbered(text) and not self.matcher.lines.match(text).is_sure:
            return Match(), None
        if not within and (item := self.matcher.item(text, *before)):
            return item, None
        return self.matcher.line(text, within)

    def _unit(self, text: str, found: Match) -> Match | None:
        if found.is_sure or is_unit_head(text):
            return None
        unit = self.matcher.unit(text)
        is_named = unit.is_sure or (unit.certainty == Certainty.AMBIGUOUS and not unit.is_alike and not found.target)
        return unit if is_named else None

    def _with_line(self, column: TableColumn, found: Match, spot: Spot, text: str) -> TableColumn:
        """Applies a text that names a figure, below or beside another that did."""
        is_below = column.line.is_sure and self.shared[column.spot] > 1
        if column.line.is_sure and found.is_sure and found.target == column.line.target:
            return column
        line = self._beside(column, found) if column.line.is_sure and not is_below else found
        return replace(column, line=line, spot=spot, text=text)

    def _beside(self, column: TableColumn, found: Match) -> Match:
        """Combines two texts of one head: the second refines the first, repeats it, or contradicts it."""
        code = column.line.target.partition(":")[0]
        if found.is_sure:
            other = found.target.partition(":")[0]
            is_part = self.matcher.lines.named[found.target].whole == code
            if other == code:
                return found if ":" in found.target else column.line
            if is_part:
                return found
            both = (column.line.target, found.target)
            return Match("", Certainty.AMBIGUOUS, _("two texts of this head name different lines of the form"), both)
        if self.cells.turned:
            return column.line
        return proposed(column.line, _("what stands below the name is not known"))

    def _below_unknown(self, column: TableColumn, spot: Spot, text: str) -> TableColumn:
        """Applies an unknown text.

        A part that the form does not ask (男 under 党员总数) is never the whole; a remark beside a name means nothing.
        """
        if self.shared[column.spot] > 1:
            line = Match(why=_("a part that the form does not ask"), choices=(column.line.target,))
        elif not self.cells.turned:
            line = proposed(column.line, _("what stands below the name is not known"))
        else:
            return column
        return replace(column, line=line, spot=spot, text=text)

    def _is_over_all(self, spot: Spot) -> bool:
        """Whether the text is a title, which is over every head."""
        return self.shared[spot] >= max(2, self._width)

    def _is_meaningful(self, spot: Spot, text: str) -> bool:
        """Whether the text is part of the remembered text of a head.

        Titles over everything, units, numbers, measures and times are not.
        """
        if self._is_over_all(spot) or is_measure(text) or is_numbered(text) or is_total(text):
            return False
        return not self.matcher.timing(text) and self.matcher.is_unit(text) < 1


def _is_beside(text: str) -> bool:
    """Whether the text heads a column beside figures: serial numbers, remarks, codes, periods."""
    return is_serial(text) or is_aside(text) or is_code_head(text) or is_period_head(text)


def _is_corner(texts: Sequence[str]) -> bool:
    """Whether the texts are heads of a turned table's own columns: 序号, 名称, 代码 together head its lines."""
    plain = [text for text in texts if not is_numbered(text)]
    generic = [text for text in plain if is_serial(text) or unit_head(text) in (UnitHead.OWN, UnitHead.CODE)]
    return any(is_corner(text) and unit_head(text) != UnitHead.OWN for text in plain) or (
        len(plain) > 1 and len(generic) == len(plain)
    )


def measured(column: TableColumn, stated: str, matcher: HeadMatcher) -> Match:
    """The column with the measure beside its line. A person's answer comes first, but never turns 万元 into 元."""
    if not column.is_chosen:
        return matcher.lines.measured(column.line, stated)
    if not stated and matcher.lines.match(column.text).target == column.line.target:
        return column.line  # the measure is part of the name
    found = matcher.lines.measured(column.line, stated or split_measure(folded(column.text))[1])
    return column.line if found.target else found


def measured_again(
    columns: Mapping[int, TableColumn], cells: SheetCells, downs: Collection[int], matcher: HeadMatcher
) -> dict[int, TableColumn]:
    """Each column with the measure in a row of measures outside the band."""
    return {across: _measured_again(column, cells, downs, matcher) for across, column in columns.items()}


def _measured_again(column: TableColumn, cells: SheetCells, downs: Collection[int], matcher: HeadMatcher) -> TableColumn:
    stated = next((text for down in downs if is_measure(text := cells.words(down, column.across))), "")
    if not stated or not column.line.target:
        return column
    return replace(column, line=measured(column, stated, matcher), measure=stated)


def timed(columns: Mapping[int, TableColumn], matcher: HeadMatcher) -> dict[int, TableColumn]:
    """The columns with their time.

    Only figures of the task's period are imported; a running total is that of the year if there are both.
    """
    lines = [column for column in columns.values() if column.is_line]
    running = {column.line.target for column in lines if column.timing == Timing.YEAR and is_running(column.line, matcher)}
    now = {column.line.target for column in lines if column.timing == Timing.NOW and not column.left_out}
    parts = {column.line.target for column in lines if column.timing == Timing.PART}
    others = {column.line.target for column in lines if column.timing == Timing.OTHER}
    return {across: _timed(column, running, now, parts, others, matcher) for across, column in columns.items()}


def _timed(
    column: TableColumn, running: set[str], now: set[str], parts: set[str], others: set[str], matcher: HeadMatcher
) -> TableColumn:
    if column.left_out:
        return column
    if not column.is_line:  # whatever it is, it is not of this period
        is_other = column.timing in (Timing.OTHER, Timing.PART) and not column.is_answered
        return replace(column, left_out=not_now()) if is_other else column
    line = matcher.layout.by_key.get(column.line.target)
    key, timing = column.line.target, column.timing
    if line is not None and line.is_computed and not column.line.is_sure:
        return replace(column, left_out=_("the system computes it"))
    if timing in (Timing.OTHER, Timing.PART) or (timing == Timing.YEAR and key not in running):
        return replace(column, left_out=not_now(), is_chosen=False)  # an answer about its line does not answer about its time
    if column.is_answered:
        return column
    if timing == Timing.END:
        return _at_end(column, line, is_part=key in now | parts, is_series=key in others)
    if timing == Timing.NOW and is_running(column.line, matcher):
        left_out = not_now() if key in running else ""
        why = _("the form asks the running total of the year, the head says this period")
        return replace(column, left_out=left_out, line=proposed(column.line, why))
    return column


def _at_end(column: TableColumn, line: Line | None, *, is_part: bool, is_series: bool) -> TableColumn:
    """A column of the month that ends the period: a stock as of then.

    A flow may be of that month alone: a person decides, unless the month that ended another period is beside it (202606,
    202609), so that months mean periods here.
    """
    if is_part:
        return replace(column, left_out=not_now())
    if is_series or (line is not None and is_at_end(line)):
        return column
    return replace(column, line=proposed(column.line, _("the head says one month, the form asks the whole period")))


def is_running(match: Match, matcher: HeadMatcher) -> bool:
    line = matcher.layout.by_key.get(match.target)
    return line is not None and kind_of(line).is_running


def not_now() -> str:
    return _("not the figures of this period")
