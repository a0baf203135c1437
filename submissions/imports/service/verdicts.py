"""Puts what became of a file into its verdict and one sentence. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from spreadsheets.read.workbook import Unreadable
from submissions.imports.forms.earlier_periods import EarlierFigures
from submissions.imports.report.import_report import FileTold, FileVerdict, ImportSubject, Remark, UnitTold, Weight
from submissions.imports.report.recognition import Recognised


def unreadable(name: str, refused: Unreadable, sha256: str) -> FileTold:
    return FileTold(name, FileVerdict.REFUSED, refused.kind, refused.said, sha256=sha256)


def previewed(
    name: str, file: Recognised, units: Sequence[UnitTold], notes: Collection[str], sha256: str, *, has_answers: bool = False,
    earlier: EarlierFigures | None = None,
) -> FileTold:  # fmt: skip
    """What accepting the file would do. Refused where it can do nothing whatever is mended in it.

    `has_answers`: a person said something about cells or heads of it, which is taken back on the preview alone.
    `earlier`: what is said first where the file is for an earlier period than the one that is being filled in.
    """
    told = _previewed(name, file, units, notes, sha256, has_answers)
    told = replace(told, said=f"{_of_totals(told)} {told.said}".strip())
    if earlier is None:
        return told
    said = f"{earlier.said} {told.said}".strip()
    return replace(told, said=said, period_words=earlier.said, fresh=told.fresh or earlier.fresh)


def _previewed(
    name: str, file: Recognised, units: Sequence[UnitTold], notes: Collection[str], sha256: str, has_answers: bool
) -> FileTold:
    remarks = (*(Remark("", Weight.NOTICE, note) for note in notes), *file.remarks)
    told = FileTold(
        name, FileVerdict.PREVIEW, file.kind, "", tuple(units), remarks, file.task.pk if file.task else None, sha256,
        heads=file.heads, unit_column=file.unit_column, asked=tuple(file.asked), subject=_subject(file),
    )  # fmt: skip
    if file.refusal is not None:
        return replace(told, verdict=FileVerdict.REFUSED, said=file.refusal.said, fresh=file.refusal.fresh)
    refused = [unit for unit in units if unit.refused]
    if units and len(refused) == len(units):
        return replace(told, verdict=FileVerdict.REFUSED, said=_of_all(refused), fresh=refused[0].fresh)
    wrong = [remark for remark in _errors(told) if remark.address not in {head.address for head in file.heads}]
    if told.has_figures or any(remark.is_at_cell for remark in wrong):
        return replace(told, said=_would_do(told))
    if file.is_answerable:
        return replace(told, said=file.unplaced)
    if has_answers:
        return replace(told, said=_("Nothing is left to be taken in: every figure of this file was left out here."))
    said = refused[0].refused if refused else _at(wrong[0]) if wrong else file.unplaced
    return replace(told, verdict=FileVerdict.REFUSED, said=said)


def _of_totals(told: FileTold) -> str:
    """That a total is not the sum of its parts is said first: a figure was read, or written, wrong."""
    found = told.warnings
    if not found:
        return ""
    said = _("Look first: totals that differ from their parts: %(count)s (%(address)s).")
    return said % {"count": len(found), "address": found[0].address + (" …" if len(found) > 1 else "")}


def _subject(file: Recognised) -> ImportSubject | None:
    return ImportSubject(file.task.form.code, file.task.form.title, str(file.task.period)) if file.task else file.subject


def accepted(told: FileTold, taken: Collection[int], refused: Mapping[int, str]) -> FileTold:
    """What accepting did. `taken`: ids of submissions written (or standing so already); `refused`: those overtaken meanwhile."""
    units = tuple(_after(unit, taken, refused) for unit in told.units)
    left = [
        unit for unit in told.units if unit.refused or unit.has_errors or (unit.changes and unit.submission_id not in taken)
    ]
    has_taken = any(unit.changes for unit in units)
    is_whole = not left and not any(remark.weight == Weight.ERROR for remark in told.remarks)
    verdict = (
        FileVerdict.ACCEPTED if is_whole and told.has_figures else FileVerdict.PARTLY if has_taken else FileVerdict.REFUSED
    )
    done = replace(told, verdict=verdict, units=units)
    return replace(done, said=f"{told.period_words} {_did(done, len(left))}".strip())


def _after(unit: UnitTold, taken: Collection[int], refused: Mapping[int, str]) -> UnitTold:
    """Only what was written is a change now."""
    if unit.submission_id in taken:
        return unit
    return replace(unit, changes=(), refused=refused.get(unit.submission_id, unit.refused))


def _of_all(refused: Sequence[UnitTold]) -> str:
    """One sentence for all where they are refused alike."""
    first = refused[0].refused
    if len(refused) == 1:
        return first
    return _("None of the %(count)s units of this file can be taken in. %(code)s: %(said)s") % {
        "count": len(refused), "code": refused[0].org, "said": first,
    }  # fmt: skip


def _would_do(told: FileTold) -> str:
    ready = [unit for unit in told.units if unit.is_ready]
    changes, units, mend = sum(len(unit.changes) for unit in ready), len(ready), _to_mend(told)
    if told.is_unchanged:
        return _("Nothing would change: all figures of this file stand already.")
    if not changes and not mend:
        return _waits(told)
    if not changes:
        return _nothing_taken(told)
    said = _("Would change: %(changes)s figures of %(units)s units.") % {"changes": changes, "units": units}
    if mend:
        said += " " + _("To be mended first: %(units)s units.") % {"units": mend}
    return said


def _nothing_taken(told: FileTold) -> str:
    """Of a file that could be taken in once it is mended."""
    said, why = _("Nothing is taken in."), _first_problem(told)
    if len(told.units) > 1:
        said += " " + _("To be mended first: %(units)s units.") % {"units": _to_mend(told)}
    return f"{said} {why}"


def _did(told: FileTold, left: int) -> str:
    changes, units = sum(len(unit.changes) for unit in told.units), sum(bool(unit.changes) for unit in told.units)
    if told.verdict == FileVerdict.REFUSED:
        return _("Nothing was taken in. %(why)s") % {"why": _first_problem(told) or ("" if told.has_figures else told.said)}
    if not changes:
        return _("Nothing was changed: all figures of this file stand already.")
    said = _("Taken in: %(changes)s figures of %(units)s units.") % {"changes": changes, "units": units}
    if left:
        said += " " + _("Not taken in: %(units)s units.") % {"units": left}
    return said


def _to_mend(told: FileTold) -> int:
    return sum(bool(unit.refused) or unit.has_errors for unit in told.units)


def _waits(told: FileTold) -> str:
    """Of a file that changes no unit, though something in it was not taken."""
    asked = sum(head.is_asked for head in told.heads)
    said = _("The figures that could be placed stand already.") if told.has_figures else _("No figure could be placed yet.")
    left = _("Heads to be confirmed: %(heads)s.") % {"heads": asked} if asked else _first_problem(told)
    return f"{said} {left}"


def _first_problem(told: FileTold) -> str:
    """With its address; "" where units were only not chosen."""
    for unit in told.units:
        if unit.refused:
            return unit.refused
    return next((_at(remark) for remark in _errors(told)), "")


def _errors(told: FileTold) -> Iterator[Remark]:
    """Those of the file, then those of its units."""
    for remark in (*told.remarks, *(remark for unit in told.units for remark in unit.remarks)):
        if remark.weight == Weight.ERROR:
            yield remark


def _at(remark: Remark) -> str:
    return f"{remark.address}: {remark.said}".removeprefix(": ")
