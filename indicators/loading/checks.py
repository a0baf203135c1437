"""Loads check rules of forms. All or nothing, idempotent: the same rule on the same form is changed, not doubled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.catalogue.queries import definitions_by_code, known_figures
from indicators.checks.expressions import NotARule, read_rule
from indicators.definitions import checks_of, forms_of, own_forms
from indicators.loading.columns import CHECKS, SEVERITIES
from indicators.models import Check, Form, Indicator
from orgs.loading.cells import RowCells
from orgs.loading.change_texts import changed
from orgs.loading.columns import named_table
from orgs.loading.reports_affected import reports, touched
from orgs.loading.result import Loaded
from orgs.models import Organization, User
from spreadsheets.tables import Problems, Table, TableRow

_COLUMNS = {column.name: column for column in CHECKS}
_SEVERITY, _MESSAGE = _COLUMNS["severity"], _COLUMNS["message"]


@dataclass(frozen=True)
class CheckWritten:
    """One rule of the file; `key` says which rule it is, however it is spelled."""

    row: int
    form: Form
    key: str
    expression: str
    severity: str
    message: str


@transaction.atomic
def load_checks(table: Table, *, by: User, at: datetime, owner: Organization | None = None) -> Loaded:
    """Add and change the rules of the table; others stay. Raises TableProblems; then nothing changed.

    `owner`: the county whose own rules these are, on its forms or beside the common rules of a common form; without one they are
    common.
    """
    table = named_table(table, CHECKS)
    problems = table.problems()
    owner_id = owner.pk if owner else None
    forms = {form.code: form for form in forms_of(owner_id).filter(code__in={row["form"] for row in table})}
    known, defined = known_figures(owner_id), definitions_by_code(owner_id)
    written = [rule for row in table if (rule := _read(row, forms, known, defined, owner_id, problems))]
    _refuse_doubles(written, problems)
    _refuse_common(written, owner_id, keeps_message="message" not in table.columns, problems=problems)
    problems.raise_if_any()
    changes = _write(written, forms, owner_id, keeps_message="message" not in table.columns)
    if changes:
        record("checks.loaded", by=by, at=at, county_id=owner_id, subject="checks", data=changes)
    return _answer(changes, written)


def _answer(changes: dict[str, list], written: list[CheckWritten]) -> Loaded:
    """A rule holds for reports from now on; what was sent in is not asked again."""
    names = {_name(rule): rule.form.pk for rule in written}
    found = [
        one for reports_of_form in reports().of_forms({names[name] for name in changes}).values() for one in reports_of_form
    ]
    concerned = [
        _(
            "Reports already sent in or approved (%(reports)s) are not checked again; the rules hold for those sent in from now on."
        )
        % {"reports": touched(found)}
    ]
    new = [name for name, (old, _new) in changes.items() if old is None]
    return Loaded(
        _("Checks"), len(new), len(changes) - len(new), len(written) - len(changes),
        made=tuple(_("%(rule)s: new.") % {"rule": name} for name in new),
        changes=tuple(sentence for name, (old, now) in changes.items() if old for sentence in _in_words(name, old, now)),
        touched=tuple(concerned) if touched(found) else (),
    )  # fmt: skip


def _in_words(name: str, old: list[str], new: list[str]) -> Iterator[str]:
    for column, before, after in zip((_SEVERITY, _MESSAGE), old, new, strict=True):
        if before != after:
            yield changed(name, column.label, before, after, column.words)


def _name(rule: CheckWritten) -> str:
    return f"{rule.form.code}: {rule.expression}"


def _refuse_doubles(written: list[CheckWritten], problems: Problems) -> None:
    rows: dict[tuple[int, str], int] = {}
    for rule in written:
        earlier = rows.setdefault((rule.form.pk, rule.key), rule.row)
        if earlier != rule.row:
            problems.add(rule.row, "expression", _("The same rule already stands in row %(row)s.") % {"row": earlier})


def _refuse_common(written: list[CheckWritten], owner_id: int | None, *, keeps_message: bool, problems: Problems) -> None:
    """A county's file does not change what a common rule says; that it stands there already is no mistake."""
    if owner_id is None:
        return
    common = {(one.form_id, _key(one)): one for one in checks_of(None).filter(form__in={rule.form for rule in written})}
    for rule in written:
        check = common.get((rule.form.pk, rule.key))
        same = check and check.severity == rule.severity and (keeps_message or check.message == rule.message)
        if check and not same:
            sentence = _(
                "The common form %(form)s has this rule already, with another severity or message; adopt the form to change it for"
                " your county."
            )
            problems.add(rule.row, "expression", sentence % {"form": rule.form.code})


