"""Stores a file from its preview until it is accepted or discarded: put, mended, accepted, dropped.

Files are read before the transaction begins: reading one may take seconds, and on SQLite a transaction holds the write lock.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hashlib import sha256 as sha256_of

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.county_rows import stored, write_fields
from orgs.models import Organization, User
from spreadsheets.read.workbook import ReadWorkbook, Unreadable
from submissions.core.refusals import ActRefused
from submissions.imports.report.import_report import FileResult, FileVerdict
from submissions.imports.report.rival_files import OfFile
from submissions.imports.report.scope import scope_of
from submissions.imports.service.head_names import remember_answers
from submissions.imports.service.import_service import accept_many, weigh_many
from submissions.imports.service.stored_uploads import (
    incoming,
    others_waiting,
    preview_of,
    read_or_refused,
    read_upload,
    waiting_beside,
)
from submissions.models import Task, Upload

KEPT = timedelta(days=7)  # a preview that nobody opened again is dropped after this time
_WEIGHED = ("revisions", "kind", "verdict", "said")
_SETTLED = ("content", "settled_at", "settled_by")
LONGEST_NAME = Upload._meta.get_field("name").max_length


def put_upload(
    *, name: str, content: bytes, organization: Organization, task: Task | None, by: User, at: datetime
) -> tuple[Upload, FileResult]:
    """Stores a file with the result that importing it would have; the same file again before it is settled is the same upload.

    `task`: the task it is uploaded for, if one is named. An unreadable file is not stored, only the fact that it came.
    """
    digest = sha256_of(content).hexdigest()
    return _put(name[-LONGEST_NAME:], content, digest, read_or_refused(content, name), organization, task, by=by, at=at)


def renew_beside(*, upload: Upload, result: FileResult, at: datetime) -> list[tuple[Upload, FileResult]]:
    """If a file has errors, compares the person's other waiting files about its units again.

    A file that it contradicts is no longer ready in any list. The revisions that the person saw do not change.
    """
    if not any(unit.has_errors for unit in result.units):
        return []
    renewed = []
    for other in waiting_beside(upload):
        anew = preview_of(other, timezone.localdate(at))
        if (anew.kept_verdict, anew.sentence) != (other.verdict, other.said):
            other.verdict, other.said = anew.kept_verdict, anew.sentence
            waiting = Upload.objects.filter(county_id=other.county_id, pk=other.pk, settled_at__isnull=True)
            waiting.update(verdict=other.verdict, said=other.said)
            renewed.append((other, anew))
    return renewed


@transaction.atomic
def _put(
    name: str, content: bytes, digest: str, read: ReadWorkbook | Unreadable, organization: Organization, task: Task | None,
    *, by: User, at: datetime,
) -> tuple[Upload, FileResult]:  # fmt: skip
    _drop_stale(organization.county_id, by=by, at=at)
    facts = {"organization": organization, "task": task, "name": name, "sha256": digest, "put_by": by}
    waiting = Upload.objects.select_for_update(of=("self",)).filter(county_id=organization.county_id, settled_at__isnull=True)
    upload = waiting.filter(**facts).first()
    is_new = upload is None
    if is_new:
        upload = Upload(county_id=organization.county_id, content=content, put_at=at, **facts)
    result = _weigh_anew(upload, read, at)
    if isinstance(read, Unreadable):
        upload.content, upload.settled_at, upload.settled_by = None, at, by
    if is_new:
        upload.save(force_insert=True)
        _record("upload.put", upload, by=by, at=at)
    else:
        write_fields(upload, *_WEIGHED, *_SETTLED)
    return upload, result


def mend_upload(
    *, upload: Upload, mended: Mapping[str, str | None], heads: Mapping[str, str], by: User, at: datetime
) -> FileResult:
    """Stores texts for cells and meanings for heads, by address, and compares with the current reports.

    A text of "" leaves the cell out, None restores the file's own; without any the file is only compared again. Raises
    ActRefused for a settled upload.
    """
    _refuse_settled(upload)
    return _mend(upload, read_upload(upload), mended, heads, by=by, at=at)


@transaction.atomic
def _mend(
    upload: Upload, read: ReadWorkbook | Unreadable, mended: Mapping[str, str | None], heads: Mapping[str, str],
    *, by: User, at: datetime,
) -> FileResult:  # fmt: skip
    held = _hold(upload)
    change = {address: [held.mended.get(address), text] for address, text in mended.items()}
    change |= {f"_head:{address}": [held.heads.get(address), means] for address, means in heads.items()}
    held.mended = {address: text for address, text in (held.mended | dict(mended)).items() if text is not None}
    held.heads |= heads
    result = _weigh_anew(held, read, at)
    write_fields(held, "mended", "heads", *_WEIGHED)
    if change:
        _record("upload.mended", held, by=by, at=at, **change)
    _follow(upload, held)
    return result


def accept_upload(
    *, upload: Upload, sha256: str, units: Collection[int] | None, by: User, at: datetime
) -> FileResult:  # fmt: skip
    """Imports the units that are ready, of these only the chosen submissions (None: all), as the preview showed them.

    `sha256` is that of the file whose preview the person confirms. The upload stays open while anything is left (cells to
    correct, units not chosen); then its bytes are deleted. If nothing could be imported, the upload does not change. Raises
    ActRefused for another file and for a settled upload.
    """
    if sha256 != upload.sha256:
        raise ActRefused(_("The file that you confirm is not the one that was put in; look at its preview again."))
    _refuse_settled(upload)
    others = others_waiting(upload, scope_of(by, timezone.localdate(at)))
    return _accept(upload, read_upload(upload), units, others, by=by, at=at)


@transaction.atomic
def _accept(
    upload: Upload, read: ReadWorkbook | Unreadable, units: Collection[int] | None, others: Collection[OfFile],
    *, by: User, at: datetime,
) -> FileResult:  # fmt: skip
    held = _hold(upload)
    scope = scope_of(by, timezone.localdate(at))
    result = accept_many([incoming(held, read, as_seen=True)], scope, by=by, at=at, units=units, others=others)[0]
    if result.verdict == FileVerdict.REFUSED:
        return result
    held.verdict, held.said = result.verdict, result.sentence
    if result.verdict == FileVerdict.ACCEPTED:
        held.content, held.settled_at, held.settled_by = None, at, by
    write_fields(held, "verdict", "said", *_SETTLED)
    taken = {unit.org: len(unit.changes) for unit in result.units if unit.changes}
    _record("upload.accepted", held, by=by, at=at, _verdict=result.verdict, _taken=taken)
    remember_answers(result=result, organizations=[held.organization], by=by, at=at)
    _follow(upload, held)
    return result


@transaction.atomic
def drop_upload(*, upload: Upload, by: User, at: datetime) -> None:
    """Discards a file; figures imported from it stay. A settled upload does not change."""
    held = stored(upload).select_for_update(of=("self",)).get()
    if held.settled_at is None:
        _drop(held, by=by, at=at)
    _follow(upload, held)


def _drop(held: Upload, *, by: User, at: datetime) -> None:
    held.content, held.settled_at, held.settled_by = None, at, by
    write_fields(held, *_SETTLED)
    _record("upload.dropped", held, by=by, at=at)


def _drop_stale(county_id: int, *, by: User, at: datetime) -> None:
    """Discards the county's uploads that nobody opened again; called whenever a file is uploaded."""
    waiting = Upload.objects.select_for_update(of=("self",)).filter(county_id=county_id, settled_at__isnull=True)
    stale = waiting.filter(put_at__lt=at - KEPT)
    for held in stale.order_by("pk"):
        _drop(held, by=by, at=at)


