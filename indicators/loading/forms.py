"""Loads forms with their heads and lines. All or nothing, idempotent; knows no task: an open one keeps the lines it has."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.catalogue.form_actions import why_frequency_stays
from indicators.fields import as_recorded
from indicators.loading.columns import FORMS
from indicators.loading.form_changes import changes_in_words
from indicators.loading.form_rows import FormRows, read_forms
from indicators.models import Form, FormLine, Indicator
from orgs.loading.columns import named_table
from orgs.loading.reports_affected import reports, touched
from orgs.loading.result import Loaded
from orgs.models import User
from spreadsheets.tables import Problems, Table, TableRow

Changes = dict[str, list]  # field, or "CODE.field" of a line -> [old, new]


@transaction.atomic
def load_forms(table: Table, *, by: User, at: datetime) -> Loaded:
    """Add and change the forms of the table; others stay. Raises TableProblems; then nothing changed.

    The rows of a form are the whole of its lines. An indicator that was switched off and stands on a form is switched on.
    """
    table = named_table(table, FORMS)
    problems = table.problems()
    stored = _stored(table)
    forms = read_forms(_rows(table, stored), problems)
    codes = {line.code for form in forms.values() for line in form.lines}
    indicators = {indicator.code: indicator for indicator in Indicator.objects.filter(code__in=codes)}
    _refuse_unknown(forms, indicators, problems)
    _refuse_another_rhythm(forms, stored, problems)
    problems.raise_if_any()
    changes = {code: _write(rows, stored.get(code), table.columns, indicators) for code, rows in forms.items()}
    switched_on = _switch_on(indicators)
    told = {f"{code}.{name}": change for code, own in changes.items() for name, change in own.items()}
    if told or switched_on:
        record("forms.loaded", by=by, at=at, subject="forms", data={**told, "switched_on": [None, switched_on]})
    return _answer(stored, forms, changes, switched_on)


def _stored(table: Table) -> dict[str, Form]:
    forms = Form.objects.filter(code__in={row["form"] for row in table}).prefetch_related("lines__indicator")
    return {form.code: form for form in forms}


def _rows(table: Table, stored: Mapping[str, Form]) -> Iterator[TableRow]:
    """A column that the file does not have leaves what stands in the line."""
    lines = {(form.code, line.indicator.code): line for form in stored.values() for line in form.lines.all()}
    for row in table:
        line = lines.get((row["form"], row["indicator_code"]))
        yield row.beside({"section": line.section, "required": str(int(line.is_required))}) if line else row


def _refuse_unknown(forms: Mapping[str, FormRows], indicators: Mapping[str, Indicator], problems: Problems) -> None:
    for form in forms.values():
        for line in form.lines:
            if line.code not in indicators:
                sentence = _("No indicator has the code %(code)s; load the catalogue first.")
                problems.add(line.row, "indicator_code", sentence % {"code": line.code})


def _refuse_another_rhythm(forms: Mapping[str, FormRows], stored: Mapping[str, Form], problems: Problems) -> None:
    for code in (code for code in forms if code in stored):
        frequency, row = forms[code].said.get("frequency", ("", 0))
        if frequency != stored[code].frequency and (said := why_frequency_stays(stored[code])):
            problems.add(row, "frequency", said)


def _write(rows: FormRows, form: Form | None, columns: tuple[str, ...], indicators: dict[str, Indicator]) -> Changes:
    """Write what differs; answers {"field": [old, new]}."""
    keeps_audience = form is not None and "unit_categories" not in columns
    audience = form.unit_categories if keeps_audience else rows.audience
    head = {**rows.head(columns), "unit_categories": audience}
    if form is None:
        last = Form.objects.aggregate(last=Max("sort_order"))["last"] or 0
        form = Form.objects.create(code=rows.code, sort_order=last + 1, **head)
        changes = {"form": [None, form.title]}
    else:
        changes = {
            name: [as_recorded(getattr(form, name)), as_recorded(new)]
            for name, new in head.items()
            if getattr(form, name) != new
        }
        if changes:
            Form.objects.filter(pk=form.pk).update(**head)
    return changes | _write_lines(rows, form, indicators, keeps_audience=keeps_audience)


def _write_lines(rows: FormRows, form: Form, indicators: dict[str, Indicator], *, keeps_audience: bool) -> Changes:
    old = {line.indicator.code: line for line in sorted(form.lines.all(), key=lambda line: line.position)}
    new: dict[str, FormLine] = {}
    for position, line in enumerate(rows.lines, start=1):
        kept = old[line.code].unit_categories if line.code in old else ()
        categories = kept if keeps_audience else rows.restriction(line)
        new[line.code] = FormLine(
            form=form, indicator=indicators[line.code], position=position, section=line.section,
            is_required=line.is_required, unit_categories=categories,
        )  # fmt: skip
    changes = _line_changes(old, new)
    if changes:
        form.lines.all().delete()
        FormLine.objects.bulk_create(new.values())
    return changes


def _line_changes(old: Mapping[str, FormLine], new: Mapping[str, FormLine]) -> Changes:
    changes: Changes = {} if list(old) == list(new) else {"lines": [list(old), list(new)]}
    for code in (code for code in new if code in old):
        for name in ("section", "is_required", "unit_categories"):
            before, after = getattr(old[code], name), getattr(new[code], name)
            if before != after:
                changes[f"{code}.{name}"] = [as_recorded(before), as_recorded(after)]
    return changes


def _switch_on(indicators: dict[str, Indicator]) -> list[str]:
    off = sorted(code for code, indicator in indicators.items() if not indicator.is_enabled)
    Indicator.objects.filter(code__in=off).update(is_enabled=True)
    return off


def _answer(
    stored: Mapping[str, Form], forms: Mapping[str, FormRows], changes: Mapping[str, Changes], switched_on: list[str]
) -> Loaded:
    added = [code for code in forms if code not in stored]
    changed = [code for code in forms if code in stored and changes[code]]
    notes = []
    if switched_on:
        sentence = _("Switched on because a form asks for them: %(codes)s.")
        notes.append(sentence % {"codes": ", ".join(switched_on)})
    if changed:
        notes.append(_("Tasks already opened keep their lines; the change holds for tasks opened from now on."))
    found = [one for told in reports().of_forms(changed).values() for one in told]
    concerned = [_("Reports of these forms already sent in or approved: %(reports)s.") % {"reports": touched(found)}]
    return Loaded(
        _("Forms"), len(added), len(changed), len(forms) - len(added) - len(changed),
        made=tuple(_("%(code)s %(name)s: new.") % {"code": code, "name": changes[code]["form"][1]} for code in added),
        changes=tuple(said for code in changed for said in changes_in_words(stored[code], changes[code])),
        touched=tuple(concerned) if touched(found) else (),
        notes=tuple(notes),
    )  # fmt: skip
