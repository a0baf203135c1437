"""Exports printed tables as one workbook: cover, a sheet per form, definitions; told to the audit. Decides no permission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.recording import record
from indicators.models import Form
from indicators.periods import Period
from indicators.printed.definitions import Told, definitions_sheet
from orgs.models import Organization, User
from reports.cells import APPROVED
from reports.gathering import THEN
from reports.layouts.cover import Cover, cover_sheet
from reports.printed_tables import LAYOUTS, Asked, ask_table, digest_of, draw_table
from reports.printed_words import Occasion, heading_of, made_line, status_of, title_of
from reports.trees import children_on, counties_below
from spreadsheets.harmless import file_name
from spreadsheets.sheet import Properties, Sheet
from spreadsheets.writing import write_workbook
from submissions.models import Task
from submissions.progress import Progress, added_up, placed_below, progress_below, standing_paths

_SHOWN = 16  # characters of the digest on paper


class NothingToExport(ValueError):
    """No task answers what was asked; the message is a sentence."""


@dataclass(frozen=True)
class Exported:
    """A workbook, its name for saving, and the digest of the figures in it."""

    content: bytes
    name: str
    digest: str


def export(
    layout: str,
    *,
    form: str = "",
    period: Period,
    org: Organization,
    basis: str = APPROVED,
    tree: str = THEN,
    by: User,
    at: datetime,
) -> Exported:
    """R1, R2 or R3 of an organization; without a form number all forms asked of its branch, a sheet each.

    Raises NothingToExport, and BadQuestion from the figures. The workbook is read again and counted before it is
    handed over, and handed over only once the audit knows of it.
    """
    day = period.last_day
    is_unit = not children_on(org, day).is_inner(org.id)
    occasion = Occasion(layout, period, org, is_unit, basis, tree, by, at)
    tables = [ask_table(form, tasks, occasion) for form, tasks in _tasks_by_form(form, occasion)]
    digest = digest_of(tables, layout)
    name = file_name(f"{org.short_name or org.name} {period.label} {_layout_name(layout)}", ".xlsx")
    content = _written(_sheets(tables, occasion, digest), occasion, digest)
    data = {
        "layout": layout, "period": str(period), "forms": [table.form.code for table in tables], "basis": basis,
        "tree": tree, "digest": digest, "sha256": sha256(content).hexdigest(),
    }  # fmt: skip
    with transaction.atomic():
        record(
            "export.made", by=by, at=at, county_id=org.county_id, subject=f"organization:{org.id}", organization_id=org.id,
            data={key: [None, value] for key, value in data.items()},
        )  # fmt: skip
    return Exported(content, name, digest)


def _tasks_by_form(form_code: str, occasion: Occasion) -> list[tuple[Form, list[Task]]]:
    """Every form with its tasks of the period that ask somebody in the branch, in the order of the forms."""
    day = occasion.period.last_day
    path = standing_paths(occasion.org.id, [day]).get(day)
    tasks = Task.objects.filter(county_id__in=counties_below(occasion.org, day), period=str(occasion.period))
    if form_code:
        tasks = tasks.filter(form__code=form_code)
    found: dict[Form, list[Task]] = {}
    for task in tasks.select_related("form").order_by("form__sort_order", "form__code", "county_id"):
        if path and task.submissions.filter(placed_below(path, day)).exists():
            found.setdefault(task.form, []).append(task)
    if not found:
        told = {"org": occasion.org.name, "period": occasion.period.label, "form": form_code}
        if form_code:
            raise NothingToExport(_("Form %(form)s was not asked of %(org)s for %(period)s; open its task first.") % told)
        raise NothingToExport(_("No form was asked of %(org)s for %(period)s; open a task first.") % told)
    return list(found.items())


def _sheets(tables: Sequence[Asked], occasion: Occasion, digest: str) -> list[Sheet]:
    shown = digest[:_SHOWN]
    progresses = [added_up(progress_below(table.tasks, occasion.org)) for table in tables]
    sheets = [_cover(tables, progresses, occasion, shown)]
    for table, progress in zip(tables, progresses, strict=True):
        heading = heading_of(table.form, table.tasks, table.told_rules, occasion, progress, shown)
        sheets.append(draw_table(table, heading, occasion.layout))
    lines = [line for table in tables for line in table.lines]
    return [*sheets, definitions_sheet(lines, _rules(tables), made_line(occasion, shown))]


def _rules(tables: Sequence[Asked]) -> list[Told]:
    return [(rule.formula.text, rule.severity, rule.message) for table in tables for rule in table.told_rules]


def _cover(tables: Sequence[Asked], progresses: Sequence[Progress], occasion: Occasion, shown: str) -> Sheet:
    org = occasion.org
    county = org if org.county_id in (None, org.id) else org.county
    return cover_sheet(
        Cover(
            title=_("%(county)s Party-building report") % {"county": county.name},
            period=occasion.period.label,
            organization=org.name,
            status=status_of(sum(progresses, Progress()), occasion.basis),
            made=made_line(occasion, shown),
            digest=shown,
            tables=tuple((table.form.code, title_of(table.form, occasion.layout)) for table in tables),
            telephone=org.telephone,
            reported_on=date_format(occasion.day, "DATE_FORMAT"),
        )
    )


def _layout_name(layout: str) -> str:
    return {"R1": _("unit's report"), "R2": _("summary by unit"), "R3": _("comparison of indicators")}[layout]


def _written(sheets: Sequence[Sheet], occasion: Occasion, digest: str) -> bytes:
    properties = Properties(
        title=f"{occasion.org.name} {occasion.period.label} {_layout_name(occasion.layout)}",
        creator=occasion.by.name,
        made_at=timezone.localtime(occasion.at),
        subject=digest,
        description=made_line(occasion, digest[:_SHOWN]),
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        write_workbook(path, sheets, properties)
        return path.read_bytes()


__all__ = ["LAYOUTS", "Exported", "NothingToExport", "export"]
