"""The entries for many units, and the result of entering them: plain values."""

from dataclasses import dataclass, field

from indicators.values.documents import Figure
from submissions.choices import State
from submissions.models import Submission, Version


@dataclass(frozen=True)
class BulkEntry:
    """What is to stand in one unit's document: cells (None = blank) and perhaps a nil report.

    `revision`: the one the changes were decided at; another one now refuses the entry (None: it does not matter). `on_behalf`
    names the paper or file where somebody else than the unit enters (代录), `audit_data` goes into the audit event.
    """

    submission: Submission
    changes: dict[str, Figure | None]
    nil_report: bool = False
    revision: int | None = None
    on_behalf: str = ""
    audit_data: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One unit's report as it was changed: its states, and its changed figures (key -> old and new)."""

    submission: Submission
    old_state: State
    new_state: State
    figures: dict[str, tuple[Figure | None, Figure | None]]


@dataclass
class Entered:
    """What became of the entries: the steps taken, what was refused (submission id, cell or "", sentence), what was noticed."""

    steps: list[Step] = field(default_factory=list)
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    noticed: list[tuple[int, str, str]] = field(default_factory=list)


def holds(version: Version, entry: BulkEntry) -> bool:
    """True where the version holds everything in the entry already."""
    if entry.nil_report and not version.nil_report:
        return False
    return all(version.figures.get(key) == figure for key, figure in entry.changes.items())


def has_figure(entry: BulkEntry) -> bool:
    return any(figure is not None for figure in entry.changes.values())
