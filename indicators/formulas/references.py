"""What a formula may point at: a figure of this document, or the same figure of another period."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from indicators.values.documents import Figure
from indicators.values.exact_numbers import Exact

SHIFTS = ("prev", "ytd", "same_last_year")


@dataclass(frozen=True)
class Reference:
    """`{CODE}`, `{CODE:item}`, `{CODE@prev}`: a figure key with the period it is taken from ("" = this one)."""

    code: str
    item: str = ""
    shift: str = ""

    @property
    def key(self) -> str:
        return f"{self.code}:{self.item}" if self.item else self.code

    @property
    def now(self) -> "Reference":
        """The same figure in this period's document."""
        return replace(self, shift="") if self.shift else self

    def __str__(self) -> str:
        return "{" + self.key + (f"@{self.shift}" if self.shift else "") + "}"


# None = not reported, "NA" = not applicable. What is computed may be a Fraction.
Resolve = Callable[[Reference], Figure | Exact | None]
