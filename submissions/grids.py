"""A township's grid, page-sized: its units down, the form's lines across, each row the sheet of one submission. Writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from indicators.layouts import Layout
from submissions.judging import Bench
from submissions.kinds import UNIT_TURN, State
from submissions.models import Submission, Version
from submissions.sheet_words import COLOURS
from submissions.sheets import Sheet, SheetLine, sheet_of

TYPED, COMPUTED, LOCKED = "is-typed", "is-computed", "is-locked"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell; `look` says whether it is typed, computed, or locked (not this unit's turn, or not asked of it)."""

    key: str
    look: str
    place: str  # "12-3": submission and column, unique on the page
    text: str
    previous: str
    nil_text: str
    error: str
    is_required: bool
    na_allowed: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """One unit."""

    submission_id: int
    name: str
    code: str
    state: str
    state_colour: str
    is_open: bool
    sheet: Sheet
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class FillGrid:
    """The whole page: `columns` are lines as they head a column."""

    columns: tuple[SheetLine, ...]
    rows: tuple[GridRow, ...]

    @property
    def open_rows(self) -> list[GridRow]:
        return [row for row in self.rows if row.is_open]

    @property
    def ready_rows(self) -> list[GridRow]:
        return [row for row in self.open_rows if not row.sheet.blocked]

    @property
    def typed(self) -> int:
        return sum(1 for row in self.rows for cell in row.cells if cell.look == TYPED)

    @property
    def filled(self) -> int:
        return sum(1 for row in self.rows for cell in row.cells if cell.look == TYPED and cell.text)


def newest_versions(submissions: Iterable[Submission]) -> dict[int, Version]:
    """Submission id -> its newest version, in one query; without those of whom nothing is kept."""
    newer = Version.objects.filter(submission_id=OuterRef("submission_id"), number__gt=OuterRef("number"))
    versions = Version.objects.filter(~Exists(newer), submission__in=submissions).select_related("saved_by")
    return {version.submission_id: version for version in versions.defer("measures", "findings")}


def sheets_of(submissions: Sequence[Submission], bench: Bench) -> list[Sheet]:
    """The sheets of units of one task, in their order."""
    versions = newest_versions(submissions)
    return [sheet_of(submission, versions.get(submission.id), bench) for submission in submissions]


def grid_of(layout: Layout, sheets: Sequence[Sheet]) -> FillGrid:
    """Columns are the lines that at least one of the units is asked."""
    lines = {line.key: line for sheet in sheets for line in sheet.lines}
    columns = tuple(lines[line.key] for line in layout.printed if line.key in lines)
    return FillGrid(columns, tuple(_row(sheet, columns) for sheet in sheets))


def _row(sheet: Sheet, columns: Sequence[SheetLine]) -> GridRow:
    submission = sheet.submission
    state, organization = State(submission.state), submission.organization
    is_open = state in UNIT_TURN
    lines = {line.key: line for line in sheet.lines}
    return GridRow(
        submission_id=submission.id, name=organization.short_name or organization.name, code=organization.code,
        state=str(state.label), state_colour=COLOURS[state], is_open=is_open, sheet=sheet,
        cells=tuple(_cell(submission.id, place, column.key, lines, is_open) for place, column in enumerate(columns, 1)),
    )  # fmt: skip


def _cell(submission_id: int, place: int, key: str, lines: Mapping[str, SheetLine], is_open: bool) -> GridCell:
    line = lines.get(key)
    name = f"{submission_id}-{place}"
    if line is None:
        return GridCell(key, LOCKED, name, "", "", "", "", False, False)
    look = COMPUTED if not line.is_typed else TYPED if is_open else LOCKED
    return GridCell(
        key, look, name, line.text, line.previous, line.nil_text, line.error, line.is_required, line.na_allowed
    )  # fmt: skip
