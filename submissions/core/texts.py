"""Texts around the fill page's table: heads of columns, the due date, when it is overdue, and messages of its script."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.choices import Frequency
from submissions.choices import State

COLOURS = {
    State.BLANK: "is-amber",
    State.DRAFT: "is-blue",
    State.SUBMITTED: "is-blue",
    State.PASSED: "is-blue",
    State.RETURNED: "is-amber",
    State.APPROVED: "is-green",
    State.EXEMPT: "is-grey",
}
SOON = 3  # days before the due date from which on it is amber


@dataclass(frozen=True)
class FormHeads:
    """The heads of the columns of figures for a frequency."""

    now: str
    previous: str
    last_year: str
    carried: str


def heads_of(frequency: str) -> FormHeads:
    now, previous, last_year = {
        Frequency.WEEK: (_("This week"), _("Last week"), _("Same week last year")),
        Frequency.MONTH: (_("This month"), _("Last month"), _("Same month last year")),
        Frequency.QUARTER: (_("This quarter"), _("Last quarter"), _("Same quarter last year")),
        Frequency.HALF: (_("This half-year"), _("Last half-year"), _("Same half last year")),
        Frequency.YEAR: (_("This year"), _("Last year"), _("The year before")),
    }[Frequency(frequency)]
    return FormHeads(
        now, previous, last_year, _("Carried over from the closing stock of the last period; it cannot be retyped.")
    )


def day_words(day: date, today: date) -> str:
    """A day in words; one of this year without the year."""
    return date_format(day, _("F j") if day.year == today.year else "DATE_FORMAT")


def due_words(due_on: date, today: date, missing: int | None = None) -> tuple[str, str]:
    """("due by 10 October · 3 days left", colour of the pill). Red is overdue; with nobody `missing` there is nothing to chase."""
    if missing == 0:
        return _("All have sent in"), "is-green"
    left = (due_on - today).days
    day = day_words(due_on, today)
    if left < 0:
        late = ngettext("%(n)s day overdue", "%(n)s days overdue", -left) % {"n": -left}
        return _("Due by %(day)s · %(late)s") % {"day": day, "late": late}, "is-red"
    if left == 0:
        return _("Due today, %(day)s") % {"day": day}, "is-amber"
    days = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    return _("Due by %(day)s · %(left)s") % {"day": day, "left": days}, "is-amber" if left <= SOON else "is-grey"


def review_due_words(review_due_on: date | None, reports_due_on: date, today: date) -> tuple[str, str]:
    """The due pill of a report that waits for review. What was sent in is not overdue, however long it waits, unless its review
    has a due day too."""
    if review_due_on is not None:
        words, colour = due_words(review_due_on, today)
        return _("Review: %(due)s") % {"due": words}, colour
    if reports_due_on < today:
        return _("Due by %(day)s") % {"day": day_words(reports_due_on, today)}, "is-grey"
    return due_words(reports_due_on, today)


def script_words() -> dict[str, str]:
    """The texts that the page's script shows; the script fills in %(name)s."""
    return {
        "saved": _("Saved automatically %(time)s"),
        "butUnread": _("· %(count)s cells cannot be read and are not saved"),
        "waiting": _("%(count)s changes not saved yet"),
        "saving": _("Saving …"),
        "offline": _("Not saved: the network is interrupted; trying again. What you typed is kept on this computer."),
        "conflict": _("Not saved: somebody else changed the same cells."),
        "refused": _("Not saved: the server refused it. What you typed is kept on this computer."),
        "refusedBecause": _("Not saved: %(said)s"),
        "signed-out": _("Not saved: you have been signed out. What you typed is kept on this computer."),
        "stale-page": _("Not saved: this page is out of date. What you typed is kept on this computer."),
        "signIn": _("Sign in again"),
        "reload": _("Reload the page"),
        "restored": _("%(count)s figures that were not saved last time have been put back."),
        "notYet": _("Not everything is saved yet, so nothing was sent. Wait for the line “Saved automatically”."),
        "unreadLeft": _("%(count)s cells cannot be read; correct them first."),
        "unread": _("Cannot be read"),
        "readAs": _("Please check"),
        "take": _("Use %(text)s"),
        "explain": _("Explanation: %(said)s"),
        "explainHere": _("If this is so, say what happened"),
        "filled": _("Filled %(filled)s / %(all)s"),
        "firstUnfilled": _("Not filled yet:"),
        "allFilled": _("Every cell is filled."),
        "definitionOf": _("Definition · %(line)s"),
        "noDefinition": _("No definition has been given for this indicator."),
        "before": _("Last period: %(text)s"),
        "blank": _("(empty)"),
        "notApplicable": _("N/A"),
        "notHere": _("This line may not be “not applicable”; write 0 where there is none."),
        "pasted": _("%(count)s cells pasted."),
        "pastedComputed": _("%(count)s fell on computed cells and were left out."),
        "pastedLocked": _(
            "%(count)s fell on cells that are locked (sent already, or not asked of that unit) and were left out."
        ),
        "pasteOn": _("Go on with %(count)s more rows on the next page"),
        "pastedOutside": _("%(count)s lay outside the table and were left out."),
        "conflictTitle": _("Somebody else saved this report meanwhile"),
        "line": _("Cell"),
        "yours": _("Yours"),
        "theirs": _("Theirs"),
        "who": _("Who and when"),
        "byAt": _("%(by)s, %(at)s"),
        "allMine": _("All mine"),
        "allTheirs": _("All theirs"),
        "ready": _("%(ready)s of %(open)s units still to send are ready."),
        "decide": _("Go on like this"),
    }


def keys_help() -> list[tuple[tuple[str, ...], str]]:
    """Help on the keyboard of the table, in the order of use."""
    return [
        (("Enter", "↓"), _("next cell")),
        (("Shift+Enter", "↑"), _("cell before")),
        (("Tab",), _("next cell to fill")),
        (("F2",), _("edit inside the cell; the arrows move in the text")),
        (("Esc",), _("take back what was typed in the cell")),
        (("Delete",), _("clear the selected cells")),
        (("Shift+↓",), _("select several cells")),
        (("Ctrl+A",), _("select the whole table")),
        (("Ctrl+C", "Ctrl+V"), _("copy and paste a block, from Excel and WPS too")),
        (("Ctrl+Z", "Ctrl+Y"), _("undo and redo")),
        (("Ctrl+↓",), _("to the end of the filled cells")),
        (("Home", "End"), _("first and last cell")),
        (("Alt+N",), _("not applicable")),
        (("?",), _("this list")),
    ]
