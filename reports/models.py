"""What was added up (derived: can always be made again from the versions), and which figures a county shows first."""

from django.db import models

from indicators.models import Indicator
from orgs.models import Organization
from submissions.models import Task


class Summary(models.Model):
    """The sums of one organization's whole branch for one task, with what they were made from."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Made at this stamp of the change mark and under this stamp of the county's tree; stale where either differs.
    mark = models.PositiveBigIntegerField()
    tree_stamp = models.PositiveBigIntegerField()
    submitted = models.BinaryField()  # sums over submitted, passed and approved versions
    approved = models.BinaryField()  # sums over approved versions only; empty: the same as submitted
    counts = models.JSONField(default=dict)  # expected, exempt … per unit category; see reports.summaries
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "task", "organization"], name="reports_summary_once"),
        ]


class Headline(models.Model):
    """One of the few figures that a county shows first on its dashboard, in its place; a county without any is given a default."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "position"], name="reports_headline_place"),
            models.UniqueConstraint(fields=["county", "indicator"], name="reports_headline_once"),
        ]
