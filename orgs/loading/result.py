"""The result of a load: how much was added, changed and left, what changed in words, which reports are affected."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_WORDS = 20  # changes listed in the one line of a load; --dry-run lists all


@dataclass(frozen=True)
class Loaded:
    """`what` names the things in the reader's language; `printed` is output that is shown once (first passwords).

    `made` and `changes`: a sentence for each new thing, and for each changed (with old and new) or ended one. `touched`: a
    sentence for each affected report that is sent in or approved. `notes`: other effects.
    """

    what: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    printed: str = ""
    made: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One line: the counts, the changes, the reports touched, the notes."""
        return " ".join((self._counts, *self._first_changes(MOST_WORDS), *self.touched, *self.notes))

    @property
    def plan(self) -> list[str]:
        """The changes line by line, for a dry run."""
        lines = [*self.made, *self.changes, *self.touched, *self.notes]
        return [*lines, self._counts, _("This was a trial (--dry-run): nothing was written.")]

    @property
    def _counts(self) -> str:
        counts = {"what": self.what, "added": self.added, "changed": self.changed, "unchanged": self.unchanged}
        return _("%(what)s: %(added)d added, %(changed)d changed, %(unchanged)d unchanged.") % counts

    def _first_changes(self, most: int) -> list[str]:
        more = len(self.changes) - most
        rest = [_("%(count)d more changes are in the audit trail.") % {"count": more}] if more > 0 else []
        return [*self.changes[:most], *rest]
