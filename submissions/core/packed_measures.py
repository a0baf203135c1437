"""The packed measures of a report on either basis: everything sent in, or everything approved."""

from typing import NamedTuple

from submissions.choices import STANDING, State

# Where they are found from a submission, in the order of Packed.
PACKED_FIELDS = ("standing__measures", "standing__approved_measures")


class Packed(NamedTuple):
    """One document's measures, made with the unit's earlier documents: all that stand, or the approved ones only.

    `approved_measures` is None where both are the same: nothing earlier is leant on, or everything leant on is approved.
    """

    measures: bytes | None = None
    approved_measures: bytes | None = None

    @property
    def over_approved(self) -> bytes | None:
        return self.measures if self.approved_measures is None else self.approved_measures

    def counted(self, state: str, approved_only: bool) -> bytes | None:
        """The vector that counts under the basis for a report in this state; None where it does not count."""
        if approved_only:
            return self.over_approved if state == State.APPROVED else None
        return self.measures if state in STANDING else None


def packed_of(measures: bytes, over_approved: bytes) -> Packed:
    """The Packed of both bases; stored once where they are the same."""
    return Packed(measures, None if over_approved == measures else over_approved)


def kept_as(measures: bytes | None, approved_measures: bytes | None) -> Packed:
    """The Packed as the database gave it, with bytes to compare: PostgreSQL returns views of its buffer."""
    return Packed(bytes(measures or b""), None if approved_measures is None else bytes(approved_measures))
