"""The rows in which a unit's answer counts: by its place on the period's day, or by its or its successors' place today."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from indicators.layout import Line
from indicators.measures.document_measures import Plan
from indicators.measures.vectors import Measured, pack, shared_number, shared_out
from orgs.models import Organization, Placement
from orgs.tree.queries import placed_on
from orgs.tree.successions import Heirs, successors_now
from orgs.tree.trees import Node, Tree
from reports.figures.plan.report_trees import counties_below, standing_forest_on
from reports.figures.plan.rows import CATEGORY, Key, keys_for
from submissions.core.packed_measures import Packed

Keys = Callable[[int], tuple[Key, ...]]


@dataclass(frozen=True)
class HeirShares:
    """The part of a divided unit in a row: the shares of all its successors, and the numbers of those in the row."""

    shares: tuple[Decimal, ...]
    numbers: tuple[int, ...]

    @property
    def total(self) -> Decimal:
        return sum((self.shares[number] for number in self.numbers), Decimal(0))

    def of(self, units: int) -> int:
        """The joint share of these successors in a whole number."""
        parts = shared_number(units, [share.as_integer_ratio() for share in self.shares])
        return sum(parts[number] for number in self.numbers)


class RowPlacement(NamedTuple):
    """A unit's answer in one row.

    `shares`: given if it was divided and not all successors are in the row; then it has only additive lanes.
    """

    key: Key
    packed: Packed
    shares: HeirShares | None = None


class ThenPlaces:
    """Places every leaf by the tree of its task's day. `asked`: the days of tasks that make rows."""

    def __init__(self, top: Organization, by: str, thens: dict[date, Tree], inner: frozenset[int], asked: Collection[date]):
        self.tree = thens[max(thens)] if thens else Tree([])
        self.elsewhere: dict[int, Node] = {}
        for tree in thens.values():
            self.elsewhere |= tree.nodes
        self._by = by
        self.above = frozenset().union(*(thens[day].inner_ids() for day in asked))  # organizations with others below them
        self.inner = self.above | inner
        self._keys = {day: _remembering(keys_for(by, tree, top.id, self.inner)) for day, tree in thens.items()}
        self.estimated: set[tuple[Key, date]] = set()
        self.notes: list[str] = []

    def places(self, day: date, org_id: int, category: str, packed: Packed, plan: Plan) -> list[RowPlacement]:
        """The rows of a leaf. `category`: of the unit when its task was opened."""
        keys = self._keys[day](org_id)
        if self._by == CATEGORY:
            keys = tuple(("category", category) if key[0] == "category" else key for key in keys)
        return [RowPlacement(key, packed) for key in keys]

    def emptied(self, found: set[Key]) -> set[Key]:
        return set()


