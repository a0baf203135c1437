"""Stores the old names of organizations before they are renamed, so that past periods print the name of then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.models import FormerName, Organization, Placement


@dataclass(frozen=True)
class OldName:
    """The old name of an organization, and the first day of its new one."""

    organization: Organization
    name: str
    short_name: str
    on: date

    @property
    def until(self) -> date:
        return self.on - timedelta(days=1)


class RenamedLater(ValueError):
    """The new name would begin before another renaming; the message is a sentence."""

    def __init__(self, organization: Organization, sentence: str):
        super().__init__(sentence)
        self.organization, self.sentence = organization, sentence


@transaction.atomic
def keep_former_names(old_names: Iterable[OldName]) -> None:
    """Stores the old names; the new ones hold from their days on. Part of the act that renames, which records the event.

    After two renamings within one day the first old name stays stored: the one between never held at the end of a day. To
    correct a name that was always wrong, rename from the organization's first day on: then nothing is stored. Raises
    RenamedLater.
    """
    old = {one.organization.pk: one for one in old_names}
    kept = _kept(old)
    begun = _first_days(old)
    rows = []
    for org_id, one in old.items():
        last = max(kept.get(org_id, ()), default=None)
        if last is not None and last > one.until:
            raise RenamedLater(one.organization, _refusal(one, last))
        if last != one.until and org_id in begun and begun[org_id] <= one.until:
            rows.append(_row(one))
    FormerName.objects.bulk_create(rows)


def _row(old: OldName) -> FormerName:
    org = old.organization
    return FormerName(
        county_id=org.county_id, organization_id=org.pk, name=old.name, short_name=old.short_name, until=old.until
    )


def _kept(org_ids: Iterable[int]) -> dict[int, set[date]]:
    found: dict[int, set[date]] = {}
    for org_id, until in FormerName.objects.filter(organization_id__in=list(org_ids)).values_list("organization_id", "until"):
        found.setdefault(org_id, set()).add(until)
    return found


def _first_days(org_ids: Iterable[int]) -> dict[int, date]:
    rows = Placement.objects.filter(organization_id__in=list(org_ids), is_report_place=False).order_by("-valid_from")
    return dict(rows.values_list("organization_id", "valid_from"))


def _refusal(old: OldName, last: date) -> str:
    return _("%(name)s was renamed on %(day)s already; give the day from which the new name holds, %(day)s or later.") % {
        "name": old.name, "day": (last + timedelta(days=1)).isoformat(),
    }  # fmt: skip
