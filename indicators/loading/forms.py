"""Loads forms with their heads and lines. All or nothing, idempotent; knows no task: an open one keeps the lines it has."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.recording import record
from indicators.loading.columns import FORMS
from indicators.loading.form_rows import FormRows, read_forms
from indicators.models import Form, FormLine, Indicator
from orgs.loading.columns import named_table
from orgs.loading.loaded import Loaded
from orgs.models import User
from spreadsheets.tables import Table


@transaction.atomic
def load_forms(table: Table, *, by: User, at: datetime) -> Loaded:
    """Add and change the forms of the table; others stay. Raises TableProblems; then nothing changed.

    An indicator that was switched off and stands on a form is switched on.
    """
    table = named_table(table, FORMS)
    problems = table.problems()
    forms = read_forms(table, problems)
    codes = {line.code for form in forms.values() for line in form.lines}
    indicators = {indicator.code: indicator for indicator in Indicator.objects.filter(code__in=codes)}
    for form in forms.values():
        for line in form.lines:
            if line.code not in indicators:
                sentence = _("No indicator has the code %(code)s; load the catalogue first.")
                problems.add(line.row, "indicator_code", sentence % {"code": line.code})
    problems.raise_if_any()
    stored = {form.code: form for form in Form.objects.filter(code__in=forms).prefetch_related("lines__indicator")}
    changes = {code: _write(rows, stored.get(code), table.columns, indicators) for code, rows in forms.items()}
    switched_on = _switch_on(indicators)
    told = {f"{code}.{name}": change for code, own in changes.items() for name, change in own.items()}
    if told or switched_on:
        record("forms.loaded", by=by, at=at, subject="forms", data={**told, "switched_on": [None, switched_on]})
    return _answer(set(stored), {code for code, own in changes.items() if own}, len(forms), switched_on)


def _write(rows: FormRows, form: Form | None, columns: tuple[str, ...], indicators: dict[str, Indicator]) -> dict[str, list]:
    """Write what differs; answers {"field": [old, new]}."""
    head = {**rows.head(columns), "unit_categories": ";".join(rows.audience)}
    if form is None:
        last = Form.objects.aggregate(last=Max("sort_order"))["last"] or 0
        form = Form.objects.create(code=rows.code, sort_order=last + 1, **head)
        changes = {"form": [None, form.title]}
    else:
        changes = {name: [getattr(form, name), new] for name, new in head.items() if getattr(form, name) != new}
        if changes:
            Form.objects.filter(pk=form.pk).update(**head)
    return changes | _write_lines(rows, form, indicators)


def _write_lines(rows: FormRows, form: Form, indicators: dict[str, Indicator]) -> dict[str, list]:
    old = [
        (line.indicator.code, line.section, line.is_required, line.unit_categories)
        for line in sorted(form.lines.all(), key=lambda line: line.position)
    ]
    new = [(line.code, line.section, line.is_required, rows.restriction(line)) for line in rows.lines]
    if old == new:
        return {}
    form.lines.all().delete()
    FormLine.objects.bulk_create(
        FormLine(
            form=form,
            indicator=indicators[code],
            position=position,
            section=section,
            is_required=required,
            unit_categories=categories,
        )
        for position, (code, section, required, categories) in enumerate(new, start=1)
    )
    return {"lines": [[code for code, *_rest in old], [code for code, *_rest in new]]}


def _switch_on(indicators: dict[str, Indicator]) -> list[str]:
    off = sorted(code for code, indicator in indicators.items() if not indicator.is_enabled)
    Indicator.objects.filter(code__in=off).update(is_enabled=True)
    return off


def _answer(stored: set[str], touched: set[str], count: int, switched_on: list[str]) -> Loaded:
    added, changed = touched - stored, touched & stored
    notes = []
    if switched_on:
        sentence = _("Switched on because a form asks for them: %(codes)s.")
        notes.append(sentence % {"codes": ", ".join(switched_on)})
    if changed:
        notes.append(_("Tasks already opened keep their lines; the change holds for tasks opened from now on."))
    return Loaded(_("Forms"), len(added), len(changed), count - len(added) - len(changed), notes=tuple(notes))
