"""What every kind of indicator answers, with the answers of a plain number that adds up; a kind overrides where it differs.

One instance per kind stands in `indicators.kinds.registry`; no other module branches on a kind's name (tests/house/test_kinds.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Protocol

from indicators.choices import Kind, OrgRule, PeriodRule, Severity
from indicators.layout import Line
from indicators.values.documents import Figure
from indicators.values.exact_numbers import Exact
from indicators.values.number_parser import Reading, format_figure, read_value

Value = Exact | str | None  # a number, "NA", or None where it is not known


class Defined(Protocol):
    """The attributes that decide how a figure adds up; `layout.Line` and `Indicator` have them."""

    unit: str
    kind: str
    org_rule: str
    period_rule: str
    decimals: int
    numerator: str
    denominator: str
    formula: str
    condition: str


class ScaleSource(Enum):
    """What the scale of a measure is computed from."""

    LINE = "line"
    DIFFERENCE = "difference"  # of the line less what it was in an earlier document
    CONDITION = "condition"  # 1 or 0
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True)
class MeasureRule:
    """One measure that a document gives for a line. `over_time` is a PeriodRule; None: as the figures of its formula add up."""

    role: str
    source: ScaleSource
    over_time: str | None


@dataclass(frozen=True)
class DefaultCheck:
    """A check that every indicator of a kind has."""

    name: str
    expression: str
    severity: str = Severity.MANDATORY
    within_year: bool = False
    is_sign: bool = False


class UnitDocument(Protocol):
    """One unit's document with its earlier ones, as `indicators.measures.document_measures.Leaf` is."""

    def exact(self, key: str) -> Value: ...
    def part_of_period(self, key: str) -> Value: ...
    def rest_of_year(self, key: str) -> Value: ...
    def both_sides(self, line: Line) -> tuple[Value, Value]: ...
    def computed(self, formula: str) -> Value: ...


