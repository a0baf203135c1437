"""The year to date of one line for one unit, before and after this period is typed. Pure; knows no page and no database."""

from collections.abc import Sequence

from indicators.documents import NA, Figure
from indicators.exact_numbers import Exact, added
from indicators.formulas import Formula, Reference, parse
from indicators.kinds import Kind, PeriodRule
from indicators.layouts import Layout, Line
from indicators.measures import Leaf, ratio_figure, shown

Year = Sequence[Leaf | None]  # the unit's reports of the earlier periods of the year, in order; None where nothing stood


def covers_year(layout: Layout, line: Line) -> bool:
    """True for a line whose figure of a period is that of the year up to its end: a running total, and what is made of a year to date."""
    return line.kind == Kind.CUMULATIVE or any(
        reference.shift == "ytd" or _names_year(layout, reference)
        for text in (line.numerator, line.denominator, line.formula)
        if text
        for reference in parse(text).references
    )


def has_year(layout: Layout, line: Line) -> bool:
    """A stock has no year to date; a ratio has one where what it divides adds up over the year."""
    if line.numerator:
        formulas = (parse(line.numerator), parse(line.denominator))
        return covers_year(layout, line) or any(_adds(layout, reference) for one in formulas for reference in one.references)
    return line.period_rule == PeriodRule.SUM or line.kind == Kind.CUMULATIVE


def to_date(leaf: Leaf, line: Line, year: Year) -> Figure | None:
    """With this period where it is given; before it is typed, what the earlier periods of the year add up to."""
    if line.numerator:
        return ratio_figure(line, *(_year_sum(leaf, parse(text), year) for text in (line.numerator, line.denominator)))
    return shown(_since_january(leaf, line, year))


def before_now(line: Line, year: Year) -> Figure | None:
    """What the earlier periods of the year add up to for a line that adds; None where none of them was reported."""
    return shown(_before(line, year))


def adds_up(line: Line) -> bool:
    """Whether this period is added to those before; a running total already holds them."""
    return line.period_rule == PeriodRule.SUM and line.kind != Kind.CUMULATIVE


def _names_year(layout: Layout, reference: Reference) -> bool:
    line = layout.by_key.get(reference.key)
    return line is not None and not reference.shift and covers_year(layout, line)


def _before(line: Line, year: Year) -> Exact | None:
    figures = [leaf.exact(line.key) for leaf in year if leaf is not None]
    given = [figure for figure in figures if figure not in (None, NA)]
    return added(given) if given else None


def _adds(layout: Layout, reference: Reference) -> bool:
    line = layout.by_key.get(reference.key)
    return line is not None and line.period_rule == PeriodRule.SUM and not reference.shift


def _year_sum(leaf: Leaf, formula: Formula, year: Year) -> Exact | str | None:
    def resolve(reference: Reference) -> Exact | str | None:
        line = leaf.layout.by_key.get(reference.key)
        return _since_january(leaf, line, year) if line is not None and not reference.shift else leaf.resolve(reference)

    return formula.exact(resolve)


def _since_january(leaf: Leaf, line: Line, year: Year) -> Exact | str | None:
    """What this period and those before it add up to; of a line that does not add, its figure."""
    now = leaf.exact(line.key)
    if not adds_up(line) or now == NA:
        return now
    before = _before(line, year)
    if now is None or before is None:
        return before if now is None else now
    return added((now, before))
