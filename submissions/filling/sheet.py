"""The fill page's table, with all texts formatted, so that the template only prints them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.choices import Severity
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.measures.document_measures import Leaf
from indicators.measures.history import Document
from indicators.values.documents import Figure
from indicators.values.number_parser import Reading
from submissions.checking.findings import Finding
from submissions.checking.validator import Bench
from submissions.core.nil_report import asked_under_nil, filled_as_nil
from submissions.core.unit_reports import UnitReports
from submissions.core.year_to_date import covers_year, has_year, to_date
from submissions.models import Submission, Version

NOTHING = "—"
DEEPEST = 4
_CARRIED = re.compile(r"\{[^{}]+@prev\}")  # an opening stock is the closing stock of the period before


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row of the table. `place` is its number on the page, from 1; texts are "" for not reported, — for impossible."""

    place: int
    key: str
    code: str  # "" for an item of a breakdown
    label: str
    name: str  # as it stands alone, away from its table: with its code, an item with its indicator
    unit: str
    section: str  # heads the row where it begins a section
    level: int
    is_typed: bool
    is_carried: bool
    is_required: bool
    na_allowed: bool
    definition: str
    text: str
    kept: str  # the same as saved; `text` may be what could not be read
    nil_text: str  # what a declared nil report answers for the blank cell
    previous: str
    last_year: str
    year: str
    returned: str  # why the reviewer sent this cell back
    covers_year: bool = False  # its figures are of the year to date, in the column of this period and of earlier ones alike
    error: str = ""  # why what was typed could not be taken

    @property
    def is_answered(self) -> bool:
        """Typed, or answered by a declared nil report."""
        return bool(self.text or self.nil_text)

    @property
    def indicator(self) -> str:
        """The code of the indicator, for an item too."""
        return self.key.partition(":")[0]


@dataclass(frozen=True)
class FormSheet:
    """One submission as its clerk sees it."""

    submission: Submission
    version: Version | None
    lines: tuple[SheetLine, ...]
    findings: tuple[Finding, ...]
    blocked: str  # why it cannot be sent now; "" where it can

    @property
    def texts(self) -> dict[str, str]:
        """What is kept of every typed cell, whatever an attempt left in it."""
        return {line.key: line.kept for line in self.lines if line.is_typed}

    @property
    def computed(self) -> dict[str, str]:
        return {line.key: line.text for line in self.lines if not line.is_typed}

    @property
    def years(self) -> dict[str, str]:
        return {line.key: line.year for line in self.lines}

    @property
    def revision(self) -> int:
        return self.version.revision if self.version else 0

    @property
    def nil_report(self) -> bool:
        return bool(self.version and self.version.nil_report)

    @property
    def typed(self) -> list[SheetLine]:
        return [line for line in self.lines if line.is_typed]

    @property
    def filled(self) -> int:
        return sum(1 for line in self.lines if line.is_typed and line.is_answered)

    @property
    def first_unfilled(self) -> SheetLine | None:
        return next((line for line in self.lines if line.is_typed and not line.is_answered), None)


def sheet_of(
    submission: Submission, version: Version | None, bench: Bench, reasons: Mapping[str, str] | None = None
) -> FormSheet:
    """`version` is the newest (None: nothing kept yet), `bench` that of the task, `reasons` those of a return by cell."""
    figures = version.figures if version else {}
    explanations = version.explanations if version else {}
    nil = bool(version and version.nil_report)
    lines = lines_of(submission, version, bench, reasons)
    findings = tuple(bench.findings(submission, figures, explanations, nil))
    return FormSheet(submission, version, lines, findings, why_blocked(findings, is_empty=not figures and not nil))


def lines_of(
    submission: Submission, version: Version | None, bench: Bench, reasons: Mapping[str, str] | None = None
) -> tuple[SheetLine, ...]:
    """The lines of the table alone, without findings."""
    figures, nil = (version.figures, version.nil_report) if version else ({}, False)
    writer = _SheetWriter(bench.layout, submission.unit_category, figures, bench.reports_of(submission), nil, reasons or {})
    return tuple(writer.lines())


def with_attempt(
    sheet: FormSheet, typed: Mapping[str, str], readings: Mapping[str, Reading], explanations: Mapping[str, str]
) -> FormSheet:
    """The sheet as a person without script left it: what was typed stays in its cells, errors beside."""
    lines = tuple(
        replace(line, text=typed.get(line.key, line.text), error=readings[line.key].error if line.key in readings else "")
        for line in sheet.lines
    )
    findings = tuple(
        replace(finding, explanation=explanations.get(finding.check, finding.explanation)) for finding in sheet.findings
    )
    return replace(sheet, lines=lines, findings=findings)


