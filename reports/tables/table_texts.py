"""The words around a printed table: heading, scope, who made it. Knows forms and no progress, adds no figure up."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indicators.checks.rules import Rule
from indicators.kinds.registry import kind_of
from indicators.layout import Line
from indicators.models import Form
from orgs.choices import UnitCategory
from reports.figures.output.cells import SUBMITTED
from reports.figures.sums.aggregation import NOW
from reports.tables.export_context import ExportContext
from reports.tables.layout_subjects import SubjectTable
from reports.tables.layouts.definition import LayoutSubject, RowsOf
from reports.tables.layouts.heading import Heading

_MOST_CODES = 2
_PER_HUNDRED = {"%": " * 100", "‰": " * 1000"}  # a rate's unit says what its quotient is multiplied with


def heading_of(told: SubjectTable, rules: Iterable[Rule], occasion: ExportContext, status: str, digest: str) -> Heading:
    """The words around one table, from the form it is, or from the forms its figures are asked on. `status`: of its data."""
    forms, form = told.forms, told.form
    valid = [form.valid_until for form in forms if form.valid_until]
    layout = occasion.layout
    return Heading(
        title=title_of(told, occasion),
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
        due=date_format(max(task.due_on for task in told.tasks), "DATE_FORMAT"),
        telephone=occasion.org.telephone,
        reported_on=date_format(occasion.day, "DATE_FORMAT"),
        checks=tuple(dict.fromkeys((*layout.checks, *(rule.formula.text for rule in rules), *computations(told.lines)))),
        notes=(*layout.notes, *(form.notes.splitlines() if form else ())),
        sheet_title=sheet_title(told, occasion),
    )


def _codes_of(forms: Sequence[Form]) -> str:
    """Few by their numbers, many by the first and how many there are."""
    if len(forms) <= _MOST_CODES:
        return _together(form.code for form in forms)
    return _("%(first)s and others (forms: %(n)d)") % {"first": forms[0].code, "n": len(forms)}


def _together(texts: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(filter(None, texts)))


def sheet_title(told: SubjectTable, occasion: ExportContext) -> str:
    """A form's sheet goes by its number, any other by its own title."""
    return told.form.code if told.form and occasion.layout.subject == LayoutSubject.FORM else told.title


def title_of(told: SubjectTable, occasion: ExportContext) -> str:
    """Of a form's table: how it is laid out goes with it."""
    if occasion.layout.subject != LayoutSubject.FORM:
        return told.title
    added = {
        RowsOf.UNITS: _("%(title)s (by unit)"),
        RowsOf.CHILDREN: _("%(title)s (by organization)"),
        RowsOf.CATEGORIES: _("%(title)s (by unit category)"),
        RowsOf.DISTRICTS: _("%(title)s (by district)"),
        RowsOf.LINES: _("%(title)s (by line of industry)"),
        RowsOf.COMPARED: _("%(title)s (comparison)"),
    }
    return added.get(occasion.layout.rows, "%(title)s") % {"title": told.title}


def made_line(occasion: ExportContext, digest: str) -> str:
    """Who, when, basis, tree and check code: stands on every sheet and in every page foot."""
    return _("Exported by %(name)s, %(at)s; basis: %(basis)s; organizations: %(tree)s; check code: %(digest)s") % {
        "name": occasion.by.name,
        "at": timezone.localtime(occasion.at).strftime("%Y-%m-%d %H:%M"),
        "basis": _("reported, with what is not yet approved") if occasion.basis == SUBMITTED else _("approved only"),
        "tree": _("as they stand now") if occasion.tree == NOW else _("as they stood then"),
        "digest": digest,
    }


def scope_of(form: Form) -> str:
    categories = [str(UnitCategory(text).label) for text in form.unit_categories.split(";") if text]
    return "、".join(categories) or _("all units")


def computations(lines: Iterable[Line]) -> tuple[str, ...]:
    """How the computed lines of a layout come about, as expressions over the others."""
    return tuple(f"{{{line.key}}} == {computation(line)}" for line in lines if line.is_computed and not line.item)


def computation(line: Line) -> str:
    """A computed line as an expression over the figures it is made of."""
    if not kind_of(line).is_divided(line):
        return line.formula
    quotient = f"{_bracketed(line.numerator)} / {_bracketed(line.denominator)}"
    return quotient + _PER_HUNDRED.get(line.unit, "")


def _bracketed(expression: str) -> str:
    """Brackets around anything but one single figure."""
    return expression if expression.count("{") == 1 and expression.strip().endswith("}") else f"({expression})"
