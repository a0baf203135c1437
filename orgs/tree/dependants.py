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
    sent_at: datetime | None = None  # for the first time

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
    """A report nobody began, of an organization that does not owe it any more."""

    organization: int
    form: str
    period: str  # as printed


@dataclass(frozen=True, slots=True)
class ExemptedReport:
    """A report of an organization without a place, exempted: one nobody sent in, or by decision; `key` names it to its keeper."""

    organization: int
    form: str
    period: str  # as printed
    key: int


@dataclass(frozen=True, slots=True)
class ExpectedReport:
    """A report that an organization owes since the tree changed."""

    organization: int
    form: str
    period: str  # as printed


@dataclass(frozen=True, slots=True)
class Followed:
    """The adjustments after a change of the tree."""

    reviewers: Sequence[ReviewerChange] = ()
    dropped: Sequence[DroppedReport] = ()
    exempted: Sequence[ExemptedReport] = ()
    expected: Sequence[ExpectedReport] = ()

    def __add__(self, other: "Followed") -> "Followed":
        return Followed(
            (*self.reviewers, *other.reviewers), (*self.dropped, *other.dropped),
            (*self.exempted, *other.exempted), (*self.expected, *other.expected),
        )  # fmt: skip


NOTHING_FOLLOWED = Followed()


class Dependants(Protocol):
    """What the app with the reports does for the tree."""

    def reports_of(self, organization_ids: Collection[int]) -> list[PlacedReport]:
        """Every report begun by the organizations, in the order of their days."""

    def follow(self, organization_ids: Collection[int], *, because: str, by: "User", at: datetime) -> Followed:
        """Adjusts what is owed and what waits for review to the new places of the organizations.

        `because`: the words with which drafts of organizations without a place are exempted.
        """

    def expect(self, organization_ids: Collection[int], since: date, *, by: "User", at: datetime) -> Followed:
        """Asks the organizations for what they owe for periods that end on the day or later, and drops what they owe no more."""

    def exempt(self, organization_ids: Collection[int], since: date, *, because: str, by: "User", at: datetime) -> Followed:
        """Exempts the reports, also approved ones, for periods that end on the day or later and find the organization nowhere."""

    def lift(self, keys: Collection[int], *, by: "User", at: datetime) -> None:
        """Lifts the exemptions of these reports, where they still are exempt."""


class NoDependants:
    """Used while no app has registered."""

    def reports_of(self, organization_ids: Collection[int]) -> list[PlacedReport]:
        return []

    def follow(self, organization_ids: Collection[int], *, because: str, by: "User", at: datetime) -> Followed:
        return NOTHING_FOLLOWED

    def expect(self, organization_ids: Collection[int], since: date, *, by: "User", at: datetime) -> Followed:
        return NOTHING_FOLLOWED

    def exempt(self, organization_ids: Collection[int], since: date, *, because: str, by: "User", at: datetime) -> Followed:
        return NOTHING_FOLLOWED

    def lift(self, keys: Collection[int], *, by: "User", at: datetime) -> None:
        pass


_dependants: list[Dependants] = [NoDependants()]


def depend_with(found: Dependants) -> None:
    """Registers the app that depends on the tree."""
    _dependants[0] = found


def dependants() -> Dependants:
    return _dependants[0]
