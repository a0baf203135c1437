"""Makes forms and changes their heads. An open task keeps the lines it was opened with."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.definitions import own_forms, readable_forms
from indicators.fields import as_recorded
from indicators.models import Form
from orgs.loading.reports_affected import in_words, reports
from orgs.models import Organization, User

HEAD = (
    "code", "title", "frequency", "issuer", "document_number", "valid_until", "unit_categories", "expectation", "aggregate_own", "notes",
)  # fmt: skip


def why_frequency_stays(form: Form) -> str:
    """The reports begun for the form, and the way to another frequency; "" where there are none.

    A quarter's figures beside a month's under one form are neither compared nor added up.
    """
    begun = [one for one in reports().of_forms([form.pk])[form.pk] if one.is_begun]
    words = {"form": form.code, "old": form.get_frequency_display(), "reports": in_words(begun)}
    sentence = _(
        "Form %(form)s is reported %(old)s (%(reports)s); for another frequency add a form with a number of its own, and"
        " give this one valid_until."
    )
    return sentence % words if begun else ""


def why_code_is_taken(code: str, owner_id: int | None, but: Form | None = None) -> str:
    """Which other form has the number, as a sentence; "" where it is free. `owner_id`: whose form it is to be, None: a common one."""
    others = readable_forms(owner_id).filter(code=code).exclude(pk__in=[but.pk, but.adopted_from_id or 0] if but else [])
    if other := others.first():
        if other.owner_id is None and owner_id is not None:
            sentence = _("%(form)s is the number of a common form; adopt that form on its page, or choose another number.")
        else:
            sentence = _("There is a form with the number %(form)s already; choose another number.")
        return sentence % {"form": code}
    own = own_forms().filter(code=code, adopted_from__isnull=True).select_related("owner").first() if owner_id is None else None
    sentence = _("%(form)s is the number of a form of %(county)s; choose another number for the common form.")
    return sentence % {"form": code, "county": own.owner.name} if own else ""


def last_place() -> int:
    """Where a new form stands in the list."""
    return (Form.objects.aggregate(last=Max("sort_order"))["last"] or 0) + 1


@transaction.atomic
def make_form(*, owner: Organization | None = None, by: User, at: datetime, **head) -> Form:
    """A new form without lines, last in the list; without an owner a common one. `head`: fields of HEAD.

    Raises ValidationError where one cannot be.
    """
    form = Form(owner=owner, **head)
    form.clean_fields()
    _refuse_taken_code(form)
    form.sort_order = last_place()
    form.save(force_insert=True)
    data = {name: [None, as_recorded(head[name])] for name in HEAD if head.get(name)}
    record("form.made", by=by, at=at, county_id=form.owner_id, subject=f"form:{form.pk}", data=data)
    return form


@transaction.atomic
def change_form(*, form: Form, by: User, at: datetime, **head) -> Form:
    """Change fields of HEAD; nothing is written where nothing changed. Raises ValidationError where one cannot be."""
    standing = Form.objects.select_for_update().get(pk=form.pk)
    changes = {name: [getattr(standing, name), new] for name, new in head.items() if getattr(standing, name) != new}
    if "frequency" in changes and (sentence := why_frequency_stays(standing)):
        raise ValidationError({"frequency": sentence})
    for name, (_old, new) in changes.items():
        setattr(standing, name, new)
    standing.clean_fields()
    if "code" in changes:
        if standing.adopted_from_id:
            raise ValidationError({"code": _("An edition keeps the number of the common form it was adopted from.")})
        _refuse_taken_code(standing)
    if changes:
        Form.objects.filter(pk=form.pk).update(**{name: new for name, (_old, new) in changes.items()})
        data = {name: [*map(as_recorded, change)] for name, change in changes.items()}
        record("form.changed", by=by, at=at, county_id=standing.owner_id, subject=f"form:{form.pk}", data=data)
    return standing


def _refuse_taken_code(form: Form) -> None:
    if sentence := why_code_is_taken(form.code, form.owner_id, but=form if form.pk else None):
        raise ValidationError({"code": sentence})
