"""Reads a stored upload again, as its person saw it or against the current reports. Writes nothing, not even the upload."""

from datetime import date

from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import ReadWorkbook, Unreadable
from submissions.imports.report.import_report import FileResult
from submissions.imports.report.rival_files import OfFile, claims_of_results
from submissions.imports.report.scope import ImportScope, scope_of
from submissions.imports.service.import_service import Incoming, weigh_many
from submissions.models import Upload

MOST_OTHERS = 10  # files of one person about the same units that are compared with one file


def read_or_refused(content: bytes, name: str) -> ReadWorkbook | Unreadable:
    """The file's content, or Unreadable as a value."""
    try:
        return read_file(content, name)
    except Unreadable as unreadable:
        return unreadable


def read_upload(upload: Upload) -> ReadWorkbook | Unreadable:
    """Reads the stored content of an open upload; a settled one has none."""
    return read_or_refused(bytes(upload.content), upload.name)


def incoming(upload: Upload, read: ReadWorkbook | Unreadable, *, as_seen: bool) -> Incoming:
    """The upload as a file to compare.

    `as_seen`: at the revisions of the preview, so that units saved since then are refused; else at the current ones.
    """
    revisions = {int(submission_id): revision for submission_id, revision in upload.revisions.items()}
    return Incoming(
        upload.name, read, upload.sha256, upload.task, upload.organization, upload.mended, upload.heads,
        revisions if as_seen else None,
    )  # fmt: skip


def preview_of(upload: Upload, day: date) -> FileResult:
    """The result of accepting now; a unit that somebody saved after the preview is refused with who and when."""
    scope = scope_of(upload.put_by, day)
    return weigh_many([incoming(upload, read_upload(upload), as_seen=True)], scope, others=others_waiting(upload, scope))[0]


def others_waiting(upload: Upload, scope: ImportScope) -> list[OfFile]:
    """The figures of the person's other waiting files with a unit of this one; the newest files."""
    found = waiting_beside(upload)
    return (
        claims_of_results(weigh_many([incoming(other, read_upload(other), as_seen=False) for other in found], scope))
        if found
        else []
    )


def waiting_beside(upload: Upload) -> list[Upload]:
    """The person's other waiting files, by their ids."""
    waiting = Upload.objects.filter(put_by_id=upload.put_by_id, settled_at__isnull=True, content__isnull=False).exclude(
        pk=upload.pk
    )
    rows = waiting.order_by("-put_at", "-id").values_list("id", "revisions")
    near = [pk for pk, revisions in rows if not upload.revisions.keys().isdisjoint(revisions)][:MOST_OTHERS]
    if not near:
        return []
    # An upload that was settled in the meantime has no bytes any more and no figures.
    held = Upload.objects.filter(pk__in=near, content__isnull=False)
    return list(held.select_related("task__form", "task__county", "organization").order_by("id"))
