"""Finds units in several files of one run: each file names the others, and contradicting figures are imported from none.

Pure.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from indicators.values.documents import Figure
from submissions.imports.report.import_report import FigureChange, FileResult, Remark, UnitResult, Weight

_NAMED = 3  # other files, and figures that differ, in a sentence

Says = Mapping[str, Figure | None]


@dataclass(frozen=True)
class OfFile:
    """The figures of a file: submission id -> figure key -> figure, None for one to be cleared.

    `claims`: those that it would change. A figure that is stored already is no claim: our own workbooks contain the stored
    figures, so it contradicts no other file and is only reported.
    """

    name: str
    says: Mapping[int, Says]
    claims: Mapping[int, Says]


def of_file(name: str, units: Sequence[UnitResult]) -> OfFile:
    """The figures of a file by unit; refused units are left out."""
    with_figures = [unit for unit in units if unit.says and unit.submission_id and not unit.refused]
    return OfFile(
        name, {unit.submission_id: unit.says for unit in with_figures}, {unit.submission_id: _claims(unit) for unit in with_figures}
    )  # fmt: skip


def _claims(unit: UnitResult) -> Says:
    return {change.key: change.figure for change in unit.changes}


def claims_of_results(results: Sequence[FileResult]) -> list[OfFile]:
    return [of_file(one.file, one.units) for one in results]


def with_rivals(files: Sequence[tuple[str, Sequence[UnitResult]]], others: Collection[OfFile]) -> list[list[UnitResult]]:
    """The units of each (name, units) with remarks on the other files and on `others`, in their order."""
    own = [of_file(name, units) for name, units in files]
    speaking: dict[int, list[OfFile]] = defaultdict(list)
    for file in (*others, *own):
        for submission_id in file.says:
            speaking[submission_id].append(file)
    return [
        [_with_rivals(unit, [other for other in speaking[unit.submission_id] if other is not file]) for unit in units]
        for file, (_name, units) in zip(own, files, strict=True)
    ]


def _with_rivals(unit: UnitResult, rivals: Sequence[OfFile]) -> UnitResult:
    if not rivals or not unit.changes or unit.refused:
        return unit
    return replace(unit, remarks=(*_about(unit, rivals), *unit.remarks))


def _about(unit: UnitResult, rivals: Sequence[OfFile]) -> Iterator[Remark]:
    claims = _claims(unit)
    against = [rival for rival in rivals if _differing(claims, rival.claims[unit.submission_id])]
    standing = [rival for rival in rivals if _differing(claims, rival.says[unit.submission_id])]
    words = {"name": unit.name, "code": unit.org, "files": _names(against or standing or rivals)}
    if not (against or standing):
        sentence = _("%(name)s (%(code)s) stands in %(files)s too; where both say something, they say the same.")
        yield Remark("", Weight.NOTICE, sentence % words)
        return
    rival = (against or standing)[0]
    keys = _differing(claims, (rival.claims if against else rival.says)[unit.submission_id])
    changes = [change for change in unit.changes if change.key in keys]
    differences = _("; ").join(_difference(change, rival, unit) for change in changes[:_NAMED])
    if not against:
        sentence = _("%(name)s (%(code)s) stands in %(files)s too, with what is stored already (%(differences)s).")
        yield Remark(changes[0].address, Weight.NOTICE, sentence % (words | {"differences": differences}), key=changes[0].key)
        return
    sentence = _(
        "%(name)s (%(code)s) stands in %(files)s too, with other figures (%(differences)s): it is taken in from none of these files. "
        "Keep the file that is right, take the unit out of the others or throw them away."
    )
    yield Remark(changes[0].address, Weight.ERROR, sentence % (words | {"differences": differences}), key=changes[0].key)


def _difference(change: FigureChange, rival: OfFile, unit: UnitResult) -> str:
    """The contradiction in words: 党员总数: 99 here, 64 in “b.xlsx”."""
    figure = rival.says[unit.submission_id][change.key]
    words = {
        "line": change.label,
        "own": change.new or "—",
        "file": rival.name,
        "other": "—" if figure is None else str(figure),
    }
    return _("%(line)s: %(own)s here, %(other)s in “%(file)s”") % words


def _differing(one: Says, other: Says) -> list[str]:
    return [key for key in one if key in other and one[key] != other[key]]


def _names(files: Sequence[OfFile]) -> str:
    names = "、".join(f"“{file.name}”" for file in files[:_NAMED])
    return names if len(files) <= _NAMED else _("%(names)s and %(n)s more files") % {"names": names, "n": len(files) - _NAMED}
