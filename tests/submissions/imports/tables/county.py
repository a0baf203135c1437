"""The township of `world` in the database, with the demonstration's quarterly form open; tables of it as real workbook files."""

import io
from dataclasses import dataclass

from openpyxl import Workbook

from indicators.loading.catalogue import load_catalogue
from indicators.loading.forms import load_forms
from indicators.models import Form
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.models import Organization, User
from spreadsheets.read.workbook import Content, ReadSheet
from spreadsheets.tables import read_table
from submissions.models import Task
from tests.factories.orgs import a_county, a_township, a_user, an_organization
from tests.factories.submissions import AT, a_task
from tests.submissions.imports.tables.world import FORM, ROOT, VILLAGES


@dataclass
class Township:
    """A township of the county, its clerk, and the task of its villages."""

    county: Organization
    place: Organization
    clerk: User
    form: Form
    task: Task


def a_township_with_villages(count: int = len(VILLAGES)) -> Township:
    county = a_county("990101", name="云泽县", short_name="云泽县")
    place = a_township("990101101", county, name="青山镇党委", short_name="青山镇")
    for village in VILLAGES[:count]:
        an_organization(village.code, parent=place, name=village.name, short_name=village.short_name)
    form = _form()
    return Township(county, place, a_user(Role.CLERK, place), form, a_task(county, form))


def as_file(*sheets: ReadSheet) -> bytes:
    """Sheets as a workbook of Excel."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        drawn = book.create_sheet(sheet.title)
        for (row, column), cell in sheet.cells.items():
            drawn.cell(row, column, int(cell.text) if cell.content == Content.NUMBER else cell.text)
        for top, first, bottom, last in sheet.merged:
            drawn.merge_cells(start_row=top, start_column=first, end_row=bottom, end_column=last)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _form() -> Form:
    """As the demonstration loads it."""
    for load, path in ((load_catalogue, "indicators/ready/catalogue.csv"), (load_forms, "demonstration/forms.csv")):
        load(read_table(ROOT / path), by=system_operator(), at=AT)
    return Form.objects.get(code=FORM)
