"""The heads of a workbook for the page: meaning in words, certainty, other possible meanings, and open questions."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from orgs.names.name_similarity import Certainty, Match, without_numbering
from submissions.core.check_context import label_of
from submissions.imports.report.import_report import ImportQuestion
from submissions.imports.tables.geometry.words import is_corner
from submissions.imports.tables.heads.columns import TableColumn
from submissions.imports.tables.heads.head_matcher import HeadMatcher
from submissions.imports.tables.heads.placement import Figure, TableFigures, UnitTable, address_of
from submissions.imports.tables.heads.placement import Head as TableHead
from submissions.imports.tables.heads.rows import DataRow
from submissions.imports.tables.heads.sheet_tables import SheetTable
from submissions.imports.tables.heads.unit_columns import UnitCandidate, UnitLayout, remembered_head, sample
from submissions.imports.tables.heads.unit_of_sheet import SheetUnit
from submissions.imports.tables.table_report import IS_OTHER, IS_OWN, LINE, OWN, UNIT, HeadChoice, HeadRole, ReportedHead

_MOST_CHOICES = 12  # of a question in JSON; the page offers every line or unit


def heads_of(figures: TableFigures, matcher: HeadMatcher) -> tuple[ReportedHead, ...]:
    """One for every cell that is a head: in the order of the sheets, heads of lines before those of units."""
    return tuple(_HeadWriter(figures, matcher).heads())


class _HeadWriter:
    """Writes heads in words."""

    def __init__(self, figures: TableFigures, matcher: HeadMatcher):
        self.tables, self.matcher = figures.tables, matcher
        self.lines = [HeadChoice(f"{LINE}{line.key}", label_of(matcher.layout, line.key)) for line in matcher.layout.typed]
        self.units = [HeadChoice(f"{UNIT}{code}", label) for code, label in matcher.labels.items()]
        self.figures = Counter(id(head) for one in figures.all for head in _counting(one))
        self.open = Counter((one.number, one.row.down) for one in figures.all if one.is_open)

    def heads(self) -> Iterator[ReportedHead]:
        written: set[str] = set()
        for number, one in enumerate(self.tables):
            for layout in one.table.layouts:
                yield from self._unit_column(number, one.table, layout)
            for head in (*one.table.columns, *([one.unit] if one.unit else ()), *one.table.rows):
                for address, match in self._places(one, head):
                    if address not in written and self._is_worth_writing(head):
                        written.add(address)
                        yield self._written(address, head, match)

    def _unit_column(self, number: int, table: SheetTable, layout: UnitLayout) -> Iterator[ReportedHead]:
        """The question which column of a band names the units, or a person's answer to it for this file."""
        count = sum(self.open[number, down] for down in layout.downs)
        chosen = next((one for one in layout.candidates if self.matcher.is_own_column(table.cells.address(one.spot))), None)
        if layout.question:
            why = _several(layout.question) if len(layout.question) > 1 else _single(layout.question[0])
            yield ReportedHead(
                layout.address, _("Column of the units' own names"), HeadRole.UNKNOWN, "", "", Certainty.AMBIGUOUS, why=why,
                choices=_column_choices(table, layout.question), figures=count, names_unit=True,
            )  # fmt: skip
        elif chosen is not None:
            yield ReportedHead(
                layout.address, _("Column of the units' own names"), HeadRole.UNIT, _means(table, chosen),
                _choice(table, chosen).label, Certainty.SURE, why=_("as you said"), figures=count,
                choices=_column_choices(table, layout.candidates), names_unit=True, is_chosen=True,
                remembers=tuple(
                    (remembered_head(one.text), IS_OWN if one is chosen else IS_OTHER) for one in layout.candidates if one.text
                ),
            )  # fmt: skip

    def _places(self, one: UnitTable, head: TableHead) -> Iterator[tuple[str, Match]]:
        """The places of the head; one that names a unit besides its line has two cells."""
        if not isinstance(head, TableColumn):
            yield address_of(one.table, head), head.unit
            return
        if head.unit_spot is not None:
            yield one.table.cells.address(head.unit_spot), head.unit
        yield one.table.cells.address(head.spot), head.line

    def _is_worth_writing(self, head: TableHead) -> bool:
        if isinstance(head, TableColumn):
            return not head.is_quiet and (head.is_line or head.is_chosen or self._count(head) > 0)
        if isinstance(head, DataRow):
            names = head.has_unit_place or head.unit.target or head.left_out or head.is_chosen
            return bool(names) and (bool(head.unit.target) or self._count(head) > 0)
        return True

    def _written(self, address: str, head: TableHead, match: Match) -> ReportedHead:
        is_line = isinstance(head, TableColumn) and match is head.line
        role = _role(match, head, is_line=is_line)
        means = f"{LINE if is_line else UNIT}{match.target}" if match.target and role in (HeadRole.LINE, HeadRole.UNIT) else ""
        is_beside = isinstance(head, TableColumn) and not is_line
        text, key = head.text, head.remembered_as
        if is_beside:
            text, key = head.unit_text, without_numbering(head.unit_text)
        return ReportedHead(
            address, text, role, means, self._label(means), match.certainty if not head.left_out else Certainty.SURE,
            why=head.left_out or match.why, choices=self._choices(match, is_line), figures=self._count(head),
            remembered_as=key, names_unit=not is_line, is_chosen=head.is_chosen,
        )  # fmt: skip

    def _count(self, head: TableHead) -> int:
        return self.figures[id(head)]

    def _label(self, means: str) -> str:
        kind, _colon, target = means.partition(":")
        if not means:
            return ""
        return label_of(self.matcher.layout, target) if f"{kind}:" == LINE else self.matcher.labels.get(target, target)

    def _choices(self, match: Match, is_line: bool) -> tuple[HeadChoice, ...]:
        """The possible meanings of a head, the most probable first, then everything of its kind."""
        every = self.lines if is_line else self.units
        likely = [f"{LINE if is_line else UNIT}{target}" for target in (match.target, *match.choices) if target]
        first = {choice.means: choice for means in likely for choice in every if choice.means == means}
        return (*first.values(), *(choice for choice in every if choice.means not in first))


