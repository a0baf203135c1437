"""What depends on the tree: reports, which belong to an app above. That app registers its answers here.

The submissions app registers at start with `depend_with` (docs/decisions/149).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # The app above registers itself before any model may be imported.
    from orgs.models import User


class ReportStage(Enum):
    """How far a report is; a report that nobody has begun has no stage."""

    BEGUN = "begun"
    SENT_IN = "sent_in"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class PlacedReport:
    """A report of an organization: it counts at the organization's place on `day`, the last day of its period."""

    organization: int
    form: str
    period: str  # as printed
    day: date
    stage: ReportStage

    @property
    def is_sent_in(self) -> bool:
        return self.stage != ReportStage.BEGUN


@dataclass(frozen=True, slots=True)
class ReviewerChange:
    """A report whose review moves from one organization to another."""

    organization: int
    form: str
    period: str  # as printed
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class DroppedReport:
    """A report that nobody began, of an organization that no longer has a place on the last day of its period."""

    organization: int
    form: str
    period: str  # as printed


@dataclass(frozen=True, slots=True)
class Followed:
    """The adjustments after a change of the tree."""

    reviewers: Sequence[ReviewerChange] = ()
    dropped: Sequence[DroppedReport] = ()


NOTHING_FOLLOWED = Followed()


class Dependants(Protocol):
    """What the app with the reports does for the tree."""

    def reports_of(self, organization_ids: Collection[int]) -> list[PlacedReport]:
        """Every report begun by the organizations, in the order of their days."""

    def follow(self, organization_ids: Collection[int], *, by: "User", at: datetime) -> Followed:
        """Adjusts what is owed and what waits for review to the new places of the organizations."""


class NoDependants:
    """Used while no app has registered."""

    def reports_of(self, organization_ids: Collection[int]) -> list[PlacedReport]:
        return []

    def follow(self, organization_ids: Collection[int], *, by: "User", at: datetime) -> Followed:
        return NOTHING_FOLLOWED


_dependants: list[Dependants] = [NoDependants()]


def depend_with(found: Dependants) -> None:
    """Registers the app that depends on the tree."""
    _dependants[0] = found


def dependants() -> Dependants:
    return _dependants[0]
