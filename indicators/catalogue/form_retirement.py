"""A county stops using a common form, or uses it again; other counties are not touched (decision 212)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.catalogue.form_dependants import form_dependants
from indicators.definitions import forms_of, retirements_of
from indicators.models import Form, FormRetirement
from orgs.county_rows import delete_rows
from orgs.models import Organization, User


@transaction.atomic
def retire_form(*, form: Form, county: Organization, by: User, at: datetime) -> FormRetirement:
    """From now on no task of the common form is opened for the county; tasks that are open, and past figures, stay.

    Raises ValidationError for a form that is not the county's to retire, and for one that is retired already.
    """
    standing = Form.objects.select_for_update().get(pk=form.pk)
    if sentence := why_not_retired(standing, county):
        raise ValidationError(sentence)
    retirement = FormRetirement.objects.create(county=county, form=standing, retired_at=at, retired_by=by)
    running = form_dependants().use_of(county_id=county.pk, form_id=standing.pk).running
    data = {"code": [standing.code, None], "tasks_still_open": [None, [str(task.period) for task in running]]}
    record("form.retired", by=by, at=at, county_id=county.pk, subject=f"form:{standing.pk}", data=data)
    return retirement


@transaction.atomic
def resume_form(*, form: Form, county: Organization, by: User, at: datetime) -> None:
    """Tasks of the form may be opened for the county again. Raises ValidationError where it is not retired there."""
    standing = Form.objects.select_for_update().get(pk=form.pk)
    if not delete_rows(retirements_of(county.pk).filter(form=standing), county.pk):
        sentence = _("%(county)s has not retired %(form)s; nothing has to be done.")
        raise ValidationError(sentence % {"county": county.name, "form": standing.code})
    data = {"code": [None, standing.code]}
    record("form.resumed", by=by, at=at, county_id=county.pk, subject=f"form:{standing.pk}", data=data)


def why_not_retired(form: Form, county: Organization) -> str:
    """The sentence against retiring the form for the county, "" where nothing is against it."""
    names = {"county": county.name, "form": form.code}
    if form.owner_id is not None:
        return _("%(form)s is a county's own form: give it a last day (valid until) in its head instead.") % names
    if not forms_of(county.pk).filter(pk=form.pk).exists():
        return (
            _("%(county)s has its own edition of %(form)s: give that one a last day (valid until) in its head instead.") % names
        )
    if retirements_of(county.pk).filter(form=form).exists():
        return _("%(county)s has retired %(form)s already.") % names
    return ""
