"""What a stored upload says now: its bytes read again, weighed as its person saw it or anew. Writes nothing, not even the upload."""

from datetime import date

from spreadsheets.reading.files import read_file
from spreadsheets.reading.workbook import ReadWorkbook, Unreadable
from submissions.intake.scope import scope_of
from submissions.intake.taking import Incoming, weigh_many
from submissions.intake.told import FileTold
from submissions.models import Upload


def read_or_refused(content: bytes, name: str) -> ReadWorkbook | Unreadable:
    """A file that cannot be read is an answer like any other."""
    try:
        return read_file(content, name)
    except Unreadable as unreadable:
        return unreadable


def read_upload(upload: Upload) -> ReadWorkbook | Unreadable:
    """For an upload that is not settled: its bytes are gone afterwards."""
    return read_or_refused(bytes(upload.content), upload.name)


def incoming(upload: Upload, read: ReadWorkbook | Unreadable, *, as_seen: bool) -> Incoming:
    """`as_seen`: at the revisions of the preview, so that what somebody else saved since then is refused; else as it stands now."""
    revisions = {int(submission_id): revision for submission_id, revision in upload.revisions.items()}
    return Incoming(
        upload.name, read, upload.sha256, upload.task, upload.organization, upload.mended, upload.heads,
        revisions if as_seen else None,
    )  # fmt: skip


def preview_of(upload: Upload, day: date) -> FileTold:
    """What accepting would do now; a unit that somebody saved since the preview was made is refused with who and when."""
    return weigh_many([incoming(upload, read_upload(upload), as_seen=True)], scope_of(upload.put_by, day))[0]
