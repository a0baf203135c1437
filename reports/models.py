"""What was added up: one summary per task and inner organization. Derived: can always be made again from the versions."""

from django.db import models

from orgs.models import Organization
from submissions.models import Task


class Summary(models.Model):
    """The sums of one organization's whole branch for one task, with what they were made from."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Made at this count of the change mark and under this revision of the county's tree; stale where either differs.
    mark = models.PositiveBigIntegerField()
    tree_revision = models.PositiveBigIntegerField()
    submitted = models.BinaryField()  # sums over submitted, passed and approved versions
    approved = models.BinaryField()  # sums over approved versions only
    counts = models.JSONField(default=dict)  # expected, exempt … per unit category; see reports.summaries
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "task", "organization"], name="reports_summary_once"),
        ]
