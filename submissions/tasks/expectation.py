"""Who owes an answer to a form for a period: decided from the tree on its last day. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from indicators.choices import Expectation
from indicators.periods import Period
from orgs.tree.trees import Node, Tree

Stay = tuple[date, date | None]  # from a day to a day, both inclusive; an open end is None
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asking:
    """Whom a form asks: the unit categories (empty = all), by which rule, inner units too or not, until when."""

    unit_categories: frozenset[str]
    expectation: str
    aggregate_own: bool
    valid_until: date | None

    def asks(self, node: Node) -> bool:
        return not self.unit_categories or node.unit_category in self.unit_categories

    def has_expired(self, period: Period) -> bool:
        return self.valid_until is not None and self.valid_until < period.last_day


def asking_of(form) -> Asking:
    """The Asking of a Form."""
    return Asking(frozenset(form.unit_categories), form.expectation, form.aggregate_own, form.valid_until)


def expected(
    asking: Asking, period: Period, tree: Tree, stays: Mapping[int, Iterable[Stay]], within: int | None = None
) -> list[Node]:
    """The organizations expected, in the tree's fixed order. `tree` is that of the period's last day.

    `stays` are the placements of each organization; they are read only under the whole-period rule, and several that
    meet end to end (a split placement) are one stay. `within` leaves only the branch of one organization.
    """
    if asking.has_expired(period):
        return []
    tops = [within] if within is not None else [root.id for root in tree.roots()]
    asked = [node for top in tops for node in tree.walk(top) if asking.asks(node)]
    above = _above_somebody_asked(asking, tree)
    return [
        node
        for node in asked
        if (asking.aggregate_own or node.id not in above)
        and (asking.expectation == Expectation.PERIOD_END or covers(stays.get(node.id, ()), period))
    ]


def covers(stays: Iterable[Stay], period: Period) -> bool:
    """True where the stays, laid end to end, hold every day of the period."""
    day = period.first_day
    for start, end in sorted(stays, key=lambda stay: stay[0]):
        if start > day:
            return False
        if end is None or end >= period.last_day:
            return True
        day = max(day, end + ONE_DAY)
    return False


def _above_somebody_asked(asking: Asking, tree: Tree) -> set[int]:
    """Ids of organizations with an asked one below them."""
    above: set[int] = set()
    for node in tree.nodes.values():
        if asking.asks(node):
            for ancestor in tree.ancestors(node.id):
                if ancestor.id in above:
                    break
                above.add(ancestor.id)
    return above
