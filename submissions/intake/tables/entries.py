"""Whose figures stand in which row below a band of heads: units by code and name, with the township beside them; totals; times.

Knows no indicator. What is not a unit of the uploader's is told, never dropped.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from indicators.measuring_words import is_measure
from orgs.likeness import Certainty, Match, without_numbering
from submissions.intake.tables.area import Area, Spot
from submissions.intake.tables.bands import Band, is_about_heads
from submissions.intake.tables.sections import summed_sections
from submissions.intake.tables.senses import Senses, proposed, sure
from submissions.intake.tables.told import LINE, UNIT
from submissions.intake.tables.words import (
    Timing,
    is_aside,
    is_code_head,
    is_near_head,
    is_numbered,
    is_place_like,
    is_total,
    is_unit_head,
    is_value_head,
)


@dataclass
class Entry:
    """One row of figures. `has_unit_place`: the table says beside each row whose it is. `left_out`: why it is not taken."""

    down: int
    spot: Spot
    text: str = ""
    unit: Match = field(default_factory=Match)
    timing: Timing | None = None
    has_unit_place: bool = False
    left_out: str = ""
    is_quiet: bool = False
    is_chosen: bool = False
    remembered_as: str = ""


@dataclass(frozen=True)
class _Places:
    """Across which places the units' names, their codes and what stands above them are written."""

    name: int
    code: int
    near: int

    @property
    def own(self) -> tuple[int, ...]:
        return tuple(place for place in (self.name, self.code) if place)


def entries_of(area: Area, band: Band, lines: set[int], senses: Senses) -> list[Entry]:
    """The rows from `band.first` to `band.last` in which something stands in one of the places `lines`."""
    return _Reader(area, band, lines, senses).entries()


