"""Lays out a form's head. An open task is not touched: it keeps the lines it was opened with. Knows no page and no file."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.fields import as_recorded
from indicators.models import Form
from orgs.loading.reports_affected import in_words, reports
from orgs.models import User

HEAD = (
    "code", "title", "frequency", "issuer", "document_number", "valid_until", "unit_categories", "expectation", "aggregate_own", "notes",
)  # fmt: skip


def why_frequency_stays(form: Form) -> str:
    """The reports begun for the form, and the way to another frequency; "" where there are none.

    A quarter's figures beside a month's under one form are neither compared nor added up.
    """
    begun = [one for one in reports().of_forms([form.code])[form.code] if one.is_begun]
    told = {"form": form.code, "old": form.get_frequency_display(), "reports": in_words(begun)}
    said = _(
        "Form %(form)s is reported %(old)s (%(reports)s); for another frequency add a form with a number of its own, and"
        " give this one valid_until."
    )
    return said % told if begun else ""


@transaction.atomic
def make_form(*, by: User, at: datetime, **head) -> Form:
    """A new form without lines, last in the list. `head`: fields of HEAD. Raises ValidationError where one cannot be."""
    form = Form(**head)
    form.clean_fields()
    form.validate_unique()
    form.sort_order = (Form.objects.aggregate(last=Max("sort_order"))["last"] or 0) + 1
    form.save(force_insert=True)
    told = {name: [None, as_recorded(head[name])] for name in HEAD if head.get(name)}
    record("form.made", by=by, at=at, subject=f"form:{form.pk}", data=told)
    return form


@transaction.atomic
def change_form(*, form: Form, by: User, at: datetime, **head) -> Form:
    """Change fields of HEAD; nothing is written where nothing changed. Raises ValidationError where one cannot be."""
    standing = Form.objects.select_for_update().get(pk=form.pk)
    changes = {name: [getattr(standing, name), new] for name, new in head.items() if getattr(standing, name) != new}
    if "frequency" in changes and (said := why_frequency_stays(standing)):
        raise ValidationError({"frequency": said})
    for name, (_old, new) in changes.items():
        setattr(standing, name, new)
    standing.clean_fields()
    standing.validate_unique()
    if changes:
        Form.objects.filter(pk=form.pk).update(**{name: new for name, (_old, new) in changes.items()})
        told = {name: [*map(as_recorded, change)] for name, change in changes.items()}
        record("form.changed", by=by, at=at, subject=f"form:{form.pk}", data=told)
    return standing
