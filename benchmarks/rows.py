"""The rival of rollups and saves: one row per value with a closure table, as most systems keep figures."""

from django.db import connection, models

from orgs.models import Organization


class Ancestry(models.Model):
    """Every organization below every ancestor, and below itself."""

    ancestor = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", db_index=False)
    descendant = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        app_label = "benchmarks"
        constraints = [models.UniqueConstraint(fields=["ancestor", "descendant"], name="bench_ancestry")]
        indexes = [models.Index(fields=["descendant", "ancestor"], name="bench_ancestry_up")]


class Value(models.Model):
    """One figure of one organization for one task, in whole minor units, with its state."""

    task_id = models.BigIntegerField()
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", db_index=False)
    figure = models.IntegerField()
    value = models.BigIntegerField(null=True)
    is_approved = models.BooleanField(default=True)
    is_na = models.BooleanField(default=False)

    class Meta:
        app_label = "benchmarks"
        constraints = [models.UniqueConstraint(fields=["task_id", "organization", "figure"], name="bench_value")]


# The same that a summary tells of a figure: approved and provisional sum, how many reported, approved, 不适用.
SUMS = """
    SELECT a.ancestor_id, v.figure,
           SUM(CASE WHEN v.is_approved THEN v.value END), SUM(v.value), COUNT(v.value),
           COUNT(CASE WHEN v.is_approved THEN v.value END), SUM(CASE WHEN v.is_na THEN 1 ELSE 0 END)
    FROM benchmarks_ancestry a JOIN benchmarks_value v ON v.organization_id = a.descendant_id
    WHERE v.task_id = %s AND a.ancestor_id IN ({places})
    GROUP BY a.ancestor_id, v.figure
"""


def make_tables() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Ancestry)
        editor.create_model(Value)


def fill(task_id: int, line_of: dict[int, list[int]], documents: dict[int, list[int]]) -> None:
    """`line_of`: organization -> its ancestors and itself; `documents`: organization -> its values in order."""
    Ancestry.objects.bulk_create(
        (Ancestry(ancestor_id=above, descendant_id=org_id) for org_id, line in line_of.items() for above in line),
        batch_size=5000,
    )
    Value.objects.bulk_create(
        (
            Value(task_id=task_id, organization_id=org_id, figure=number, value=value)
            for org_id, values in documents.items()
            for number, value in enumerate(values)
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def sums(task_id: int, inner: list[int]) -> dict[tuple[int, int], tuple]:
    """(organization, figure) -> approved sum, provisional sum, reported, approved, 不适用."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS.format(places=",".join(["%s"] * len(inner))), [task_id, *inner])
        return {(row[0], row[1]): tuple(row[2:]) for row in cursor.fetchall()}