class IndicatorKind:
    """A number that is typed as it is, and adds up over organizations and over time by the rules of its indicator."""

    name: Kind
    words: tuple[str, ...] = ()  # what tables call it, beside its label in both languages
    period_rule = PeriodRule.SUM  # where the catalogue says none
    org_rules = frozenset({OrgRule.SUM, OrgRule.MEAN, OrgRule.MIN, OrgRule.MAX, OrgRule.COUNT_IF, OrgRule.NONE})
    period_rules = frozenset(PeriodRule)

    # What a figure of this kind is, where heads, layouts and dashboards ask.
    is_state = False  # stands on the last day of the period
    is_running = False  # holds the year up to the last day of the period
    is_share = False  # changes by points
    settles_later = False  # what arose in one period may be settled in the next: 108 %
    is_word = False  # typed and shown as a word
    is_headline_count = True  # a whole count that may open a dashboard
    adds_in_tables = True  # the rows of anyone's table come to its total row
    has_growth = True
    has_breakdown = True
    may_be_computed = True

    # --- typed and shown ---------------------------------------------------------------------------------------------

    def read(self, text: str | None, line: Line, number_format: str = "") -> Reading:
        """One cell's text -> what it says."""
        return read_value(text, line, number_format)

    def text(self, figure: Figure | None, decimals: int) -> str:
        """One unit's figure as pages, workbooks and sentences show it."""
        return format_figure(figure, decimals)

    def answers(self) -> tuple[str, ...]:
        """The words in one cell of a workbook that stand for 1, 0; none where numbers are typed."""
        return ()

    def year_text(self, figure: Figure | None, line: Defined) -> str:
        """One unit's year to date."""
        return self.text(figure, line.decimals)

    def sum_text(self, value: Exact, decimals: int, asked: int) -> str:
        """The figure of several units or periods. `asked`: how many answers are owed."""
        return format_figure(value, decimals)

    # --- in a document -----------------------------------------------------------------------------------------------

    def is_divided(self, line: Defined) -> bool:
        """Whether its figure is made after adding, from a numerator and a denominator."""
        return False

    def formulas(self, line: Defined) -> tuple[str, ...]:
        """The formula texts by which the line is computed."""
        return (line.formula,) if line.formula else ()

    def measures(self, line: Defined) -> tuple[MeasureRule, ...]:
        """What a document gives to be added up."""
        if self.counts_condition(line):
            return (MeasureRule("value", ScaleSource.CONDITION, line.period_rule),)
        return self._measures(line)

    def _measures(self, line: Defined) -> tuple[MeasureRule, ...]:
        return (MeasureRule("value", ScaleSource.LINE, line.period_rule),)

    def measured(self, document: UnitDocument, line: Line, role: str) -> Value:
        """One measure of one document."""
        if self.counts_condition(line):
            return document.computed(line.condition or line.formula)
        return self._measured(document, line, role)

    def _measured(self, document: UnitDocument, line: Line, role: str) -> Value:
        return document.exact(line.key)

    def measured_formulas(self, line: Defined, role: str) -> tuple[str, ...]:
        """The formula texts of which a measure is made."""
        if self.counts_condition(line):
            return (line.condition or line.formula,)
        return self.formulas(line)

    def computed(self, document: UnitDocument, line: Line) -> Value:
        """The figure of a computed line."""
        return document.computed(line.formula)

    # --- over organizations ------------------------------------------------------------------------------------------

    def counts_condition(self, line: Defined) -> bool:
        """Whether the units that meet a condition are counted, instead of their figures being added."""
        return line.org_rule == OrgRule.COUNT_IF

    def item_rule(self, line: Defined) -> str:
        """The OrgRule of the items of its breakdown: a condition is one of the whole."""
        return OrgRule.SUM if self.counts_condition(line) else line.org_rule

    def is_sum(self, line: Defined) -> bool:
        """Whether the figures of units are simply added."""
        return line.org_rule == OrgRule.SUM and not self.is_divided(line)

    def is_shareable(self, line: Defined) -> bool:
        """Whether what a unit gave can be divided among those into which it was split."""
        return line.org_rule in (OrgRule.SUM, OrgRule.COUNT_IF) and not self.is_divided(line)

    def is_extreme(self, line: Defined) -> bool:
        """Whether one unit alone gives the figure of many: the least, the greatest."""
        return line.org_rule in (OrgRule.MIN, OrgRule.MAX)

    def of_units(self, line: Defined, values: Sequence[Exact]) -> Exact:
        """The figure of several units from their figures."""
        return {OrgRule.MIN: min, OrgRule.MAX: max, OrgRule.MEAN: mean}.get(line.org_rule, sum)(values)

    def is_mean(self, line: Defined) -> bool:
        """Whether the figure of many units is the mean of theirs."""
        return line.org_rule == OrgRule.MEAN

    def is_of_one_unit(self, line: Defined) -> bool:
        """Whether several units have no figure together."""
        return line.org_rule == OrgRule.NONE

    # --- over time ---------------------------------------------------------------------------------------------------

    def adds_over_time(self, line: Defined) -> bool:
        """Whether its year to date is the sum of its periods."""
        return line.period_rule == PeriodRule.SUM

    def averages_over_time(self, line: Defined) -> bool:
        """Whether its year to date is the mean of the periods that were reported."""
        return line.period_rule == PeriodRule.MEAN

    def is_last_over_time(self, line: Defined) -> bool:
        """Whether the figure of several periods is that of the last."""
        return line.period_rule == PeriodRule.LAST

    def of_periods(self, line: Defined, values: Sequence[Exact]) -> Exact:
        """The figure of several periods from those of one unit."""
        return mean(values) if line.period_rule == PeriodRule.MEAN else sum(values)

    def has_time_rule(self, line: Defined) -> bool:
        """Whether several periods have a figure together."""
        return line.period_rule != PeriodRule.NONE

    # --- nil report, checks ------------------------------------------------------------------------------------------

    def is_nil_zero(self, line: Line) -> bool:
        """Whether a nil report (零报告) says 0: what did not happen is 0 where figures add up."""
        return not line.is_computed and line.org_rule in (OrgRule.SUM, OrgRule.COUNT_IF)

    def nil_figure(self, line: Line, before: Mapping[str, Figure], *, starts_year: bool) -> Figure | None:
        """What a nil report answers; None where the unit must answer itself. `before`: the last document of the year."""
        return 0 if self.is_nil_zero(line) else None

    def cell_checks(self, line: Line) -> Iterator[DefaultCheck]:
        """What a typed cell must be by itself."""
        if not line.negative_allowed:
            yield DefaultCheck("sign", f"{{{line.key}}} >= 0", is_sign=True)

    def history_checks(self, line: Line) -> Iterator[DefaultCheck]:
        """What a typed indicator must be beside its earlier periods."""
        yield from ()

    # --- defaults of the catalogue -----------------------------------------------------------------------------------

    def decimals(self, unit: str, stated: int | None, *, is_constant: bool) -> int:
        """`stated`: by the rules as catalogued; `is_constant`: one number for everybody."""
        return 0 if stated is None else stated

    def may_be_negative(self, stated: bool | None, *, is_computed: bool) -> bool:
        """Where the catalogue says a number without ">=0"."""
        return is_computed if stated is None else stated


def mean(values: Sequence[Exact]) -> Fraction:
    return Fraction(sum(values), len(values))
