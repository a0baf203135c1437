"""Which typed cells of a unit's reports a measure is made of: of its own period, and of earlier ones that it looks back at. Pure."""

from collections.abc import Iterator
from functools import lru_cache

from indicators.formulas import Reference, parse
from indicators.kinds.registry import kind_of
from indicators.layout import Layout
from indicators.measures.dependencies import periods_of_reference
from indicators.measures.document_measures import Measure
from indicators.periods import Period

Cell = tuple[Period, str]  # a report of the same form, and the key of a typed cell in it


@lru_cache(maxsize=4096)
def cells_behind(layout: Layout, measure: Measure, period: Period) -> frozenset[Cell]:
    """Every cell whose figure may change what this measure of `period` is worth."""
    line = layout.by_key[measure.key]
    periods = {period, *_running_back(measure, period)}
    found = {(one, key) for one in periods for key in _typed(layout, line.key, set())}
    for text in filter(None, kind_of(line).measured_formulas(line, measure.role)):
        found |= set(_of_formula(layout, text, period, set()))
    return frozenset(found | set(_look_backs(layout, line.key, period, set())))


def _running_back(measure: Measure, period: Period) -> list[Period]:
    """A part is the total less the one before; a rest what the total adds to those known earlier in the year."""
    year = period.year_to_date()[:-1]
    return {"part": year[-1:], "rest": year}.get(measure.role, [])


def _of_formula(layout: Layout, text: str, period: Period, seen: set[str]) -> Iterator[Cell]:
    for reference in parse(text).references:
        yield from _of_reference(layout, reference, period, seen)


def _of_reference(layout: Layout, reference: Reference, period: Period, seen: set[str]) -> Iterator[Cell]:
    """An earlier document is computed from itself alone, so that nothing looks back twice."""
    for earlier in periods_of_reference(layout, reference, period):
        yield from ((earlier, key) for key in _typed(layout, reference.key, set()))
    if reference.shift in ("", "ytd"):
        yield from ((period, key) for key in _typed(layout, reference.key, set()))
        yield from _look_backs(layout, reference.key, period, seen)


def _look_backs(layout: Layout, key: str, period: Period, seen: set[str]) -> Iterator[Cell]:
    """What the formulas of a computed line look back at, its inputs' formulas too."""
    line = layout.by_key.get(key)
    if line is None or key in seen:
        return
    seen.add(key)
    for text in filter(None, kind_of(line).formulas(line)):
        yield from _of_formula(layout, text, period, seen)


def _typed(layout: Layout, key: str, seen: set[str]) -> Iterator[str]:
    """The typed cells of one document that a line is or is computed from."""
    line = layout.by_key.get(key)
    if line is None or key in seen:
        return
    seen.add(key)
    if not line.is_computed:
        yield key
        return
    for text in filter(None, kind_of(line).formulas(line)):
        for reference in parse(text).references:
            if reference.shift in ("", "ytd"):
                yield from _typed(layout, reference.key, seen)