def _weigh_anew(upload: Upload, read: ReadWorkbook | Unreadable, at: datetime) -> FileResult:
    """Stores in the upload the verdict that the person is about to see, and its revisions."""
    scope = scope_of(upload.put_by, timezone.localdate(at))
    file = incoming(upload, read, as_seen=False)
    result = weigh_many([file], scope)[0]
    upload.revisions = _revisions(result)
    if others := others_waiting(upload, scope):
        result = weigh_many([file], scope, others=others)[0]
    upload.kind, upload.verdict, upload.said = result.kind, result.kept_verdict, result.sentence
    return result


def _revisions(result: FileResult) -> dict[str, int]:
    return {str(unit.submission_id): unit.revision for unit in result.units if unit.submission_id}


def _hold(upload: Upload) -> Upload:
    held = stored(upload).select_for_update(of=("self",)).select_related("task__form", "organization").get()
    _refuse_settled(held)
    return held


def _refuse_settled(upload: Upload) -> None:
    if upload.settled_at is not None:
        raise ActRefused(_("This file was taken in or thrown away already; put it in again to take in more of it."))


def _follow(upload: Upload, held: Upload) -> None:
    """Updates the caller's object."""
    for field in Upload._meta.concrete_fields:
        setattr(upload, field.attname, getattr(held, field.attname))


def _record(kind: str, upload: Upload, *, by: User, at: datetime, **data) -> None:
    data = {"_file": upload.name, "_sha256": upload.sha256, "_kind": upload.kind, **data}
    record(
        kind, by=by, at=at, county_id=upload.county_id, subject=f"upload:{upload.pk}", organization_id=upload.organization_id,
        data=data,
    )  # fmt: skip
