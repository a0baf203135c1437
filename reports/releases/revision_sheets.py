"""修订说明 as sheets of the next edition: the figures of reports that changed, and the printed cells."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from orgs.lists.cells import moment
from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.models import Release
from reports.releases.revisions import Revision
from reports.tables.layouts.heading import Heading
from reports.tables.layouts.list_tables import listing
from reports.tables.subjects.export_context import ExportContext
from reports.tables.table_texts import made_line
from spreadsheets.write.sheet import Sheet

MOST_ROWS = 5_000  # of a sheet; a longer list is for nobody to read


def revision_sheets(revision: Revision, previous: Release, occasion: ExportContext, check_code: str) -> list[Sheet]:
    """One sheet of figures, always; one of printed cells where any changed. A title that changed is a note."""
    notes = [_since(previous), *_notes(revision, previous, occasion)]
    figures = _grid(occasion, _figure_heads(), ((one.name, one.org, _figure_texts(one)) for one in revision.figures), notes)
    sheets = [listing(figures, _heading(_("Revision notes"), occasion, check_code))]
    if revision.cells:
        rows = ((cell.row, cell.org, (cell.table, cell.column, *_old_new(cell))) for cell in revision.cells)
        cells = _grid(occasion, _cell_heads(), rows, [_since(previous), *_cut_note(revision.cells)])
        sheets.append(listing(cells, _heading(_("Printed cells changed"), occasion, check_code)))
    return sheets


def _figure_heads() -> tuple[str, ...]:
    return _("Form"), _("Period"), _("Figure"), _("Old"), _("New"), _("Why"), _("Changed by"), _("Changed at")


def _cell_heads() -> tuple[str, ...]:
    return _("Table"), _("Column"), _("Old"), _("New")


def _figure_texts(change) -> tuple[str, ...]:
    at = moment(change.at) if change.at else ""
    return change.form, change.period, change.figure, *_old_new(change), change.reason, change.by, at


def _old_new(change) -> tuple[str, str]:
    return change.old or _("blank"), change.new or _("blank")


def _since(previous: Release) -> str:
    return _("Changes since release %(number)s, edition %(edition)d, issued on %(day)s.") % {
        "number": previous.number, "edition": previous.edition, "day": moment(previous.issued_at),
    }  # fmt: skip


def _notes(revision: Revision, previous: Release, occasion: ExportContext) -> Iterable[str]:
    if not revision:
        yield _("No figure and no printed cell changed.")
    if previous.title != occasion.title:
        yield _("Title: “%(old)s” became “%(new)s”.") % {"old": previous.title, "new": occasion.title}
    yield from _cut_note(revision.figures)


def _cut_note(changes: Sequence) -> list[str]:
    if len(changes) <= MOST_ROWS:
        return []
    return [_("Listed: the first %(shown)d of %(all)d.") % {"shown": MOST_ROWS, "all": len(changes)}]


def _grid(occasion: ExportContext, heads: Sequence[str], rows: Iterable[tuple], notes: Sequence[str]) -> Grid:
    columns = tuple(FigureColumn(head, None, head, "", 0, "", is_text=True) for head in heads)
    listed = tuple(
        FigureRow(org, name, "unit", tuple(FigureCell(None, text) for text in texts))
        for (name, org, texts), _place in zip(rows, range(MOST_ROWS), strict=False)
    )
    return Grid(str(occasion.period), occasion.org.code, occasion.basis, "", occasion.tree, columns, listed, tuple(notes))


def _heading(title: str, occasion: ExportContext, check_code: str) -> Heading:
    return Heading(
        title=title, form_code=occasion.layout.code, period=occasion.period.label, organization=occasion.org.name,
        is_unit=occasion.is_unit, made=made_line(occasion, check_code), sheet_title=title,
    )  # fmt: skip