class _Reader:
    """Reads the entries of one band."""

    def __init__(self, area: Area, band: Band, lines: set[int], senses: Senses):
        self.area, self.band, self.senses, self.lines = area, band, senses, lines
        self.beside = [across for across in range(1, area.width + 1) if across not in lines]
        self.downs = [down for down in range(band.first, band.last + 1) if down in area.rows]
        self.places = self._find_places()
        self.numbering = self._numbering()
        self.uppers = {down: upper for down in self.downs if self._holds_figure(down) and (upper := self._upper(down))}
        self.summed = summed_sections(area, self._rows(), self.uppers, lines)

    def entries(self) -> list[Entry]:
        found, near, group = [], "", ""
        for down in self.downs:
            near = self._label(down, self.places.near) or near
            holds = any(across in self.lines for across in self.area.rows[down])
            if not holds:
                group = self._group(down) or group
                continue
            if down in self.uppers and self.uppers[down] != group:
                group = ""
            entry = self._entry(down, near or group)
            group = self.summed.get(down, group)
            if entry is not None:
                found.append(entry)
        return found

    def _entry(self, down: int, near: str) -> Entry | None:
        texts = [(across, text) for across in self.beside if (text := self._label(down, across))]
        names = self.places.own
        if down == self.numbering or self._is_about_heads(down, texts):
            return None
        beside = texts[-1][0] if texts else min(self.lines)
        across = next((place for place in names if self._label(down, place)), names[0] if names else beside)
        spot = self.area.spot_of(down, across)
        entry = Entry(down, spot, self._label(down, across), has_unit_place=bool(names))
        entry.remembered_as = without_numbering(f"{near}/{entry.text}" if near and names else entry.text)[:200]
        if not self._is_said(entry):
            self._understand(entry, texts, near)
        if entry.unit.certainty == Certainty.AMBIGUOUS:
            entry.remembered_as = ""  # what is said of one of two namesakes is not said of the other
        if not entry.unit.target and not entry.unit.choices:
            if not entry.is_chosen and not self._holds_figure(down):
                return None
            # 本期, 数值 say what the figures are; 不知村 says whose, though it is nobody's here.
            is_what = entry.timing or is_value_head(entry.text)
            entry.has_unit_place = not is_what and (entry.has_unit_place or is_place_like(entry.text))
        return entry

    def _understand(self, entry: Entry, texts: list[tuple[int, str]], near: str) -> None:
        if self.places.own:
            entry.unit = self._unit(entry.down, near)
        if self._is_above_units(entry):
            entry.left_out = _("an organization above the units, whose figures are the sum of theirs")
            entry.unit = Match()
        for across, text in texts:
            if across in (self.places.code, self.places.near) or (across == self.places.name and entry.unit.target):
                continue
            if not entry.unit.is_sure and is_total(text):
                entry.left_out, entry.unit = _("a total"), Match()
            if entry.timing is None and (timing := self.senses.timing(text)):
                entry.timing = timing
                if timing != Timing.NOW:  # told where it says so: the unit's own cell may stand over 本期 too
                    entry.spot, entry.text, entry.remembered_as = self.area.spot_of(entry.down, across), text, ""

    def _is_above_units(self, entry: Entry) -> bool:
        """A township in a table of villages that reports nothing itself; the one name beside rows may say where their unit is."""
        is_named = bool(self.places.own) or len(set(self.uppers.values())) > 1
        is_namesake = entry.unit.certainty == Certainty.AMBIGUOUS and not entry.unit.is_alike
        return entry.down in self.uppers and is_named and not entry.unit.is_sure and not is_namesake

    def _upper(self, down: int) -> str:
        """What the row names where it is no unit but something above units; "" for any other row."""
        texts = (self._label(down, across) for across in self.places.own or self.beside)
        return next((text for text in texts if text and self.senses.units.is_upper(text)), "")

    def _rows(self) -> list[int]:
        """The rows of figures that may be a unit's, or the sum of some."""
        rows = [down for down in self.downs if self._holds_figure(down) and down != self.numbering]
        return [down for down in rows if not any(is_total(self._label(down, across)) for across in self.beside)]

    def _is_said(self, entry: Entry) -> bool:
        said = self.senses.said(self.area.address(entry.spot), entry.remembered_as)
        if said is None or said.means.startswith(LINE):
            return False
        entry.is_chosen = said.is_now
        if said.means.startswith(UNIT):
            entry.unit = sure(said.means.removeprefix(UNIT), said.why)
        else:
            entry.left_out = said.why
        return True

    def _unit(self, down: int, near: str) -> Match:
        """By code and name together: where both name a unit it must be the same one."""
        name = self.senses.unit(self._label(down, self.places.name), near)
        code = self.senses.unit(self._label(down, self.places.code))
        if not self.places.code or not self._label(down, self.places.code):
            return name
        if not code.is_sure:
            return proposed(name, code.why or _("the code beside the name is not known"))
        if not name.is_sure or name.target == code.target:
            return code
        both = (code.target, name.target)
        return Match("", Certainty.AMBIGUOUS, _("the code and the name beside it name different units"), both)

    def _is_about_heads(self, down: int, texts: list[tuple[int, str]]) -> bool:
        """Remarks, measures and serial numbers beside the heads are no entries."""
        is_unit = any(self.senses.unit(self._label(down, place)).is_sure for place in self.places.own)
        if is_unit:
            return False
        holding = [across for across in self.area.rows[down] if across in self.lines]
        if all(is_measure(self.area.words(down, across)) for across in holding):
            return True
        return is_about_heads(self.area, down, self.lines) and (self.area.turned or not texts or is_aside(texts[0][1]))

    def _holds_figure(self, down: int) -> bool:
        """A note below the table is no row of it."""
        return any(self.area.is_figure(down, across) for across in self.area.rows[down] if across in self.lines)

    def _group(self, down: int) -> str:
        """A row without figures that names what the rows below it stand under."""
        texts = [text for across in self.beside if (text := self._label(down, across))]
        return next((text for text in texts if self.senses.units.is_above(text)), "")

    def _find_places(self) -> _Places:
        scores, codes, above = Counter(), Counter(), Counter()
        for across in self.beside:
            texts = {text for down in self.downs if (text := self._label(down, across)) and not is_numbered(text)}
            for text in texts:
                if text.isascii() and text.isalnum() and any(sign.isdigit() for sign in text) and len(text) >= 6:
                    codes[across] += 1
                    continue
                scores[across] += self.senses.is_unit(text)
                above[across] += self.senses.units.is_above(text)
        nears = [across for across in self.beside if self._headed(across, is_near_head)]
        named = {across: score for across, score in scores.items() if score > 0}
        own = {across: score for across, score in named.items() if across not in nears} or named
        # The corner of a turned table speaks of its lines, not of its units.
        headed = [
            across
            for across in self.beside
            if not self.area.turned and self._headed(across, is_unit_head) and across not in nears
        ]
        name = max(own, key=lambda across: (own[across], across)) if own else (headed[0] if headed else 0)
        nears += [across for across in self.beside if above[across]]
        known = [across for across in codes if any(self.senses.unit(self._label(down, across)).is_sure for down in self.downs)]
        coded = known or [across for across in codes if self._headed(across, is_code_head)]
        near = next((across for across in nears if across != name), 0)
        return _Places(name, coded[0] if coded else 0, near)

    def _headed(self, across: int, is_head) -> bool:
        return any(is_head(text) for down in range(self.band.top, self.band.first) if (text := self.area.words(down, across)))

    def _numbering(self) -> int:
        """The row right below the heads that only counts the columns (甲, 乙, 1, 2 …); 0 for none."""
        down = self.downs[0] if self.downs else 0
        held = [text for across in sorted(self.lines) if down and (text := self._label(down, across))]
        beside = [text for across in self.beside if down and (text := self._label(down, across))]
        if len(held) < 2 or not all(is_numbered(text) for text in (*held, *beside)):
            return 0
        digits = [int(text.strip("()")) for text in held if text.strip("()").isdigit()]
        steps = [later - earlier for earlier, later in pairwise(digits)]
        counts = all(step == 1 for step in steps) and (not digits or digits[0] <= len(self.beside) + 1)
        return down if counts and (len(held) >= 3 or any(not text.strip("()").isdigit() for text in beside)) else 0

    def _label(self, down: int, across: int) -> str:
        return self.area.label(down, across) if across else ""
