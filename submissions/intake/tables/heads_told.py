"""The heads of a workbook as a page shows them: what each means in words, how sure that is, what else it may mean."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from orgs.likeness import Certainty, Match, without_numbering
from submissions.desk import label_of
from submissions.intake.tables.entries import Entry
from submissions.intake.tables.line_heads import LineHead
from submissions.intake.tables.placing import Figure, Placing
from submissions.intake.tables.reading_sheets import SheetRead
from submissions.intake.tables.senses import Senses
from submissions.intake.tables.told import LINE, UNIT, Choice, Head, Role
from submissions.intake.tables.unit_of_sheet import SheetUnit


def heads_of(placing: Placing, senses: Senses) -> tuple[Head, ...]:
    """One for every cell that is a head of something: in the order of the sheets, heads of lines before those of units."""
    return tuple(_Teller(placing, senses).heads())


class _Teller:
    """Puts into words."""

    def __init__(self, placing: Placing, senses: Senses):
        self.placing, self.senses = placing, senses
        self.lines = [Choice(f"{LINE}{line.key}", label_of(senses.layout, line.key)) for line in senses.layout.typed]
        self.units = [Choice(f"{UNIT}{code}", label) for code, label in senses.labels.items()]
        self.figures = Counter(id(head) for one in placing.figures for head in _counting(one))

    def heads(self) -> Iterator[Head]:
        told: set[str] = set()
        for sheet, unit in self.placing.sheets:
            for head in (*sheet.lines, *([unit] if unit else ()), *sheet.entries):
                for address, match in self._places(sheet, head):
                    if address not in told and self._is_worth_telling(head):
                        told.add(address)
                        yield self._told(address, head, match)

    def _places(self, sheet: SheetRead, head: Entry | LineHead | SheetUnit) -> Iterator[tuple[str, Match]]:
        """Where the head stands; one that names a unit besides its line stands in two cells."""
        if not isinstance(head, LineHead):
            yield self.placing.address_of(sheet, head), head.unit
            return
        if head.unit_spot is not None:
            yield sheet.area.address(head.unit_spot), head.unit
        yield sheet.area.address(head.spot), head.line

    def _is_worth_telling(self, head: Entry | LineHead | SheetUnit) -> bool:
        if isinstance(head, LineHead):
            return not head.is_quiet and (head.is_line or head.is_chosen or self._count(head) > 0)
        if isinstance(head, Entry):
            names = head.has_unit_place or head.unit.target or head.left_out or head.is_chosen
            return bool(names) and (bool(head.unit.target) or self._count(head) > 0)
        return True

    def _told(self, address: str, head: Entry | LineHead | SheetUnit, match: Match) -> Head:
        is_line = isinstance(head, LineHead) and match is head.line
        role = _role(match, head, is_line=is_line)
        means = f"{LINE if is_line else UNIT}{match.target}" if match.target and role in (Role.LINE, Role.UNIT) else ""
        is_beside = isinstance(head, LineHead) and not is_line
        text, key = head.text, head.remembered_as
        if is_beside:
            text, key = head.unit_text, without_numbering(head.unit_text)
        return Head(
            address, text, role, means, self._label(means), match.certainty if not head.left_out else Certainty.SURE,
            why=head.left_out or match.why, choices=self._choices(match, is_line), figures=self._count(head),
            remembered_as=key, names_unit=not is_line, is_chosen=head.is_chosen,
        )  # fmt: skip

    def _count(self, head: Entry | LineHead | SheetUnit) -> int:
        return self.figures[id(head)]

    def _label(self, means: str) -> str:
        kind, _colon, target = means.partition(":")
        if not means:
            return ""
        return label_of(self.senses.layout, target) if f"{kind}:" == LINE else self.senses.labels.get(target, target)

    def _choices(self, match: Match, is_line: bool) -> tuple[Choice, ...]:
        """What it may mean, the likeliest first, then everything of its kind."""
        every = self.lines if is_line else self.units
        likely = [f"{LINE if is_line else UNIT}{target}" for target in (match.target, *match.choices) if target]
        first = {choice.means: choice for means in likely for choice in every if choice.means == means}
        return (*first.values(), *(choice for choice in every if choice.means not in first))


def _role(match: Match, head: Entry | LineHead | SheetUnit, *, is_line: bool) -> Role:
    if head.left_out:
        return Role.IGNORED
    if match.target or match.certainty == Certainty.AMBIGUOUS:
        return Role.LINE if is_line else Role.UNIT
    return Role.UNKNOWN


def _counting(one: Figure) -> Iterator[Entry | LineHead | SheetUnit]:
    """The heads under which a figure counts: it does not where another head leaves it out or names nothing."""
    line, entry = one.found.line, one.found.entry
    if not entry.left_out and not (isinstance(one.whose, SheetUnit) and one.whose.left_out):
        yield line
    if line.is_line and not line.left_out:
        yield entry
        if one.whose is not None and one.whose is not entry and one.whose is not line:
            yield one.whose


def said_of(head: Head) -> str:
    """One sentence about a head whose figures are not taken; "" for one that is understood."""
    words = {"text": head.text or head.address, "count": head.figures, "why": head.why}
    if not head.figures:
        return ""
    if head.certainty == Certainty.AMBIGUOUS:
        return _("“%(text)s”: %(why)s. Figures not taken: %(count)s. Say which one is meant.") % words
    if head.role == Role.IGNORED:
        return _("“%(text)s”: left out, %(why)s. Figures under it: %(count)s.") % words
    if head.role == Role.UNKNOWN and head.why:
        return _("“%(text)s” is not understood: %(why)s. Figures not taken: %(count)s.") % words
    if head.role == Role.UNKNOWN:
        return _("“%(text)s” is not understood. Figures not taken: %(count)s. Say what it means, or leave it out.") % words
    return ""
