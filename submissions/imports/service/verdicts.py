"""The verdict of a file and the sentence that explains it. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from spreadsheets.read.workbook import Unreadable
from submissions.imports.forms.earlier_periods import EarlierFigures
from submissions.imports.report.import_report import FileResult, FileVerdict, ImportSubject, Remark, UnitResult, Weight
from submissions.imports.report.recognition import Recognised


def unreadable(name: str, refused: Unreadable, sha256: str) -> FileResult:
    return FileResult(name, FileVerdict.REFUSED, refused.kind, refused.sentence, sha256=sha256)


def previewed(
    name: str, file: Recognised, units: Sequence[UnitResult], notes: Collection[str], sha256: str, *, has_answers: bool = False,
    earlier: EarlierFigures | None = None,
) -> FileResult:  # fmt: skip
    """The result that accepting the file would have. Refused if no correction could make it useful.

    `has_answers`: a person answered about cells or heads of it; only the preview page can undo that. `earlier`: the first
    sentence about a file for an earlier period than the current one.
    """
    result = _previewed(name, file, units, notes, sha256, has_answers)
    result = replace(result, sentence=f"{_of_totals(result)} {result.sentence}".strip())
    if earlier is None:
        return result
    sentence = f"{earlier.sentence} {result.sentence}".strip()
    return replace(result, sentence=sentence, period_words=earlier.sentence, fresh=result.fresh or earlier.fresh)


def _previewed(
    name: str, file: Recognised, units: Sequence[UnitResult], notes: Collection[str], sha256: str, has_answers: bool
) -> FileResult:
    remarks = (*(Remark("", Weight.NOTICE, note) for note in notes), *file.remarks)
    result = FileResult(
        name, FileVerdict.PREVIEW, file.kind, "", tuple(units), remarks, file.task.pk if file.task else None, sha256,
        heads=file.heads, unit_column=file.unit_column, questions=tuple(file.questions), subject=_subject(file),
    )  # fmt: skip
    if file.refusal is not None:
        return replace(result, verdict=FileVerdict.REFUSED, sentence=file.refusal.sentence, fresh=file.refusal.fresh)
    refused = [unit for unit in units if unit.refused]
    if units and len(refused) == len(units):
        return replace(result, verdict=FileVerdict.REFUSED, sentence=_of_all(refused), fresh=refused[0].fresh)
    wrong = [remark for remark in _errors(result) if remark.address not in {head.address for head in file.heads}]
    if result.has_figures or any(remark.is_at_cell for remark in wrong):
        return replace(result, sentence=_would_do(result))
    if file.is_answerable:
        return replace(result, sentence=file.unplaced)
    if has_answers:
        return replace(result, sentence=_("Nothing is left to be taken in: every figure of this file was left out here."))
    sentence = refused[0].refused if refused else _at(wrong[0]) if wrong else file.unplaced
    return replace(result, verdict=FileVerdict.REFUSED, sentence=sentence)


def _of_totals(result: FileResult) -> str:
    """Totals that differ from their parts, which are reported first: a figure was read, or written, wrongly."""
    found = result.warnings
    if not found:
        return ""
    sentence = _("Look first: totals that differ from their parts: %(count)s (%(address)s).")
    return sentence % {"count": len(found), "address": found[0].address + (" …" if len(found) > 1 else "")}


def _subject(file: Recognised) -> ImportSubject | None:
    return ImportSubject(file.task.form.code, file.task.form.title, str(file.task.period)) if file.task else file.subject


def accepted(result: FileResult, taken: Collection[int], refused: Mapping[int, str]) -> FileResult:
    """The result of accepting.

    `taken`: ids of submissions written (or unchanged); `refused`: those that somebody else changed meanwhile.
    """
    units = tuple(_after(unit, taken, refused) for unit in result.units)
    left = [
        unit for unit in result.units if unit.refused or unit.has_errors or (unit.changes and unit.submission_id not in taken)
    ]
    has_taken = any(unit.changes for unit in units)
    is_whole = not left and not any(remark.weight == Weight.ERROR for remark in result.remarks)
    verdict = (
        FileVerdict.ACCEPTED if is_whole and result.has_figures else FileVerdict.PARTLY if has_taken else FileVerdict.REFUSED
    )
    done = replace(result, verdict=verdict, units=units)
    return replace(done, sentence=f"{result.period_words} {_did(done, len(left))}".strip())


def _after(unit: UnitResult, taken: Collection[int], refused: Mapping[int, str]) -> UnitResult:
    """The unit's result with only those changes that were written."""
    if unit.submission_id in taken:
        return unit
    return replace(unit, changes=(), refused=refused.get(unit.submission_id, unit.refused))


