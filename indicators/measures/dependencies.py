"""Which earlier periods a measure leans on: by its kind, and by what its formulas look back at."""

from collections.abc import Iterable, Iterator

from indicators.formulas import Reference, parse
from indicators.kinds.registry import kind_of
from indicators.layout import Layout
from indicators.measures.document_measures import Measure
from indicators.periods import Period


def periods_leaned_on(layout: Layout, measure: Measure, period: Period) -> frozenset[Period]:
    """The earlier periods whose documents change what this measure of `period` is worth."""
    line = layout.by_key[measure.key]
    if measure.role == "part":
        return frozenset(period.year_to_date()[-2:-1])
    found: set[Period] = set()
    for reference in _references(layout, kind_of(line).measured_formulas(line, measure.role), set()):
        found.update(periods_of_reference(layout, reference, period))
    return frozenset(found)


def _references(layout: Layout, texts: Iterable[str], seen: set[str]) -> Iterator[Reference]:
    """Of these formulas, and of the computed lines they are made of."""
    for text in filter(None, texts):
        for reference in parse(text).references:
            yield reference
            line = layout.by_key.get(reference.key)
            if not reference.shift and line is not None and line.is_computed and line.key not in seen:
                seen.add(line.key)
                yield from _references(layout, kind_of(line).formulas(line), seen)


def periods_of_reference(layout: Layout, reference: Reference, period: Period) -> list[Period]:
    """The earlier periods that one reference in a formula of `period` points at."""
    if reference.shift == "prev":
        return [period.previous()]
    if reference.shift == "same_last_year":
        last_year = period.same_last_year()
        return [last_year] if last_year else []
    line = layout.by_key.get(reference.key)
    adds_up = line is not None and kind_of(line).adds_over_time(line)
    return period.year_to_date()[:-1] if reference.shift == "ytd" and adds_up else []
