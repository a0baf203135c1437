"""Makes the workbook in which a form is filled: sheets, stamps, definitions; each download is audited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.checks.rules import Rule
from indicators.layout import Layout
from indicators.printed.definitions import definitions_sheet, printed_rules
from orgs.models import Organization, User
from spreadsheets.safe_text import file_name
from spreadsheets.write.sheet import BodyRow, Look, Properties, Sheet
from spreadsheets.write.workbook_writer import workbook_bytes
from submissions.choices import UNIT_TURN, State
from submissions.core.texts import heads_of
from submissions.models import Submission, Task
from submissions.workbooks.grid_sheet import grid_sheets
from submissions.workbooks.keys import remember_key
from submissions.workbooks.stamps import STAMPS_SHEET, Shape, Stamp, edition_of, place_of_grid
from submissions.workbooks.styles import HIDDEN
from submissions.workbooks.texts import WorkbookContext, WorkbookHead, whose_unit, whose_units
from submissions.workbooks.unit_data import UnitData, WorkbookUnit, all_codes, each_below, read_unit_data
from submissions.workbooks.unit_frame import unit_frame
from submissions.workbooks.unit_sheet import unit_sheet


@dataclass(frozen=True)
class Made:
    """A workbook and its name for saving."""

    content: bytes
    name: str


@transaction.atomic
def form_workbook(*, task: Task, organization: Organization, shape: Shape, by: User, at: datetime) -> Made:
    """The form of one unit, of every unit at or below the organization (a sheet each), or of them all on one sheet.

    `task` with its form and county. Stored figures are filled in: importing the file unchanged changes nothing. Raises
    unit_data.NoWorkbook. The file is read again and counted, and returned only after the audit event is written.
    """
    data = read_unit_data(task, organization, shape)
    remember_key(task.county_id)
    made = _made(data, _occasion(task, by, at))
    _audit(task, organization, shape, len(data.units), sha256(made.content).hexdigest(), by, at)
    return made


@transaction.atomic
def form_workbooks(
    *, task: Task, organization: Organization, keep: Callable[[Organization, Made], object], by: User, at: datetime
) -> int:
    """Makes a workbook for every unit at or below the organization and returns their number.

    Each is passed to `keep` as soon as it is made. Raises unit_data.NoWorkbook.
    """
    occasion, each, digest = _occasion(task, by, at), each_below(task, organization), sha256()
    remember_key(task.county_id)
    for one in each:
        made = _made(one, occasion)
        digest.update(made.content)
        keep(one.organization, made)
    _audit(task, organization, Shape.UNIT, len(each), digest.hexdigest(), by, at)
    return len(each)


def _made(data: UnitData, occasion: WorkbookContext) -> Made:
    sheets, stamps = _to_fill(data, occasion)
    categories = frozenset(unit.submission.unit_category for unit in data.units)
    definitions = _definitions(data.bench.layout, categories, data.bench.rules, occasion.made, get_language())
    name = f"{data.organization.name} {occasion.period.label} {occasion.form.title}"
    properties = Properties(
        title=name, creator=occasion.by.name, made_at=timezone.localtime(occasion.at), subject=occasion.edition,
        description=occasion.made, custom=_carried(stamps[0]),
    )  # fmt: skip
    content = workbook_bytes([*sheets, definitions, _stamps_sheet(stamps)], properties)
    return Made(content, file_name(f"{name}（{_shape_name(data.shape)}）", ".xlsx"))


@lru_cache(maxsize=16)
def _definitions(layout: Layout, categories: frozenset[str], rules: tuple[Rule, ...], made: str, language: str) -> Sheet:
    """The sheet of definitions, with its rows built once for all workbooks made in one run."""
    lines = [line for line in layout.printed if any(line.asks(category) for category in categories)]
    texts = [(rule.formula.text, rule.severity, rule.message) for rule in printed_rules(rules)]
    sheet = definitions_sheet(lines, texts, made)
    return replace(sheet, body=tuple(sheet.body))


def _shape_name(shape: Shape) -> str:
    return {Shape.UNIT: _("form to fill"), Shape.SHEETS: _("forms, a sheet each"), Shape.GRID: _("units by indicators")}[shape]


def _to_fill(data: UnitData, occasion: WorkbookContext) -> tuple[list[Sheet], list[Stamp]]:
    """The sheets to fill and, in the same order, their stamps; a grid has a further sheet for the reader."""
    if data.shape == Shape.GRID:
        place = place_of_grid(all_codes(data.task, data.organization))
        stamp = _stamp(occasion, data.organization, Shape.GRID, place)
        return grid_sheets(data, occasion, WorkbookHead(stamp.text, _below(data), data.organization.name)), [stamp]
    stamps = [_stamp(occasion, unit.submission.organization, data.shape, unit.standing.place) for unit in data.units]
    return [_unit_sheet(data, occasion, unit, stamp) for unit, stamp in zip(data.units, stamps, strict=True)], stamps


def _below(data: UnitData) -> str:
    return whose_units(data.organization.name, len(data.units))


def _unit_sheet(data: UnitData, occasion: WorkbookContext, unit: WorkbookUnit, stamp: Stamp) -> Sheet:
    submission, bench, desk = unit.submission, data.bench, data.desk(unit)
    frame = unit_frame(
        bench.layout, submission.unit_category, bench.rules, heads_of(occasion.form.frequency).carried, get_language(),
        is_open=submission.state in UNIT_TURN, starts_year=not desk.earlier.year,
    )  # fmt: skip
    organization = submission.organization
    back_to = data.organization.name if data.shape == Shape.SHEETS else unit.standing.above
    head = WorkbookHead(stamp.text, whose_unit(organization.name), back_to, _closed(submission))
    title = occasion.form.code if data.shape == Shape.UNIT else organization.short_name or organization.name
    return unit_sheet(title.lstrip("_"), occasion, head, frame, data.lines(unit), desk)


def _closed(submission: Submission) -> str:
    """Why nothing can be typed; "" while it is the unit's turn."""
    if submission.state in UNIT_TURN:
        return ""
    state = State(submission.state).label
    return _("This report is not open for filling now (%(state)s); the sheet is for reading only.") % {"state": state}


