"""Finds which units of a county report an indicator, and which of them a list of units leaves out."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from indicators.choices import Expectation, Frequency
from indicators.definitions import lines_of_forms
from indicators.periods import period_holding
from orgs.tree.trees import Node, Tree
from reports.external.bindings.bindings import OWN
from reports.external.names.unit_names import UnitMeant
from reports.figures.plan.rows import CATEGORY
from submissions.models import Task
from submissions.tasks.expectation import asking_of, expected


@dataclass
class Reporters:
    """The reporting units in the tree of a day."""

    county_id: int
    tree: Tree
    day: date
    _seen: dict[str, dict[str, Node]] = field(default_factory=dict)

    def of(self, code: str) -> dict[str, Node]:
        """The units that forms of the county ask for the indicator, by code; none where no form has it."""
        if code not in self._seen:
            self._seen[code] = self._reporters(code)
        return self._seen[code]

    def left_out(self, code: str, units: Iterable[UnitMeant], below: str = "") -> list[Node]:
        """The units that report the figure and are neither in `units` nor below one of them.

        `below`: only those below this organization.
        """
        units = list(units)
        branches = {one.org for one in units if one.by not in (OWN, CATEGORY)}
        alone = {one.org for one in units if one.by == OWN}
        categories = {one.org for one in units if one.by == CATEGORY}
        return [
            node
            for node in self.of(code).values()
            if (not below or below in self._branch(node))
            and branches.isdisjoint(self._branch(node))
            and node.code not in alone
            and node.unit_category not in categories
        ]

    def _branch(self, node: Node) -> set[str]:
        return {node.code, *(above.code for above in self.tree.ancestors(node.id))}

    def _reporters(self, code: str) -> dict[str, Node]:
        forms = set(Task.objects.filter(county_id=self.county_id).values_list("form_id", flat=True))
        lines = lines_of_forms(self.county_id).filter(indicator__code=code, form_id__in=forms).select_related("form")
        period = period_holding(self.day, Frequency.QUARTER)
        found: dict[str, Node] = {}
        for line in lines:
            asking = replace(asking_of(line.form), expectation=Expectation.PERIOD_END, valid_until=None)
            nodes = expected(asking, period, self.tree, {})
            found |= {
                node.code: node for node in nodes if not line.unit_categories or node.unit_category in line.unit_categories
            }
        return found
