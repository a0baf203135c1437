"""Figures that counties have published, each place loaded as a county of its own through the operator's commands.

The cases stand in published.csv: what the place reports (`given`), which indicator is asked, and what was printed. It loads, asks
and exports like an operator. The figures of two places are not added.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl

from indicators import ready
from tests.reports.story import Answer, Story

FOLDER = Path(__file__).parent
CATALOGUES = (Path(ready.__file__).parent / "catalogue.csv", FOLDER / "published_means.csv")
PERIOD = "2026Q2"
HOLDS = {
    "=": lambda value, printed: value == printed,
    ">": lambda value, printed: value > printed,
    "<": lambda value, printed: value < printed,
    ">=": lambda value, printed: value >= printed,
}


@dataclass(frozen=True)
class Case:
    """One printed figure: 余, 多, 近, 以上 are comparators; `unrounded` is the ratio with four decimals, or ""."""

    case: str
    place: str
    code: str
    name: str
    stated: str
    comparator: str
    value: str
    unit: str
    unrounded: str
    given: str
    quote: str

    @property
    def is_rounded(self) -> bool:
        return bool(self.unrounded)

    @property
    def figures(self) -> dict[str, str]:
        """Indicator code -> what the place reports."""
        return dict(part.split("=") for part in self.given.split(";"))

    def holds(self, value: Decimal) -> bool:
        return HOLDS[self.comparator](value, Decimal(self.value))


def cases() -> list[Case]:
    with (FOLDER / "published.csv").open(encoding="utf-8") as file:
        return [Case(**row) for row in csv.DictReader(file)]


@dataclass(frozen=True)
class Place:
    """One county of the test: its code is its form's number too, its only unit is the code with U."""

    code: str
    name: str
    cases: tuple[Case, ...]

    @property
    def unit(self) -> str:
        return f"{self.code}U"

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(case.code for case in self.cases))

    @property
    def figures(self) -> dict[str, str]:
        return {code: value for case in self.cases for code, value in case.figures.items()}

    @property
    def lines(self) -> tuple[str, ...]:
        """What the form prints: everything reported, then everything computed from it."""
        return tuple(dict.fromkeys((*self.figures, *self.asked)))


def places() -> list[Place]:
    found: dict[str, list[Case]] = {}
    for case in cases():
        found.setdefault(case.place, []).append(case)
    return [Place(f"P{number:02d}", name, tuple(own)) for number, (name, own) in enumerate(found.items(), start=1)]


def load(story: Story) -> None:
    """Every place as a county with one unit, its form, its task and its figures."""
    everywhere = places()
    for path in CATALOGUES:
        story.run("load_catalogue", str(path))
    story.orgs(
        *(f"{place.code},{place.name},county,,,,," for place in everywhere),
        *(f"{place.unit},{place.name}填报单位,village,{place.code},,,," for place in everywhere),
    )
    rows = [f"{place.code},{place.name}统计表,quarter,{line}" for place in everywhere for line in place.lines]
    story.run("load_forms", story._file("forms.csv", "form,title,frequency,indicator_code", rows))
    for place in everywhere:
        story.open(place.code, PERIOD, org=place.code)
    rows = [
        f"{place.code},{PERIOD},{place.unit},{code},,{value}" for place in everywhere for code, value in place.figures.items()
    ]
    head = "form,period,org_code,indicator_code,item,value"
    story.run("load_figures", story._file("figures.csv", head, rows), "--state", "approved")


def answers(story: Story) -> dict[str, tuple[Place, Answer]]:
    """Place name -> what the figures command says of everything printed there."""
    return {place.name: (place, story.ask(*place.asked, period=PERIOD, org=place.code, by="units")) for place in places()}


def workbooks(story: Story) -> dict[str, dict[str, tuple]]:
    """Place name -> indicator name -> (grand total, the unit's value) in the exported summary by unit."""
    found = {}
    for place in places():
        path = story.folder / f"{place.code}.xlsx"
        story.run("export", "R2", "--period", PERIOD, "--org", place.code, "--form", place.code, "--out", str(path))
        found[place.name] = read_summary(path, place.code)
    return found


def read_summary(path: Path, title: str) -> dict[str, tuple]:
    """A summary by unit, read as a person does: the head over a column says what stands in it, the items follow their indicator."""
    sheet = openpyxl.load_workbook(path)[title]
    numbered = next(row for row in sheet.iter_rows() if [cell.value for cell in row[:3]] == ["甲", "乙", "丙"])[0].row
    merged = {(row, column): area.start_cell.value for area in sheet.merged_cells.ranges for row, column in area.cells}
    bodies = [row for row in sheet.iter_rows(min_row=numbered + 1) if str(row[2].value or "").startswith(title)]
    found: dict[str, tuple] = {}
    for cell in sheet[numbered][3:]:
        for name in _heads(sheet, merged, cell):
            found.setdefault(name, tuple(row[cell.column - 1].value for row in bodies))
    return found


def _heads(sheet, merged: dict, below) -> Iterator[str]:
    """The texts over a column, without the unit of measure on the second line and without 其中 before a part."""
    for row in range(1, below.row):
        text = merged.get((row, below.column), sheet.cell(row, below.column).value)
        if isinstance(text, str):
            yield re.split("：|: ", text.split("\n")[0])[-1]
