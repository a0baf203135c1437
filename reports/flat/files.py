"""Writes flat rows into one file, CSV or a workbook, and records the export in the audit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.periods import Period
from orgs.models import Organization, User
from orgs.moments import one_moment
from reports.figures.output.cells import APPROVED
from reports.flat.rows import COLUMNS, FlatRow, count_rows, flat_rows, in_time, most_rows, tasks_asked
from reports.scope.download_events import record_taken
from reports.tables.export import NothingToExport
from spreadsheets.safe_text import file_name
from spreadsheets.write.csv_writer import comma_lines
from spreadsheets.write.sheet import Block, BodyRow, Look, Properties, Sheet, Style
from spreadsheets.write.workbook_writer import write_workbook
from submissions.models import Task

CSV, WORKBOOK = ".csv", ".xlsx"
ROWS_A_SHEET = 1_000_000  # a sheet holds 1,048,576
_WIDTHS = {"org_name": 28, "township_name": 20, "indicator_name": 34, "submitted_at": 20, "approved_at": 20}
_HEAD = Style(font="Arial", size=10, bold=True, fill="F2F2F2", horizontal="left")
_CELL = Style(font="Arial", size=10, horizontal="general", vertical="bottom")


@dataclass(frozen=True)
class FlatRequest:
    """Which figures: some periods of one organization's branch, of one form or (form "") of all."""

    periods: tuple[Period, ...]
    org: Organization
    form: str = ""
    basis: str = APPROVED

    def __str__(self) -> str:
        return f"period={','.join(map(str, self.periods))} org={self.org.code} form={self.form} basis={self.basis}"


@dataclass(frozen=True)
class FlatFile:
    """A finished file, open for reading; it has no name on the disk any more and is gone once closed."""

    file: BinaryIO
    name: str
    rows: int
    digest: str  # SHA-256 of its bytes


def take_flat(asked: FlatRequest, ending: str, *, by: User, at: datetime) -> FlatFile:
    """The file, whole before its first byte is handed over, and handed over only once the audit knows of it.

    Raises NothingToExport, OSError (no room for the file).
    """
    file, name, rows = _written(asked, ending, by, at)
    digest = file_digest(file, "sha256").hexdigest()
    file.seek(0)
    record_taken(what=f"flat{ending}", organization=asked.org, asked=str(asked), rows=rows, digest=digest, by=by, at=at)
    return FlatFile(file, name, rows, digest)


@one_moment()
def _written(asked: FlatRequest, ending: str, by: User, at: datetime) -> tuple[BinaryIO, str, int]:
    """The open file, its name and how many rows it has: all of them of one moment."""
    tasks = tasks_asked(asked.periods, asked.org, asked.form)
    if not tasks:
        words = {"org": asked.org.name, "periods": _labels(asked.periods), "form": asked.form}
        if asked.form:
            raise NothingToExport(_("Form %(form)s was not asked of %(org)s for %(periods)s; open its task first.") % words)
        raise NothingToExport(_("No form was asked of %(org)s for %(periods)s; open a task first.") % words)
    what = _("flat figures")
    name = file_name(f"{asked.org.short_name or asked.org.name} {_labels(asked.periods)} {what}", ending)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"flat{ending}"
        rows = _write_comma_file(path, tasks, asked) if ending == CSV else write_book(path, tasks, asked, by, at)
        return path.open("rb"), name, rows


def _labels(periods: Sequence[Period]) -> str:
    """The label of one period, or of the first and the last of several."""
    ordered = in_time(periods)
    return ordered[0].label if len(ordered) == 1 else f"{ordered[0]}–{ordered[-1]}"


def _write_comma_file(path: Path, tasks: Sequence[Task], asked: FlatRequest) -> int:
    counted = _Counted(flat_rows(tasks, asked.org, asked.basis))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(comma_lines(COLUMNS, counted))
    return counted.rows


def write_book(
    path: Path, tasks: Sequence[Task], asked: FlatRequest, by: User, at: datetime, rows_a_sheet: int = ROWS_A_SHEET
) -> int:
    """As many sheets as the rows need; they are counted beforehand only where they might need more than one."""
    top, basis = asked.org, asked.basis
    rows = most_rows(tasks, top, basis)
    if rows > rows_a_sheet:
        rows = count_rows(tasks, top, basis)
    counted = _Counted(flat_rows(tasks, top, basis))
    sheets = [_sheet(number, islice(counted, rows_a_sheet)) for number in range(1, max(1, -(-rows // rows_a_sheet)) + 1)]
    title = f"{asked.org.name} {_labels(asked.periods)}"
    write_workbook(path, sheets, Properties(title, by.name, timezone.localtime(at), str(asked)))
    return counted.rows


def _sheet(number: int, rows: Iterator[FlatRow]) -> Sheet:
    return Sheet(
        title=f"flat_figures {number}" if number > 1 else "flat_figures",
        widths=tuple(_WIDTHS.get(column, 13) for column in COLUMNS),
        head=tuple(Block(1, place, column, _HEAD) for place, column in enumerate(COLUMNS, 1)),
        looks={"row": Look((_CELL,) * len(COLUMNS))},
        body=(BodyRow("row", row) for row in rows),
        freeze=(1, 0),
    )


class _Counted:
    """Counts the rows while they are written."""

    def __init__(self, rows: Iterator[FlatRow]):
        self._rows, self.rows = rows, 0

    def __iter__(self) -> Iterator[FlatRow]:
        return self

    def __next__(self) -> FlatRow:
        row = next(self._rows)
        self.rows += 1
        return row
