"""Compares the cells of one unit with its report: changes, unreadable cells, and results of the checks. Writes nothing.

number_parser reads texts as figures. This module adds what only files have: formulas without a result, dates, TRUE and FALSE,
words that clear a cell, computed lines with typed values.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.measures.document_measures import Leaf
from indicators.measures.history import Document
from indicators.values.documents import NA, Figure
from indicators.values.number_parser import Reading, format_figure, read_value, round_half_up
from spreadsheets.read.workbook import Cell, Content
from submissions.checking.validator import Bench
from submissions.core.check_context import Finding, label_of
from submissions.core.nil_report import speaking_against_nil
from submissions.filling.sheet import is_carried
from submissions.imports.report.import_report import FigureChange, PlacedCell, Remark, Weight
from submissions.imports.service.line_dependencies import inputs_of, leaning_on
from submissions.models import Submission, Version
from submissions.workbooks.stamps import CLEAR_TOKENS

_OLDEST_MEANT, _NEWEST_MEANT = 1949, 2099  # years of dates that a person may have meant
_BY_HAND = ",，%％"  # what a figure is written with that a stored one is not


@dataclass(frozen=True)
class Weighed:
    """The result for one unit's cells. `says`: every figure read, also those that are stored already."""

    changes: tuple[FigureChange, ...]
    remarks: tuple[Remark, ...]
    says: Mapping[str, Figure | None]


def weigh_unit(
    submission: Submission, version: Version | None, bench: Bench, cells: Sequence[PlacedCell], mended: Mapping[str, str],
    unread: Collection[str] = (),
) -> Weighed:  # fmt: skip
    """Compares one unit.

    `version` is the newest (None: nothing is stored); `mended`: address -> the text that a person typed for the cell; `unread`:
    keys of figures whose place or value is not known.
    """
    return _Weighing(submission, version, bench, unread).weigh(
        [_mended(placed, mended) for placed in cells] if mended else cells
    )


def _mended(placed: PlacedCell, mended: Mapping[str, str]) -> PlacedCell:
    text = mended.get(placed.address)
    return placed if text is None else replace(placed, cell=Cell(text, Content.TEXT))


