"""Stocks, the count on the last day of a period (时点数): several periods give the last, and a nil report does not answer."""

from indicators.choices import Kind, PeriodRule
from indicators.kinds.kind import IndicatorKind
from indicators.layout import Line


class Stock(IndicatorKind):
    """A count of things: never below 0."""

    name = Kind.STOCK
    words = ("时点", "时点指标", "存量", "期末数")
    period_rule = PeriodRule.LAST
    is_state = True

    def is_nil_zero(self, line: Line) -> bool:
        return False

    def may_be_negative(self, stated: bool | None, *, is_computed: bool) -> bool:
        return is_computed if stated is None else False
