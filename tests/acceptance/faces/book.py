"""Every text that a face printed for a number, side by side."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

PERIOD, YEAR = "period", "ytd"
APPROVED, SUBMITTED = "approved", "submitted"


@dataclass(frozen=True, order=True)
class Number:
    """One figure of one organization (its own, or the sum of its branch) in one period."""

    org: str
    period: str
    key: str
    view: str = PERIOD
    basis: str = APPROVED

    def at(self, period: str) -> "Number":
        """The same of another period, which is over: what stands there is approved."""
        return replace(self, period=period, view=PERIOD)

    @property
    def to_date(self) -> "Number":
        return replace(self, view=YEAR)


@dataclass
class Book:
    """Number -> what each face printed for it; a face that prints it twice stands twice where the texts differ."""

    texts: dict[Number, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))

    def put(self, face: str, number: Number, text: str) -> None:
        """不适用 of one unit is the same text everywhere (decision 188); an upper level's table has it in Chinese, whoever fills it."""
        self.texts[number].add((face, "N/A" if text == "不适用" else text))

    def faces_of(self, number: Number) -> set[str]:
        return {face for face, _text in self.texts[number]}

    def differing(self) -> dict[Number, list[tuple[str, str]]]:
        """Numbers for which two faces print two texts."""
        return {number: sorted(texts) for number, texts in self.texts.items() if len({text for _face, text in texts}) > 1}