def _of_all(refused: Sequence[UnitResult]) -> str:
    """One sentence for all if they are refused for the same reason."""
    first = refused[0].refused
    if len(refused) == 1:
        return first
    return _("None of the %(count)s units of this file can be taken in. %(code)s: %(said)s") % {
        "count": len(refused), "code": refused[0].org, "said": first,
    }  # fmt: skip


def _would_do(result: FileResult) -> str:
    ready = [unit for unit in result.units if unit.is_ready]
    changes, units, mend = sum(len(unit.changes) for unit in ready), len(ready), _to_mend(result)
    if result.is_unchanged:
        return _("Nothing would change: all figures of this file stand already.")
    if not changes and not mend:
        return _waits(result)
    if not changes:
        return _nothing_taken(result)
    sentence = _("Would change: %(changes)s figures of %(units)s units.") % {"changes": changes, "units": units}
    if mend:
        sentence += " " + _("To be mended first: %(units)s units.") % {"units": mend}
    return sentence


def _nothing_taken(result: FileResult) -> str:
    """The sentence for a file that can be imported once it is corrected."""
    sentence, why = _("Nothing is taken in."), _first_problem(result)
    if len(result.units) > 1:
        sentence += " " + _("To be mended first: %(units)s units.") % {"units": _to_mend(result)}
    return f"{sentence} {why}"


def _did(result: FileResult, left: int) -> str:
    changes, units = sum(len(unit.changes) for unit in result.units), sum(bool(unit.changes) for unit in result.units)
    if result.verdict == FileVerdict.REFUSED:
        return _("Nothing was taken in. %(why)s") % {
            "why": _first_problem(result) or ("" if result.has_figures else result.sentence)
        }
    if not changes:
        return _("Nothing was changed: all figures of this file stand already.")
    sentence = _("Taken in: %(changes)s figures of %(units)s units.") % {"changes": changes, "units": units}
    if left:
        sentence += " " + _("Not taken in: %(units)s units.") % {"units": left}
    return sentence


def _to_mend(result: FileResult) -> int:
    return sum(bool(unit.refused) or unit.has_errors for unit in result.units)


def _waits(result: FileResult) -> str:
    """The sentence for a file that changes no unit, though part of it was not imported."""
    open_heads = sum(head.is_asked for head in result.heads)
    sentence = (
        _("The figures that could be placed stand already.") if result.has_figures else _("No figure could be placed yet.")
    )
    left = _("Heads to be confirmed: %(heads)s.") % {"heads": open_heads} if open_heads else _first_problem(result)
    return f"{sentence} {left}"


def _first_problem(result: FileResult) -> str:
    """The first problem with its address; "" if units were only not chosen."""
    for unit in result.units:
        if unit.refused:
            return unit.refused
    return next((_at(remark) for remark in _errors(result)), "")


def _errors(result: FileResult) -> Iterator[Remark]:
    """The errors of the file, then those of its units."""
    for remark in (*result.remarks, *(remark for unit in result.units for remark in unit.remarks)):
        if remark.weight == Weight.ERROR:
            yield remark


def _at(remark: Remark) -> str:
    return f"{remark.address}: {remark.sentence}".removeprefix(": ")
