"""The documents: sealed versions still say what was sealed, and the audit trail alone gives the figures that stand."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from indicators.measures import pack
from reports.verifying.ledgers import name_of
from submissions.changes import replayed
from submissions.digests import digest_of
from submissions.history import earlier_for
from submissions.models import Submission, Task, Version


def sealed_versions_are_as_sealed() -> Iterator[str]:
    """Digest of every sealed version; measures of every standing one, packed again from its document."""
    rows = Version.objects.filter(sealed_at__isnull=False).select_related("submission__task__form", "submission__organization")
    for version in rows.order_by("pk").iterator(chunk_size=500):
        if digest_of(version.figures, version.explanations, version.nil_report) != version.digest:
            yield _("%(name)s version %(number)s is not what was sealed: its digest differs.") % {
                "name": name_of(version.submission), "number": version.number,
            }  # fmt: skip
    for task in Task.objects.select_related("form").order_by("pk"):
        yield from _measures_of(task)


def _measures_of(task: Task) -> Iterator[str]:
    rows = list(task.submissions.filter(standing__isnull=False).select_related("standing", "organization"))
    earlier = earlier_for(task, [row.organization_id for row in rows])
    for row in rows:
        row.task = task
        made = pack(task.layout, row.unit_category, row.standing.figures, earlier[row.organization_id])
        if made != bytes(row.standing.measures or b""):
            yield _("%(name)s: its packed measures differ from its document.") % {"name": name_of(row)}


def trail_gives_the_figures() -> Iterator[str]:
    """Replaying every event of a report gives the figures of its newest version."""
    rows = Submission.objects.filter(versions__isnull=False).distinct().select_related("task__form", "organization")
    for submission in rows.order_by("pk").iterator(chunk_size=500):
        newest = submission.versions.order_by("-number").first()
        if replayed(submission) != newest.figures:
            yield _("%(name)s: its audit trail gives other figures than its newest version.") % {"name": name_of(submission)}
