"""From one form's tasks to its printed table: asks the Grids a layout needs and hands them over. Adds nothing up itself."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from indicators.checks import Rule
from indicators.layouts import Line
from indicators.models import Form
from indicators.printed.definitions import told_rules
from indicators.queries import checks_for
from reports.asking import YEAR_TO_DATE, View
from reports.cells import APPROVED
from reports.comparing import PREV, SAME_LAST_YEAR, YEAR_END
from reports.figures import figures
from reports.grid import Cell, Grid
from reports.layouts.by_unit import by_unit
from reports.layouts.comparison import comparison
from reports.layouts.heading import Heading
from reports.layouts.one_unit import one_unit
from reports.presenting import plain
from reports.printed_words import Occasion
from reports.rows import SELF, UNITS
from spreadsheets.sheet import Sheet
from submissions.kinds import State
from submissions.models import Submission, Task

LAYOUTS = ("R1", "R2", "R3")
_COMPARED = {"R1": (PREV, SAME_LAST_YEAR), "R3": (PREV, SAME_LAST_YEAR, YEAR_END)}


@dataclass(frozen=True)
class Asked:
    """One form's figures as a layout needs them. `to_date` is None where the layout has no year to date."""

    form: Form
    tasks: tuple[Task, ...]
    grid: Grid
    to_date: Grid | None
    explanations: dict[str, str]
    rules: tuple[Rule, ...]

    @property
    def told_rules(self) -> list[Rule]:
        return told_rules(self.rules)

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.tasks[0].layout.printed


def ask_table(form: Form, tasks: Sequence[Task], occasion: Occasion) -> Asked:
    codes = [line.key for line in tasks[0].layout.printed]
    compare = _COMPARED.get(occasion.layout, ())
    where = {
        "periods": [occasion.period],
        "org": occasion.org,
        "basis": occasion.basis,
        "tree": occasion.tree,
        "today": occasion.day,
    }
    to_date = None
    if occasion.layout == "R2":
        grid = figures(codes, by=UNITS, **where)
    else:
        grid = figures(codes, by=SELF, compare=compare, **where)
        to_date = figures(codes, by=SELF, view=View(YEAR_TO_DATE), **where)
    explanations = _explanations(tasks, occasion) if occasion.layout == "R1" else {}
    return Asked(form, tuple(tasks), grid, to_date, explanations, checks_for(tasks[0].layout, form))


def _explanations(tasks: Sequence[Task], occasion: Occasion) -> dict[str, str]:
    """Figure key -> what the unit said to the findings at it, from the version the table shows."""
    rows = Submission.objects.filter(task__in=tasks, organization=occasion.org, standing__isnull=False)
    if occasion.basis == APPROVED:
        rows = rows.filter(state=State.APPROVED)
    said: dict[str, dict[str, None]] = {}
    for submission in rows.select_related("standing").order_by("task_id"):
        for finding in submission.standing.findings:
            if finding["explanation"]:
                said.setdefault(finding["keys"][0], {})[finding["explanation"]] = None
    return {key: "；".join(texts) for key, texts in said.items()}


def draw_table(asked: Asked, heading: Heading, layout: str) -> Sheet:
    if layout == "R1":
        return one_unit(asked.grid, asked.to_date, heading, asked.explanations)
    if layout == "R2":
        return by_unit(asked.grid, heading)
    return comparison(asked.grid, asked.to_date, heading)


def digest_of(tables: Sequence[Asked], layout: str) -> str:
    """SHA-256 over every figure of the export with its coverage: the same figures have the same code, whoever exports them."""
    told = sha256(layout.encode())
    for table in tables:
        told.update(json.dumps([table.form.code, table.explanations], sort_keys=True).encode())
        for grid in filter(None, (table.grid, table.to_date)):
            for part in _parts_of(grid):
                told.update(json.dumps(part, default=plain).encode())
    return told.hexdigest()


def _parts_of(grid: Grid) -> Iterator[list]:
    """The grid row by row, so that three thousand rows need no more room than one."""
    yield [grid.period, grid.org, grid.basis, grid.view, grid.tree, [[column.key, column.unit] for column in grid.columns]]
    for row in grid.rows:
        yield [row.org, row.kind, [_told(cell) for cell in row.cells]]


def _told(cell: Cell) -> list:
    others = [[name, other.value, other.change, other.percent] for name, other in sorted(cell.compare.items())]
    return [cell.value, cell.text, cell.expected, cell.reported, cell.approved, cell.na, *others]
