"""Imports files: recognises them, compares them with the current reports, and writes drafts through bulk entry.

Units are imported one by one: a refused unit stops neither its neighbours in the file nor other files. Many files need as many
queries as one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from orgs.models import Organization, User
from spreadsheets.annotate.problem_list import without_listing
from spreadsheets.read.workbook import ReadWorkbook, Unreadable
from submissions.choices import State
from submissions.filling.bulk_entry import TAKEN_IN, BulkEntry, enter_many
from submissions.imports.forms.files import FormFile, read_form_file
from submissions.imports.forms.form_recognition import recognise_forms
from submissions.imports.report.import_report import FileResult, FileVerdict, UnitResult
from submissions.imports.report.recognition import Recognised
from submissions.imports.report.rival_files import OfFile, of_file, with_rivals
from submissions.imports.report.scope import ImportScope
from submissions.imports.service import verdicts
from submissions.imports.service.cell_removal import without_left_out
from submissions.imports.service.current_submissions import CurrentSubmission
from submissions.imports.tables.recognition.files import TableFile, recognise_tables
from submissions.models import Task
from submissions.workbooks.keys import FormerKeys

LONGEST_ON_BEHALF = 200


@dataclass(frozen=True)
class Incoming:
    """A file to be compared. `task`: the task it was uploaded for, if one was named; `organization`: the place (for tables).

    `mended`: address -> text for the cell; `heads`: address of a table's head -> a person's answer; `revisions`: submission id
    -> revision at which the person saw the preview (None: without a preview).
    """

    name: str
    read: ReadWorkbook | Unreadable
    sha256: str = ""
    task: Task | None = None
    organization: Organization | None = None
    mended: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    revisions: Mapping[int, int] | None = None


@dataclass(frozen=True)
class _Weighed:
    """A file with the reports it was compared with; None if it was refused before."""

    file: Incoming
    result: FileResult
    standing: CurrentSubmission | None
    says: OfFile

    def ready(self, chosen: Collection[int] | None) -> list[UnitResult]:
        if self.result.verdict == FileVerdict.REFUSED:
            return []
        return [unit for unit in self.result.units if unit.is_ready and (chosen is None or unit.submission_id in chosen)]


def weigh(name: str, read: ReadWorkbook | Unreadable, scope: ImportScope, **fields) -> FileResult:
    """The result that importing one file would have; `fields` are the other fields of Incoming. Writes nothing."""
    return weigh_many([Incoming(name, read, **fields)], scope)[0]


def accept(
    name: str,
    read: ReadWorkbook | Unreadable,
    scope: ImportScope,
    *,
    by: User,
    at: datetime,
    units: Collection[int] | None = None,
    **fields,
) -> FileResult:
    """Imports one file: the units that are ready, of these only the chosen submissions (None: all)."""
    return accept_many([Incoming(name, read, **fields)], scope, by=by, at=at, units=units)[0]


def weigh_many(files: Sequence[Incoming], scope: ImportScope, *, others: Collection[OfFile] = ()) -> list[FileResult]:
    """The results of many files in their order, in constant queries for each task.

    `others`: the figures of further files of the same run.
    """
    return [weighed.result for weighed in _weighed(files, scope, others)]


def accept_many(
    files: Sequence[Incoming], scope: ImportScope, *, by: User, at: datetime, units: Collection[int] | None = None,
    others: Collection[OfFile] = (),
) -> list[FileResult]:  # fmt: skip
    """Imports what is ready of each file; returns the results in their order. Importing the same file again changes nothing.

    A unit about which files, or `others` of the same run, contradict each other is imported from none of them; any other unit
    is compared again for each file.
    """
    results: dict[int, FileResult] = {}
    waiting, done_already = list(enumerate(files)), list(others)
    while waiting:
        weighed = _weighed([file for _number, file in waiting], scope, done_already)
        now, later, busy = [], [], set()
        for (number, file), one in zip(waiting, weighed, strict=True):
            touched = {unit.submission_id for unit in one.ready(units)}
            if touched & busy:
                later.append((number, file))
            else:
                busy |= touched
                now.append((number, one))
        for (number, _one), done in zip(now, _entered([one for _number, one in now], units, by, at), strict=True):
            results[number] = done
        done_already += [one.says for _number, one in now]
        waiting = later
    return [results[number] for number in range(len(files))]


def _weighed(files: Sequence[Incoming], scope: ImportScope, others: Collection[OfFile]) -> list[_Weighed]:
    files = [_as_it_went_out(file) for file in files]
    recognised = _recognised(files, scope)
    standings = _standings(recognised.values(), scope)
    standing = [_standing_of(recognised.get(number), standings) for number in range(len(files))]
    units = [
        list(one.units(recognised[number], files[number].mended, files[number].revisions)) if one else []
        for number, one in enumerate(standing)
    ]
    named = [(file.name, of_units) for file, of_units in zip(files, units, strict=True)]
    return [
        _weighed_one(file, recognised.get(number), standing[number], of_units, of_file(*named[number]))
        for number, (file, of_units) in enumerate(zip(files, with_rivals(named, others), strict=True))
    ]


def _standing_of(found: Recognised | None, standings: Mapping[int, CurrentSubmission]) -> CurrentSubmission | None:
    return standings[found.task.pk] if found and found.task and not found.refusal else None


def _weighed_one(
    file: Incoming, found: Recognised | None, standing: CurrentSubmission | None, units: Sequence[UnitResult], says: OfFile
) -> _Weighed:
    if isinstance(file.read, Unreadable):
        return _Weighed(file, verdicts.unreadable(file.name, file.read, file.sha256), None, says)
    has_answers = bool(file.mended or file.heads)
    result = verdicts.previewed(
        file.name, found, units, file.read.notes, file.sha256, has_answers=has_answers,
        earlier=standing.earlier(found, units) if standing else None,
    )  # fmt: skip
    return _Weighed(file, result, standing, says)


def _as_it_went_out(file: Incoming) -> Incoming:
    """The file without the list that a marked download added to it."""
    return file if isinstance(file.read, Unreadable) else replace(file, read=without_listing(file.read))


def _recognised(files: Sequence[Incoming], scope: ImportScope) -> dict[int, Recognised]:
    """File number -> recognised file: our forms by their stamps, any other file as a table."""
    readable = {number: file for number, file in enumerate(files) if not isinstance(file.read, Unreadable)}
    forms: dict[int, FormFile] = {}
    former = FormerKeys()
    for number, file in readable.items():
        if (form := read_form_file(without_left_out(file.read, file.mended), former)) is not None:
            forms[number] = form
    found = dict(
        zip(forms, recognise_forms([(form, files[number].task) for number, form in forms.items()], scope), strict=True)
    )
    tables = {
        number: TableFile(file.name, file.read, file.task, file.organization, file.heads)
        for number, file in readable.items()
        if number not in forms
    }
    return found | dict(zip(tables, recognise_tables(list(tables.values()), scope), strict=True))


def _standings(recognised: Collection[Recognised], scope: ImportScope) -> dict[int, CurrentSubmission]:
    """Task id -> the reports of all units named in the files."""
    codes: dict[int, set[str]] = {}
    tasks: dict[int, Task] = {}
    for found in recognised:
        if found.task is not None and found.refusal is None:
            tasks[found.task.pk] = found.task
            task_codes = codes.setdefault(found.task.pk, set())
            task_codes.update(placed.org for placed in found.cells)
            task_codes.update(found.of_units, found.refusals)
    return {task_id: CurrentSubmission(task, codes[task_id], scope) for task_id, task in tasks.items()}


def _entered(weighed: Sequence[_Weighed], chosen: Collection[int] | None, by: User, at: datetime) -> list[FileResult]:
    """Writes what is ready, all of one task at once; returns the result of each file."""
    entries: dict[int, list[BulkEntry]] = {}
    tasks: dict[int, Task] = {}
    for one in weighed:
        for unit in one.ready(chosen):
            tasks[one.standing.task.pk] = one.standing.task
            entries.setdefault(one.standing.task.pk, []).append(_entry(one, unit))
    refused: dict[int, str] = {}
    for task_id, listed in entries.items():
        entered = enter_many(
            task=tasks[task_id], entries=listed, upto=State.DRAFT, explanation="", by=by, at=at, kind=TAKEN_IN
        )  # fmt: skip
        refused |= {submission_id: sentence for submission_id, _key, sentence in entered.refused}
    return [_result_after(one, chosen, refused) for one in weighed]


def _entry(one: _Weighed, unit: UnitResult) -> BulkEntry:
    report = one.standing.by_id[unit.submission_id]
    on_behalf = one.file.name[:LONGEST_ON_BEHALF] if one.standing.on_behalf[report.organization_id] else ""
    audit_data = {"_file": one.file.name, "_sha256": one.file.sha256}
    changes = {change.key: change.figure for change in unit.changes}
    return BulkEntry(report, changes, revision=unit.revision, on_behalf=on_behalf, audit_data=audit_data)


def _result_after(one: _Weighed, chosen: Collection[int] | None, refused: Mapping[int, str]) -> FileResult:
    if one.result.verdict == FileVerdict.REFUSED:
        return one.result
    taken = {unit.submission_id for unit in one.ready(chosen)} - refused.keys()
    return verdicts.accepted(one.result, taken, refused)