class _Weighing:
    """One unit."""

    def __init__(self, submission: Submission, version: Version | None, bench: Bench, unread: Collection[str]):
        self.submission, self.bench, self.layout = submission, bench, bench.layout
        self.figures: Document = version.figures if version else {}
        self.explanations = version.explanations if version else {}
        self.is_nil = bool(version and version.nil_report)
        self.addresses: dict[str, str] = {}
        self.unread = set(unread)
        self.says: dict[str, Figure | None] = {}
        self.changes: list[FigureChange] = []
        self.remarks: list[Remark] = []

    def weigh(self, cells: Iterable[PlacedCell]) -> Weighed:
        computed = []
        for placed in cells:
            self.addresses[placed.key] = placed.address
            line = self.layout.by_key[placed.key]
            if line.is_computed:
                computed.append((line, placed))
            elif placed.cell.text:
                self._weigh_cell(line, placed)
        if self.changes:
            self._judge(computed)
        else:
            self._compare(computed, self._filled(self.figures, self.is_nil))
        return Weighed(tuple(self.changes), tuple(self.remarks), self.says)

    def _weigh_cell(self, line: Line, placed: PlacedCell) -> None:
        text = placed.cell.text.strip()
        if text.upper() in CLEAR_TOKENS:
            self._change(line, placed, None)
            return
        reading = read_cell(placed.cell, line)
        if reading.error:
            self._refuse(line, placed, reading.error, reading.suggestion)
        elif reading.figure is None:
            self._remark_on_kept_figure(line, placed)
        elif not line.asks(self.submission.unit_category):
            sentence = _("This line is not asked of %(name)s; delete the figure.") % {"name": self.submission.organization.name}
            self._refuse(line, placed, sentence)
        else:
            if reading.notice:
                self._remark(placed, Weight.NOTICE, reading.notice)
            self._change(line, placed, reading.figure)

    def _refuse(self, line: Line, placed: PlacedCell, sentence: str, suggestion: str = "") -> None:
        self.unread.add(line.key)
        self._remark(placed, Weight.ERROR, sentence, suggestion)

    def _remark_on_kept_figure(self, line: Line, placed: PlacedCell) -> None:
        """A notice that a dash is no figure: the stored one stays, as for a blank cell."""
        stored = self.figures.get(line.key)
        if stored is not None and placed.cell.text.strip():
            sentence = _("“%(text)s” counts as blank, so %(figure)s stays; write %(token)s to clear it.")
            words = {
                "text": placed.cell.text.strip(),
                "figure": kind_of(line).text(stored, line.decimals),
                "token": CLEAR_TOKENS[0],
            }
            self._remark(placed, Weight.NOTICE, sentence % words)

    def _change(self, line: Line, placed: PlacedCell, figure: Figure | None) -> None:
        self.says[line.key] = figure
        stored = self.figures.get(line.key)
        if stored == figure:
            return
        old, new = (kind_of(line).text(one, line.decimals) for one in (stored, figure))
        self.changes.append(FigureChange(line.key, label_of(self.layout, line.key), figure, old, new, placed.address))

    def _judge(self, computed: Sequence[tuple[Line, PlacedCell]]) -> None:
        """Runs the checks and compares computed lines on the report as it would become."""
        after = dict(self.figures)
        for change in self.changes:
            after[change.key] = change.figure
        after = {key: figure for key, figure in after.items() if figure is not None}
        nil = self.is_nil and not speaking_against_nil(self.layout, after)
        self._compare(computed, self._filled(after, nil))
        leaning = leaning_on(self.layout, self.unread)
        for finding in self.bench.findings(self.submission, after, self.explanations, nil):
            if leaning and leaning.intersection(inputs_of(finding, self.bench.rules)):
                continue  # it would be about a figure that nobody has read
            key, sentence = self._key(finding), f"{finding.sentence} {finding.cure}".strip()
            self.remarks.append(Remark(self.addresses.get(key, ""), Weight(finding.severity), sentence, key=key))

    def _key(self, finding: Finding) -> str:
        """The first cell of the finding that the unit can correct.

        A computed one if there is no other; "" if none is in the file.
        """
        keys = [key for key in finding.keys if key in self.addresses]
        typed = [key for key in keys if not self.layout.by_key[key].is_computed]
        return next(iter(typed or keys), "")

    def _filled(self, figures: Document, nil: bool) -> Document:
        return self.bench.filled(self.submission, figures, nil)

    def _compare(self, computed: Sequence[tuple[Line, PlacedCell]], after: Document) -> None:
        """Compares computed lines, which are never imported; where the file differs from the system, both values are reported.

        A value from the making of the form is not reported: its formula was only not computed again.
        """
        leaning = leaning_on(self.layout, self.unread)
        filled = [
            (line, placed)
            for line, placed in computed
            if placed.cell.content in (Content.NUMBER, Content.TEXT) and line.key not in leaning
        ]
        if not filled:
            return
        earlier = self.bench.earlier_of(self.submission)
        now, before = Leaf(self.layout, after, earlier), Leaf(self.layout, self._filled(self.figures, self.is_nil), earlier)
        for line, placed in filled:
            reading = read_value(placed.cell.text, _loosely(line), placed.cell.number_format)
            figures = now.figure(line.key), before.figure(line.key)
            if _is_number(reading.figure) and not any(_prints_alike(line, reading.figure, figure) for figure in figures):
                self._remark(placed, Weight.HINT, _computed_otherwise(line, reading.figure, figures[0]))

    def _remark(self, placed: PlacedCell, weight: Weight, sentence: str, suggestion: str = "") -> None:
        self.remarks.append(Remark(placed.address, weight, sentence, suggestion, placed.key))


