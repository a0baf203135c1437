"""Hands out the stored bytes of a release, and refuses where they are no longer those that were issued."""

from datetime import datetime

from django.utils.translation import gettext as _

from orgs.models import User
from reports.models import Release
from reports.releases.packages import Damaged, workbook_digest
from reports.scope.download_events import record_taken


def reprint(release: Release, *, by: User, at: datetime) -> bytes:
    """The same bytes for ever, recorded as taken. Raises Damaged."""
    if workbook_digest(release) != release.sha256:
        sentence = _(
            "Release %(number)s: the stored workbook no longer has its digest %(sha256)s, so it is not printed. Restore it from"
            " a backup that was made after it was issued, and run verify."
        )
        raise Damaged(sentence % {"number": release.number, "sha256": release.sha256})
    content = bytes(release.workbook)
    record_taken(
        what="release.xlsx",
        organization=release.organization,
        asked=release.number,
        rows=1,
        by=by,
        at=at,
        digest=release.sha256,
    )
    return content
