"""Gives an organization another unit category or type from a day on and keeps those it had: periods that ended before use them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orgs.choices import OrgType, UnitCategory
from orgs.models import FormerCategory, Organization
from orgs.stamps import new_stamp
from orgs.tree.placements import ONE_DAY


def change_category(*, organization: Organization, unit_category: str, org_type: str, on: date) -> str:
    """Gives the change in words (村 → 社区). "" leaves what is there. Part of the act that tells the audit.

    Raises ValidationError where nothing would change, across the level of counties, and before another such change.
    """
    wanted = {"unit_category": unit_category or organization.unit_category, "org_type": org_type or organization.org_type}
    words = {"name": organization.name, "day": on.isoformat()}
    if all(getattr(organization, name) == value for name, value in wanted.items()):
        raise ValidationError(_("%(name)s already is of this category.") % words)
    if UnitCategory.COUNTY in {organization.unit_category, wanted["unit_category"]} and unit_category:
        raise ValidationError(
            _("%(name)s can not become a county or cease to be one: its reports belong to its county.") % words
        )
    last = FormerCategory.objects.filter(county_id=organization.county_id, organization=organization).order_by("-until").first()
    until = on - ONE_DAY
    if last is not None and last.until > until:
        sentence = _("%(name)s changed its category on %(later)s already; give that day or a later one.")
        raise ValidationError(sentence % {**words, "later": (last.until + ONE_DAY).isoformat()})
    if last is None or last.until < until:
        FormerCategory.objects.create(
            county_id=organization.county_id, organization=organization, until=until,
            unit_category=organization.unit_category, org_type=organization.org_type,
        )  # fmt: skip
    rows = Organization.objects.filter(county_id=organization.county_id, pk=organization.pk)
    rows.update(**wanted)
    # Sums by category and counts of who owes are of another tree now.
    Organization.objects.filter(county_id=organization.county_id, pk=organization.county_id).update(tree_stamp=new_stamp())
    return _said(organization, wanted)


def _said(organization: Organization, wanted: dict[str, str]) -> str:
    labels = {"unit_category": UnitCategory, "org_type": OrgType}
    changed = [name for name in labels if getattr(organization, name) != wanted[name]]
    return "; ".join(
        f"{labels[name](getattr(organization, name)).label} → {labels[name](wanted[name]).label}" for name in changed
    )
