"""From one sealed document to measures that simply add: decided once, at the leaf. Knows no organization and no sum.

| line | measures |
|---|---|
| flow, stock, score | value |
| running total | total; part of this period (total less the one before, empty where that is missing); rest: only where the part is
  empty, the total less the last one known this year, so that parts and rests of a year add up to its last known total |
| ratio | numerator and denominator, only where the unit gave both |
| number meeting a condition | 1 or 0 |
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from indicators.documents import NA, Figure
from indicators.formulas import Formula, Reference, parse
from indicators.history import Document, Earlier
from indicators.kinds import Kind, OrgRule, PeriodRule
from indicators.layouts import Layout, Line
from indicators.vectors import Measured
from indicators.vectors import pack as pack_lanes

PER = {"%": 100, "％": 100, "‰": 1000}  # with what a ratio in such a unit is multiplied
MOST_DECIMALS = 6  # of a computed measure; a division at the leaf is rounded half up there


@dataclass(frozen=True)
class Measure:
    """One lane: what of which line, in minor units of `scale` decimals, and how it adds up over periods."""

    key: str  # of the line
    role: str  # value, total, part, rest, numerator, denominator
    scale: int
    over_time: str  # PeriodRule


class Plan:
    """The lanes of a layout, in order, and where each line's lanes are."""

    def __init__(self, layout: Layout):
        self.layout = layout
        self.measures: list[Measure] = []
        self.at: dict[tuple[str, str], int] = {}
        for line in layout.lines:
            for measure in _measures_of(line, layout):
                self.at[measure.key, measure.role] = len(self.measures)
                self.measures.append(measure)

    def __len__(self) -> int:
        return len(self.measures)

    def lane(self, key: str, role: str) -> int:
        return self.at[key, role]


@lru_cache(maxsize=256)
def plan_of(layout: Layout) -> Plan:
    return Plan(layout)


def pack(layout: Layout, unit_category: str, figures: Document, earlier: Earlier) -> bytes:
    """The measures of one unit's document as bytes. Raises vectors.TooLarge for a computed value without room."""
    leaf = Leaf(layout, figures, earlier)
    plan = plan_of(layout)
    return pack_lanes(
        leaf.measured(measure) if layout.by_key[measure.key].asks(unit_category) else None for measure in plan.measures
    )


class Leaf:
    """One unit's figures of one form with what it reported before: resolves references and computed lines."""

    def __init__(self, layout: Layout, figures: Document, earlier: Earlier):
        self.layout, self.figures, self.earlier = layout, figures, earlier

    def figure(self, key: str) -> Figure | None:
        """The figure of a line, typed or computed. None = not reported or cannot be computed."""
        line = self.layout.by_key.get(key)
        if line is None or not line.is_computed:
            return self.figures.get(key)
        return ratio_figure(line, *self._both(line)) if line.numerator else self._computed(line.formula)

    def resolve(self, reference: Reference) -> Figure | None:
        """What a reference in a formula stands for, for this unit."""
        if reference.shift == "prev":
            return _shifted(self.layout, self.earlier.previous, reference.key)
        if reference.shift == "same_last_year":
            return _shifted(self.layout, self.earlier.same_last_year, reference.key)
        if reference.shift == "ytd":
            return self.year_to_date(reference.key)
        return self.figure(reference.key)

    def year_to_date(self, key: str) -> Figure | None:
        """Flows and scores add up what was reported this year; a stock or running total is its present value."""
        now = self.figure(key)
        line = self.layout.by_key.get(key)
        if line is None or line.period_rule != PeriodRule.SUM or line.kind == Kind.CUMULATIVE or now in (None, NA):
            return now
        before = (_shifted(self.layout, document, key) for document in self.earlier.year)
        return sum((figure for figure in before if figure not in (None, NA)), now)

    def part_of_period(self, key: str) -> Figure | None:
        """A running total less the one before; the year's first period is its own part."""
        total = self.figures.get(key)
        if total in (None, NA) or not self.earlier.year:
            return total
        before = (self.earlier.year[-1] or {}).get(key)
        return None if before in (None, NA) else total - before

    def rest_of_year(self, key: str) -> Figure | None:
        """What a running total adds to the parts known so far where its own part is not known: less the last total of the year."""
        total = self.figures.get(key)
        if total in (None, NA) or self.part_of_period(key) is not None:
            return None
        known = [before for document in self.earlier.year if (before := (document or {}).get(key)) not in (None, NA)]
        return total - known[-1] if known else total

    def measured(self, measure: Measure) -> Measured:
        line = self.layout.by_key[measure.key]
        return _minor_units(self._raw(line, measure.role), measure.scale)

    def _raw(self, line: Line, role: str) -> Figure | None:
        if role == "part":
            return self.part_of_period(line.key)
        if role == "rest":
            return self.rest_of_year(line.key)
        if role in ("numerator", "denominator"):
            return self._both(line)[role == "denominator"]
        if line.org_rule == OrgRule.COUNT_IF:
            return self._computed(line.condition or line.formula)
        return self.figure(line.key)

    def sides(self, line: Line) -> tuple[Figure | None, Figure | None]:
        """Numerator and denominator as far as the unit gave them."""
        return self._computed(line.numerator), self._computed(line.denominator)

    def _both(self, line: Line) -> tuple[Figure | None, Figure | None]:
        """Numerator and denominator, only where the unit gave both; 不适用 in either is 不适用 of both."""
        top, bottom = self.sides(line)
        if NA in (top, bottom):
            return NA, NA
        return (None, None) if top is None or bottom is None else (top, bottom)

    def _computed(self, text: str) -> Figure | None:
        result = parse(text).compute(self.resolve)
        return int(result) if isinstance(result, bool) else result


