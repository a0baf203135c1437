"""From one sealed document to measures that simply add: decided once, at the leaf, by the kind of each line.

| line | measures |
|---|---|
| flow, stock, score | value |
| running total | total; part of this period (total less the one before, empty where that is missing); rest: only where the part is
  empty, the total less the last one known this year, so that parts and rests of a year add up to its last known total |
| ratio | numerator and denominator, only where the unit gave both |
| number meeting a condition | 1 or 0 |

Every measure is kept as a whole number by its scale (indicators.measures.scales), so that nothing is rounded before it is printed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from indicators.choices import PeriodRule
from indicators.formulas import Formula, Reference, parse
from indicators.kinds.kind import Defined, ScaleSource
from indicators.kinds.ratio import quotient
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.measures.history import NOTHING_EARLIER, Document, EarlierDocuments
from indicators.measures.scales import Scale, Scales
from indicators.measures.vectors import LANE_BYTES, Measured, Totals, measured_of, together
from indicators.measures.vectors import pack as pack_lanes
from indicators.values.documents import NA, Figure
from indicators.values.exact_numbers import Exact, added, as_decimal, minus


@dataclass(frozen=True)
class Measure:
    """One number of a line: in which lanes it stands, by which scale, and how it adds up over periods."""

    key: str  # of the line
    role: str  # value, total, part, rest, numerator, denominator
    scale: Scale
    over_time: str  # PeriodRule
    lane: int  # the first of its `scale.lanes`; it counts who answered
    is_typed: bool = False  # the figure as it was typed: nine of ten measures, looked up without asking the kind

    @property
    def lanes(self) -> slice:
        return slice(self.lane, self.lane + self.scale.lanes)

    def sum_in(self, totals: Totals) -> Exact:
        """The exact sum of the measure over all units of the totals: the only way from lanes to a number."""
        return self.scale.value(together(totals.values[self.lanes]))

    def given_in(self, vector: bytes) -> Exact | str | None:
        """What one unit gave: a number, "NA", or None where it did not report it."""
        cut = slice(self.lanes.start * LANE_BYTES, self.lanes.stop * LANE_BYTES)
        [found] = measured_of(vector[cut], [self.scale.lanes])
        return self.scale.value(found) if isinstance(found, int) else found


class Plan:
    """The measures of a layout with their lanes, in order."""

    def __init__(self, layout: Layout):
        self.layout = layout
        self.measures: list[Measure] = []
        self._at: dict[tuple[str, str], Measure] = {}
        self._size, scales = 0, Scales(layout.by_key)
        for line in layout.lines:
            for role, scale, over_time, is_typed in _measures_of(line, layout, scales):
                measure = Measure(line.key, role, scale, over_time, self._size, is_typed)
                self._at[line.key, role] = measure
                self.measures.append(measure)
                self._size += scale.lanes

    def __len__(self) -> int:
        """How many lanes."""
        return self._size

    def measure(self, key: str, role: str) -> Measure:
        return self._at[key, role]

    @cached_property
    def measured_lines(self) -> list[tuple[Measure, Line]]:
        """Each measure with its line."""
        return [(measure, self.layout.by_key[measure.key]) for measure in self.measures]

    @property
    def widths(self) -> list[int]:
        """How many lanes each measure has."""
        return [measure.scale.lanes for measure in self.measures]


@lru_cache(maxsize=256)
def plan_of(layout: Layout) -> Plan:
    return Plan(layout)


def pack(layout: Layout, unit_category: str, figures: Document, earlier: EarlierDocuments) -> bytes:
    """The measures of one unit's document as bytes. Raises vectors.TooLarge for a computed value without room."""
    leaf = Leaf(layout, figures, earlier)
    plan = plan_of(layout)
    measured = (leaf.measured(measure, line) if line.asks(unit_category) else None for measure, line in plan.measured_lines)
    return pack_lanes(measured, plan.widths)


