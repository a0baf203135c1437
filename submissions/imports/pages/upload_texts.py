"""The rows of the upload page for one file: units, errors, changes and remarks, one page of rows each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.choices import Severity
from indicators.layout import Layout
from submissions.choices import State
from submissions.core.texts import COLOURS
from submissions.imports.report.import_report import FigureChange, FileResult, Fresh, Remark, UnitResult, Weight
from submissions.models import Submission

ROWS = 50
PARTS = UNITS, ERRORS, CHANGES, REMARKS = ("units", "errors", "changes", "remarks")
ALL, READY, PROBLEMS, UNCHANGED = ("all", "ready", "problems", "unchanged")
CHECKED = (Weight.MANDATORY, Weight.VERIFY, Weight.HINT)
REMARK_COLOURS = {
    Weight.ERROR: "is-red", Weight.MANDATORY: "is-amber", Weight.VERIFY: "is-amber", Weight.HINT: "is-blue", Weight.NOTICE: "",
}  # fmt: skip


@dataclass(frozen=True)
class UploadCounts:
    """The counts of a file.

    `errors` counts cells and units that prevent an import, `questions` what a person has to answer first.
    """

    units: int
    ready: int
    problems: int
    unchanged: int
    changes: int
    errors: int
    remarks: int
    questions: int

    @property
    def shows_errors(self) -> bool:
        """False if nothing is imported for another reason: a 0 would mislead then."""
        return bool(self.errors or self.ready or (self.unchanged and not self.questions))


@dataclass(frozen=True)
class UploadUnitRow:
    """One unit of the summary table; with the state in words if its report is known."""

    unit: UnitResult
    name: str
    state: str
    state_colour: str
    errors: int
    warnings: int
    fresh: str  # address of the right form, where the unit was refused for the wrong one


@dataclass(frozen=True)
class UploadSentence:
    """One remark with its unit ("" for the file) and a person's decision about its cell."""

    unit: str
    remark: Remark
    label: str
    colour: str

    @property
    def is_mendable(self) -> bool:
        """Whether it is an error of a cell; a sheet or a whole file is corrected in the program it came from."""
        return self.remark.weight == Weight.ERROR and self.remark.is_at_cell


@dataclass(frozen=True)
class ChangeRow:
    """One cell that would change, with the unit of measure of its line."""

    unit: str
    change: FigureChange
    measure: str


@dataclass(frozen=True)
class UploadPart:
    """One part of the page: its title, and a page of its rows."""

    key: str
    title: str
    page: Page


def name_of(unit: UnitResult) -> str:
    """The unit's name; its code from the file where this person may not see the unit."""
    return unit.name or unit.org


def fresh_url(fresh: Fresh | None) -> str:
    """The address of the workbook that should have been filled; "" where there is none."""
    if fresh is None:
        return ""
    return f"{reverse('submissions:workbook', args=[fresh.task_id, fresh.organization_id])}?shape={fresh.shape}"


def counts_of(result: FileResult) -> UploadCounts:
    errors, remarks = list(_errors(result, result.units)), list(_remarks(result, result.units))
    return UploadCounts(
        units=len(result.units),
        ready=sum(unit.is_ready for unit in result.units),
        problems=sum(is_problem(unit) for unit in result.units),
        unchanged=sum(_is_unchanged(unit) for unit in result.units),
        changes=sum(len(unit.changes) for unit in result.units),
        errors=len(errors),
        remarks=len(remarks),
        questions=len(
            {question.address for question in result.questions} | {head.address for head in result.heads if head.is_asked}
        ),
    )


def is_problem(unit: UnitResult) -> bool:
    return bool(unit.refused) or unit.has_errors


def parts_of(result: FileResult, layout: Layout | None, query: QueryDict) -> tuple[str, list[UploadPart]]:
    """The selected part, and all visible parts: for a file with one unit all of them, else the selected one."""
    counts = counts_of(result)
    if counts.units <= 1:
        shown = [part for part in (ERRORS, CHANGES, REMARKS) if getattr(counts, part)]
        return "", [_part(part, result, layout, query) for part in shown]
    chosen = query.get("part", "")
    if chosen not in PARTS:
        chosen = ERRORS if counts.errors else UNITS
    return chosen, [_part(chosen, result, layout, query)]


