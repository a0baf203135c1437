"""What stands over each place of a band of heads: a figure, perhaps a unit, a time. Reads from the top of a head to its end."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from indicators.measuring_words import is_measure, split_measure
from indicators.naming import plain_name
from orgs.likeness import Certainty, Match, folded
from submissions.intake.tables.area import Area, Spot
from submissions.intake.tables.bands import Band
from submissions.intake.tables.senses import Senses, key_of_head, proposed, sure
from submissions.intake.tables.told import LINE, UNIT
from submissions.intake.tables.words import Timing, is_aside, is_code_head, is_numbered, is_serial, is_total, is_unit_head

_WHOLE = {"总数", "计", "总", "全部", "总人数"}  # of the indicator above it, beside its items


@dataclass
class LineHead:
    """What was understood of one place across the band. `left_out`: why its figures are not taken, though understood."""

    across: int
    spot: Spot
    text: str
    line: Match = field(default_factory=Match)
    unit: Match = field(default_factory=Match)
    unit_spot: Spot | None = None
    unit_text: str = ""
    timing: Timing | None = None
    left_out: str = ""
    is_quiet: bool = False  # serial numbers and remarks: nothing need be said about them
    is_chosen: bool = False
    remembered_as: str = ""

    @property
    def is_line(self) -> bool:
        return bool(self.line.target) or self.line.certainty == Certainty.AMBIGUOUS


def line_heads(area: Area, band: Band, senses: Senses) -> dict[int, LineHead]:
    """across -> what stands there, for every place with a text in the band."""
    reader = _Reader(area, band, senses)
    heads, before = {}, ""
    for across in range(1, area.width + 1):
        path = reader.paths[across]
        if not path:
            continue
        head = heads[across] = reader.read(across, path, before)
        if head.line.is_sure:
            before = head.line.target.partition(":")[0]
        elif not head.is_quiet and not head.text.startswith(("其中", "其 中")):
            before = ""
    return heads


class _Reader:
    """Reads the heads of one band."""

    def __init__(self, area: Area, band: Band, senses: Senses):
        self.area, self.senses = area, senses
        self.downs = range(band.top, band.bottom + 1)
        self.paths = {across: self._path(across) for across in range(1, area.width + 1)}
        self.shared = Counter(spot for path in self.paths.values() for spot in path)
        self._width = sum(1 for path in self.paths.values() if path)

    def read(self, across: int, path: list[Spot], before: str) -> LineHead:
        texts = [(spot, self.area.label(*spot)) for spot in path]
        telling = [(spot, text) for spot, text in texts if self._tells(spot, text)]
        head = LineHead(across, *(telling or texts)[-1])
        head.remembered_as = key_of_head([text for _spot, text in telling])
        measure = ""
        for spot, text in texts:
            if is_measure(text):
                measure = text
            elif not self._is_said(head, spot, text, is_last=(spot, text) == (telling or texts)[-1]):
                self._understand(head, spot, text, before)
        head.line = measured(head, measure, self.senses)
        own = [text for spot, text in texts if not self._is_over_all(spot)]
        if not head.is_line and any(is_serial(text) or is_aside(text) or is_code_head(text) for text in own):
            head.is_quiet = True
        return head

    def _is_said(self, head: LineHead, spot: Spot, text: str, *, is_last: bool) -> bool:
        """True where a person said what this cell means."""
        said = self.senses.said(self.area.address(spot), head.remembered_as if is_last else "")
        if said is None:
            return head.is_chosen
        head.is_chosen = head.is_chosen or said.is_now
        head.spot, head.text = spot, text
        if said.means.startswith(LINE):
            head.line, head.left_out = sure(said.means.removeprefix(LINE), said.why), ""
        elif said.means.startswith(UNIT):
            head.unit, head.unit_spot, head.unit_text = sure(said.means.removeprefix(UNIT), said.why), spot, text
        else:
            head.line, head.left_out = Match(), said.why
        return True

    def _understand(self, head: LineHead, spot: Spot, text: str, before: str) -> None:
        """One text of the path, from the top down; what stands lower says more."""
        if head.left_out:
            return
        is_over_all = self._is_over_all(spot)
        within = head.line.target.partition(":")[0] if head.line.is_sure else ""
        if not is_over_all and (is_total(text) or (within and folded(text) in _WHOLE)):
            head.spot, head.text = spot, text
            if not within:
                head.left_out = _("a total")
            return
        found, timing = self._match(text, within, before)
        if timing is None and not found.is_sure and not is_over_all:
            timing = self.senses.timing(text)
            found = Match() if timing else found
        if timing:
            head.timing, head.spot = timing, spot
            head.text = text if timing != Timing.NOW and not head.line.target else head.text
        if unit := self._unit(text, found):
            head.unit, head.unit_spot, head.unit_text = unit, spot, text
        elif found.target or found.choices or found.why:
            self._take(head, found, spot, text)
        elif within and not timing and plain_name(text) and not is_numbered(text):
            self._below_unknown(head, spot, text)

    def _match(self, text: str, within: str, before: str) -> tuple[Match, Timing | None]:
        if is_numbered(text) and not self.senses.lines.match(text).is_sure:
            return Match(), None
        if not within and (item := self.senses.item(text, before)):
            return item, None
        return self.senses.line(text, within)

    def _unit(self, text: str, found: Match) -> Match | None:
        if found.is_sure or is_unit_head(text):
            return None
        unit = self.senses.unit(text)
        is_named = unit.is_sure or (unit.certainty == Certainty.AMBIGUOUS and not unit.is_alike and not found.target)
        return unit if is_named else None

    def _take(self, head: LineHead, found: Match, spot: Spot, text: str) -> None:
        """A text that names a figure below, or beside, one that did already."""
        is_below = head.line.is_sure and self.shared[head.spot] > 1
        if head.line.is_sure and found.is_sure and found.target == head.line.target:
            return
        head.line = self._beside(head, found) if head.line.is_sure and not is_below else found
        head.spot, head.text = spot, text

    def _beside(self, head: LineHead, found: Match) -> Match:
        """Two texts of one head: the second refines the first, repeats it, or contradicts it."""
        code = head.line.target.partition(":")[0]
        if found.is_sure:
            other = found.target.partition(":")[0]
            is_part = self.senses.lines.named[found.target].whole == code
            if other == code:
                return found if ":" in found.target else head.line
            if is_part:
                return found
            both = (head.line.target, found.target)
            return Match("", Certainty.AMBIGUOUS, _("two texts of this head name different lines of the form"), both)
        if self.area.turned:
            return head.line
        return proposed(head.line, _("what stands below the name is not known"))

    def _below_unknown(self, head: LineHead, spot: Spot, text: str) -> None:
        """A part that the form does not ask (男 under 党员总数) is never the whole; a remark beside a name is nothing."""
        if self.shared[head.spot] > 1:
            head.line = Match(why=_("a part that the form does not ask"), choices=(head.line.target,))
        elif not self.area.turned:
            head.line = proposed(head.line, _("what stands below the name is not known"))
        else:
            return
        head.spot, head.text = spot, text

    def _path(self, across: int) -> list[Spot]:
        """The cells over this place, from the top down: its own, merged ones, and a group's name that was written once."""
        path: list[Spot] = []
        for down in self.downs:
            spot = self.area.spot_of(down, across)
            if not self.area.label(*spot):
                spot = self._group_before(down, across)
            if spot and spot not in path:
                path.append(spot)
        return path

    def _group_before(self, down: int, across: int) -> Spot | None:
        """The text to the left that reaches over this blank, where both have heads of their own below it."""
        left = next((place for place in range(across - 1, 0, -1) if self.area.label(down, place)), 0)
        lower = range(down + 1, self.downs.stop)
        has_own = any(self.area.label(below, across) for below in lower)
        if not left or not has_own or not any(self.area.label(below, left) for below in lower):
            return None
        if any(not any(self.area.label(below, place) for below in lower) for place in range(left, across)):
            return None
        return self.area.spot_of(down, left)

    def _is_over_all(self, spot: Spot) -> bool:
        """A title, which stands over every head."""
        return self.shared[spot] >= max(2, self._width)

    def _tells(self, spot: Spot, text: str) -> bool:
        """Part of what a head is remembered by: not titles over everything, not units, numbers, measures and times."""
        if self._is_over_all(spot) or is_measure(text) or is_numbered(text) or is_total(text):
            return False
        return not self.senses.timing(text) and self.senses.is_unit(text) < 1


def measured(head: LineHead, stated: str, senses: Senses) -> Match:
    """The head's line weighed with the measure that stands beside it. What a person said stands, but never 元 for 万元."""
    if not head.is_chosen:
        return senses.lines.measured(head.line, stated)
    if not stated and senses.lines.match(head.text).target == head.line.target:
        return head.line  # the measure is part of the name
    found = senses.lines.measured(head.line, stated or split_measure(folded(head.text))[1])
    return head.line if found.target else found


def measure_again(heads: Iterable[LineHead], area: Area, downs: Collection[int], senses: Senses) -> None:
    """Weigh each head with the measure that stands in a row of measures outside the band."""
    for head in heads:
        stated = next((text for down in downs if is_measure(text := area.words(down, head.across))), "")
        if stated and head.line.target:
            head.line = measured(head, stated, senses)
