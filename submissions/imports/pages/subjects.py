"""The subject of an uploaded file in words: unit, form, period."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from indicators.periods import BadPeriod, read_period
from submissions.imports.report.import_report import FileResult
from submissions.models import Submission, Upload

NAMED = 2  # units by name; of a file with more, how many more


def subject_of(result: FileResult) -> str:
    """The subject: “甲村（V1） · 季报 · 2026年第三季度”; "" for a file without a known subject."""
    if result.subject is None:
        return ""
    touched = {unit.org for unit in result.units if unit.changes or unit.has_errors or unit.refused}
    units = sorted(result.named_units, key=lambda unit: unit[0] not in touched)  # those that the file changes first
    return _words(units[:NAMED], len(units), result.subject.title, result.subject.period)


def subjects_of(uploads: Sequence[Upload]) -> dict[int, str]:
    """Upload id -> subject, from the reports of its preview; one query for all uploads."""
    held = {upload.pk: [int(pk) for pk in upload.revisions] for upload in uploads}
    wanted = {pk for ids in held.values() for pk in ids[:NAMED]}
    rows = Submission.objects.filter(pk__in=wanted).select_related("organization", "task__form").defer("task__layout")
    reports = {report.pk: report for report in rows}
    return {pk: _of_reports([reports[one] for one in ids[:NAMED] if one in reports], len(ids)) for pk, ids in held.items()}


def _of_reports(reports: Sequence[Submission], count: int) -> str:
    """The subject of a file by its reports. For many units only the number is given; the preview shows which of them change."""
    if not reports:
        return ""
    task = reports[0].task
    named = [(report.organization.code, report.organization.name) for report in reports] if count <= NAMED else []
    return _words(named, count, task.form.title, str(task.period))


def _words(units: Sequence[tuple[str, str]], count: int, title: str, period: str) -> str:
    names = _(", ").join(_("%(name)s (%(code)s)") % {"name": name, "code": code} if name else code for code, name in units)
    if count and not units:
        names = _("%(n)s units") % {"n": count}
    elif count > len(units):
        names = _("%(names)s and %(n)s more units") % {"names": names, "n": count - len(units)}
    return " · ".join(filter(None, (names, title, _label(period))))


def _label(period: str) -> str:
    try:
        return read_period(period).label
    except BadPeriod:
        return period
