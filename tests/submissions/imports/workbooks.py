"""Form workbooks as they are read, built by hand: a stamp, keys, and cells where a test wants them."""

from collections.abc import Mapping, Sequence

from orgs.models import Organization
from spreadsheets.read.workbook import Cell, Content, ReadSheet, ReadWorkbook
from submissions.models import Task
from submissions.workbooks.places import reports_below, unit_places
from submissions.workbooks.stamps import STAMPS_SHEET, Shape, Stamp, edition_of, place_of_grid

FIRST_ROW = 7  # below stamp, title and head


def cell(value: Cell | str | int) -> Cell:
    """A text as text, a number as number."""
    if isinstance(value, Cell):
        return value
    return Cell(str(value), Content.NUMBER if isinstance(value, int) else Content.TEXT)


def stamp_of(task: Task, organization: Organization, shape: Shape = Shape.UNIT, **other: str) -> Stamp:
    if shape == Shape.GRID:
        place = place_of_grid(reports_below(task, organization).values_list("organization__code", flat=True))
    else:
        place = unit_places([organization.pk], task.period.last_day).get(organization.pk, "")
    facts = {
        "form": task.form.code, "edition": edition_of(task.layout), "period": str(task.period), "county": task.county.code,
        "org": organization.code, "shape": shape, "place": place,
    }  # fmt: skip
    return Stamp(**{**facts, **other})


def unit_sheet(
    task: Task, organization: Organization, figures: Mapping[str, Cell | str | int], *, title: str = "", stamp: str = "",
    order: Sequence[str] = (), more: Mapping[tuple[int, int], Cell | str | int] | None = None, **facts,
) -> ReadSheet:  # fmt: skip
    """One unit, a row per line from FIRST_ROW on: B code, C name, D now, E choice, F note. `more` adds or replaces cells."""
    heads = ("code", "name", "now", "choice", "note")
    cells = {(1, 1): stamp or stamp_of(task, organization).text}
    cells |= {(1, column): head for column, head in enumerate(heads, start=2)}
    cells |= {(2, 2): task.form.title, (FIRST_ROW - 1, 4): "本期"}
    for row, key in enumerate(order or [line.key for line in task.layout.printed], start=FIRST_ROW):
        line = task.layout.by_key[key]
        cells |= {(row, 1): key, (row, 3): line.label}
        if not line.item:
            cells[row, 2] = line.code
        if key in figures:
            cells[row, 4] = figures[key]
    cells |= more or {}
    return ReadSheet(
        title or organization.name, {place: cell(value) for place, value in cells.items() if value != ""}, **facts
    )  # fmt: skip


def grid_sheet(
    task: Task, above: Organization, rows: Mapping[str, Mapping[str, Cell | str | int]], *, keys: Sequence[str] = (),
    codes: Mapping[str, str] | None = None, more: Mapping[tuple[int, int], Cell | str | int] | None = None,
) -> ReadSheet:  # fmt: skip
    """Units × indicators from FIRST_ROW on: B the unit's code, then a column per line. `codes`: what another code is shown as."""
    keys = keys or [line.key for line in task.layout.typed]
    cells = {(1, 1): stamp_of(task, above, Shape.GRID).text, (1, 2): "code"}
    cells |= {(1, column): key for column, key in enumerate(keys, start=3)}
    for row, (code, figures) in enumerate(rows.items(), start=FIRST_ROW):
        cells |= {(row, 1): code, (row, 2): (codes or {}).get(code, code)}
        cells |= {(row, 3 + keys.index(key)): value for key, value in figures.items()}
    return ReadSheet("总表", {place: cell(value) for place, value in (cells | (more or {})).items()})


def stamps_sheet(*stamps: Stamp) -> ReadSheet:
    cells = {(row, 1): cell(stamp.text) for row, stamp in enumerate(stamps, start=1)}
    return ReadSheet(STAMPS_SHEET, cells, state="veryHidden")


def workbook(*sheets: ReadSheet) -> ReadWorkbook:
    return ReadWorkbook("xlsx", sheets)


def unit_form(task: Task, organization: Organization, figures: Mapping[str, Cell | str | int], **more) -> ReadWorkbook:
    """A whole form of one unit, with its very hidden sheet."""
    return workbook(unit_sheet(task, organization, figures, **more), stamps_sheet(stamp_of(task, organization)))
