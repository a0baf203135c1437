"""What depends on a form: tasks, kept by an app above, which registers its answers here.

The submissions app registers at start with `depend_with`, as for the tree (orgs.tree.dependants).
"""

from dataclasses import dataclass
from typing import Protocol

from indicators.periods import Period


@dataclass(frozen=True)
class RunningTask:
    """A task that still takes reports, and how many of its reports are not approved yet."""

    period: Period
    unsettled: int


@dataclass(frozen=True)
class FormUse:
    """What a county has of a form: how many tasks, of which periods, and those that are under way, the oldest first."""

    tasks: int = 0
    first: Period | None = None
    last: Period | None = None
    running: tuple[RunningTask, ...] = ()


class FormDependants(Protocol):
    """What the app that keeps tasks does for the catalogue."""

    def follow(self, *, county_id: int, old_form_id: int, new_form_id: int) -> int:
        """Moves what the county has under one form to the other; frozen layouts stay. Returns how many tasks moved."""

    def use_of(self, *, county_id: int, form_id: int) -> FormUse:
        """The county's tasks of the form."""


class NoFormDependants:
    """Used while no app has registered."""

    def follow(self, *, county_id: int, old_form_id: int, new_form_id: int) -> int:
        return 0

    def use_of(self, *, county_id: int, form_id: int) -> FormUse:
        return FormUse()


_dependants: list[FormDependants] = [NoFormDependants()]


def depend_with(found: FormDependants) -> None:
    """Registers what depends on forms."""
    _dependants[0] = found


def form_dependants() -> FormDependants:
    return _dependants[0]
