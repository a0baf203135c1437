"""Checks of the documents: sealed versions are unchanged, and the audit trail alone gives the current figures."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from audit.models import Event
from orgs.moments import one_moment
from reports.verification.ledgers import name_of
from submissions.core.change_records import replayed_from
from submissions.core.digests import digest_of
from submissions.core.history import earlier_by_basis
from submissions.core.packed_measures import PACKED_FIELDS, kept_as
from submissions.core.sealed_measures import pack_by_basis
from submissions.models import Submission, Task, Version


def sealed_versions_are_as_sealed() -> Iterator[str]:
    """Digest of every sealed version; measures of every standing one, packed again from its document."""
    rows = Version.objects.filter(sealed_at__isnull=False).order_by("pk")
    for pk, number, figures, explanations, nil_report, digest in rows.values_list(
        "submission_id", "number", "figures", "explanations", "nil_report", "digest"
    ).iterator(chunk_size=2000):
        if digest_of(figures, explanations, nil_report) != digest:
            yield _("%(name)s version %(number)s is not what was sealed: its digest differs.") % {
                "name": _name(pk), "number": number,
            }  # fmt: skip
    for task in Task.objects.order_by("pk"):
        yield from _measures_of(task)


@one_moment()
def _measures_of(task: Task) -> list[str]:
    rows = task.submissions.filter(standing__isnull=False).values_list(
        "pk", "organization_id", "unit_category", "standing__figures", *PACKED_FIELDS
    )
    rows = list(rows)
    earlier = earlier_by_basis(task, [org_id for _pk, org_id, *_rest in rows])
    return [
        _("%(name)s: its packed measures differ from its document.") % {"name": _name(pk)}
        for pk, org_id, category, figures, *kept in rows
        if pack_by_basis(task.layout, category, figures, earlier[org_id]) != kept_as(*kept)
    ]


@one_moment()
def trail_gives_the_figures() -> list[str]:
    """Replaying every event of a report gives the figures of its newest version. Two passes over two tables, in one moment."""
    events_data: dict[str, list[str]] = defaultdict(list)
    events = Event.objects.filter(subject__startswith="submission:", result="done").order_by("chain", "sequence")
    for subject, data in events.values_list("subject", "data").iterator(chunk_size=2000):
        events_data[subject].append(data)
    newest = {}
    rows = Version.objects.order_by("submission_id", "number").values_list("submission_id", "figures")
    for pk, figures in rows.iterator(chunk_size=2000):
        newest[pk] = figures
    return [
        _("%(name)s: its audit trail gives other figures than its newest version.") % {"name": _name(pk)}
        for pk, figures in newest.items()
        if replayed_from(events_data[f"submission:{pk}"]) != figures
    ]


def _name(submission_id: int) -> str:
    return name_of(Submission.objects.select_related("task__form", "organization").get(pk=submission_id))
