"""Switches an indicator on and off; a form that asks it keeps it on."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.models import FormLine, Indicator
from orgs.models import User


@transaction.atomic
def switch(*, indicator: Indicator, is_enabled: bool, by: User, at: datetime) -> bool:
    """True when it changed. Raises ValidationError when a form asks what is to be switched off."""
    standing = Indicator.objects.select_for_update().get(pk=indicator.pk)
    if standing.is_enabled == is_enabled:
        return False
    form = FormLine.objects.filter(indicator=indicator).values_list("form__code", flat=True).first()
    if form and not is_enabled:
        sentence = _("%(indicator)s stands on the form %(form)s; take it off the form first.")
        raise ValidationError(sentence % {"indicator": standing.code, "form": form})
    Indicator.objects.filter(pk=indicator.pk).update(is_enabled=is_enabled)
    data = {"is_enabled": [standing.is_enabled, is_enabled]}
    record("indicator.switched", by=by, at=at, county_id=standing.owner_id, subject=f"indicator:{indicator.pk}", data=data)
    return True
