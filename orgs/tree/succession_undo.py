"""Takes a change of organizations back: places, names and categories as before it, while nothing later depends on it."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.choices import SuccessionKind
from orgs.county_rows import delete_rows
from orgs.models import FormerCategory, FormerName, Organization, Placement, Succession, SuccessionEnd, User
from orgs.stamps import new_stamp
from orgs.tree.dependants import PlacedReport, dependants
from orgs.tree.organization_states import OrganizationState, States, states_of, unpacked
from orgs.tree.span_writer import replace_places
from orgs.tree.spans import names_of
from orgs.tree.succession_records import RestructuringResult
from orgs.tree.trees import after_branch


@transaction.atomic
def undo_succession(*, succession: Succession, by: User, at: datetime) -> RestructuringResult:
    """The reports that were exempted with it are owed again. Raises ValidationError with what depends on it."""
    _lock_county(succession)
    number = succession.pk
    before, after = (unpacked(succession.undo.get(key, {})) for key in ("before", "after"))
    _refuse_unknown(succession, before)
    _refuse_changed(after)
    concerned = {
        *after,
        *succession.ends.values_list("organization_id", flat=True),
    }  # a successor that stood already is not changed
    _refuse_later_changes(succession, concerned)
    _refuse_later_reports(succession, before, concerned)
    data = _data(succession)
    _delete(succession)
    _restore_facts(before, after)
    declared = {org: state.spans for org, state in before.items() if state.spans != after[org].spans}
    because = _("Change number %(number)d was taken back") % {"number": number}
    # A merge wrote moves of what stood below its predecessors; their successions go with it.
    is_merge = succession.kind == SuccessionKind.MERGE
    placed = replace_places(declared=declared, by=by, at=at, writes_moves=is_merge, ended_because=because)
    dependants().lift(succession.undo.get("exempted", ()), by=by, at=at)
    expected = dependants().expect(before, succession.on, by=by, at=at)
    record(
        "succession.undone", by=by, at=at, county_id=succession.county_id, subject=f"succession:{succession.pk}",
        organization_id=min(before), data=data,
    )  # fmt: skip
    return RestructuringResult(succession, placed.touched, placed.followed + expected)


def _lock_county(succession: Succession) -> None:
    list(
        Organization.objects.select_for_update()
        .filter(county_id=succession.county_id, pk=succession.county_id)
        .values_list("pk")
    )


def _refuse_unknown(succession: Succession, before: States) -> None:
    if not before or succession.undo.get("is_decided"):
        sentence = (
            _(
                "Change number %(number)d exempted reports that were sent in, by decision; lift these exemptions one by one instead."
            )
            if before
            else _(
                "How number %(number)d was before is not kept (it is of an older version or of a list); enter the opposite change."
            )
        )
        raise ValidationError(sentence % {"number": succession.pk})


def _refuse_changed(after: States) -> None:
    present = states_of(after)
    changed = [org for org, state in after.items() if present.get(org) != state]
    if changed:
        names = _(", ").join(names_of(changed).values())
        raise ValidationError(_("Later changes rest on it: %(units)s. Take those back first.") % {"units": names})


def _refuse_later_changes(succession: Succession, concerned: set[int]) -> None:
    later = SuccessionEnd.objects.filter(
        county_id=succession.county_id,
        organization_id__in=concerned,
        succession_id__gt=succession.pk,
        succession__on__gte=succession.on,
    ).exclude(succession__recorded_at=None)
    numbers = sorted(set(later.values_list("succession_id", flat=True)))
    if numbers:
        listed = _(", ").join(map(str, numbers))
        raise ValidationError(_("Later changes rest on it: numbers %(numbers)s. Take those back first.") % {"numbers": listed})


def _refuse_later_reports(succession: Succession, before: States, concerned: set[int]) -> None:
    """Reports begun by what was opened, and reports sent since for periods that end with the change or later."""
    opened = {org for org, state in before.items() if not state.spans}
    reports = dependants().reports_of(_with_all_below(concerned))
    depending = [report for report in reports if _depends(report, succession, opened)]
    if depending:
        report = depending[0]
        words = {"unit": names_of([report.organization])[report.organization], "form": report.form, "period": report.period}
        sentence = _("%(unit)s has figures in %(form)s %(period)s that rest on the change; it can be taken back no more.")
        raise ValidationError(sentence % words)


def _depends(report: PlacedReport, succession: Succession, opened: set[int]) -> bool:
    if report.day < succession.on:
        return False
    return report.organization in opened or (report.sent_at is not None and report.sent_at > succession.recorded_at)


def _with_all_below(organization_ids: Iterable[int]) -> set[int]:
    found = set(organization_ids)
    for path in Placement.objects.filter(organization_id__in=found).values_list("path", flat=True).distinct():
        below = Placement.objects.filter(path__gte=path, path__lt=after_branch(path))
        found |= set(below.values_list("organization_id", flat=True))
    return found


def _restore_facts(before: States, after: States) -> None:
    for org_id, state in before.items():
        left = after[org_id]
        if state.facts != left.facts:
            county = Organization.objects.values_list("county_id", flat=True).get(pk=org_id)
            Organization.objects.filter(county_id=county, pk=org_id).update(**state.facts)
            Organization.objects.filter(county_id=county, pk=county).update(tree_stamp=new_stamp())
            _drop_former(org_id, county, state, left)


def _drop_former(org_id: int, county: int, state: OrganizationState, left: OrganizationState) -> None:
    names, categories = (
        set(left.former_names) - set(state.former_names),
        set(left.former_categories) - set(state.former_categories),
    )
    delete_rows(FormerName.objects.filter(organization_id=org_id, until__in=names), county)
    delete_rows(FormerCategory.objects.filter(organization_id=org_id, until__in=categories), county)


def _data(succession: Succession) -> dict:
    ends = succession.ends.select_related("organization").order_by("pk")
    return {
        "kind": succession.kind,
        "on": succession.on.isoformat(),
        "from": [end.organization.code for end in ends if end.is_predecessor],
        "to": [end.organization.code for end in ends if not end.is_predecessor],
        "note": succession.note,
    }


def _delete(succession: Succession) -> None:
    delete_rows(SuccessionEnd.objects.filter(succession=succession), succession.county_id)
    delete_rows(Succession.objects.filter(pk=succession.pk), succession.county_id)