def _write(
    written: list[CheckWritten], forms: dict[str, Form], owner_id: int | None, *, keeps_message: bool
) -> dict[str, list]:
    """Write what differs; answers {"FORM: expression": [old, new]}, old None for a new one."""
    stored: dict[tuple[int, str], Check] = {}
    positions = dict.fromkeys((form.pk for form in forms.values()), 0)
    # Of a common rule and the same one of the county's the latter is meant: it comes last.
    for check in sorted(checks_of(owner_id).filter(form__in=forms.values()), key=lambda one: one.owner_id or 0):
        stored[check.form_id, _key(check)] = check
        positions[check.form_id] = max(positions[check.form_id], check.position)
    changes: dict[str, list] = {}
    added: list[Check] = []
    for rule in written:
        check, name = stored.get((rule.form.pk, rule.key)), _name(rule)
        message = check.message if check and keeps_message else rule.message
        if check is None:
            positions[rule.form.pk] += 1
            added.append(_made(rule, owner_id, positions[rule.form.pk]))
            changes[name] = [None, [rule.severity, rule.message]]
        elif (check.severity, check.message) != (rule.severity, message):
            changes[name] = [[check.severity, check.message], [rule.severity, message]]
            Check.objects.filter(pk=check.pk).update(severity=rule.severity, message=message)
    Check.objects.bulk_create(added)
    return changes


def _made(rule: CheckWritten, owner_id: int | None, position: int) -> Check:
    return Check(
        owner_id=owner_id,
        form=rule.form,
        expression=rule.expression,
        severity=rule.severity,
        message=rule.message,
        position=position,
    )


def _read(
    row: TableRow,
    forms: dict[str, Form],
    known: dict[str, set[str]],
    defined: dict[str, Indicator],
    owner_id: int | None,
    problems: Problems,
) -> CheckWritten | None:
    cells = RowCells(row, problems)
    form = forms.get(row["form"])
    if form is None:
        problems.add(row.number, "form", _unknown_form(row["form"], owner_id))
    severity = cells.choice("severity", SEVERITIES, "")
    if not row["severity"]:
        cells.wrong("severity", _("This cell is empty; it is needed."))
    message = cells.text("message", 300)
    expression = cells.text("expression", 500, required=True)
    if not expression:
        return None
    try:
        rule = read_rule(expression, severity, message, known, defined)
    except NotARule as error:
        cells.wrong("expression", str(error))
        return None
    return CheckWritten(row.number, form, rule.key, expression, severity, message) if form else None


def _unknown_form(code: str, owner_id: int | None) -> str:
    """Whose it is, where a county has it and the file is for all."""
    counties = own_forms().filter(code=code, adopted_from=None).values_list("owner__name", flat=True)
    if owner_id is None and counties:
        sentence = _("%(form)s is a form of %(county)s; load its rules with --org.")
        return sentence % {"form": code, "county": "、".join(counties)}
    return _("No form has the number %(code)s; load the forms first.") % {"code": code[:40]}


def _key(check: Check) -> str:
    return read_rule(check.expression, check.severity, check.message, None).key
