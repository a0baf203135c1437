"""Loads forms with their heads and lines. All or nothing, idempotent; an open task keeps the lines it has."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.catalogue.form_actions import last_place, why_code_is_taken, why_frequency_stays
from indicators.definitions import indicators_of, own_forms, own_indicators, owners_of_codes, readable_forms
from indicators.fields import as_recorded
from indicators.loading.columns import FORMS
from indicators.loading.form_changes import changes_in_words
from indicators.loading.form_rows import FormRows, read_forms
from indicators.models import Form, FormLine, Indicator
from orgs.loading.columns import named_table
from orgs.loading.reports_affected import reports, touched
from orgs.loading.result import Loaded
from orgs.models import Organization, User
from spreadsheets.tables import Problems, Table, TableRow

Changes = dict[str, list]  # field, or "CODE.field" of a line -> [old, new]


@transaction.atomic
def load_forms(table: Table, *, by: User, at: datetime, owner: Organization | None = None) -> Loaded:
    """Add and change the forms of the table; others stay. Raises TableProblems; then nothing changed.

    The rows of a form are the whole of its lines. `owner`: the county whose own forms and editions these are; without one they are
    common. An indicator of the same owner that was switched off and stands on a form is switched on.
    """
    table = named_table(table, FORMS)
    problems = table.problems()
    owner_id = owner.pk if owner else None
    stored = _stored(table, owner_id)
    forms = read_forms(_rows(table, stored), problems)
    codes = {line.code for form in forms.values() for line in form.lines}
    indicators = {indicator.code: indicator for indicator in indicators_of(owner_id).filter(code__in=codes)}
    _refuse_taken_codes(forms, stored, owner, problems)
    _refuse_unknown(forms, indicators, {} if owner else _owners_of(codes), problems)
    _refuse_another_rhythm(forms, stored, problems)
    problems.raise_if_any()
    changes = {code: _write(rows, stored.get(code), owner, table.columns, indicators) for code, rows in forms.items()}
    switched_on = _switch_on([one for one in indicators.values() if one.owner_id == owner_id])
    changed_fields = {f"{code}.{name}": change for code, own in changes.items() for name, change in own.items()}
    if changed_fields or switched_on:
        data = {**changed_fields, "switched_on": [None, switched_on]}
        record("forms.loaded", by=by, at=at, county_id=owner_id, subject="forms", data=data)
    return _answer(stored, forms, changes, switched_on)


def _stored(table: Table, owner_id: int | None) -> dict[str, Form]:
    """The forms of this owner."""
    forms = readable_forms(owner_id).filter(owner_id=owner_id, code__in={row["form"] for row in table})
    forms = forms.prefetch_related("lines__indicator")
    return {form.code: form for form in forms}


def _rows(table: Table, stored: Mapping[str, Form]) -> Iterator[TableRow]:
    """A column that the file does not have leaves what stands in the line."""
    lines = {(form.code, line.indicator.code): line for form in stored.values() for line in form.lines.all()}
    for row in table:
        line = lines.get((row["form"], row["indicator_code"]))
        yield row.beside({"section": line.section, "required": str(int(line.is_required))}) if line else row


def _refuse_taken_codes(
    forms: Mapping[str, FormRows], stored: Mapping[str, Form], owner: Organization | None, problems: Problems
) -> None:
    for code in (code for code in forms if code not in stored):
        if owner and readable_forms(None).filter(code=code).exists():
            sentence = _(
                "%(form)s is a common form. Adopt it first as the own edition of %(county)s (on its page, or with adopt_form %(form)s"
                " --org %(org)s), or give this form another number."
            )
            problems.add(forms[code].row, "form", sentence % {"form": code, "county": owner.name, "org": owner.code})
        elif sentence := why_code_is_taken(code, owner.pk if owner else None):
            problems.add(forms[code].row, "form", sentence)


def _owners_of(codes: Collection[str]) -> dict[str, str]:
    """Code -> county, of indicators that belong to one."""
    return owners_of_codes(own_indicators().filter(code__in=codes))


def _refuse_unknown(
    forms: Mapping[str, FormRows], indicators: Mapping[str, Indicator], owners: Mapping[str, str], problems: Problems
) -> None:
    """`owners`: code -> county, of indicators that a common form cannot ask."""
    for form in forms.values():
        for line in form.lines:
            if line.code in owners and line.code not in indicators:
                sentence = _(
                    "%(code)s is an own indicator of %(county)s; a common form asks common ones only. Load the form with --org."
                )
                problems.add(line.row, "indicator_code", sentence % {"code": line.code, "county": owners[line.code]})
            elif line.code not in indicators:
                sentence = _("No indicator has the code %(code)s; load the catalogue first.")
                problems.add(line.row, "indicator_code", sentence % {"code": line.code})


def _refuse_another_rhythm(forms: Mapping[str, FormRows], stored: Mapping[str, Form], problems: Problems) -> None:
    for code in (code for code in forms if code in stored):
        frequency, row = forms[code].head_values.get("frequency", ("", 0))
        if frequency != stored[code].frequency and (sentence := why_frequency_stays(stored[code])):
            problems.add(row, "frequency", sentence)


def _write(
    rows: FormRows,
    form: Form | None,
    owner: Organization | None,
    columns: tuple[str, ...],
    indicators: dict[str, Indicator],
) -> Changes:
    """Write what differs; answers {"field": [old, new]}."""
    keeps_audience = form is not None and "unit_categories" not in columns
    audience = form.unit_categories if keeps_audience else rows.audience
    head = {**rows.head(columns), "unit_categories": audience}
    if form is None:
        form = Form.objects.create(owner=owner, code=rows.code, sort_order=last_place(), **head)
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


def _switch_on(indicators: Iterable[Indicator]) -> list[str]:
    off = sorted((one for one in indicators if not one.is_enabled), key=lambda one: one.code)
    Indicator.objects.filter(pk__in=[one.pk for one in off]).update(is_enabled=True)
    return [one.code for one in off]


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
    notes += _editions([stored[code] for code in changed])
    found = [
        one for reports_of_form in reports().of_forms([stored[code].pk for code in changed]).values() for one in reports_of_form
    ]
    concerned = [_("Reports of these forms already sent in or approved: %(reports)s.") % {"reports": touched(found)}]
    return Loaded(
        _("Forms"), len(added), len(changed), len(forms) - len(added) - len(changed),
        made=tuple(_("%(code)s %(name)s: new.") % {"code": code, "name": changes[code]["form"][1]} for code in added),
        changes=tuple(sentence for code in changed for sentence in changes_in_words(stored[code], changes[code])),
        touched=tuple(concerned) if touched(found) else (),
        notes=tuple(notes),
    )  # fmt: skip


def _editions(changed: Collection[Form]) -> Iterator[str]:
    """Editions stay as they are when the common form changes."""
    rows = own_forms().filter(adopted_from__in=changed).select_related("owner").order_by("code", "owner__code")
    if listed := ", ".join(f"{form.code} {form.owner.name}" for form in rows):
        yield _("Own editions of counties stay as they are: %(editions)s.") % {"editions": listed}