def labelled(remarks: Iterable[Remark], layout: Layout) -> tuple[Remark, ...]:
    """Remarks with the names of their lines; a key that the form does not have is removed."""
    return tuple(_labelled(remark, layout) if remark.key else remark for remark in remarks)


def _labelled(remark: Remark, layout: Layout) -> Remark:
    if remark.key not in layout.by_key:
        return replace(remark, key="")
    return replace(remark, label=label_of(layout, remark.key))


def read_cell(cell: Cell, line: Line) -> Reading:
    """One cell of a file as the line reads it, with a sentence if it is no number or was written differently."""
    if cell.content == Content.UNCOMPUTED:
        return Reading(
            error=_(
                "The formula “%(formula)s” has no stored result: the file was never computed. Open it in Excel or WPS, save it "
                "once, and take it in again."
            )
            % {"formula": cell.text[:30]}
        )
    if cell.content == Content.DATE:
        return _date(cell, line)
    kind = kind_of(line)
    if cell.content == Content.BOOLEAN and not kind.is_word:
        return Reading(error=_("The cell holds the truth value %(text)s, not a number.") % {"text": cell.text})
    reading = kind.read(cell.text, line, cell.number_format)
    if kind.is_word:
        return reading
    if cell.content == Content.TEXT and _is_number(reading.figure) and not reading.notice and _is_written_otherwise(cell.text):
        sentence = _("“%(text)s” was read as %(figure)s.") % {"text": cell.text.strip(), "figure": reading.figure}
        return replace(reading, notice=sentence)
    return reading


def _date(cell: Cell, line: Line) -> Reading:
    """An error for a cell formatted as a date. It suggests the number stored behind the date, if no day can have been meant."""
    sentence = _("The cell is formatted as a date and shows %(date)s. Format it as a number and write the number.")
    behind = kind_of(line).read(cell.raw, line)
    if behind.figure is None:
        return Reading(error=sentence % {"date": cell.text})
    sentence += " " + _("The number behind it is %(raw)s.") % {"raw": cell.raw}
    return Reading(error=sentence % {"date": cell.text}, suggestion="" if _is_of_our_days(cell.text) else cell.raw)


def _is_of_our_days(text: str) -> bool:
    """Whether a day or a share was probably meant: 2026-09-30, or 9/30; 1900-01-12 is how a 12 looks."""
    return text[:4].isdecimal() and _OLDEST_MEANT <= int(text[:4]) <= _NEWEST_MEANT


def _is_written_otherwise(text: str) -> bool:
    plain = text.strip()
    return not plain.isascii() or any(sign in plain for sign in _BY_HAND)


def _is_number(figure: Figure | None) -> bool:
    return figure is not None and figure != NA


def _prints_alike(line: Line, read: Figure, figure: Figure | None) -> bool:
    return _is_number(figure) and round_half_up(read, line.decimals) == round_half_up(figure, line.decimals)


def _loosely(line: Line) -> Line:
    """The line for reading a formula's result: any number of decimals, also negative."""
    return replace(line, decimals=15, negative_allowed=True)


def _computed_otherwise(line: Line, read: Figure, figure: Figure | None) -> str:
    words = {"file": format_figure(read, line.decimals), "system": format_figure(figure, line.decimals) or "—"}
    if _is_number(figure):
        words["difference"] = f"{round_half_up(read, line.decimals) - round_half_up(figure, line.decimals):+f}"
    if is_carried(line) and _is_number(figure):
        sentence = _(
            "The opening stock is carried from the period before: %(system)s, but the file says %(file)s, a difference of "
            "%(difference)s. It is not taken; if the period before is wrong, have that report corrected."
        )
        return sentence % words
    if _is_number(figure):
        sentence = _(
            "This line is computed: the system comes to %(system)s, the file says %(file)s, a difference of %(difference)s."
        )
        return sentence % words
    return _("This line is computed and cannot be computed yet; the %(file)s in the file is not taken.") % words
