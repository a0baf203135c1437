"""The kinds of change that a page offers: what each is called as an act, what it does, to how many organizations at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.choices import SuccessionKind
from orgs.models import Organization


@dataclass(frozen=True)
class KindOfChange:
    """`label`: the act; `sentence`: what it does. `most`: to how many at once."""

    kind: SuccessionKind
    label: str | Promise
    sentence: str | Promise
    most: int = 200


KINDS = {
    one.kind: one
    for one in (
        KindOfChange(
            SuccessionKind.MERGE, gettext_lazy("Merge"),
            gettext_lazy("They become one: one of them, another that exists, or a new one. What stands below them goes with them."),
        ),
        KindOfChange(
            SuccessionKind.CLOSE, gettext_lazy("Close"),
            gettext_lazy("They end for good, and nobody carries them on. Reports already sent in go on counting."),
        ),
        KindOfChange(
            SuccessionKind.RENAME, gettext_lazy("Rename"),
            gettext_lazy("Another full name from the day on; periods that ended before print the old one."),
        ),
        KindOfChange(
            SuccessionKind.MOVE, gettext_lazy("Move"),
            gettext_lazy("Under another organization, into another district or line of work. What stands below goes with it."),
        ),
        KindOfChange(
            SuccessionKind.RECATEGORIZE, gettext_lazy("Change the category"),
            gettext_lazy("Another unit category or organization type, such as a village that becomes a community."),
        ),
        KindOfChange(
            SuccessionKind.SPLIT, gettext_lazy("Split"),
            gettext_lazy("One becomes several; what it reported is divided by the shares that you give, or not at all."), most=1,
        ),
        KindOfChange(
            SuccessionKind.SUSPEND, gettext_lazy("Suspend"),
            gettext_lazy("No place in the tree until they are reopened; nothing is asked of them meanwhile."),
        ),
        KindOfChange(
            SuccessionKind.REOPEN, gettext_lazy("Reopen"),
            gettext_lazy("What was suspended or closed stands again, where it stood last or under another organization."),
        ),
        KindOfChange(
            SuccessionKind.OPEN, gettext_lazy("Open a new unit below"),
            gettext_lazy("A new organization with its own code, under the one that is chosen."), most=1,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class OfferedKind:
    """`why_not`: why it cannot happen to what is chosen; "" where it can."""

    kind: KindOfChange
    why_not: str


def offered_kinds(units: Sequence[Organization]) -> list[OfferedKind]:
    return [OfferedKind(kind, why_not(kind, units)) for kind in KINDS.values()]


def why_not(kind: KindOfChange, units: Sequence[Organization]) -> str:
    """The sentence for a kind that needs fewer organizations; "" where it can happen."""
    if len(units) > kind.most == 1:
        return _("Choose one organization for this; you have chosen %(count)d.") % {"count": len(units)}
    if len(units) > kind.most:
        return _("At most %(most)d at once; you have chosen %(count)d.") % {"most": kind.most, "count": len(units)}
    return ""
