"""Exports printed tables as one workbook with cover, a sheet per table and definitions, and records it in the audit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.checks.rules import Rule
from indicators.periods import Period
from indicators.printed.definitions import PrintedRule, definitions_sheet
from orgs.models import Organization, User
from orgs.moments import one_moment
from orgs.tree.former_names import as_called_on
from reports.figures.output.cells import APPROVED
from reports.figures.plan.query_plan import BadQuestion
from reports.figures.plan.report_trees import children_on
from reports.figures.sums.aggregation import THEN
from reports.tables.data_status import data_status
from reports.tables.known_layouts import UnknownLayout, layout_named
from reports.tables.layouts.cover import Cover, cover_sheet
from reports.tables.layouts.definition import LayoutDefinition, Rounding
from reports.tables.printed_tables import ask_table, digest_of, draw_table
from reports.tables.row_types.registry import row_type_of
from reports.tables.row_types.row_type import PrintedTable
from reports.tables.subjects.export_context import ExportContext
from reports.tables.subjects.layout_subjects import NothingToExport, subject_tables
from reports.tables.table_texts import heading_of, made_line, title_of
from spreadsheets.safe_text import file_name
from spreadsheets.write.sheet import Properties, Sheet
from spreadsheets.write.workbook_writer import workbook_bytes

_SHOWN = 16  # characters of the digest on paper


@dataclass(frozen=True)
class Options:
    """What a person chooses for an export.

    `basis` "" and `rounding` None: as in the layout. `with_settled`: R12 lists every report, not only those that need a
    reminder.
    """

    basis: str = ""
    tree: str = THEN
    with_formulas: bool = False
    rounding: Rounding | None = None
    with_settled: bool = False


@dataclass(frozen=True)
class Exported:
    """A workbook, its name for saving, and the digest of the figures in it."""

    content: bytes
    name: str
    digest: str


def export(
    layout: str | LayoutDefinition,
    *,
    form: str = "",
    period: Period,
    org: Organization,
    basis: str = "",
    tree: str = THEN,
    with_formulas: bool = False,
    rounding: Rounding | None = None,
    with_settled: bool = False,
    by: User,
    at: datetime,
) -> Exported:
    """Exports a layout for an organization, a ready one or the county's own.

    Without a form number: for all forms asked of its branch. Raises NothingToExport, UnknownLayout, and BadQuestion from the
    figures. The workbook is read again and counted first, and returned only after the audit event is written.
    """
    definition = layout if isinstance(layout, LayoutDefinition) else layout_named(layout, org.county_id)
    if with_settled and not row_type_of(definition).lists_reports:
        sentence = _("%(layout)s lists no reports; only a list to remind by (R12) can be asked for all of them.")
        raise BadQuestion(sentence % {"layout": f"{definition.code} {definition.title}"})
    options = Options(basis, tree, with_formulas, rounding, with_settled)
    with one_moment():
        occasion = occasion_of(definition, period, org, options, by=by, at=at)
        made = made_export(form, occasion)
    record_exports([made], org, by=by, at=at)
    return made.exported


@dataclass(frozen=True)
class MadeExport:
    """A workbook before it is returned, with the details of its audit event."""

    exported: Exported
    details: dict[str, object]


@dataclass(frozen=True)
class ExportSheets:
    """The tables of a workbook and its sheets, before it is written. `digest`: of the figures."""

    tables: Sequence[PrintedTable]
    sheets: Sequence[Sheet]
    properties: Properties
    name: str
    digest: str


def made_export(form: str, occasion: ExportContext) -> MadeExport:
    """Makes the workbook; only reads the database. Raises NothingToExport, BadQuestion."""
    workbook = export_sheets(form, occasion)
    content = workbook_bytes(workbook.sheets, workbook.properties)
    details = details_of(workbook, occasion) | {"sha256": sha256(content).hexdigest()}
    return MadeExport(Exported(content, workbook.name, workbook.digest), details)


def export_sheets(form: str, occasion: ExportContext) -> ExportSheets:
    """Asks and draws the tables; only reads the database. Raises NothingToExport, BadQuestion."""
    definition, called = occasion.layout, occasion.org
    tables = tables_of(form, occasion)
    digest = digest_of(tables, definition.code)
    name = file_name(
        f"{called.short_name or called.name} {occasion.period.label} {definition.code} {definition.title}", ".xlsx"
    )
    return ExportSheets(tables, _sheets(tables, occasion, digest), _properties(occasion, digest), name, digest)


def details_of(workbook: ExportSheets, occasion: ExportContext) -> dict[str, object]:
    """The facts about an export that its audit event keeps."""
    return {
        "layout": occasion.layout.code, "period": str(occasion.period),
        "forms": sorted({form.code for table in workbook.tables for form in table.subject.forms}),
        "basis": occasion.basis, "tree": occasion.tree, "digest": workbook.digest, "formulas": occasion.with_formulas,
        "rounding": str(occasion.rounding), "all": occasion.with_settled,
    }  # fmt: skip


@transaction.atomic
def record_exports(made: Iterable[MadeExport], org: Organization, *, by: User, at: datetime) -> None:
    """Records an event for each export, after all reads, because the first write ends the moment of the database."""
    for one in made:
        record(
            "export.made", by=by, at=at, county_id=org.county_id, subject=f"organization:{org.id}", organization_id=org.id,
            data={key: [None, value] for key, value in one.details.items()},
        )  # fmt: skip


def occasion_of(
    definition: LayoutDefinition,
    period: Period,
    org: Organization,
    options: Options,
    *,
    title: str = "",
    by: User,
    at: datetime,
) -> ExportContext:
    is_unit = not children_on(org, period.last_day).is_inner(org.id)
    called = as_called_on(org, period.last_day) if options.tree == THEN else org
    return ExportContext(
        definition, period, called, is_unit, options.basis or definition.basis or APPROVED, options.tree, by, at,
        options.with_formulas, definition.rounding if options.rounding is None else options.rounding,
        options.with_settled, title,
    )  # fmt: skip


def tables_of(form_code: str, occasion: ExportContext) -> list[PrintedTable]:
    """Every table of the layout with its figures. Raises NothingToExport, BadQuestion."""
    return [ask_table(subject, occasion) for subject in subject_tables(form_code, occasion)]


def table_sheet(table: PrintedTable, occasion: ExportContext, digest: str) -> Sheet:
    """The sheet of one table."""
    status = data_status(table.subject.tasks, occasion.org).sentence(occasion.basis)
    heading = heading_of(table.subject, table.explained_rules, occasion, status, digest[:_SHOWN])
    return draw_table(table, heading, occasion)


def _sheets(tables: Sequence[PrintedTable], occasion: ExportContext, digest: str) -> list[Sheet]:
    shown = digest[:_SHOWN]
    sheets = [_cover(tables, occasion, shown), *(table_sheet(table, occasion, digest) for table in tables)]
    lines = [line for table in tables for line in table.subject.lines]
    if not lines:  # a layout about the progress of reports defines nothing
        return sheets
    return [*sheets, definitions_sheet(lines, _rules(tables), made_line(occasion, shown))]


def _rules(tables: Sequence[PrintedTable]) -> list[PrintedRule]:
    return [(rule.formula.text, rule.severity, rule.message) for table in tables for rule in _explained(table)]


def _explained(table: PrintedTable) -> list[Rule]:
    """The rules of a form; for listed columns only the rules about these columns, which the sheet names."""
    if table.subject.part is None:
        return table.explained_rules
    codes = {line.code for line in table.subject.lines}
    return [rule for rule in table.explained_rules if all(reference.code in codes for reference in rule.formula.references)]


def _cover(tables: Sequence[PrintedTable], occasion: ExportContext, shown: str) -> Sheet:
    org = occasion.org
    county = org if org.county_id in (None, org.id) else org.county
    if occasion.tree == THEN:
        county = as_called_on(county, occasion.period.last_day)
    tasks = {task.id: task for table in tables for task in table.subject.tasks}
    return cover_sheet(
        Cover(
            title=occasion.title or _("%(county)s Party-building report") % {"county": county.name},
            period=occasion.period.label,
            organization=org.name,
            status=data_status(list(tasks.values()), org).sentence(occasion.basis),
            made=made_line(occasion, shown),
            digest=shown,
            tables=tuple((_table_code(table, occasion), title_of(table.subject, occasion)) for table in tables),
            telephone=org.telephone,
            reported_on=date_format(occasion.day, "DATE_FORMAT"),
        )
    )


def _table_code(table: PrintedTable, occasion: ExportContext) -> str:
    return table.subject.form.code if table.subject.form else occasion.layout.code


def _properties(occasion: ExportContext, digest: str) -> Properties:
    layout = occasion.layout
    return Properties(
        title=occasion.title or f"{occasion.org.name} {occasion.period.label} {layout.code} {layout.title}",
        creator=occasion.by.name,
        made_at=timezone.localtime(occasion.at),
        subject=digest,
        description=made_line(occasion, digest[:_SHOWN]),
    )


__all__ = ["Exported", "NothingToExport", "Options", "UnknownLayout", "export"]