def _role(match: Match, head: TableHead, *, is_line: bool) -> HeadRole:
    if head.left_out:
        return HeadRole.IGNORED
    if match.target or match.certainty == Certainty.AMBIGUOUS:
        return HeadRole.LINE if is_line else HeadRole.UNIT
    return HeadRole.UNKNOWN


def _counting(one: Figure) -> Iterator[TableHead]:
    """The heads under which a figure counts; it counts under none if another head leaves it out or has no meaning."""
    column, row = one.column, one.row
    if row.is_asked:
        if not row.left_out:
            yield column
        return
    if not row.left_out and not (isinstance(one.whose, SheetUnit) and one.whose.left_out):
        yield column
    if column.is_line and not column.left_out:
        yield row
        if one.whose is not None and one.whose is not row and one.whose is not column:
            yield one.whose


def _single(candidate: UnitCandidate) -> str:
    head = candidate.text or _("a column without a head")
    return _("“%(head)s” may name the unit itself or another one") % {"head": head}


def _several(candidates: tuple[UnitCandidate, ...]) -> str:
    names = "、".join(f"“{one.text or sample(one)}”" for one in candidates)
    return _("several columns name units (%(columns)s)") % {"columns": names}


def _means(table: SheetTable, one: UnitCandidate) -> str:
    return f"{OWN}{table.cells.address(one.spot)}"


def _choice(table: SheetTable, one: UnitCandidate) -> HeadChoice:
    words = {"head": one.text or _("without a head"), "address": table.cells.address(one.spot), "names": sample(one)}
    remembered_as = remembered_head(one.text) if one.text else ""
    return HeadChoice(_means(table, one), _("“%(head)s” (%(address)s): %(names)s") % words, remembered_as)


def _column_choices(table: SheetTable, candidates: Sequence[UnitCandidate]) -> tuple[HeadChoice, ...]:
    return tuple(_choice(table, one) for one in candidates)


def unit_column_of(figures: TableFigures) -> str:
    """The columns used for the units' own names, in words; "" if no table has one."""
    found: dict[str, None] = {}
    for one in figures.tables:
        for head, address in one.table.unit_heads:
            if one.table.cells.turned and is_corner(head):
                continue  # the units are in columns
            found[f"{head} ({address})" if head else address] = None
    return "、".join(found)


def questions_of(heads: tuple[ReportedHead, ...]) -> tuple[ImportQuestion, ...]:
    """The questions to be answered first, as `take_in` prints them."""
    questions = []
    for head in heads:
        if head.is_asked:
            what = "unit_column" if any(choice.means.startswith(OWN) for choice in head.choices) else "head"
            choices = tuple((choice.means, choice.label) for choice in head.choices[:_MOST_CHOICES])
            questions.append(ImportQuestion(what, head_sentence(head) or _doubt(head), head.address, choices))
    return tuple(questions)


def _doubt(head: ReportedHead) -> str:
    words = {"text": head.text or head.address, "label": head.label, "why": head.why, "count": head.figures}
    return _("Does “%(text)s” mean %(label)s? %(why)s. Figures that wait: %(count)s.") % words


def head_sentence(head: ReportedHead) -> str:
    """One sentence about a head whose figures are not imported; "" for one with a known meaning."""
    words = {"text": head.text or head.address, "count": head.figures, "why": head.why}
    if not head.figures:
        return ""
    if any(choice.means.startswith(OWN) for choice in head.choices) and not head.is_chosen:
        sentence = _("Which column names the unit that each row is about? %(why)s. Figures not taken: %(count)s.")
        return sentence % words
    if head.certainty == Certainty.AMBIGUOUS:
        return _("“%(text)s”: %(why)s. Figures not taken: %(count)s. Say which one is meant.") % words
    if head.role == HeadRole.IGNORED:
        return _("“%(text)s”: left out, %(why)s. Figures under it: %(count)s.") % words
    if head.role == HeadRole.UNKNOWN and head.names_unit and head.text in ("", head.address):
        sentence = _("Whose figures stand at %(text)s? No unit that you fill in is named there. Figures not taken: %(count)s.")
        return sentence % words
    if head.role == HeadRole.UNKNOWN and head.why:
        return _("“%(text)s” is not understood: %(why)s. Figures not taken: %(count)s.") % words
    if head.role == HeadRole.UNKNOWN:
        return _("“%(text)s” is not understood. Figures not taken: %(count)s. Say what it means, or leave it out.") % words
    return ""
