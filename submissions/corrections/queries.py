"""Reads corrections for lists: those a person may see, and those that wait for a decision of the person's posts."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from orgs.accounts.access import visible_to
from orgs.models import User
from submissions.choices import OPEN_CORRECTION
from submissions.models import Correction


def corrections_seen_by(user: User, day: date) -> QuerySet[Correction]:
    """Of the reports within the person's posts, the newest first; layouts and documents are not read."""
    rows = Correction.objects.filter(submission__organization__in=visible_to(user, day))
    rows = rows.select_related("submission__task__form", "submission__organization", "reviewer_org", "requested_by")
    return rows.defer("submission__task__layout").order_by("-requested_at", "-pk")


def waiting_corrections(organization_ids: Collection[int]) -> int:
    """How many wait for a decision at these organizations."""
    if not organization_ids:
        return 0
    return Correction.objects.filter(reviewer_org__in=organization_ids, state__in=OPEN_CORRECTION).count()
