"""Exports all layouts that apply, each as a workbook, in one zip with a list of those left out and why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.periods import Period
from orgs.models import Organization, User
from orgs.moments import one_moment
from reports.figures.plan.query_plan import BadQuestion
from reports.scope.download_events import record_taken
from reports.tables.export import (
    Exported,
    MadeExport,
    NothingToExport,
    Options,
    made_export,
    occasion_of,
    record_exports,
)
from reports.tables.known_layouts import layouts_of
from reports.tables.layouts.definition import LayoutDefinition
from reports.tables.row_types.registry import row_type_of
from spreadsheets.safe_text import file_name

ALL = "all"  # the value that means every layout


def export_all(*, form: str = "", period: Period, org: Organization, options: Options, by: User, at: datetime) -> Exported:
    """A zip with a workbook per layout that has figures, and a list, all read in one moment.

    Each workbook is an export in the audit. Raises NothingToExport where no layout applies at all.
    """
    with one_moment():
        made, left_out = _made(form, period, org, options, by, at)
    if not made:
        raise NothingToExport("\n".join(left_out))
    content = _packed([one.exported for one in made], left_out, at)
    digest = sha256(content).hexdigest()
    asked = f"{ALL} {period} {org.code} {options.basis} {options.tree}"
    with transaction.atomic():
        record_exports(made, org, by=by, at=at)
        record_taken(what="layouts.zip", organization=org, asked=asked, rows=len(made), by=by, at=at, digest=digest)
    what = _("all layouts")
    name = file_name(f"{org.short_name or org.name} {period.label} {what}", ".zip")
    return Exported(content, name, digest)


def _made(
    form: str, period: Period, org: Organization, options: Options, by: User, at: datetime
) -> tuple[list[MadeExport], list[str]]:
    """The workbooks, and the sentences about layouts that do not apply."""
    made: list[MadeExport] = []
    left_out: list[str] = []
    for definition in layouts_of(org.county_id).values():
        with_settled = options.with_settled and row_type_of(definition).lists_reports
        chosen = replace(options, basis=definition.basis or options.basis, with_settled=with_settled)
        try:
            made.append(made_export(form, occasion_of(definition, period, org, chosen, by=by, at=at)))
        except (NothingToExport, BadQuestion) as error:
            left_out.append(_reason_line(definition, str(error)))
    return made, left_out


def _reason_line(definition: LayoutDefinition, why: str) -> str:
    """The reason with the layout's name in front, unless it contains the name already."""
    name = f"{definition.code} {definition.title}"
    return why if why.startswith(name) else f"{name}: {why}"


def _packed(made: Iterable[Exported], left_out: Iterable[str], at: datetime) -> bytes:
    """The zip, without compression because workbooks are compressed already; the same exports give the same bytes."""
    stamp = timezone.localtime(at).timetuple()[:6]
    made = list(made)
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for one in made:
            archive.writestr(ZipInfo(one.name, stamp), one.content)
        archive.writestr(ZipInfo(_("Contents.txt"), stamp), _contents(made, left_out).encode("utf-8-sig"))
    return buffer.getvalue()


def _contents(made: Iterable[Exported], left_out: Iterable[str]) -> str:
    inside = [_("%(name)s, check code %(digest)s") % {"name": one.name, "digest": one.digest[:16]} for one in made]
    lines = [_("In this pack:"), *inside, "", _("Left out, and why:"), *(list(left_out) or [_("nothing")])]
    return "\r\n".join(lines) + "\r\n"
