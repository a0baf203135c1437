"""A form with a line of every kind, its task in two quarters, and its workbooks opened with openpyxl."""

import io
from dataclasses import dataclass
from datetime import date

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from indicators.choices import Kind
from indicators.models import FormLine, Indicator
from orgs.models import Organization
from submissions.models import Task
from submissions.workbooks.stamps import Shape
from submissions.workbooks.workbook import Made, form_workbook
from tests.factories.indicators import make_check, make_form, make_indicator
from tests.factories.submissions import AT, Place, a_place, a_task, send, submission_of

FIGURES = {"END": 48, "IN": 6, "OUT": 2, "MONEY": 3, "ALL": 20, "ALL:男": 12, "ALL:女": 8, "SOME": 5, "SUM": 9}


@dataclass
class World:
    place: Place
    task: Task

    def make(self, shape: Shape = Shape.UNIT, at: Organization | None = None) -> Made:
        place = at or (self.place.village if shape == Shape.UNIT else self.place.township)
        return form_workbook(task=self.task, organization=place, shape=shape, by=self.place.clerk, at=AT)

    def opened(self, shape: Shape = Shape.UNIT, at: Organization | None = None) -> Workbook:
        return openpyxl.load_workbook(io.BytesIO(self.make(shape, at).content))


def a_world(**given) -> World:
    """Quarter three is open; the first village reported FIGURES for quarter two."""
    make_indicator("ALL", kind=Kind.STOCK, items=("男", "女"), breakdown_is_complete=True, definition="在册人数。", unit="人")
    make_indicator("SOME", kind=Kind.STOCK, part_of=Indicator.objects.get(code="ALL"), unit="人", na_allowed=False)
    make_indicator("START", kind=Kind.STOCK, formula="{END@prev}")
    for code in ("IN", "OUT"):
        make_indicator(code)
    make_indicator("END", kind=Kind.STOCK)
    make_indicator("MONEY", decimals=2, negative_allowed=True, unit="万元")
    make_indicator("SUM", kind=Kind.CUMULATIVE)
    make_indicator("SHARE", numerator="{SOME}", denominator="{ALL}")
    make_indicator("NET", formula="{IN} - {OUT}")
    codes = ("ALL", "SOME", "SHARE", "START", "IN", "OUT", "END", "NET", "MONEY", "SUM")
    form = make_form("季01表", codes, required=("ALL",), issuer="县委组织部", document_number="组发〔2026〕1号", **given)
    FormLine.objects.filter(form=form, position__lte=3).update(section="一、人员")
    FormLine.objects.filter(form=form, position__gt=3).update(section="二、组织")
    make_check(form, "{START} + {IN} - {OUT} == {END}", message="期初加增减等于期末")
    make_check(form, "{IN} >= {IN@prev}", "hint")
    place = a_place()
    earlier = a_task(place.county, form, period="2026Q2", due_on=date(2026, 7, 10))
    send(submission_of(earlier, place.village), FIGURES, by=place.clerk)
    task = a_task(place.county, form)
    return World(place, Task.objects.select_related("form", "county").get(pk=task.pk))


def rows_of(sheet: Worksheet) -> dict[str, int]:
    """Key in the hidden column -> row."""
    return {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2, max_col=1) if row[0].value}


def columns_of(sheet: Worksheet) -> dict[str, str]:
    """What stands in the hidden row -> column letter."""
    return {cell.value: cell.column_letter for cell in sheet[1][1:] if cell.value}
