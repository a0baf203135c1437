"""Reads the rows of a forms table into forms with their lines."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from indicators.choices import Expectation, Frequency
from indicators.loading.columns import EXPECTATIONS, FREQUENCIES
from orgs.choices import UnitCategory
from orgs.loading.cells import RowCells
from orgs.loading.org_columns import UNIT_CATEGORIES
from spreadsheets.tables import Problems, TableRow

# What rows state of the form as a whole: column, and how its cell is read.
HEAD: dict[str, Callable[[RowCells], object]] = {
    "title": lambda cells: cells.text("title", 200),
    "frequency": lambda cells: cells.choice("frequency", FREQUENCIES, Frequency.QUARTER),
    "issuer": lambda cells: cells.text("issuer", 100),
    "document_number": lambda cells: cells.text("document_number", 100),
    "valid_until": lambda cells: cells.day("valid_until"),
    "expectation": lambda cells: cells.choice("expectation", EXPECTATIONS, Expectation.PERIOD_END),
    "aggregate_own": lambda cells: cells.flag("aggregate_own", False),
}
WHERE_SILENT = {
    "issuer": "",
    "document_number": "",
    "valid_until": None,
    "expectation": Expectation.PERIOD_END,
    "aggregate_own": False,
}


@dataclass(frozen=True)
class LineRow:
    row: int
    code: str
    section: str
    is_required: bool
    unit_categories: tuple[str, ...]


@dataclass
class FormRows:
    """All rows of one form: what they state of its head (with the row that states it) and its lines in order."""

    row: int
    code: str
    head_values: dict[str, tuple[object, int]] = field(default_factory=dict)
    lines: list[LineRow] = field(default_factory=list)

    @property
    def audience(self) -> tuple[str, ...]:
        """Whoever is asked any of its lines, in the fixed order of categories; empty = everyone."""
        asked = {category for line in self.lines for category in line.unit_categories}
        return tuple(category for category in UnitCategory.values if category in asked)

    def restriction(self, line: LineRow) -> tuple[str, ...]:
        """The line's own categories, where they are fewer than the form's."""
        narrower = set(line.unit_categories) not in (set(), set(self.audience))
        return tuple(category for category in self.audience if narrower and category in line.unit_categories)

    def head(self, columns: Collection[str]) -> dict[str, object]:
        """The fields of the form; a column the file does not have says nothing."""
        silent = {name: value for name, value in WHERE_SILENT.items() if name in columns}
        return {**silent, **{name: value for name, (value, _row) in self.head_values.items()}}


def read_forms(rows: Iterable[TableRow], problems: Problems) -> dict[str, FormRows]:
    """Form code -> what its rows say, in the order of the file."""
    found: dict[str, FormRows] = {}
    for row in rows:
        code = row["form"]
        if not code or len(code) > 40:
            problems.add(row.number, "form", _("A form needs its number, of at most 40 characters."))
            continue
        form = found.setdefault(code, FormRows(row.number, code))
        _read_head(form, row, problems)
        _read_line(form, row, problems)
    for form in found.values():
        for name in ("title", "frequency"):
            if name not in form.head_values:
                problems.add(form.row, name, _("This cell is empty; it is needed."))
    return found


def _read_head(form: FormRows, row: TableRow, problems: Problems) -> None:
    cells = RowCells(row, problems)
    for name, read in HEAD.items():
        if not row[name]:
            continue
        value = read(cells)
        before, where = form.head_values.setdefault(name, (value, row.number))
        if before != value:
            sentence = _("Row %(row)s says something else of the form %(form)s; one form has one %(column)s.")
            problems.add(row.number, name, sentence % {"row": where, "form": form.code, "column": name})


def _read_line(form: FormRows, row: TableRow, problems: Problems) -> None:
    cells = RowCells(row, problems)
    code = row["indicator_code"]
    if not code:
        problems.add(row.number, "indicator_code", _("This cell is empty; it is needed."))
        return
    earlier = next((line.row for line in form.lines if line.code == code), 0)
    if earlier:
        sentence = _("%(code)s already stands on this form, in row %(row)s.")
        problems.add(row.number, "indicator_code", sentence % {"code": code, "row": earlier})
        return
    categories = tuple(cells.listed("unit_categories", UNIT_CATEGORIES))
    form.lines.append(LineRow(row.number, code, cells.text("section", 100), cells.flag("required", False), categories))
