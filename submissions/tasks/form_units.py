"""The units that a form asks for a period, read from the tree, or the sentence why it asks none."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from indicators.models import Form
from indicators.periods import Period
from orgs.models import Organization, Placement
from orgs.tree.trees import Node, Tree, ids_of
from submissions.core.refusals import ActRefused
from submissions.tasks.expectation import Asking, Stay, asking_of, expected


def nodes_asked(
    form: Form,
    county: Organization,
    period: Period,
    tree: Tree,
    within: Organization | None = None,
    left_out: Collection[Organization] = (),
) -> list[Node]:
    """The units expected, in the county's order; `tree` is that of the period's last day, `within` leaves one branch, and
    `left_out` are branches that are not asked.

    Raises ActRefused for another frequency than the form's and for an expired form.
    """
    asking = asking_of(form)
    _check(form, asking, period)
    nodes = expected(asking, period, tree, _stays(county, period), within.id if within else None)
    without = {organization.id for organization in left_out}
    return [node for node in nodes if without.isdisjoint(ids_of(node.path))] if without else nodes


def _check(form: Form, asking: Asking, period: Period) -> None:
    if period.frequency != form.frequency:
        raise ActRefused(
            _("“%(form)s” is filled %(frequency)s, and %(period)s is no such period; name a period of that length.")
            % {"form": form.title, "frequency": form.get_frequency_display(), "period": period}
        )
    if asking.has_expired(period):
        raise ActRefused(
            _("“%(form)s” asks nobody for %(period)s: it was valid until %(day)s. Extend its validity or choose another form.")
            % {"form": form.title, "period": period, "day": form.valid_until.isoformat()}
        )


def _stays(county: Organization, period: Period) -> dict[int, list[Stay]]:
    rows = Placement.objects.filter(county_id=county.id, valid_from__lte=period.last_day, is_report_place=False)
    stays: dict[int, list[Stay]] = {}
    for org_id, start, end in rows.values_list("organization_id", "valid_from", "valid_to"):
        stays.setdefault(org_id, []).append((start, end))
    return stays
