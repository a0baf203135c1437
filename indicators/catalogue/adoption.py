"""A county makes a common form its own edition, or gives the edition up (decision 206)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.catalogue.adoption_changes import state_of
from indicators.catalogue.form_actions import HEAD, why_frequency_stays
from indicators.catalogue.form_dependants import form_dependants
from indicators.definitions import checks_of, forms_of, retirements_of
from indicators.models import Check, Form, FormLine
from orgs.models import Organization, User


@transaction.atomic
def adopt_form(*, form: Form, county: Organization, by: User, at: datetime) -> Form:
    """The county's edition of a common form: head, lines and rules as they are now, under the same code; tasks go along.

    Raises ValidationError where the form is no common one, the county has its edition already, or has retired the form.
    """
    standing = Form.objects.select_for_update().get(pk=form.pk)
    if standing.owner_id is not None:
        raise ValidationError(_("%(form)s is a county's own form; only common forms are adopted.") % {"form": standing.code})
    if not forms_of(county.pk).filter(pk=standing.pk).exists():
        sentence = _("%(county)s has its own edition of %(form)s already; change that one.")
        raise ValidationError(sentence % {"county": county.name, "form": standing.code})
    if retirements_of(county.pk).filter(form=standing).exists():
        sentence = _("%(county)s has retired %(form)s; use it again first.")
        raise ValidationError(sentence % {"county": county.name, "form": standing.code})
    edition = Form.objects.create(
        owner=county,
        adopted_from=standing,
        adopted_state=state_of(standing),
        sort_order=standing.sort_order,
        **{name: getattr(standing, name) for name in HEAD},
    )
    _copy_lines(standing, edition)
    _copy_checks(standing, edition)
    moved = form_dependants().follow(county_id=county.pk, old_form_id=standing.pk, new_form_id=edition.pk)
    data = {"code": [None, edition.code], "tasks": [None, moved], "adopted_from": [None, standing.pk]}
    record("form.adopted", by=by, at=at, county_id=county.pk, subject=f"form:{edition.pk}", data=data)
    return edition


@transaction.atomic
def give_up_edition(*, edition: Form, by: User, at: datetime) -> Form:
    """The county uses the common form again. Its own lines and rules on the edition go; tasks keep the lines they were opened with.

    Raises ValidationError where it is no edition, or where reports were begun in another rhythm than the common form's.
    """
    standing = Form.objects.select_for_update().get(pk=edition.pk)
    common = standing.adopted_from
    if common is None:
        raise ValidationError(_("%(form)s was not adopted from a common form.") % {"form": standing.code})
    if standing.frequency != common.frequency and (sentence := why_frequency_stays(standing)):
        raise ValidationError(sentence)
    data = {
        "code": [standing.code, None],
        "lines": [list(standing.lines.order_by("position").values_list("indicator__code", flat=True)), None],
        "rules": [list(standing.checks.order_by("position", "id").values_list("expression", flat=True)), None],
    }
    moved = form_dependants().follow(county_id=standing.owner_id, old_form_id=standing.pk, new_form_id=common.pk)
    data["tasks"] = [None, moved]
    record("form.edition_given_up", by=by, at=at, county_id=standing.owner_id, subject=f"form:{standing.pk}", data=data)
    Form.objects.filter(pk=standing.pk).delete()
    return common


def _copy_lines(common: Form, edition: Form) -> None:
    FormLine.objects.bulk_create(
        FormLine(
            form=edition, indicator_id=line.indicator_id, position=line.position, section=line.section,
            is_required=line.is_required, unit_categories=line.unit_categories,
        )
        for line in common.lines.order_by("position", "id")
    )  # fmt: skip


def _copy_checks(common: Form, edition: Form) -> None:
    """The common rules as the county's; those that it had on the common form itself move."""
    Check.objects.bulk_create(
        Check(
            owner_id=edition.owner_id, form=edition, expression=check.expression, severity=check.severity,
            message=check.message, position=check.position,
        )
        for check in checks_of(None).filter(form=common).order_by("position", "id")
    )  # fmt: skip
    Check.objects.filter(owner_id=edition.owner_id, form=common).update(form=edition)
