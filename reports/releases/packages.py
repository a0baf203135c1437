"""The digests of a release: of its workbook, and of everything that is frozen with it."""

import json
from datetime import UTC
from hashlib import sha256

from reports.models import Release
from reports.releases.snapshot import Snapshot, read_snapshot

_FACTS = (
    "county_id", "organization_id", "year", "serial", "title", "layout", "definition", "form", "basis", "tree", "options",
    "language", "edition", "previous_id", "note", "open_reports", "file_name", "sha256", "check_code", "issued_by_id",
)  # fmt: skip


class Damaged(Exception):
    """The stored bytes of a release are not those that were issued; `sentence` says so."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def package_digest(release: Release) -> str:
    """SHA-256 over all that is frozen: facts, tables and sources; over the workbook by its own digest."""
    facts = {name: getattr(release, name) for name in _FACTS}
    facts |= {"period": str(release.period), "issued_at": release.issued_at.astimezone(UTC).isoformat()}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256("\n".join((text, release.tables, release.sources)).encode()).hexdigest()


def workbook_digest(release: Release) -> str:
    return sha256(bytes(release.workbook)).hexdigest()


def snapshot_of(release: Release) -> Snapshot:
    return read_snapshot(release.tables, release.sources)