class NowPlaces:
    """Places every leaf where it or its successor is today; estimates are marked."""

    def __init__(self, top: Organization, by: str, today: date, thens: dict[date, Tree]):
        self._top, self._thens = top, thens
        self.tree = standing_forest_on(top, today)
        self.above = frozenset(self.tree.inner_ids())
        self.inner: frozenset[int] = frozenset()  # both periods use the same tree
        self._names = {org_id: node.name for tree in thens.values() for org_id, node in tree.nodes.items()}
        self.elsewhere: dict[int, Node] = {}
        self._keys = _remembering(keys_for(by, self.tree, top.id))
        self._keys_then = {day: _remembering(keys_for(by, tree, top.id)) for day, tree in thens.items()}
        counties = counties_below(top, today)
        self._heirs = {day: _heirs_in(counties, today, day) for day in thens}
        placed = Placement.objects.filter(placed_on(today), county_id__in=counties)
        self._placed = frozenset(placed.values_list("organization_id", flat=True))
        self._left: set[Key] = set()
        self.estimated: set[tuple[Key, date]] = set()
        self.notes: list[str] = []

    def places(self, day: date, org_id: int, category: str, packed: Packed, plan: Plan) -> Iterator[RowPlacement]:
        """The rows of the successor of today, whatever `category` the unit had."""
        self._left.update(key for key in self._keys_then[day](org_id) if key[0] == "branch" and key[1] in self.tree)
        heirs = self._heirs[day].get(org_id)
        if heirs is None:
            return (RowPlacement(key, packed) for key in self._rows_of(day, org_id, org_id))
        if any(share is None for _heir_id, share in heirs):
            return (RowPlacement(key, packed) for key in self._apart(day, org_id, "unshared"))
        return self._inherited(day, org_id, heirs, packed, plan)

    def _rows_of(self, day: date, org_id: int, heir_id: int) -> tuple[Key, ...]:
        """The successor's rows; none if it is outside this branch today; a separate row if it has no place at all."""
        if heir_id in self.tree:
            return self._keys(heir_id)
        return () if heir_id in self._placed else self._apart(day, org_id, "gone")

    def _apart(self, day: date, org_id: int, why: str) -> tuple[Key, ...]:
        """The row for an answer without a successor of today: it stays in the total, in a row of its own, and is named."""
        if not self._keys_then[day](org_id):
            return ()
        self.notes.append(
            {
                "gone": _("%(name)s was closed without successor; its figures stand apart."),
                "unshared": _("%(name)s was split without recorded shares; its figures cannot be compared and stand apart."),
            }[why]
            % {"name": self._names.get(org_id, org_id)}
        )
        return ("total", self._top.id), ("apart", why)

    def _inherited(self, day: date, org_id: int, heirs: Heirs, packed: Packed, plan: Plan) -> Iterator[RowPlacement]:
        """A row with all successors has the whole answer, once; a row with some of them has their shares."""
        inside: dict[Key, list[int]] = {}
        for number, (heir_id, _share) in enumerate(heirs):
            for key in self._rows_of(day, org_id, heir_id):
                inside.setdefault(key, []).append(number)
        shares = [share for _heir_id, share in heirs]
        for key, numbers in inside.items():
            if self._is_estimate(day, org_id, key, len(numbers) < len(heirs)):
                self.estimated.add((key, day))
            if len(numbers) == len(heirs):
                yield RowPlacement(key, packed)
                continue
            parts = (_part_of(vector, plan, shares, numbers) for vector in packed)
            yield RowPlacement(key, Packed(*parts), HeirShares(tuple(shares), tuple(numbers)))

    def _is_estimate(self, day: date, org_id: int, key: Key, is_part: bool) -> bool:
        """Whether the answer is an estimate: a share is one; a whole answer is one if it comes from another row."""
        return is_part or (key[0] not in ("total", "apart") and key not in self._keys_then[day](org_id))

    def emptied(self, found: set[Key]) -> set[Key]:
        return self._left - found


def _part_of(vector: bytes | None, plan: Plan, shares: Sequence[Decimal], numbers: Sequence[int]) -> bytes | None:
    """The joint share of the successors with these numbers."""
    if vector is None:
        return None
    parts = _shared_out(bytes(vector), plan, tuple(share.as_integer_ratio() for share in shares))
    together = zip(*(parts[number] for number in numbers), strict=True)
    return pack(map(_together, together), plan.widths)


@lru_cache(maxsize=8)
def _shared_out(vector: bytes, plan: Plan, shares: tuple[tuple[int, int], ...]) -> list[list[Measured]]:
    """The shares of all successors, cached for the other rows with successors of the same unit."""
    return shared_out(vector, plan.widths, shares, additive_measures(plan))


def additive_measures(plan: Plan) -> frozenset[int]:
    """The measures, by number, that the successors of a split unit can share."""
    return frozenset(number for number, measure in enumerate(plan.measures) if is_additive(plan.layout.by_key[measure.key]))


def is_additive(line: Line) -> bool:
    """Whether the line is added over units, and is no side of a ratio."""
    return kind_of(line).is_shareable(line)


def _together(values: tuple[Measured, ...]) -> Measured:
    """The shares of several successors in one row: for one unit all are numbers, or none is."""
    return sum(values) if isinstance(values[0], int) else values[0]


def _heirs_in(county_ids: Iterable[int], today: date, since: date) -> dict[int, Heirs]:
    """Organization -> its successors, over all counties."""
    return {
        org_id: heirs for county_id in county_ids for org_id, heirs in successors_now(county_id, today, since=since).items()
    }


def _remembering(keys: Keys) -> Keys:
    """Caches the function by organization, so that the tree is read once for each."""
    known: dict[int, tuple[Key, ...]] = {}

    def ask(org_id: int) -> tuple[Key, ...]:
        if org_id not in known:
            known[org_id] = keys(org_id)
        return known[org_id]

    return ask
