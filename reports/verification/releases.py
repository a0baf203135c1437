"""Checks of releases: every stored byte is as issued, their versions exist as they were counted, editions follow one another."""

from collections.abc import Iterator
from json import loads

from django.utils.translation import gettext as _

from audit.models import Event
from orgs.moments import one_moment
from reports.models import Release
from reports.releases.packages import package_digest, snapshot_of, workbook_digest
from submissions.models import Version


def releases_are_as_issued() -> Iterator[str]:
    """One release after the other, so that no more than one workbook is held in memory."""
    yield from _gone()
    for pk in Release.objects.order_by("pk").values_list("pk", flat=True):
        yield from _faults_of(pk)


@one_moment()
def _gone() -> list[str]:
    """The audit trail knows every release that was ever issued."""
    present = {f"release:{pk}" for pk in Release.objects.values_list("pk", flat=True)}
    events = Event.objects.filter(kind="release.issued", result="done").order_by("chain", "sequence")
    return [
        _("Release %(number)s was issued and is gone.") % {"number": loads(data)["number"][1]}
        for subject, data in events.values_list("subject", "data")
        if subject not in present
    ]


@one_moment()
def _faults_of(pk: int) -> list[str]:
    release = Release.objects.select_related("previous").get(pk=pk)
    return [
        _("Release %(number)s: %(fault)s") % {"number": release.number, "fault": fault}
        for fault in (*_stored(release), *_recorded(release), *_versions(release), *_edition(release))
    ]


def _stored(release: Release) -> Iterator[str]:
    if workbook_digest(release) != release.sha256:
        yield _("its workbook is not the one that was issued: the digest differs.")
    if package_digest(release) != release.package_sha256:
        yield _("what is frozen with it is not what was issued: the digest differs.")


def _recorded(release: Release) -> Iterator[str]:
    """The audit trail, which nobody can change, holds both digests."""
    events = Event.objects.filter(chain=release.county_id, kind="release.issued", subject=f"release:{release.pk}")
    data = [loads(text) for text in events.values_list("data", flat=True)]
    if len(data) != 1:
        yield _("the audit trail records its issue %(n)d times.") % {"n": len(data)}
    elif (data[0]["sha256"][1], data[0]["package"][1]) != (release.sha256, release.package_sha256):
        yield _("the audit trail records another digest of it.")


def _versions(release: Release) -> Iterator[str]:
    try:
        counted = snapshot_of(release).versions
    except (ValueError, KeyError, TypeError):
        yield _("what is frozen with it can not be read.")
        return
    rows = Version.objects.filter(pk__in={one.version_id for one in counted.values()}, sealed_at__isnull=False)
    found = {pk: (report, digest) for pk, report, digest in rows.values_list("pk", "submission_id", "digest")}
    wrong = sum(found.get(one.version_id) != (report, one.digest) for report, one in counted.items())
    if wrong:
        yield _("%(n)d of the versions that it counted are gone or were changed.") % {"n": wrong}


def _edition(release: Release) -> Iterator[str]:
    before = release.previous
    series = ("county_id", "organization_id", "layout", "form", "period", "basis", "tree")
    if before is None:
        fits = release.edition == 1
    else:
        is_same = all(getattr(release, name) == getattr(before, name) for name in series)
        fits = is_same and release.edition == before.edition + 1
    if not fits:
        yield _("it is no next edition of the release that it replaces.")
