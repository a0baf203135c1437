"""The workbooks as LibreOffice opens, computes and saves them: equal figures, and nothing lost that intake and fillers need."""

import io

import openpyxl
import pytest

from submissions.workbooks.stamps import STAMPS_SHEET, Shape
from tests.factories.submissions import fill, submission_of
from tests.soffice import XLSX, converted, without_results


def values(book) -> dict:
    """(sheet, cell) -> value of everything filled; numbers to twelve digits."""
    return {
        (sheet.title, cell.coordinate): float(f"{cell.value:.12g}") if isinstance(cell.value, int | float) else cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


@pytest.fixture(params=list(Shape))
def shape(request) -> Shape:
    return request.param


@pytest.fixture
def content(world, shape) -> bytes:
    """A village with broken rules, one that says not applicable, and one that says nothing."""
    figures = {"ALL": 8, "ALL:男": 5, "ALL:女": 2, "SOME": 9, "IN": 3, "OUT": 1, "END": 53, "MONEY": -2, "SUM": 7}
    fill(submission_of(world.task, world.place.village), figures, by=world.place.clerk)
    return world.make(shape).content


def test_it_computes_what_the_file_says(content, tmp_path):
    source = tmp_path / "form.xlsx"
    source.write_bytes(without_results(content))
    again = openpyxl.load_workbook(converted(source, XLSX, tmp_path / "out"), data_only=True)
    assert values(again) == values(openpyxl.load_workbook(io.BytesIO(content), data_only=True))


def test_nothing_is_lost_when_it_saves(content, tmp_path):
    source = tmp_path / "form.xlsx"
    source.write_bytes(content)
    before, after = openpyxl.load_workbook(source), openpyxl.load_workbook(converted(source, XLSX, tmp_path / "out"))
    assert values(after).keys() == values(before).keys()
    assert [sheet.title for sheet in after.worksheets] == [sheet.title for sheet in before.worksheets]
    assert after[STAMPS_SHEET].sheet_state != "visible"
    assert {one.name: one.value for one in after.custom_doc_props.props} == {
        one.name: one.value for one in before.custom_doc_props.props
    }
    for sheet, other in zip(before.worksheets, after.worksheets, strict=True):
        assert sheet["A1"].value == other["A1"].value
        assert kept_of(other) == kept_of(sheet)


def kept_of(sheet) -> tuple:
    """What fillers lean on: protection, open cells, notes, checked cells, hidden keys."""
    cells = [cell for row in sheet.iter_rows() for cell in row]
    return (
        sheet.protection.sheet,
        {cell.coordinate for cell in cells if not cell.protection.locked},
        {cell.coordinate: cell.comment.text.strip() for cell in cells if cell.comment},
        {place for one in sheet.data_validations.dataValidation for area in one.sqref.ranges for place in area.cells},
        bool(sheet.conditional_formatting),
        sheet.column_dimensions["A"].hidden,
    )
