"""The open tasks, units and remembered heads that a free table is matched against: plain values, made by `sources`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from indicators.catalogue.figure_matching import IndicatorNames, names_of_layout
from indicators.layout import Layout
from indicators.periods import Period
from orgs.names.name_matching import OrgNames


@dataclass(frozen=True)
class AskedTask:
    """A task that the uploader may fill. `english`: English names by code; `remembered`: head -> its meaning (HeadName)."""

    id: int
    form_code: str
    form_title: str
    period: Period
    layout: Layout
    english: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> IndicatorNames:
        """The names of the lines, with the English ones."""
        names = names_of_layout(self.layout)
        return names.with_english(self.english) if self.english else names


@dataclass(frozen=True)
class AskedUnits:
    """The units within the uploader's scope. `labels`: code -> name in a list, extended where two have the same name."""

    names: OrgNames
    labels: Mapping[str, str]