def _occasion(task: Task, by: User, at: datetime) -> WorkbookContext:
    return WorkbookContext(task, task.form, task.period, by, at, edition_of(task.layout))


def _stamp(occasion: WorkbookContext, organization: Organization, shape: Shape, place: str) -> Stamp:
    return Stamp(
        form=occasion.form.code, edition=occasion.edition, period=str(occasion.period), county=occasion.task.county.code,
        org=organization.code, shape=shape, place=place,
    )  # fmt: skip


def _stamps_sheet(stamps: Sequence[Stamp]) -> Sheet:
    return Sheet(
        title=STAMPS_SHEET, widths=(60.0,), head=(), looks={"stamp": Look((HIDDEN,))},
        body=[BodyRow("stamp", (stamp.text,)) for stamp in stamps], is_very_hidden=True,
    )  # fmt: skip


def _carried(stamp: Stamp) -> tuple[tuple[str, str], ...]:
    """The file's custom properties, for people and for other programs."""
    return (
        ("form", stamp.form), ("edition", stamp.edition), ("period", stamp.period), ("county", stamp.county),
        ("unit", stamp.org), ("shape", str(stamp.shape)), ("digest", sha256(stamp.text.encode()).hexdigest()),
    )  # fmt: skip


def _audit(task: Task, organization: Organization, shape: Shape, units: int, digest: str, by: User, at: datetime) -> None:
    data = {
        "form": task.form.code, "period": str(task.period), "shape": str(shape), "units": units, "sha256": digest,
    }  # fmt: skip
    record(
        "form_workbook.made", by=by, at=at, county_id=task.county_id, subject=f"task:{task.pk}",
        organization_id=organization.pk, data={key: [None, value] for key, value in data.items()},
    )  # fmt: skip
