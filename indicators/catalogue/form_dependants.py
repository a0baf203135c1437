"""What depends on a form: tasks, kept by an app above, which registers its answers here.

The submissions app registers at start with `depend_with`, as for the tree (orgs.tree.dependants).
"""

from typing import Protocol


class FormDependants(Protocol):
    """What the app that keeps tasks does for the catalogue."""

    def follow(self, *, county_id: int, old_form_id: int, new_form_id: int) -> int:
        """Moves what the county has under one form to the other; frozen layouts stay. Returns how many tasks moved."""


class NoFormDependants:
    """Used while no app has registered."""

    def follow(self, *, county_id: int, old_form_id: int, new_form_id: int) -> int:
        return 0


_dependants: list[FormDependants] = [NoFormDependants()]


def depend_with(found: FormDependants) -> None:
    """Registers what depends on forms."""
    _dependants[0] = found


def form_dependants() -> FormDependants:
    return _dependants[0]
