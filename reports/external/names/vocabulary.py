"""The names that heads of an upper level's table may use: those of the county's units and indicators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from indicators.catalogue.figure_matching import IndicatorNames
from indicators.definitions import indicators_in_use, lines_of_forms
from indicators.kinds.registry import kind_of
from orgs.models import Organization
from orgs.names.name_matching import Candidate, OrgNames
from orgs.tree.trees import Tree
from reports.external.bindings.bindings import SURE
from reports.external.names.figure_names import FigureNames, names_of
from reports.external.names.figure_traits import traits_of
from reports.external.names.reporters import Reporters
from reports.external.names.unit_names import UnitNames
from reports.figures.plan.report_trees import forest_on
from reports.scope.task_queries import indicators_asked
from submissions.models import Task


@dataclass(frozen=True)
class Vocabulary:
    """The names of one county, as of a day."""

    units: UnitNames
    figures: FigureNames
    reporters: Reporters

    def is_unit(self, text: str) -> bool:
        """Whether the text surely names a unit or the whole."""
        found = self.units.unit(text)
        return found is not None and found.certainty == SURE

    def is_code(self, text: str) -> bool:
        return self.units.by_code(text) is not None

    def names(self, text: str) -> str:
        """What a text surely names: "unit" or "figure"; "" for anything else."""
        if self.is_unit(text):
            return "unit"
        return "figure" if self.figures.is_sure(text) else ""


def vocabulary_of(county: Organization, day: date) -> Vocabulary:
    """The names of all organizations at or below the county on a day, and of all indicators.

    Indicators that it was asked come first.
    """
    tree = forest_on(county, day)
    units = UnitNames(
        county.code, OrgNames(_candidates(tree)), {county.code: county.name} | {node.code: node.name for node in tree.nodes.values()},
        frozenset(node.code for node in tree.nodes.values() if tree.is_inner(node.id)),
    )  # fmt: skip
    figures = _figures(county, units)
    return Vocabulary(units, figures, Reporters(county.id, tree, day))


def _figures(county: Organization, units: UnitNames) -> FigureNames:
    known = list(
        indicators_in_use(county.id)
        .select_related("part_of")
        .prefetch_related("breakdown_items")
        .order_by("sort_order", "code")
    )
    used = {indicator.code for indicator in indicators_asked(county.id)}
    return FigureNames(
        IndicatorNames(names_of(indicator for indicator in known if indicator.code in used)),
        IndicatorNames(names_of(known)),
        {one.code: one.decimals for one in known if kind_of(one).is_share or kind_of(one).is_mean(one)},
        _sections(county),
        lambda text: (found := units.unit(text)) is not None and found.certainty == SURE,
        traits_of(county.id, known),
    )


def _sections(county: Organization) -> Mapping[str, set[str]]:
    """Code -> the sections that contain it on the county's forms; if no form of the county ever asked it, on any form."""
    found: dict[str, dict[bool, set[str]]] = defaultdict(lambda: {True: set(), False: set()})
    used_forms = set(Task.objects.filter(county_id=county.id).values_list("form_id", flat=True))
    for code, section, form_id in lines_of_forms(county.id).values_list("indicator__code", "section", "form_id"):
        found[code][form_id in used_forms].add(section.strip())
    return {code: sections[True] or sections[False] for code, sections in found.items()}


def _candidates(tree: Tree) -> Iterable[Candidate]:
    for node in tree.nodes.values():
        above = tree.ancestors(node.id)
        names = tuple(name for other in above for name in (other.name, other.short_name) if name)
        yield Candidate(node.code, node.name, node.short_name, names)
