"""Forms made by `form_workbook`, changed as people change them, taken in by `take_in`: what the acceptance of Excel stands on."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from audit.models import Event
from indicators.values.documents import Figure
from submissions.models import Submission, Version
from submissions.workbooks.stamps import is_stamp_like
from tests.reports.story import Story
from tests.soffice import XLSX, converted
from tests.submissions.imports.filled import filled

CATALOGUE_HEAD = "code,name_zh,unit,kind,disaggregation,validation,part_of,formula,decimals"


class Office:
    """A county whose forms go out as workbooks and come back."""

    def __init__(self, story: Story):
        self.story, self.folder = story, story.folder
        self.code = 0  # with which the last take_in ended

    def indicators(self, *rows: str) -> None:
        path = self.folder / "catalogue.csv"
        path.write_text("\n".join([CATALOGUE_HEAD, *rows]) + "\n", encoding="utf-8")
        self.story.run("load_catalogue", str(path))

    def form(self, form: str, period: str, org: str, shape: str = "unit", name: str = "") -> Path:
        path = self.folder / (name or f"{org} {period}.xlsx")
        self.story.run("form_workbook", form, period, "--org", org, "--shape", shape, "--out", str(path))
        return path

    def fill(self, path: Path, typed: Mapping[tuple[str, str], object]) -> Path:
        """`typed`: (unit's code, figure key) -> what is typed there."""
        path.write_bytes(filled(path.read_bytes(), typed))
        return path

    def filled_form(self, form: str, period: str, org: str, **typed: object) -> Path:
        return self.fill(self.form(form, period, org), {(org, key): value for key, value in typed.items()})

    def take_in(self, *paths: Path, accept: bool = True, by: str = "") -> list[dict]:
        words = [*map(str, paths), *(["--accept"] if accept else []), *(["--by", by] if by else [])]
        self.code = 0
        try:
            self.story.run("take_in", *words)
        except SystemExit as left:
            self.code = left.code
        return [json.loads(line) for line in self.story.printed.splitlines()]

    def stored(self, org: str, period: str) -> dict[str, Figure]:
        """The newest figures of a unit, sent or not."""
        found = Version.objects.filter(submission__organization__code=org, submission__task__period=period)
        version = found.order_by("-number").first()
        return version.figures if version else {}

    def revision(self, org: str, period: str) -> int:
        return Version.objects.get(submission__organization__code=org, submission__task__period=period).revision

    def events(self, org: str) -> list[dict]:
        """What the audit says of the taking in of a unit's figures: key -> [old, new]."""
        ids = Submission.objects.filter(organization__code=org).values_list("id", flat=True)
        subjects = [f"submission:{number}" for number in ids]
        found = Event.objects.filter(kind="submission.taken_in", subject__in=subjects).order_by("id")
        return [json.loads(event.data) for event in found]


def edited(path: Path, change: Callable[[Workbook], None]) -> Path:
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def sheets_to_fill(book: Workbook) -> list[Worksheet]:
    """Those that carry a stamp and are seen."""
    return [
        sheet for sheet in book.worksheets if sheet.sheet_state == "visible" and is_stamp_like(str(sheet["A1"].value or ""))
    ]


def cell_of(sheet: Worksheet, key: str, column: str = "now"):
    """The cell of a row by its hidden key, under a hidden head."""
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=2, max_col=1) if cells[0].value == key)
    return sheet.cell(row, next(cell.column for cell in sheet[1] if cell.value == column))


def as_saved_by_libreoffice(path: Path) -> Path:
    """Opened and saved again by LibreOffice, which computes every formula. Skips the test where there is none."""
    return converted(path, XLSX, path.parent / "saved")
