"""Where organizations stood and what became of them, and which answers a row of a report is about. Imports nothing of ours.

Under `then` an answer counts where its unit stood on the last day of its period; under `now` where the unit, or what it was merged or
split into since, stands today.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

Span = tuple[str | None, date, date | None]  # parent, from, to
APART = {"gone": "Closed since, without successor", "unshared": "Split since, no shares recorded"}


@dataclass(frozen=True)
class Heir:
    org: str
    share: Fraction | None


@dataclass
class Places:
    """`spans`: of every organization; `changes`: merges and splits in order of their days; `categories`: of today."""

    spans: dict[str, list[Span]] = field(default_factory=dict)
    changes: list[tuple[date, tuple[str, ...], tuple[Heir, ...]]] = field(default_factory=list)
    categories: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)  # as they were founded

    def parent(self, org: str, day: date) -> str | None:
        return next((parent for parent, start, end in self.spans[org] if start <= day and (end is None or day <= end)), None)

    def stands(self, org: str, day: date) -> bool:
        return any(start <= day and (end is None or day <= end) for _parent, start, end in self.spans[org])

    def is_below(self, org: str, top: str, day: date) -> bool:
        """At or below."""
        one = org if self.stands(org, day) else None
        while one is not None and one != top:
            one = self.parent(one, day)
        return one == top

    def has_below(self, org: str, day: date) -> bool:
        return any(self.parent(one, day) == org for one in self.spans)

    def end(self, org: str, on: date) -> None:
        """No place from the day on."""
        eve = on - timedelta(days=1)
        self.spans[org] = [(parent, start, min(end or eve, eve)) for parent, start, end in self.spans[org] if start < on]

    def put(self, org: str, parent: str, on: date) -> None:
        """Under the parent from the day on."""
        self.end(org, on)
        self.spans[org].append((parent, on, None))

    def found(self, org: str, category: str, spans: list[Span]) -> None:
        self.spans[org], self.categories[org] = spans, category
        self.order.append(org)

    def heirs(self, org: str, since: date, today: date) -> list[Heir]:
        """Who carries today what the organization reported on a day; itself where nothing happened to it since."""
        carried: dict[str, Fraction | None] = {org: Fraction(1)}
        for on, predecessors, successors in sorted(self.changes, key=lambda change: change[0]):
            if not since < on <= today:
                continue
            handed: dict[str, Fraction | None] = {}
            for heir, share in carried.items():
                for successor in successors if heir in predecessors else (Heir(heir, Fraction(1)),):
                    parts = (share, successor.share)
                    part = None if None in parts else share * successor.share
                    had = handed.get(successor.org, Fraction(0))
                    handed[successor.org] = None if part is None or had is None else had + part
            carried = handed
        return [Heir(one, carried[one]) for one in self.order if one in carried]


@dataclass(frozen=True)
class Asked:
    """Where a report was asked and how: the organization, the way its rows are made, the tree, today."""

    top: str
    way: str
    tree: str
    today: date


@dataclass(frozen=True)
class Held:
    """How a row holds an answer: all of it (no shares), or what some of its heirs (by number) have of the shares."""

    shares: tuple[Fraction, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def is_part(self) -> bool:
        return bool(self.shares)


WHOLE = Held()


@dataclass
class RowMembers:
    """The answers of one row of a grid, by what stands in it: code, kind, name."""

    places: Places
    asked: Asked
    org: str
    kind: str
    name: str = ""
    _known: dict[tuple[str, date, str], Held | None] = field(default_factory=dict)

    def held(self, org: str, day: date, category: str) -> Held | None:
        """How the answer that a unit of a category gave for a period ending on the day stands in the row; None: not at all."""
        key = (org, day, category)
        if key not in self._known:
            self._known[key] = self._held_then(org, day, category) if self.asked.tree == "then" else self._held_now(org, day)
        return self._known[key]

    def _held_then(self, org: str, day: date, category: str) -> Held | None:
        return WHOLE if self._is_here(org, day, category) else None

    def _is_here(self, org: str, day: date, category: str) -> bool:
        """Whether who stands there on a day, being of the category, is of this row."""
        if not self.places.is_below(org, self.asked.top, day) or self._is_apart:
            return False
        if self.kind == "total":
            return True
        if self.asked.way == "unit_category":
            return category == self.org
        if self.kind == "own" or (self.asked.way == "units" and self.kind == "unit"):
            return org == self.org
        return self.places.is_below(org, self.org, day)

    @property
    def _is_apart(self) -> bool:
        return not self.org

    def _held_now(self, org: str, day: date) -> Held | None:
        heirs = self.places.heirs(org, day, self.asked.today)
        if any(heir.share is None for heir in heirs):
            return WHOLE if self._is_left_over(org, day, "unshared") else None
        numbers = tuple(number for number, heir in enumerate(heirs) if self._is_now_here(org, day, heir.org))
        if len(numbers) in (0, len(heirs)):
            return WHOLE if numbers else None
        return Held(tuple(heir.share for heir in heirs), numbers)

    def _is_now_here(self, org: str, day: date, heir: str) -> bool:
        if self.places.stands(heir, self.asked.today):
            return self._is_here(heir, self.asked.today, self.places.categories[heir])
        return self._is_left_over(org, day, "gone")

    def _is_left_over(self, org: str, day: date, why: str) -> bool:
        """What nobody of today carries stands apart, where it stood when it reported."""
        is_row = self.kind == "total" or (self._is_apart and self.name == APART[why])
        return is_row and self.places.is_below(org, self.asked.top, day)


@dataclass
class SomeUnits:
    """Some units' answers in a row."""

    row: RowMembers
    orgs: frozenset[str]

    def held(self, org: str, day: date, category: str) -> Held | None:
        return self.row.held(org, day, category) if org in self.orgs else None


def one_unit(places: Places, asked: Asked, org: str, kind: str, days: list[date]) -> bool:
    """Whether a row is one unit's: nobody stands below it on the days asked (or today)."""
    if kind not in ("total", "unit", "own"):
        return False
    if kind == "own" or (asked.way == "units" and kind == "unit"):
        return True
    looked = days if asked.tree == "then" else [asked.today]
    return not any(places.has_below(org, day) for day in looked)
