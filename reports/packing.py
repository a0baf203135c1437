"""All layouts that apply, a workbook each, in one zip, with a list of what was left out and why. Decides no permission."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.periods import Period
from orgs.models import Organization, User
from reports.actions.taking import record_taken
from reports.asking import BadQuestion
from reports.exporting import Exported, NothingToExport, Options, export
from reports.known_layouts import layouts_of
from reports.layouts.definition import LayoutDefinition, RowsOf
from spreadsheets.harmless import file_name

ALL = "all"  # the word for every layout


def export_all(*, form: str = "", period: Period, org: Organization, options: Options, by: User, at: datetime) -> Exported:
    """A zip with a workbook per layout that was asked, and a list. Each workbook is an export of its own in the audit.

    Raises NothingToExport where no layout applies at all.
    """
    made: list[Exported] = []
    left_out: list[str] = []
    for definition in layouts_of(org.county_id or org.id).values():
        chosen = replace(options, basis=definition.basis or options.basis)
        try:
            made.append(
                export(
                    definition, form=form, period=period, org=org, basis=chosen.basis, tree=chosen.tree,
                    with_formulas=chosen.with_formulas, rounding=chosen.rounding,
                    with_settled=chosen.with_settled and definition.rows == RowsOf.SUBMISSIONS, by=by, at=at,
                )
            )  # fmt: skip
        except (NothingToExport, BadQuestion) as error:
            left_out.append(_said(definition, str(error)))
    if not made:
        raise NothingToExport("\n".join(left_out))
    content = _packed(made, left_out, at)
    digest = sha256(content).hexdigest()
    asked = f"{ALL} {period} {org.code} {options.basis} {options.tree}"
    record_taken(what="layouts.zip", organization=org, asked=asked, rows=len(made), by=by, at=at, digest=digest)
    what = _("all layouts")
    name = file_name(f"{org.short_name or org.name} {period.label} {what}", ".zip")
    return Exported(content, name, digest)


def _said(definition: LayoutDefinition, why: str) -> str:
    """Which layout it is, once: some reasons name it themselves."""
    name = f"{definition.code} {definition.title}"
    return why if why.startswith(name) else f"{name}: {why}"


def _packed(made: Iterable[Exported], left_out: Iterable[str], at: datetime) -> bytes:
    """Workbooks are packed already; the same exports give the same bytes."""
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
