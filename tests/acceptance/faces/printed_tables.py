"""The printed tables R1 to R5, and a table of an upper level that is filled: read from their workbooks."""

import json
from collections.abc import Iterator, Sequence

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from indicators.layout import Line
from indicators.periods import read_period
from reports.tables.layouts.ready import ready_layouts
from tests.acceptance.faces.book import APPROVED, PERIOD, YEAR, Book, Number
from tests.acceptance.faces.cells import text_of_cell
from tests.acceptance.faces.places import Place

NUMBERED = "甲"  # opens the row of numbers under the heads


def exported(place: Place, layout: str, org: str) -> Worksheet:
    """The sheet of the figures."""
    path = place.story.folder / f"{layout}.xlsx"
    words = ("--period", place.period, "--org", org, "--form", place.form, "--basis", place.basis, "--out", str(path))
    place.story.run("export", layout, *words)
    return openpyxl.load_workbook(path, data_only=True).worksheets[1]


def body_of(sheet: Worksheet) -> Iterator[Sequence]:
    """The rows under the row of numbers."""
    rows = iter(sheet.iter_rows())
    next(row for row in rows if row[0].value == NUMBERED)
    yield from rows


def read_one_unit(book: Book, place: Place, org: str) -> None:
    """R1: this period, year to date, the period before, a year ago."""
    period = read_period(place.period)
    for line, row in by_line(exported(place, "R1", org), place.lines):
        now, year, previous, last_year = map(text_of_cell, row[3:7])
        number = Number(org, place.period, line.key, basis=place.basis)
        book.put("R1", number, now)
        book.put("R1", number.to_date, year)
        if place.basis == APPROVED:
            book.put("R1, period before", number.at(str(period.previous())), previous)
            book.put("R1, a year ago", number.at(str(period.same_last_year())), last_year)


def read_comparison(book: Book, place: Place, org: str) -> None:
    """R3: this period, year to date, a year ago."""
    for line, row in by_line(exported(place, "R3", org), place.lines):
        now, year, last_year = map(text_of_cell, row[3:6])
        number = Number(org, place.period, line.key, basis=place.basis)
        book.put("R3", number, now)
        book.put("R3", number.to_date, year)
        if place.basis == APPROVED:
            book.put("R3, a year ago", number.at(str(read_period(place.period).same_last_year())), last_year)


def by_line(sheet: Worksheet, lines: Sequence[Line]) -> Iterator[tuple[Line, Sequence]]:
    """Rows of indicators by their code, rows of items by their name under it."""
    known = {(line.code, line.item): line for line in lines}
    code = ""
    for row in body_of(sheet):
        if row[1].value is None:
            continue
        code = row[0].value or code
        item = "" if row[0].value else row[1].value
        if (code, item) in known:
            yield known[code, item], row


def read_by_unit(book: Book, place: Place) -> None:
    """R2: a row per organization with its code in the third column, a column per line of the form."""
    _read_columns(book, "R2", place, exported(place, "R2", place.top.code), [line.key for line in place.lines])


def read_by_layout(book: Book, place: Place, layout: str) -> None:
    """A layout with columns of its own, as R5."""
    columns = ready_layouts()[layout].parts[0].columns
    _read_columns(book, layout, place, exported(place, layout, place.top.code), [column.key for column in columns])


def _read_columns(book: Book, face: str, place: Place, sheet: Worksheet, keys: Sequence[str]) -> None:
    for row in body_of(sheet):
        if row[2].value is not None:
            for key, cell in zip(keys, row[3:], strict=False):
                book.put(face, Number(row[2].value, place.period, key, basis=place.basis), text_of_cell(cell))


def read_by_category(book: Book, place: Place) -> None:
    """R4 beside the same question to the figures command: a row per category of unit."""
    report = json.loads(
        place.story.run("figures", *place.asked, "--by", "unit_category", "--basis", place.basis, "--format", "json")
    )
    rows = [row for row in body_of(exported(place, "R4", place.top.code)) if row[1].value is not None]
    for answered, row in zip(report["rows"], rows, strict=False):
        org = f"{place.top.code} {answered['kind']} {answered['org']}"
        for line, answer, cell in zip(place.lines, answered["cells"], row[2:], strict=False):
            number = Number(org, place.period, line.key, basis=place.basis)
            book.put("figures --by unit_category", number, answer["text"])
            book.put("R4", number, text_of_cell(cell))


def read_upper(book: Book, place: Place, orgs: Sequence[str]) -> None:
    """A table of these organizations and all lines of the form, bound cell by cell: this period, then the year to date."""
    blank, bound, filled = (place.story.folder / name for name in ("blank.xlsx", "bound.json", "filled.xlsx"))
    asked = [(org, line, view) for org in orgs for line in place.lines for view in (PERIOD, YEAR)]
    sheet_book = openpyxl.Workbook()
    sheet = sheet_book.active
    sheet.title = "S"
    bindings = {}
    for number, (org, line, view) in enumerate(asked, 1):
        cell = sheet.cell(number, 1)
        cell.number_format = f"0.{'0' * line.decimals}" if line.decimals else "0"
        bindings[f"S!{cell.coordinate}"] = {"kind": "figure", "org": org, "key": line.key, "view": view}
    sheet_book.save(blank)
    bound.write_text(json.dumps(bindings, ensure_ascii=False), encoding="utf-8")
    name = f"{place.top.code} {place.period} {place.form}"
    place.story.run("bind_template", str(blank), "--name", name, "--bindings", str(bound))
    words = ("--period", place.period, "--org", place.top.code, "--basis", place.basis, "--out", str(filled))
    place.story.run("fill_template", name, *words)
    sheet = openpyxl.load_workbook(filled)["S"]
    for number, (org, line, view) in enumerate(asked, 1):
        number_asked = Number(org, place.period, line.key, view, place.basis)
        book.put("upper table", number_asked, text_of_cell(sheet.cell(number, 1)))
