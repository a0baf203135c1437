"""The year to date of one line for one unit, before and after this period is typed. Pure; knows no page and no database."""

from indicators.documents import NA, Figure
from indicators.exact_numbers import Exact, added
from indicators.formulas import Formula, Reference, parse
from indicators.history import NOTHING_EARLIER
from indicators.kinds import Kind, PeriodRule
from indicators.layouts import Layout, Line
from indicators.measures import Leaf, ratio_figure, shown


def has_year(layout: Layout, line: Line) -> bool:
    """A stock has no year to date; a ratio has one where what it divides adds up over the year."""
    if line.numerator:
        formulas = (parse(line.numerator), parse(line.denominator))
        return any(_adds(layout, reference) for formula in formulas for reference in formula.references)
    return line.period_rule == PeriodRule.SUM or line.kind == Kind.CUMULATIVE


def to_date(leaf: Leaf, line: Line) -> Figure | None:
    """With this period where it is given; before it is typed, what the earlier periods of the year add up to."""
    if line.numerator:
        return ratio_figure(line, *(_year_sum(leaf, parse(text)) for text in (line.numerator, line.denominator)))
    return shown(_since_january(leaf, line))


def before_now(leaf: Leaf, line: Line) -> Figure | None:
    """What the earlier periods of the year add up to for a line that adds; None where none of them was reported."""
    return shown(_before(leaf, line))


def adds_up(line: Line) -> bool:
    """Whether this period is added to those before; a running total already holds them."""
    return line.period_rule == PeriodRule.SUM and line.kind != Kind.CUMULATIVE


def _before(leaf: Leaf, line: Line) -> Exact | None:
    figures = [Leaf(leaf.layout, document or {}, NOTHING_EARLIER).exact(line.key) for document in leaf.earlier.year]
    given = [figure for figure in figures if figure not in (None, NA)]
    return added(given) if given else None


def _adds(layout: Layout, reference: Reference) -> bool:
    line = layout.by_key.get(reference.key)
    return line is not None and line.period_rule == PeriodRule.SUM and not reference.shift


def _year_sum(leaf: Leaf, formula: Formula) -> Exact | str | None:
    def resolve(reference: Reference) -> Exact | str | None:
        line = leaf.layout.by_key.get(reference.key)
        return _since_january(leaf, line) if line is not None and not reference.shift else leaf.resolve(reference)

    return formula.exact(resolve)


def _since_january(leaf: Leaf, line: Line) -> Exact | str | None:
    if leaf.figure(line.key) is not None or not adds_up(line):
        return leaf.year_to_date(line.key)
    return _before(leaf, line)
