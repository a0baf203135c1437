"""The result of a load: how much was added, changed and left, what changed in words, whose reports it touches."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_WORDS = 20  # changes listed in the one line of a load; --dry-run lists all


@dataclass(frozen=True)
class Loaded:
    """`what` names the things in the reader's language; `printed` is what the loader alone can say, once (first passwords).

    `made` and `changes`: a sentence for each thing that is new, and for each that is changed (from what to what) or ended.
    `touched`: the reports already sent in or approved that a change concerns, a sentence each. `notes`: what else happened.
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
        """Line by line what would be done."""
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
