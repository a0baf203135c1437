"""The frozen lines of a form: every figure it asks, in order, with what its cells mean; plain values."""

import json
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache


@dataclass(frozen=True)
class Line:
    """One line of a table: an indicator, or one item of its breakdown (`item`, with its `dimension`)."""

    code: str
    item: str  # "" for the indicator itself
    dimension: int
    name: str  # of the indicator
    unit: str
    kind: str
    org_rule: str
    period_rule: str
    decimals: int
    direction: str
    na_allowed: bool
    negative_allowed: bool
    required: bool
    section: str
    part_of: str  # code, or ""
    breakdown_is_complete: bool
    numerator: str
    denominator: str
    formula: str
    condition: str
    definition: str
    unit_categories: tuple[str, ...]  # empty: everyone who fills the form
    # Computed from this form's lines though the form does not print it: measured all the same, so that reports can ask for it.
    is_derived: bool = False
    # The first day from which figures of this meaning are comparable, as text; "": no break. Of a computed line also its inputs'.
    comparable_since: str = ""

    @property
    def key(self) -> str:
        return f"{self.code}:{self.item}" if self.item else self.code

    @property
    def label(self) -> str:
        return self.item or self.name

    @property
    def is_computed(self) -> bool:
        return bool(self.numerator or self.formula)

    def asks(self, unit_category: str) -> bool:
        return not self.unit_categories or unit_category in self.unit_categories


@dataclass(frozen=True, eq=False)
class Layout:
    """The lines of one form as they stood when a task was opened. Compared by identity: it is a key of caches."""

    lines: tuple[Line, ...]

    @cached_property
    def by_key(self) -> dict[str, Line]:
        return {line.key: line for line in self.lines}

    @cached_property
    def printed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_derived)

    @cached_property
    def typed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_computed)

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(line.code for line in self.lines)

    def asked_of(self, unit_category: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.asks(unit_category))

    def to_text(self) -> str:
        return json.dumps([asdict(line) for line in self.lines], ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=256)
def read_layout(text: str) -> Layout:
    """Text of `to_text` -> Layout. Cached by the text itself: a frozen layout is parsed once per process."""
    rows = json.loads(text)
    return Layout(tuple(Line(**{**row, "unit_categories": tuple(row["unit_categories"])}) for row in rows))
