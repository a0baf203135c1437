"""Restores a backup into the database in one transaction: all of it, or nothing."""

from datetime import datetime
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from audit.models import ChainHead
from audit.recorder import record
from audit.write_guard import unguarded
from backups.archive import Manifest, Reader, Unusable, opened, sha256_of
from backups.tables import applied_migrations, backed_up, columns_of, continue_numbering, empty, is_empty, write_rows
from orgs.accounts.accounts import system_operator


def restore(*, path: Path, replace: bool, at: datetime) -> Manifest:
    """Fill the empty database, or with `replace` this one whatever it holds, with the rows of the backup and their keys.

    Raises Unusable, and changes nothing, where the file is foreign, damaged or of another schema, or the database is not
    empty. It acts as the system operator *of the backup*: whoever was here before may be nobody in it. The audit comes
    back with its chain as it was, and goes on with one event that names the file and the ends of the chains it replaced.
    """
    with opened(path) as backup:
        _refuse_other_schema(backup.manifest, path)
        if not replace:
            _refuse_filled_database()
        # The order of the tables does not matter then; the database checks every reference at the end.
        with connection.constraint_checks_disabled(), transaction.atomic():
            replaced = _ends_of_chains()
            with unguarded():
                _write(backup, path)
            data = {"file": path.name, "sha256": sha256_of(path), "made_at": backup.manifest.made_at, "replaced": replaced}
            record("backup.restored", by=system_operator(), at=at, data=data)
    return backup.manifest


def _write(backup: Reader, path: Path) -> None:
    chosen = {model._meta.label_lower: model for model in backed_up()}
    # Whoever is signed in now would go on as the person who has that number in the backup.
    empty([*chosen.values(), Session])
    try:
        for part in backup.manifest.parts:
            write_rows(chosen[part.name], backup.rows(part))
        connection.check_constraints()
    except (IntegrityError, DataError) as error:
        raise Unusable(
            _("%(file)s contradicts itself (%(error)s). Nothing was restored; use another backup.")
            % {"file": path, "error": error}
        ) from None
    continue_numbering(list(chosen.values()))


def _refuse_other_schema(manifest: Manifest, path: Path) -> None:
    here = applied_migrations()
    tables = {model._meta.label_lower: columns_of(model) for model in backed_up()}
    if manifest.migrations == here and {part.name: part.columns for part in manifest.parts} == tables:
        return
    apps = sorted(app for app in {*here, *manifest.migrations} if here.get(app) != manifest.migrations.get(app))
    raise Unusable(
        _("%(file)s was made by another version of the program (%(apps)s). Restore it with that version, then update.")
        % {"file": path, "apps": ", ".join(_versions(app, manifest.migrations, here) for app in apps) or _("other tables")}
    )


def _versions(app: str, theirs: dict[str, list[str]], ours: dict[str, list[str]]) -> str:
    return f"{app}: {theirs.get(app, ['—'])[-1]} / {ours.get(app, ['—'])[-1]}"


def _refuse_filled_database() -> None:
    filled = [model._meta.label_lower for model in backed_up() if not is_empty(model)]
    if filled:
        raise Unusable(
            _("The database is not empty (%(tables)s). Restore into an empty one, or add --replace to give up what it holds.")
            % {"tables": ", ".join(filled[:3]) + ("…" if len(filled) > 3 else "")}
        )


def _ends_of_chains() -> dict[str, list]:
    """What the audit of the database was when it was replaced: chain -> last sequence and hash."""
    return {str(head.chain): [head.sequence, head.hash] for head in ChainHead.objects.order_by("chain")}
