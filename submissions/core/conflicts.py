"""Edit conflicts of two people at once: your value, the stored value, its author and time."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from indicators.layout import Layout
from indicators.measures.history import Document
from indicators.values.documents import Figure
from indicators.values.number_parser import format_figure
from submissions.core.change_records import ChangeRecord, changes_since
from submissions.core.check_context import label_of
from submissions.core.refusals import ActRefused
from submissions.models import Correction, Submission, Version


@dataclass(frozen=True)
class FigureDifference:
    """One cell with both values as texts for people; "" is a blank."""

    key: str
    label: str
    yours: str
    theirs: str
    by: str
    at: datetime | None


class Conflict(Exception):
    """Somebody else was faster and nothing was written. `differences`: the cells; `revision`: the document's present one."""

    def __init__(self, sentence: str, revision: int, differences: list[FigureDifference]):
        super().__init__(sentence)
        self.sentence, self.revision, self.differences = sentence, revision, differences


def stale_save(submission: Submission, latest: Version | None, changes: Document, revision: int) -> Conflict:
    """The conflict of a save from an outdated page, with the cells that both people changed."""
    since = changes_since(submission, revision)
    figures = latest.figures if latest else {}
    clashing = [key for key in changes if key in since and changes[key] != figures.get(key)]
    differences = [_difference(submission, key, changes[key], figures.get(key), since[key]) for key in clashing]
    if differences:
        sentence = _(
            "Another person changed the same cells meanwhile. Nothing was overwritten: choose for each cell, then save."
        )
    else:
        sentence = _(
            "Another person saved other cells meanwhile. Nothing of yours is lost: take over the new state, then save again."
        )
    return Conflict(sentence, latest.revision if latest else 0, differences)


def refuse_stale(latest: Version | None, revision: int | None) -> None:
    """ActRefused where somebody saved after the revision that changes were decided at; None: it does not matter."""
    if revision is not None and latest is not None and latest.revision != revision:
        raise ActRefused(saved_meanwhile(latest))


def saved_meanwhile(version: Version) -> str:
    """The sentence that names who saved, and when."""
    return _("%(name)s saved this report at %(at)s, after the preview was made; look at the preview again.") % {
        "name": version.saved_by.name,
        "at": timezone.localtime(version.saved_at).strftime("%Y-%m-%d %H:%M"),
    }


def stale_submit(submission: Submission, latest: Version, revision: int) -> Conflict:
    """The conflict where a report is sent from an outdated page."""
    since = changes_since(submission, revision)
    differences = [_difference(submission, key, change.old, latest.figures.get(key), change) for key, change in since.items()]
    sentence = _("Figures were changed after you opened the page, so it was not sent. Look at the changes, then send again.")
    return Conflict(sentence, latest.revision, [found for found in differences if found.yours != found.theirs])


def stale_review(submission: Submission, seen: Version | None, latest: Version) -> Conflict:
    """The conflict where a review is of another version than the standing one."""
    sentence = _(
        "The unit has changed its report since you opened it (now version %(number)s). Look at the changes, then decide again."
    )
    return Conflict(sentence % {"number": latest.number}, latest.revision, _version_differences(submission, seen, latest))


def stale_correction(submission: Submission, seen: Version | None, latest: Version) -> Conflict:
    """The conflict where a correction is of another version than the standing one."""
    sentence = _(
        "This report was corrected after you opened it (now version %(number)s), and nothing was written. Look at the"
        " differences, then request the correction on the new version."
    )
    return Conflict(sentence % {"number": latest.number}, latest.revision, _version_differences(submission, seen, latest))


def correction_decided(correction: Correction) -> Conflict:
    """The conflict where another reviewer, or this one's first click, was faster."""
    sentence = _(
        "This correction was acted on after you opened the page; it is now: %(state)s. Nothing was done a second time."
    )
    return Conflict(sentence % {"state": correction.get_state_display()}, 0, [])


def already_acted(submission: Submission) -> Conflict:
    """The conflict where another reviewer, or this one's first click, was faster."""
    sentence = _("This report was acted on after you opened the page; it is now: %(state)s. Nothing was done a second time.")
    return Conflict(sentence % {"state": submission.get_state_display()}, 0, [])


def _version_differences(submission: Submission, seen: Version | None, latest: Version) -> list[FigureDifference]:
    """The typed cells in which the version that was seen differs from the latest."""
    layout = submission.task.layout
    before = seen.figures if seen else {}
    by = latest.sealed_by or latest.saved_by
    change = ChangeRecord(None, by.name, latest.sealed_at or latest.saved_at)
    return [
        _difference(submission, line.key, before.get(line.key), latest.figures.get(line.key), change)
        for line in layout.typed
        if before.get(line.key) != latest.figures.get(line.key)
    ]


def _difference(
    submission: Submission, key: str, yours: Figure | None, theirs: Figure | None, change: ChangeRecord
) -> FigureDifference:
    layout = submission.task.layout
    return FigureDifference(
        key, label_of(layout, key), figure_text(layout, key, yours), figure_text(layout, key, theirs), change.by, change.at
    )


def figure_text(layout: Layout, key: str, figure: Figure | None) -> str:
    """A figure as a person reads it; "" for a blank."""
    line = layout.by_key.get(key)
    if line is not None:
        return kind_of(line).text(figure, line.decimals)
    return "" if figure is None else format_figure(figure, 0)