def ratio_figure(line: Line, top: Figure | None, bottom: Figure | None) -> Figure | None:
    """A ratio from its sums, unrounded: ×100 where the unit is %, ×1000 for ‰. None where the denominator is 0 or missing."""
    if NA in (top, bottom):
        return NA
    if top is None or not bottom:
        return None
    with localcontext() as context:
        context.prec = 40
        return Decimal(top) * PER.get(line.unit, 1) / Decimal(bottom)


def _measures_of(line: Line, layout: Layout) -> list[Measure]:
    if line.numerator:
        return [
            Measure(line.key, role, _scale_of(parse(text), layout), _over_time(line, parse(text), layout))
            for role, text in (("numerator", line.numerator), ("denominator", line.denominator))
        ]
    if line.org_rule == OrgRule.COUNT_IF:
        return [Measure(line.key, "value", 0, line.period_rule)]
    if line.kind == Kind.CUMULATIVE:
        return [
            Measure(line.key, "total", line.decimals, PeriodRule.LAST),
            Measure(line.key, "part", line.decimals, PeriodRule.SUM),
            Measure(line.key, "rest", line.decimals, PeriodRule.SUM),
        ]
    scale = _scale_of(parse(line.formula), layout) if line.formula else line.decimals
    return [Measure(line.key, "value", scale, line.period_rule)]


def _over_time(line: Line, formula: Formula, layout: Layout) -> str:
    """A part of a ratio made of flows adds up over periods; one that holds a stock or a running total is its last."""
    if line.period_rule in (PeriodRule.SUM, PeriodRule.LAST):
        return line.period_rule
    lines = [layout.by_key.get(reference.key) for reference in formula.references]
    adds = all(
        found is not None and found.period_rule == PeriodRule.SUM and found.kind != Kind.CUMULATIVE and not reference.shift
        for found, reference in zip(lines, formula.references, strict=True)
    )
    return PeriodRule.SUM if adds and lines else PeriodRule.LAST


def _scale_of(formula: Formula, layout: Layout) -> int:
    """Decimals with which a formula's value is exact: those of everything in it together, MOST_DECIMALS where it divides."""
    if formula.divides:
        return MOST_DECIMALS
    lines = (layout.by_key.get(reference.key) for reference in formula.references)
    return min(MOST_DECIMALS, formula.literal_decimals + sum(line.decimals for line in lines if line is not None))


def _shifted(layout: Layout, document: Document | None, key: str) -> Figure | None:
    """A figure of an earlier document; a computed line is computed from that document alone."""
    if document is None:
        return None
    line = layout.by_key.get(key)
    return Leaf(layout, document, Earlier()).figure(key) if line is not None and line.is_computed else document.get(key)


def _minor_units(figure: Figure | None, scale: int) -> Measured:
    if figure is None or figure == NA:
        return figure
    with localcontext() as context:
        context.prec = 60
        return int((Decimal(figure).scaleb(scale)).to_integral_value(rounding=ROUND_HALF_UP))