class Leaf:
    """One unit's figures of one form with what it reported before: resolves references and computed lines."""

    def __init__(self, layout: Layout, figures: Document, earlier: EarlierDocuments):
        self.layout, self.figures, self.earlier = layout, figures, earlier

    def figure(self, key: str) -> Figure | None:
        """The figure of a line, typed or computed, to be shown. None = not reported or cannot be computed."""
        return shown(self.exact(key))

    def exact(self, key: str) -> Exact | str | None:
        """The same, unrounded: what is computed may be a Fraction."""
        line = self.layout.by_key.get(key)
        if line is None or not line.is_computed:
            return self.figures.get(key)
        return kind_of(line).computed(self, line)

    def resolve(self, reference: Reference) -> Exact | str | None:
        """What a reference in a formula stands for, for this unit."""
        if reference.shift == "prev":
            return _shifted(self.layout, self.earlier.previous, reference.key)
        if reference.shift == "same_last_year":
            return _shifted(self.layout, self.earlier.same_last_year, reference.key)
        if reference.shift == "ytd":
            return self.year_to_date(reference.key)
        return self.exact(reference.key)

    def year_to_date(self, key: str) -> Exact | str | None:
        """Flows and scores add up what was reported this year; a stock or running total is its present value."""
        now = self.exact(key)
        line = self.layout.by_key.get(key)
        if key in self.earlier.broken_year:
            return NA if now == NA else None
        if line is None or not kind_of(line).adds_over_time(line) or now in (None, NA):
            return now
        before = (_shifted(self.layout, document, key) for document in self.earlier.year)
        return added((now, *(figure for figure in before if figure not in (None, NA))))

    def part_of_period(self, key: str) -> Exact | str | None:
        """A running total less the one before; the year's first period is its own part."""
        total = self.exact(key)
        if total in (None, NA) or not self.earlier.year:
            return total
        before = _shifted(self.layout, self.earlier.year[-1], key)
        return None if before in (None, NA) else minus(total, before)

    def rest_of_year(self, key: str) -> Exact | str | None:
        """What a running total adds to the parts known so far where its own part is not known: less the last total of the year."""
        total = self.exact(key)
        if total in (None, NA) or self.part_of_period(key) is not None:
            return None
        before = (_shifted(self.layout, document, key) for document in self.earlier.year)
        known = [figure for figure in before if figure not in (None, NA)]
        return minus(total, known[-1]) if known else total

    def measured(self, measure: Measure, line: Line) -> Measured:
        """The measure of its line as a whole number by its scale."""
        given = self.figures.get(line.key) if measure.is_typed else kind_of(line).measured(self, line, measure.role)
        return given if given is None or given == NA else measure.scale.units(given)

    def sides(self, line: Line) -> tuple[Exact | str | None, Exact | str | None]:
        """Numerator and denominator as far as the unit gave them."""
        return self.computed(line.numerator), self.computed(line.denominator)

    def both_sides(self, line: Line) -> tuple[Exact | str | None, Exact | str | None]:
        """Numerator and denominator, only where the unit gave both; 不适用 in either is 不适用 of both."""
        top, bottom = self.sides(line)
        if NA in (top, bottom):
            return NA, NA
        return (None, None) if top is None or bottom is None else (top, bottom)

    def computed(self, text: str) -> Exact | str | None:
        return parse(text).exact(self.resolve)


def shown(value: Exact | str | None) -> Figure | None:
    """An exact value as a figure: what has no end is cut far behind the point."""
    return as_decimal(value) if isinstance(value, Fraction) else value


def ratio_figure(line: Line, top: Exact | str | None, bottom: Exact | str | None) -> Figure | None:
    """A ratio from its sums, to be shown."""
    return shown(quotient(line, top, bottom))


def _measures_of(line: Line, layout: Layout, scales: Scales) -> Iterator[tuple[str, Scale, str, bool]]:
    """The measures of a line: role, scale, how it adds up over periods, whether it is the typed figure itself."""
    rules = kind_of(line).measures(line)
    formulas = {rule.role: parse(getattr(line, rule.source.value)) for rule in rules if rule.over_time is None}
    for rule in rules:
        over_time = rule.over_time or _side_over_time(rule.role, formulas, layout.by_key)
        yield (
            rule.role,
            scales.of_source(line, rule.source),
            over_time,
            rule.source == ScaleSource.LINE and not line.is_computed,
        )


def _side_over_time(role: str, formulas: Mapping[str, Formula], lines: Mapping[str, Defined]) -> str:
    """A side that is one number (met ÷ 1: of those who answered) is counted as often as the answers on the other side."""
    own, others = formulas[role], [formula for name, formula in formulas.items() if name != role]
    is_per_answer = not own.references and any(counts_answers(other, lines) for other in others)
    return _over_time(others[0] if is_per_answer else own, lines)


def counts_answers(formula: Formula, lines: Mapping[str, Defined]) -> bool:
    """Whether a formula is made of answers to yes-or-no questions alone."""
    found = [lines.get(reference.key) for reference in formula.references]
    return bool(found) and all(line is not None and kind_of(line).is_word for line in found)


def _over_time(formula: Formula, lines: Mapping[str, Defined]) -> str:
    """A part of a ratio made of flows adds up over periods; one that holds a stock or a running total is its last."""
    found = [(lines.get(reference.key), reference) for reference in formula.references]
    adds = all(line is not None and kind_of(line).adds_over_time(line) and not reference.shift for line, reference in found)
    return PeriodRule.SUM if adds and found else PeriodRule.LAST


def _shifted(layout: Layout, document: Document | None, key: str) -> Exact | str | None:
    """A figure of an earlier document; a computed line is computed from that document alone."""
    return None if document is None else Leaf(layout, document, NOTHING_EARLIER).exact(key)
