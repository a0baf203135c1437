"""The sums of a whole branch and how units are added to them: two large integers and the counts of expected units."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat

from indicators.measures.vectors import Totals
from submissions.choices import STANDING, State
from submissions.core.packed_measures import Packed

EXEMPT = "exempt"  # counted beside the unit categories: such units have a row, but owe nothing


@dataclass(frozen=True)
class BranchSums:
    """The decoded sums of one branch: over everything sent in, over everything approved, with the expected units."""

    submitted: Totals
    approved: Totals
    expected: dict[str, int]  # unit category -> units that owe an answer; EXEMPT -> units that do not
    returned: dict[str, int] = field(default_factory=dict)  # unit category -> those of them that are to correct and send again

    @cached_property
    def owed(self) -> int:
        """How many units owe an answer, of all categories."""
        return sum(count for category, count in self.expected.items() if category != EXEMPT)

    def approved_bytes(self) -> bytes:
        """Empty if everything sent in is approved: most sums of a past year are stored once, not twice."""
        return b"" if self.approved is self.submitted else self.approved.to_bytes()


@dataclass
class Tally:
    """Sums under construction: two large integers and the expectation. Adding is exact."""

    submitted: int = 0
    approved: int = 0
    expected: Counter = field(default_factory=Counter)
    returned: Counter = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        self.submitted += other.submitted
        self.approved += other.approved
        self.expected.update(other.expected)
        self.returned.update(other.returned)

    def add_units(self, unit_category: str, state: str, answers: Sequence[Packed]) -> None:
        """Units of one category in one state, as `submissions.tasks.progress.COUNTED_STATE` gives it."""
        exceptions = [answer for answer in answers if answer.approved_measures is not None]
        self.add_vectors(unit_category, state, [answer.measures for answer in answers], exceptions)

    def add_vectors(
        self, unit_category: str, state: str, measures: Sequence[bytes | None], exceptions: Sequence[Packed]
    ) -> None:
        """The same from the vectors of all units, with the few that differ on the approved basis."""
        self.expected[EXEMPT if state == State.EXEMPT else unit_category] += len(measures)
        if state == State.RETURNED:
            self.returned[unit_category] += len(measures)
        if state in STANDING:
            amount = _sum_of(measures)
            self.submitted += amount
            if state == State.APPROVED:
                self.approved += amount + sum(map(_difference, exceptions))

    def branch(self, size: int) -> BranchSums:
        submitted = Totals(self.submitted, size)
        approved = submitted if self.approved == self.submitted else Totals(self.approved, size)
        return BranchSums(submitted, approved, dict(self.expected), dict(self.returned))


def _sum_of(vectors: Iterable[bytes | None]) -> int:
    """The sum of the vectors; a unit whose version has no measures has None."""
    return sum(map(int.from_bytes, filter(None, vectors), repeat("little")))


def _difference(answer: Packed) -> int:
    """The difference between the unit's measures on the approved basis and on the submitted basis."""
    return _sum_of([answer.over_approved]) - _sum_of([answer.measures])
