"""A ratio (比率): numerator and denominator add up, and are divided afterwards; one with a formula is computed by it."""

from indicators.choices import Kind, OrgRule, PeriodRule
from indicators.kinds.kind import Defined, IndicatorKind, MeasureRule, ScaleSource, UnitDocument, Value
from indicators.layout import Line
from indicators.values.documents import NA
from indicators.values.exact_numbers import over, times

PER = {"%": 100, "％": 100, "‰": 1000}  # with what a ratio in such a unit is multiplied
SHARES = ("%", "％")
_SIDES = (("numerator", ScaleSource.NUMERATOR), ("denominator", ScaleSource.DENOMINATOR))


class Ratio(IndicatorKind):
    """Never typed."""

    name = Kind.RATIO
    words = ("比例", "率", "相对数")
    period_rule = PeriodRule.NONE  # decided by its numerator and denominator
    org_rules = IndicatorKind.org_rules | {OrgRule.RATIO}
    is_share = True
    is_headline_count = False
    adds_in_tables = False
    has_growth = False

    def is_divided(self, line: Defined) -> bool:
        return bool(line.numerator)

    def formulas(self, line: Defined) -> tuple[str, ...]:
        return tuple(filter(None, (line.numerator, line.denominator, line.formula)))

    def measures(self, line: Defined) -> tuple[MeasureRule, ...]:
        if not self.is_divided(line):
            return super().measures(line)
        over_time = line.period_rule if line.period_rule in (PeriodRule.SUM, PeriodRule.LAST) else None
        return tuple(MeasureRule(role, source, over_time) for role, source in _SIDES)

    def measured(self, document: UnitDocument, line: Line, role: str) -> Value:
        if not self.is_divided(line):
            return super().measured(document, line, role)
        return document.both_sides(line)[role == "denominator"]

    def measured_formulas(self, line: Defined, role: str) -> tuple[str, ...]:
        """Counted only where the unit gave both, so both are looked at."""
        return self.formulas(line) if self.is_divided(line) else super().measured_formulas(line, role)

    def computed(self, document: UnitDocument, line: Line) -> Value:
        return quotient(line, *document.both_sides(line)) if self.is_divided(line) else super().computed(document, line)

    def has_time_rule(self, line: Defined) -> bool:
        return self.is_divided(line) or super().has_time_rule(line)

    def is_nil_zero(self, line: Line) -> bool:
        return False

    def decimals(self, unit: str, stated: int | None, *, is_constant: bool) -> int:
        return 1 if unit in SHARES else 2


def quotient(line: Defined, top: Value, bottom: Value) -> Value:
    """A ratio from its sums, exact: ×100 where the unit is %, ×1000 for ‰. None where the denominator is 0 or missing."""
    if NA in (top, bottom):
        return NA
    if top is None or not bottom:
        return None
    return over(times(top, PER.get(line.unit, 1)), bottom)
