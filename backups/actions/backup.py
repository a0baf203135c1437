"""Writes the whole database into one file while the system runs."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from audit.recorder import record
from backups.archive import Manifest, Writer, sha256_of, written_whole
from backups.snapshots import snapshot
from backups.tables import applied_migrations, backed_up, columns_of, lines_of
from orgs.models import User


def back_up(*, path: Path, by: User, at: datetime) -> Manifest:
    """One consistent state of every table in `path`, which holds the old file or the whole new one, never half of it.

    Raises OSError where the folder cannot be written. The audit event about it comes after the state that was written.
    """
    with written_whole(path) as file, Writer(file) as writer, snapshot():
        for model in backed_up():
            writer.add(model._meta.label_lower, columns_of(model), lines_of(model))
        manifest = writer.finish(at.isoformat(), applied_migrations())
    with transaction.atomic():
        record("backup.made", by=by, at=at, data={"file": path.name, "rows": manifest.rows, "sha256": sha256_of(path)})
    return manifest
