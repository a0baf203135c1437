"""Adds, changes and takes away the rules of a form. A rule holds from the next check of a document on."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.catalogue.queries import definitions_by_code, known_figures
from indicators.checks.expressions import NotARule, read_rule
from indicators.definitions import checks_of
from indicators.models import Check, Form
from orgs.models import Organization, User

CHANGEABLE = ("expression", "severity", "message")


@transaction.atomic
def add_check(
    *, form: Form, owner: Organization | None = None, expression: str, severity: str, message: str, by: User, at: datetime
) -> Check:
    """A new rule at the end; a county's may stand on its own form or on a common one. Raises ValidationError for an expression
    that is no rule, or a rule the form has."""
    Form.objects.select_for_update().get(pk=form.pk)
    if form.owner_id is not None and owner != form.owner:
        raise ValueError("the rules of a county's form are that county's")
    _refuse(form, owner.pk if owner else None, expression, severity, message, but=None)
    last = checks_of(owner.pk if owner else None).filter(form=form).aggregate(last=Max("position"))["last"] or 0
    check = Check.objects.create(
        owner=owner, form=form, expression=expression, severity=severity, message=message, position=last + 1
    )
    data = {name: [None, getattr(check, name)] for name in CHANGEABLE}
    record("check.added", by=by, at=at, county_id=check.owner_id, subject=f"form:{form.pk}", data=data)
    return check


@transaction.atomic
def change_check(*, check: Check, expression: str, severity: str, message: str, by: User, at: datetime) -> Check:
    """Raises ValidationError as add_check; nothing is written where nothing changed."""
    standing = Check.objects.select_for_update().get(pk=check.pk)
    wanted = {"expression": expression, "severity": severity, "message": message}
    changes = {name: [getattr(standing, name), new] for name, new in wanted.items() if getattr(standing, name) != new}
    if changes:
        _refuse(standing.form, standing.owner_id, expression, severity, message, but=standing)
        Check.objects.filter(pk=check.pk).update(**wanted)
        record("check.changed", by=by, at=at, county_id=standing.owner_id, subject=f"form:{standing.form_id}", data=changes)
    return Check.objects.get(pk=check.pk)


@transaction.atomic
def remove_check(*, check: Check, by: User, at: datetime) -> None:
    data = {name: [getattr(check, name), None] for name in CHANGEABLE}
    record("check.removed", by=by, at=at, county_id=check.owner_id, subject=f"form:{check.form_id}", data=data)
    Check.objects.filter(pk=check.pk).delete()


def _refuse(form: Form, owner_id: int | None, expression: str, severity: str, message: str, but: Check | None) -> None:
    try:
        rule = read_rule(expression, severity, message, known_figures(owner_id), definitions_by_code(owner_id))
    except NotARule as error:
        raise ValidationError({"expression": str(error)}) from error
    others = checks_of(owner_id).filter(form=form).exclude(pk=but.pk if but else None)
    if any(read_rule(other.expression, other.severity, "", None).key == rule.key for other in others):
        raise ValidationError({"expression": _("The form has this rule already.")})
