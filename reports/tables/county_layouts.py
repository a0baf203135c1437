"""The writes on a county's own layouts: makes one, saves it, retires it, offers it again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.county_rows import stored, write_fields
from orgs.models import Organization, User
from reports.models import CountyLayout
from reports.tables.layouts.definition import LayoutDefinition
from reports.tables.layouts.definition_reader import BadLayout, complaints_about, data_of
from reports.tables.layouts.ready import ready_layouts

MOST_LETTERS = CountyLayout._meta.get_field("code").max_length


@transaction.atomic
def make_layout(*, county: Organization, layout: LayoutDefinition, by: User, at: datetime) -> CountyLayout:
    """Makes a new layout under its own code. Raises BadLayout, also for a code that is taken or too long."""
    if layout.code in ready_layouts() or CountyLayout.objects.filter(county_id=county.id, code=layout.code).exists():
        raise BadLayout(_("There is a layout “%(code)s” already; choose another code.") % {"code": layout.code})
    if len(layout.code) > MOST_LETTERS:
        raise BadLayout(_("A code has at most %(most)d letters.") % {"most": MOST_LETTERS})
    data = _checked(layout)
    row = CountyLayout.objects.create(county=county, code=layout.code, definition=data, saved_at=at, saved_by=by)
    _record("layout.saved", row, [None, data], by=by, at=at)
    return row


@transaction.atomic
def save_layout(*, row: CountyLayout, layout: LayoutDefinition, by: User, at: datetime) -> bool:
    """Replaces the definition under the same code; False if nothing changed. Raises BadLayout."""
    row = stored(row).select_for_update().get()
    before, after = row.definition, _checked(layout)
    if before == after:
        return False
    row.definition, row.saved_at, row.saved_by = after, at, by
    write_fields(row, "definition", "saved_at", "saved_by")
    _record("layout.saved", row, [before, after], by=by, at=at)
    return True


@transaction.atomic
def retire_layout(*, row: CountyLayout, is_retired: bool, by: User, at: datetime) -> bool:
    """Stops offering a layout, or offers it again; False if nothing changed. Earlier exports are not affected."""
    row = stored(row).select_for_update().get()
    if row.is_retired == is_retired:
        return False
    row.is_retired = is_retired
    write_fields(row, "is_retired")
    _record("layout.retired" if is_retired else "layout.brought_back", row, [not is_retired, is_retired], by=by, at=at)
    return True


def _checked(layout: LayoutDefinition) -> dict:
    complaints = list(complaints_about(layout))
    if complaints:
        raise BadLayout("\n".join(complaints))
    return data_of(layout)


def _record(kind: str, row: CountyLayout, changed: list, *, by: User, at: datetime) -> None:
    record(
        kind, by=by, at=at, county_id=row.county_id, subject=f"layout:{row.pk}", organization_id=row.county_id,
        data={"code": [None, row.code], "definition": changed},
    )  # fmt: skip
