"""Locks, writes and deletes rows of a county by statements that name the county, so that rows can be distributed by it.

`Model.save`, `QuerySet.delete` and `refresh_from_db` of Django name primary keys alone. This module works for every table.
"""

from django.db.models import CASCADE, Model, QuerySet

AT_ONCE = 500


def stored(row: Model) -> QuerySet:
    """A query for the stored row of a loaded one, to be locked, updated or read again."""
    return type(row)._base_manager.filter(county_id=row.county_id, pk=row.pk)


def write_fields(row: Model, *names: str) -> None:
    """Writes these fields of a loaded row and no others, so that other changes made meanwhile stay."""
    stored(row).update(**{name: getattr(row, name) for name in names})


def delete_rows(rows: QuerySet, county_id: int) -> int:
    """Deletes rows of one county and their dependent rows (CASCADE); the database refuses rows to which others still refer.

    Returns how many of `rows` were deleted.
    """
    ids = list(rows.filter(county_id=county_id).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        for field in _going_with(rows.model):
            delete_rows(field.model._base_manager.filter(**{f"{field.name}__in": some}), county_id)
        # In one statement: `delete` would read the rows and name their primary keys alone.
        rows.model._base_manager.filter(county_id=county_id, pk__in=some)._raw_delete(rows.db)
    return len(ids)


def _going_with(model: type[Model]) -> list:
    """The foreign keys with CASCADE to the model, also those without a reverse name."""
    relations = [field for field in model._meta.get_fields(include_hidden=True) if field.auto_created and not field.concrete]
    return [relation.field for relation in relations if relation.on_delete is CASCADE]
