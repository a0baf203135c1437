"""The places that the rows of an organizations table declare, merged with the existing ones."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from orgs.loading.org_columns import COLUMNS
from orgs.loading.org_rows import NONE, OrganizationRow, PlaceRow
from orgs.loading.place_updates import NOWHERE, StatedPlace, Undated, updated_places
from orgs.models import Organization
from orgs.tree.placements import PlacementSpan
from orgs.tree.spans import label_of, names_of
from spreadsheets.tables import Problems

LABELS = {column.name: column.label for column in COLUMNS}
VIEWS = ("parent_code", "district_code", "line_code")
Outside = Mapping[tuple[int, str], int]


def declared_places(
    entries: Mapping[str, OrganizationRow],
    organizations: Mapping[str, Organization],
    outside: Outside,
    standing: Mapping[int, tuple[PlacementSpan, ...]],
    since: date | None,
    problems: Problems,
) -> dict[int, tuple[PlacementSpan, ...]]:
    """Organization id -> its places after the rows. `outside`: the ids of codes without a row; `standing`: the places before.

    A change of place without a day is a problem at its row, with the two ways to give the day.
    """
    declared: dict[int, tuple[PlacementSpan, ...]] = {}
    undated: list[tuple[OrganizationRow, Undated]] = []
    for code, entry in entries.items():
        stated = [_stated(row, organizations, outside) for row in entry.places]
        org = organizations[code].pk
        try:
            declared[org] = updated_places(standing.get(org, ()), stated, since)
        except Undated as found:
            undated.append((entry, found))
    _tell_undated(undated, organizations, problems)
    return declared


def _stated(row: PlaceRow, organizations: Mapping[str, Organization], outside: Outside) -> StatedPlace:
    ids = {
        column: organizations[code].pk if code in organizations else outside[row.number, column]
        for column, code in row.codes().items()
    }
    views = {"district_code": row.district_code, "line_code": row.line_code}
    ids |= {column: NOWHERE for column, code in views.items() if code == NONE}
    parent, district, line = (ids.get(column) for column in VIEWS)
    return StatedPlace(row.number, parent, district, line, row.valid_from, row.valid_to)


def _tell_undated(
    undated: list[tuple[OrganizationRow, Undated]], organizations: Mapping[str, Organization], problems: Problems
) -> None:
    names = names_of({org for _entry, found in undated for org in (*found.standing.stands, *found.wanted) if org})
    sentence = _(
        "%(name)s stands under %(old)s since %(since)s, and the row says %(new)s without a day. "
        "Write the day from which that holds in valid_from, or load with --from DATE."
    )
    other_view = _(
        "%(name)s: %(column)s is %(old)s since %(since)s, and the row says %(new)s without a day. "
        "Write the day from which that holds in valid_from, or load with --from DATE."
    )
    for entry, found in undated:
        pairs = zip(VIEWS, found.standing.stands, found.wanted, strict=True)
        column, old, new = next(pair for pair in pairs if pair[1] != pair[2])
        words = {
            "name": label_of(organizations[entry.code]), "since": found.standing.valid_from.isoformat(),
            "old": names.get(old, _("none")), "new": names.get(new, _("none")), "column": LABELS[column],
        }  # fmt: skip
        problems.add(found.row, column, (sentence if column == VIEWS[0] else other_view) % words)
