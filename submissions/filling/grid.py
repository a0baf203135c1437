"""A township's grid, page by page: units as rows, the form's lines as columns, each row the sheet of one submission."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.html import escape
from django.utils.safestring import SafeString

from indicators.layout import Layout
from submissions.checking.validator import Bench
from submissions.choices import UNIT_TURN, State
from submissions.core.texts import COLOURS
from submissions.filling.sheet import FormSheet, SheetLine, sheet_of
from submissions.models import Submission, Version

TYPED, COMPUTED, LOCKED = "is-typed", "is-computed", "is-locked"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell; `look` says whether it is typed, computed, or locked (not this unit's turn, or not asked of it).

    `box` and `control` are attributes as markup: 1,200 cells with a dozen template variables each cost 60 ms more.
    """

    look: str
    text: str
    box: SafeString
    control: SafeString | str = ""  # of the input; "" where nothing is typed
    is_answered: bool = False  # typed, or answered by a declared nil report


@dataclass(frozen=True, slots=True)
class GridRow:
    """One unit's row."""

    submission_id: str
    name: str
    code: str
    state: str
    state_colour: str
    is_open: bool
    sheet: FormSheet
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
        return sum(1 for row in self.rows for cell in row.cells if cell.look == TYPED and cell.is_answered)


def newest_versions(submissions: Iterable[Submission]) -> dict[int, Version]:
    """Submission id -> its newest version, in one query; without those of whom nothing is kept."""
    newer = Version.objects.filter(submission_id=OuterRef("submission_id"), number__gt=OuterRef("number"))
    versions = Version.objects.filter(~Exists(newer), submission__in=submissions).select_related("saved_by")
    return {version.submission_id: version for version in versions.defer("measures", "findings")}


def sheets_of(submissions: Sequence[Submission], bench: Bench) -> list[FormSheet]:
    """The sheets of the units' submissions of one task, in their order."""
    versions = newest_versions(submissions)
    return [sheet_of(submission, versions.get(submission.id), bench) for submission in submissions]


def grid_of(layout: Layout, sheets: Sequence[FormSheet]) -> FillGrid:
    """Columns are the lines that at least one of the units is asked."""
    lines = {line.key: line for sheet in sheets for line in sheet.lines}
    columns = tuple(lines[line.key] for line in layout.printed if line.key in lines)
    return FillGrid(columns, tuple(_row(sheet, columns) for sheet in sheets))


def _row(sheet: FormSheet, columns: Sequence[SheetLine]) -> GridRow:
    submission = sheet.submission
    state, organization = State(submission.state), submission.organization
    is_open = state in UNIT_TURN
    lines = {line.key: line for line in sheet.lines}
    return GridRow(
        submission_id=str(submission.id), name=organization.short_name or organization.name, code=organization.code,
        state=str(state.label), state_colour=COLOURS[state], is_open=is_open, sheet=sheet,
        cells=tuple(_cell(submission.id, place, column.key, lines, is_open) for place, column in enumerate(columns, 1)),
    )  # fmt: skip


def _cell(submission_id: int, place: int, key: str, lines: Mapping[str, SheetLine], is_open: bool) -> GridCell:
    line = lines.get(key)
    if line is None or (line.is_typed and not is_open):
        return GridCell(LOCKED, line.text if line else "", _attributes(data_key=key))
    if not line.is_typed:
        return GridCell(COMPUTED, line.text, _attributes(data_key=key))
    return GridCell(
        TYPED,
        line.text,
        _attributes(data_key=key, data_was=line.previous),
        _control(submission_id, place, line),
        line.is_answered,
    )


def _control(submission_id: int, place: int, line: SheetLine) -> SafeString:
    given = {
        "id": f"c{submission_id}-{place}", "name": f"f-{submission_id}-{line.key}", "value": line.text,
        "aria_labelledby": f"u{submission_id} h{place}",
    }  # fmt: skip
    if not line.na_allowed:
        given["data_na"] = "no"
    if line.nil_text != line.text:
        given["placeholder"] = line.nil_text
    if line.error:
        given |= {"aria_invalid": "true", "title": line.error}
    return _attributes(**given)


def _attributes(**given: str) -> SafeString:
    return SafeString("".join(f' {name.replace("_", "-")}="{escape(text)}"' for name, text in given.items()))