def unit_in_query(result: FileResult, query: QueryDict) -> UnitResult | None:
    """The unit to which ?unit= limits the parts, by its code."""
    return next((unit for unit in result.units if unit.org == query.get("unit", "")), None)


def _part(key: str, result: FileResult, layout: Layout | None, query: QueryDict) -> UploadPart:
    unit = unit_in_query(result, query)
    units = (unit,) if unit else result.units
    measures = {line.key: line.unit for line in layout.printed} if layout else {}
    title, rows = {
        UNITS: (_("Units"), [unit for unit in result.units if _passes(unit, query.get("filter", ALL))]),
        ERRORS: (_("To be mended"), list(_errors(result, units))),
        CHANGES: (_("What would change"), list(_changes(units, measures))),
        REMARKS: (_("Checks and notices"), list(_remarks(result, units))),
    }[key]
    page = Paginator(rows, ROWS).get_page(query.get(f"{key}-page"))
    if key == UNITS:
        page.object_list = _unit_rows(page.object_list, result)
    return UploadPart(key, title, page)


def _unit_rows(units: Sequence[UnitResult], result: FileResult) -> list[UploadUnitRow]:
    """The rows of the summary table; one query for all states."""
    states = dict(Submission.objects.filter(pk__in=[unit.submission_id for unit in units]).values_list("id", "state"))
    return [_unit_row(unit, result, states.get(unit.submission_id, "")) for unit in units]


def _unit_row(unit: UnitResult, result: FileResult, state: str) -> UploadUnitRow:
    words, colour = (str(State(state).label), COLOURS[State(state)]) if state else ("", "")
    errors = sum(1 for sentence in _errors(result, (unit,)) if sentence.unit) if is_problem(unit) else 0
    warnings = sum(remark.weight in CHECKED for remark in unit.remarks)
    return UploadUnitRow(unit, name_of(unit), words, colour, errors, warnings, fresh_url(unit.fresh))


def _passes(unit: UnitResult, wanted: str) -> bool:
    return {READY: unit.is_ready, PROBLEMS: is_problem(unit), UNCHANGED: _is_unchanged(unit)}.get(wanted, True)


def _is_unchanged(unit: UnitResult) -> bool:
    return not unit.changes and not is_problem(unit)


def _errors(result: FileResult, units: Sequence[UnitResult]) -> Iterator[UploadSentence]:
    """Errors of the file first; for each unit its refusal before its cells.

    Errors at heads are left out: the table of heads shows them.
    """
    heads = {head.address for head in result.heads}
    if len(units) in (0, len(result.units)):
        yield from (_sentence("", remark) for remark in result.remarks if _is_error(remark, heads))
    for unit in units:
        if unit.refused:
            yield _sentence(name_of(unit), Remark("", Weight.ERROR, unit.refused))
        yield from (_sentence(name_of(unit), remark) for remark in unit.remarks if _is_error(remark, heads))


def _is_error(remark: Remark, heads: Collection[str]) -> bool:
    return remark.weight == Weight.ERROR and (remark.address not in heads or not remark.address)


def _remarks(result: FileResult, units: Sequence[UnitResult]) -> Iterator[UploadSentence]:
    """Checks before notices, in the order of the file."""
    found = [_sentence("", remark) for remark in result.remarks] if len(units) == len(result.units) else []
    found += [_sentence(name_of(unit), remark) for unit in units for remark in unit.remarks]
    order = (*CHECKED, Weight.NOTICE)
    return iter(
        sorted((one for one in found if one.remark.weight in order), key=lambda one: _place(one, result.warnings, order))
    )


def _place(sentence: UploadSentence, first: Collection[Remark], order: Sequence[Weight]) -> int:
    return -1 if not sentence.unit and sentence.remark in first else order.index(sentence.remark.weight)


def _changes(units: Sequence[UnitResult], measures: Mapping[str, str]) -> Iterator[ChangeRow]:
    for unit in units:
        for change in unit.changes:
            yield ChangeRow(name_of(unit), change, measures.get(change.key, ""))


def _sentence(unit: str, remark: Remark) -> UploadSentence:
    label = _("Error") if remark.weight == Weight.ERROR else _("Note")
    if remark.weight in CHECKED:
        label = str(Severity(remark.weight).label)
    return UploadSentence(unit, remark, label, REMARK_COLOURS[remark.weight])
