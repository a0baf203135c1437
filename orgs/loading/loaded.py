"""What a loader answers: how much was added, changed and left as it was. Knows no file and no command."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Loaded:
    """`what` names the things in the reader's language; `printed` is what the loader alone can say, once (first passwords)."""

    what: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    printed: str = ""

    @property
    def said(self) -> str:
        counts = {"what": self.what, "added": self.added, "changed": self.changed, "unchanged": self.unchanged}
        return _("%(what)s: %(added)d added, %(changed)d changed, %(unchanged)d unchanged.") % counts
