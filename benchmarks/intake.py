"""Taking in 3,000 filled unit workbooks end to end, against the same merge written by hand with openpyxl, file by file.

Ours is the command's own way: read in children, recognised, weighed with all checks, drafts with their audit events. The merge by
hand opens each workbook, reads the cells, sees that they are whole numbers and saves the draft with the ORM; it keeps no audit and
knows no check. It runs on a sample of the files, its time scaled to all; both end with the same documents.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from django.db import transaction
from openpyxl import load_workbook

from benchmarks import county as data
from benchmarks.ratio import Ratio
from orgs.accounts.accounts import system_operator
from orgs.models import Organization, User
from submissions.choices import State
from submissions.filling.bulk_entry import BulkEntry, enter_many
from submissions.imports.report.import_report import FileVerdict
from submissions.imports.report.scope import operator_scope
from submissions.management.commands.take_in import Given, taken
from submissions.models import Submission, Task, Version
from submissions.workbooks.workbook import Made, form_workbooks

GOAL = 6
TURNS = 6  # both take turns, so that what else the machine does slows both alike
SAMPLE = 25  # files of each turn that are merged by hand
FIRST_ROW, NOW = 2, "now"


def run() -> list[Ratio]:
    county, townships, villages = data.a_county()
    user = data.a_user()
    task = data.a_task(county, [county, *townships], user)
    _ask(task, villages)
    plain = ours = 0.0
    with tempfile.TemporaryDirectory() as folder:
        paths = _filled_workbooks(task, county, Path(folder), user)
        size = len(paths) // TURNS
        for start in range(0, len(paths), size):
            turn = paths[start : start + size]
            sample = turn[:SAMPLE]
            plain += _seconds(partial(_merge_all_by_hand, task, sample, user)) * len(turn) / len(sample)
            by_hand = _emptied(task)
            ours += _seconds(partial(_take_in_all, turn))
            _compare(by_hand, _emptied(task), len(turn))
    return [Ratio("take-in-3000", plain / ours, GOAL)]


def _seconds(act: Callable[[], None]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun


def _take_in_all(paths: list[str]) -> None:
    scope = operator_scope(system_operator(), data.AT.date())
    verdicts = [result.verdict for result in taken(paths, scope, Given(), is_accepted=True)]
    if verdicts != [FileVerdict.ACCEPTED] * len(paths):
        raise AssertionError(f"not all were accepted: {Counter(verdicts)}")


def _compare(by_hand: dict[str, dict], documents: dict[str, dict], size: int) -> None:
    """Both ways end with the same documents, or the ratio says nothing."""
    if len(documents) != size or any(documents[code] != figures for code, figures in by_hand.items()):
        raise AssertionError("the two ways differ")


@transaction.atomic
def _ask(task: Task, villages: list[Organization]) -> None:
    Submission.objects.bulk_create(
        Submission(county_id=task.county_id, task=task, organization=village, unit_category="village") for village in villages
    )


def _filled_workbooks(task: Task, county: Organization, folder: Path, user: User) -> list[str]:
    """One per unit, with sixty figures each: written as they stand in drafts, which are thrown away again."""
    reports = list(Submission.objects.filter(task=task).select_related("organization").order_by("pk"))
    for report in reports:
        report.task = task
    entries = [
        BulkEntry(report, {key: number * 7 % 500 + place for place, key in enumerate(data.KEYS)})
        for number, report in enumerate(reports)
    ]
    enter_many(task=task, entries=entries, upto=State.DRAFT, explanation="", by=user, at=data.AT)

    def keep(organization: Organization, made: Made) -> None:
        (folder / f"{organization.code}.xlsx").write_bytes(made.content)

    form_workbooks(task=task, organization=county, keep=keep, by=user, at=data.AT)
    _emptied(task)
    return sorted(str(path) for path in folder.iterdir())


def _emptied(task: Task) -> dict[str, dict]:
    """Unit's code -> the figures of its draft; all of them are gone afterwards."""
    rows = Version.objects.filter(submission__task=task).values_list("submission__organization__code", "figures")
    documents = dict(rows)
    Version.objects.filter(submission__task=task).delete()
    Submission.objects.filter(task=task).update(state=State.BLANK)
    return documents


def _merge_all_by_hand(task: Task, paths: list[str], user: User) -> None:
    for path in paths:
        _merge_by_hand(task, path, user)


def _merge_by_hand(task: Task, path: str, user: User) -> None:
    """What an able colleague writes in an afternoon."""
    sheet = load_workbook(path, data_only=True).worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == NOW)
    figures = {}
    for row in _rows(sheet):
        value = sheet.cell(row, column).value
        if not isinstance(value, int) or value < 0:
            raise ValueError(f"{path}: {row}: {value!r} is no number")
        figures[sheet.cell(row, 1).value] = value
    with transaction.atomic():
        report = Submission.objects.select_for_update().get(task=task, organization__code=Path(path).stem)
        Version.objects.create(
            county_id=task.county_id, submission=report, number=1, figures=figures, revision=1, saved_at=data.AT, saved_by=user
        )
        report.state = State.DRAFT
        report.save()


def _rows(sheet) -> Iterator[int]:
    return (row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, 1).value)
