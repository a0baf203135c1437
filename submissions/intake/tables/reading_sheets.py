"""One sheet of anyone's making: its heads, its entries, and every figure between them with what it means. Decides no acceptance."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from indicators.kinds import Kind
from orgs.likeness import Match
from spreadsheets.reading.workbook import Cell, ReadSheet
from submissions.intake.tables.area import Area, Spot
from submissions.intake.tables.bands import Band, bands_of, hits_of, is_about_heads, runs_down
from submissions.intake.tables.entries import Entry, entries_of
from submissions.intake.tables.line_heads import LineHead, line_heads, measure_again
from submissions.intake.tables.senses import Senses, proposed
from submissions.intake.tables.words import Timing, is_near_head, is_unit_head, is_value_head


@dataclass(frozen=True, slots=True)
class Found:
    """A figure of the file, its two heads, and where it stands."""

    line: LineHead
    entry: Entry
    spot: Spot
    cell: Cell


@dataclass
class SheetRead:
    """What a sheet holds. `spread`: figures of merged cells that reach over several units or lines."""

    sheet: ReadSheet
    area: Area
    lines: list[LineHead] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    spread: list[Found] = field(default_factory=list)

    @property
    def wants_unit(self) -> bool:
        """True where figures stand under heads that name no unit, so that the sheet or the file has to."""
        return any(not one.entry.has_unit_place and not _names(one.line.unit) for one in self.found if is_open(one))


def read_sheet(sheet: ReadSheet, senses: Senses) -> SheetRead | None:
    """None where nothing on the sheet looks like the head of a figure."""
    hits = hits_of(sheet, senses)
    if not hits.lines:
        return None
    area = Area(sheet, turned=runs_down(sheet, hits))
    read = SheetRead(sheet, area)
    for band in bands_of(area, hits):
        _read_band(read, band, senses)
    return read


def is_open(one: Found) -> bool:
    """A figure that is not left out by either of its heads."""
    return one.line.is_line and not one.line.left_out and not one.entry.left_out


def _read_band(read: SheetRead, band: Band, senses: Senses) -> None:
    area = read.area
    heads = line_heads(area, band, senses)
    lines = {across for across, head in heads.items() if head.is_line}
    if lines:
        heads = {across: LineHead(across, (band.bottom, across), "") for across in range(min(lines), area.width + 1)} | heads
    # Places with figures under a head that names nothing of ours stand among the lines too: they are listed.
    places = lines | {across for across, head in heads.items() if _is_foreign(area, band, head, lines, senses)}
    downs = [down for down in range(band.first, band.last + 1) if is_about_heads(area, down, places)]
    measure_again(heads.values(), area, downs, senses)
    entries = entries_of(area, band, places, senses)
    _time_lines(heads, senses)
    _time_entries(entries)
    read.lines += [heads[across] for across in sorted(places)]
    read.entries += entries
    for entry in entries:
        for across in sorted(places):
            cell = area.figure(entry.down, across)
            if cell is not None:
                one = Found(heads[across], entry, (entry.down, across), cell)
                (read.spread if _is_spread(area, one.spot, entries, lines) else read.found).append(one)


def _is_foreign(area: Area, band: Band, head: LineHead, lines: set[int], senses: Senses) -> bool:
    """A place with figures under a head that is not understood, or left out. Before the first line units and numbers stand."""
    downs = [down for down in range(band.first, band.last + 1) if area.figure(down, head.across) is not None]
    if not lines or head.across in lines or head.is_quiet or not any(area.is_figure(down, head.across) for down in downs):
        return False
    if head.across > min(lines) or head.left_out or head.line.why:
        return True
    if is_unit_head(head.text) or is_near_head(head.text) or senses.timing(head.text):
        return False
    return all(
        area.is_figure(down, head.across) and not _is_head_of_entry(area.label(down, head.across), senses) for down in downs
    )


def _is_head_of_entry(text: str, senses: Senses) -> bool:
    return bool(text) and bool(senses.timing(text) or senses.is_unit(text))


def _time_lines(heads: dict[int, LineHead], senses: Senses) -> None:
    """Only the figures of the task's period are taken; a running total takes the year's where both stand."""
    running = {head.line.target for head in heads.values() if head.timing == Timing.YEAR and _is_running(head.line, senses)}
    for head in heads.values():
        if head.is_chosen or head.left_out or not head.is_line:
            continue
        line = senses.layout.by_key.get(head.line.target)
        if line is not None and line.is_computed and not head.line.is_sure:
            head.left_out = _("the system computes it")
        elif head.timing == Timing.OTHER or (head.timing == Timing.YEAR and head.line.target not in running):
            head.left_out = _not_now()
        elif head.timing == Timing.NOW and _is_running(head.line, senses):
            head.left_out = _not_now() if head.line.target in running else ""
            head.line = proposed(head.line, _("the form asks the running total of the year, the head says this period"))


def _time_entries(entries: list[Entry]) -> None:
    """本期 is taken, 上年同期 is not. Where no unit stands beside the figures, one row of them must be the one that is meant."""
    for entry in entries:
        if not entry.is_chosen and not entry.left_out and entry.timing in (Timing.OTHER, Timing.YEAR):
            entry.left_out = _not_now()
    free = [entry for entry in entries if not entry.has_unit_place and not _names(entry.unit)]
    said = [entry for entry in free if entry.timing == Timing.NOW and not entry.left_out]
    values = [entry for entry in free if is_value_head(entry.text) and not entry.left_out]
    totals = [entry for entry in free if entry.left_out and entry.timing is None]
    others = [entry for entry in free if not entry.left_out]
    if not others and len(totals) == 1 and len(free) == 1:
        totals[0].left_out = ""  # the only row of one unit's figures, whatever it is called
    meant = next((several for several in (said, values) if several), others)
    for entry in others:
        if len(meant) > 1 or entry is not meant[0]:
            entry.has_unit_place = True  # told as a row whose unit is not known


def _is_spread(area: Area, spot: Spot, entries: list[Entry], lines: set[int]) -> bool:
    """The figure of a merged cell that reaches over other entries or lines: whose it is, nobody can say."""
    downs, acrosses = {entry.down for entry in entries}, lines
    covered = [seen for seen, origin in area.spread_from(spot) if seen != origin]
    return any((down != spot[0] and down in downs) or (across != spot[1] and across in acrosses) for down, across in covered)


def _is_running(match: Match, senses: Senses) -> bool:
    line = senses.layout.by_key.get(match.target)
    return line is not None and line.kind == Kind.CUMULATIVE


def _names(match: Match) -> bool:
    return bool(match.target or match.choices)


def _not_now() -> str:
    return _("not the figures of this period")
