"""The texts around a printed table: heading, scope, who made it."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indicators.checks.rules import Rule
from indicators.models import Form
from orgs.choices import UnitCategory
from reports.figures.output.cells import SUBMITTED
from reports.figures.sums.aggregation import NOW
from reports.tables.layouts.computations import computations
from reports.tables.layouts.definition import LayoutSubject
from reports.tables.layouts.heading import Heading
from reports.tables.row_types.registry import row_type_of
from reports.tables.subjects.export_context import ExportContext
from reports.tables.subjects.layout_subjects import SubjectTable

_MOST_CODES = 2


def heading_of(subject: SubjectTable, rules: Iterable[Rule], occasion: ExportContext, status: str, digest: str) -> Heading:
    """The texts around one table, from its form, or from the forms that ask for its figures. `status`: of its data."""
    forms, form = subject.forms, subject.form
    valid = [form.valid_until for form in forms if form.valid_until]
    layout = occasion.layout
    return Heading(
        title=title_of(subject, occasion),
        form_code=_codes_of(forms),
        period=occasion.period.label,
        organization=occasion.org.name,
        is_unit=occasion.is_unit,
        issuer=_together(form.issuer for form in forms),
        document_number=_together(form.document_number for form in forms[:_MOST_CODES]),
        valid_until=date_format(min(valid), "YEAR_MONTH_FORMAT") if valid else "",
        status=status,
        made=made_line(occasion, digest),
        scope=scope_of(form) if form else "",
        due=date_format(max(task.due_on for task in subject.tasks), "DATE_FORMAT"),
        telephone=occasion.org.telephone,
        reported_on=date_format(occasion.day, "DATE_FORMAT"),
        checks=tuple(dict.fromkeys((*layout.checks, *(rule.formula.text for rule in rules), *computations(subject.lines)))),
        notes=(*layout.notes, *(form.notes.splitlines() if form else ())),
        sheet_title=sheet_title(subject, occasion),
    )


def _codes_of(forms: Sequence[Form]) -> str:
    """The numbers of a few forms; of many the first number and the count."""
    if len(forms) <= _MOST_CODES:
        return _together(form.code for form in forms)
    return _("%(first)s and others (forms: %(n)d)") % {"first": forms[0].code, "n": len(forms)}


def _together(texts: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(filter(None, texts)))


def sheet_title(subject: SubjectTable, occasion: ExportContext) -> str:
    """The title of the sheet: for a form its number, otherwise the table's own title."""
    return subject.form.code if subject.form and occasion.layout.subject == LayoutSubject.FORM else subject.title


def title_of(subject: SubjectTable, occasion: ExportContext) -> str:
    """The title of the table; for a form's table it also names the layout."""
    if occasion.layout.subject != LayoutSubject.FORM:
        return subject.title
    return row_type_of(occasion.layout).title_of(subject.title)


def made_line(occasion: ExportContext, digest: str) -> str:
    """Who made it, when, basis, tree and check code: printed on every sheet and in every page foot."""
    return _("Exported by %(name)s, %(at)s; basis: %(basis)s; organizations: %(tree)s; check code: %(digest)s") % {
        "name": occasion.by.name,
        "at": timezone.localtime(occasion.at).strftime("%Y-%m-%d %H:%M"),
        "basis": _("reported, with what is not yet approved") if occasion.basis == SUBMITTED else _("approved only"),
        "tree": _("as they stand now") if occasion.tree == NOW else _("as they stood then"),
        "digest": digest,
    }


def scope_of(form: Form) -> str:
    categories = [str(UnitCategory(text).label) for text in form.unit_categories]
    return "、".join(categories) or _("all units")
