"""Packs the measures of every standing version again: computed lines are kept exactly now, by other scales and in other lanes."""

from collections.abc import Iterable

from django.db import migrations

from indicators.measures.document_measures import pack
from indicators.periods import read_period
from indicators.measures.vectors import TooLarge
from submissions.core.history import earlier_from

_AT_ONCE = 500  # units whose documents of the year are held at a time


def pack_again(apps, schema_editor):
    """Task by task and some hundred units at a time, so that a nation's figures need no more memory than a county's."""
    Task = apps.get_model("submissions", "Task")
    for task in Task.objects.order_by("pk").iterator(chunk_size=50):
        unit_ids = list(
            _standing(apps, task.form_id, task.county_id, [task.period]).order_by("pk").values_list("organization_id", flat=True)
        )
        for start in range(0, len(unit_ids), _AT_ONCE):
            _pack_units(apps, task, unit_ids[start : start + _AT_ONCE])


def _pack_units(apps, task, unit_ids: list[int]) -> None:
    Version = apps.get_model("submissions", "Version")
    period = read_period(task.period)
    now = _standing(apps, task.form_id, task.county_id, [task.period]).filter(organization_id__in=unit_ids)
    earlier = _documents(apps, task, period, unit_ids)
    changed = []
    for submission in now.select_related("standing").defer("standing__findings", "standing__explanations"):
        version = submission.standing
        before = earlier_from(period, earlier.get(submission.organization_id, {}))
        fresh = _packed(task.layout, submission.unit_category, version.figures, before)
        if fresh is not None and fresh != bytes(version.measures or b""):
            version.measures = fresh
            changed.append(version)
    Version.objects.bulk_update(changed, ["measures"], batch_size=100)


def _packed(layout, unit_category: str, figures: dict, earlier) -> bytes | None:
    """None where a value has no room even now; the verify command names it."""
    try:
        return pack(layout, unit_category, figures, earlier)
    except TooLarge:
        return None


def _documents(apps, task, period, unit_ids: list[int]) -> dict[int, dict[str, dict]]:
    """Organization id -> period -> document, of the periods that this one's figures may look at."""
    last_year = period.same_last_year()
    looked_at = {period.previous(), *period.year_to_date()[:-1], *([last_year] if last_year else [])}
    rows = _standing(apps, task.form_id, task.county_id, [str(one) for one in looked_at])
    found: dict[int, dict[str, dict]] = {}
    for org_id, text, figures in rows.filter(organization_id__in=unit_ids).values_list(
        "organization_id", "task__period", "standing__figures"
    ):
        found.setdefault(org_id, {})[text] = figures
    return found


def _standing(apps, form_id: int, county_id: int, periods: Iterable[str]):
    Submission = apps.get_model("submissions", "Submission")
    return Submission.objects.filter(
        county_id=county_id, task__form_id=form_id, task__period__in=periods, standing__isnull=False
    )


class Migration(migrations.Migration):
    dependencies = [("submissions", "0004_workbook_keys"), ("indicators", "0001_initial")]

    operations = [migrations.RunPython(pack_again, migrations.RunPython.noop)]
