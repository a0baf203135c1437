"""How an indicator relates to time: over a period, on a day or cumulative since January; and how often it is asked for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from indicators.choices import Kind
from indicators.definitions import lines_of_forms
from indicators.formulas import parse
from indicators.kinds.registry import KINDS, kind_of
from indicators.models import Indicator
from submissions.models import Task


@dataclass(frozen=True)
class FigureTraits:
    """The relation of one indicator to time. `is_running`: a running total, or computed from one.

    `is_of_day`: its value is as of a day, like a stock. `frequencies`: of the forms that ask the county for it; if none do, of
    all forms that have it.
    """

    is_running: bool
    is_of_day: bool
    frequencies: frozenset[str]


def traits_of(county_id: int, indicators: Iterable[Indicator]) -> Mapping[str, FigureTraits]:
    """The traits of the indicators by code, in two queries."""
    indicators = list(indicators)
    kinds = {one.code: kind_of(one) for one in indicators}
    frequencies = _frequencies(county_id)
    found = {}
    for one in indicators:
        parts = {kinds.get(code, KINDS[Kind.FLOW]) for code in _made_of(one)} or {kind_of(one)}
        found[one.code] = FigureTraits(
            any(kind.is_running for kind in parts),
            all(kind.is_state for kind in parts),
            frozenset(frequencies.get(one.code) or {one.frequency}),
        )
    return found


def _made_of(indicator: Indicator) -> set[str]:
    """The codes from which it is computed."""
    texts = kind_of(indicator).formulas(indicator)
    return {reference.code for text in texts for reference in parse(text).references}


def _frequencies(county_id: int) -> Mapping[str, Collection[str]]:
    used_forms = set(Task.objects.filter(county_id=county_id).values_list("form_id", flat=True))
    found: dict[str, dict[bool, set[str]]] = defaultdict(lambda: {True: set(), False: set()})
    for code, frequency, form_id in lines_of_forms(county_id).values_list("indicator__code", "form__frequency", "form_id"):
        found[code][form_id in used_forms].add(frequency)
    return {code: by_use[True] or by_use[False] for code, by_use in found.items()}
