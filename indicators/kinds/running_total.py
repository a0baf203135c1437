"""A running total since 1 January (累计数): its part of a period is the total less the one before (decision 176)."""

from collections.abc import Iterator, Mapping

from indicators.choices import Kind, PeriodRule, Severity
from indicators.kinds.kind import DefaultCheck, Defined, IndicatorKind, MeasureRule, ScaleSource, UnitDocument, Value
from indicators.layout import Line
from indicators.values.documents import Figure

_MEASURES = (
    MeasureRule("total", ScaleSource.LINE, PeriodRule.LAST),
    MeasureRule("part", ScaleSource.DIFFERENCE, PeriodRule.SUM),
    MeasureRule("rest", ScaleSource.DIFFERENCE, PeriodRule.SUM),
)


class RunningTotal(IndicatorKind):
    """It contains the periods before, so it is not added to them."""

    name = Kind.CUMULATIVE
    words = ("累计数", "累计", "本年累计", "累计指标")
    is_running = True

    def _measures(self, line: Defined) -> tuple[MeasureRule, ...]:
        return _MEASURES

    def _measured(self, document: UnitDocument, line: Line, role: str) -> Value:
        if role == "part":
            return document.part_of_period(line.key)
        return document.rest_of_year(line.key) if role == "rest" else document.exact(line.key)

    def adds_over_time(self, line: Defined) -> bool:
        return False

    def averages_over_time(self, line: Defined) -> bool:
        return False

    def is_nil_zero(self, line: Line) -> bool:
        return False

    def nil_figure(self, line: Line, before: Mapping[str, Figure], *, starts_year: bool) -> Figure | None:
        """The total before; 0 in the first period of the year."""
        return 0 if starts_year else before.get(line.key)

    def history_checks(self, line: Line) -> Iterator[DefaultCheck]:
        yield DefaultCheck("falling", f"{{{line.code}}} >= {{{line.code}@prev}}", Severity.VERIFY, within_year=True)