def why_blocked(findings: tuple[Finding, ...], *, is_empty: bool) -> str:
    """One sentence for the button that cannot be pressed; "" where the report can be sent."""
    blank = sum(1 for finding in findings if is_blank_finding(finding))
    wrong = sum(1 for finding in findings if finding.severity == Severity.MANDATORY) - blank
    unexplained = sum(1 for finding in findings if finding.needs_explanation)
    if is_empty:
        return _("Nothing is filled in yet; type the figures, or declare a nil report.")
    reasons = []
    if blank:
        reasons.append(ngettext("%(n)s required cell is empty", "%(n)s required cells are empty", blank) % {"n": blank})
    if wrong:
        reasons.append(ngettext("%(n)s mandatory finding", "%(n)s mandatory findings", wrong) % {"n": wrong})
    if unexplained:
        reasons.append(ngettext("%(n)s finding to explain", "%(n)s findings to explain", unexplained) % {"n": unexplained})
    return _("Not yet: %(what)s.") % {"what": _("; ").join(reasons)} if reasons else ""


def is_blank_finding(finding: Finding) -> bool:
    """An empty required cell: counted from the start, spelled out once somebody tries to send."""
    return finding.check.startswith("required:")


def text_of(line: Line, figure: Figure | None) -> str:
    return kind_of(line).text(figure, line.decimals)


def level_of(line: Line, layout: Layout) -> int:
    """How far the name is indented, 0 to DEEPEST: a part under its whole, an item under its indicator."""
    own = layout.by_key.get(line.code, line)
    level, whole = int(bool(line.item)), layout.by_key.get(own.part_of)
    while whole is not None and level < DEEPEST:
        level, whole = level + 1, layout.by_key.get(whole.part_of)
    return level


def is_carried(line: Line) -> bool:
    return bool(_CARRIED.fullmatch(line.formula.strip()))


class _SheetWriter:
    """Writes one document's texts: this period, before, a year ago, since January."""

    def __init__(
        self, layout: Layout, category: str, figures: Document, reports: UnitReports, nil: bool, reasons: Mapping[str, str]
    ):
        self.layout, self.reasons = layout, reasons
        self.shown = tuple(line for line in layout.printed if line.asks(category))
        self.figures = figures
        # A nil report answers for blank cells: computed lines and the year's total already count with its zeros.
        self.counted = filled_as_nil(layout, category, figures, reports.earlier) if nil else figures
        self.now, self.before, self.year_ago = reports.now(self.counted), reports.previous(), reports.year_ago()
        self.reports = reports
        # The star stands where the rules ask for a figure: under a nil report for what it cannot answer.
        self.required = {
            line.key for line in (asked_under_nil(layout, category) if nil else self.shown) if nil or line.required
        }

    def lines(self):
        section = None
        for place, line in enumerate(self.shown, 1):
            yield self._line(place, line, line.section if line.section != section else "")
            section = line.section

    def _line(self, place: int, line: Line, section: str) -> SheetLine:
        key, typed = line.key, not line.is_computed
        text = text_of(line, self.figures.get(key)) if typed else self._computed_text(line)
        return SheetLine(
            place=place, key=key, code="" if line.item else line.code, label=printed_label(line), name=_name(line), unit=line.unit,
            section=section,
            level=level_of(line, self.layout), is_typed=typed, is_carried=is_carried(line), is_required=typed and key in self.required,
            na_allowed=line.na_allowed, definition=line.definition, text=text, kept=text,
            nil_text=text_of(line, self.counted.get(key)) if typed else "",
            previous=_of(self.before, line), last_year=_of(self.year_ago, line), covers_year=covers_year(self.layout, line),
            year=self._year_text(line), returned=self.reasons.get(key, ""),
        )  # fmt: skip

    def _computed_text(self, line: Line) -> str:
        return text_of(line, self.now.figure(line.key)) or NOTHING

    def _year_text(self, line: Line) -> str:
        year = self.reports.this_year()
        if not has_year(line, year):
            return NOTHING
        return kind_of(line).year_text(to_date(self.now, line, year), line) or (NOTHING if line.is_computed else "")


def _of(leaf: Leaf | None, line: Line) -> str:
    """The figure's text in the report of that period; "" where there was none or it did not ask for the line."""
    if leaf is None or line.key not in leaf.layout.by_key:
        return ""
    return text_of(line, leaf.figure(line.key)) or (NOTHING if line.is_computed else "")


def _name(line: Line) -> str:
    return f"{line.code} {line.name} · {line.item}" if line.item else f"{line.code} {line.name}"


def printed_label(line: Line) -> str:
    """其中 tells a reader that the line is inside the one above; names that already say so stay as they are."""
    if line.part_of and not line.item and not line.name.startswith("其中"):
        return _("of which: %(name)s") % {"name": line.name}
    return line.label
