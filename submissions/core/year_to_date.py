"""The year to date of one line for one unit, before and after this period is typed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.formulas import Formula, Reference, parse
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.measures.document_measures import Leaf, counts_answers, ratio_figure, shown
from indicators.values.documents import NA, Figure
from indicators.values.exact_numbers import Exact, added, over, times

Year = Sequence[Leaf | None]  # the unit's reports of the earlier periods of the year, in order; None where nothing stood


def covers_year(layout: Layout, line: Line) -> bool:
    """True for a line whose figure of a period is that of the year up to its end: a running total, and what is made of a year to date."""
    kind = kind_of(line)
    return kind.is_running or any(
        reference.shift == "ytd" or _names_year(layout, reference)
        for text in kind.formulas(line)
        for reference in parse(text).references
    )


def has_year(line: Line, year: Year) -> bool:
    """Of a stock it is its figure at the end; what has no rule over time has none once the year has several periods."""
    return kind_of(line).has_time_rule(line) or not year


def to_date(leaf: Leaf, line: Line, year: Year) -> Figure | None:
    """The year to date with this period where it is given; before it is typed, the sum of the earlier periods."""
    if kind_of(line).is_divided(line):
        return ratio_figure(line, *_sides_to_date(leaf, line, year))
    return shown(_since_january(leaf, line, year))


@dataclass(frozen=True)
class Before:
    """The sum of the earlier periods of the year, and how many of them were reported."""

    total: Figure
    count: int


def before_now(line: Line, year: Year) -> Before | None:
    """None where none of them was reported."""
    given = [] if is_broken(line, year) else _given(line, year)
    return Before(shown(added(given)), len(given)) if given else None


def is_broken(line: Line, year: Year) -> bool:
    """Whether the definition changed within the year, so that its periods do not add up."""
    earlier = (leaf.layout.by_key.get(line.key) for leaf in year if leaf is not None)
    return any(one is not None and one.comparable_since != line.comparable_since for one in earlier)


def adds_up(line: Line) -> bool:
    """Whether this period is added to those before; a running total already holds them."""
    return kind_of(line).adds_over_time(line)


def _names_year(layout: Layout, reference: Reference) -> bool:
    line = layout.by_key.get(reference.key)
    return line is not None and not reference.shift and covers_year(layout, line)


def is_mean(line: Line) -> bool:
    """Whether its year to date is the mean of the periods that were reported."""
    return kind_of(line).averages_over_time(line)


def _given(line: Line, year: Year) -> list[Exact]:
    figures = [leaf.exact(line.key) for leaf in year if leaf is not None]
    return [figure for figure in figures if figure not in (None, NA)]


def _sides_to_date(leaf: Leaf, line: Line, year: Year) -> list[Exact | str | None]:
    """Numerator and denominator; one number under answers that add up (met ÷ 1) counts once per report."""
    sides = [parse(text) for text in (line.numerator, line.denominator)]
    found = [_year_sum(leaf, side, year) for side in sides]
    top, bottom = sides
    if bottom.references or not counts_answers(top, leaf.layout.by_key) or not _adds(leaf.layout, top):
        return found
    reports = [one for one in (*year, leaf) if one is not None and one.exact(line.key) not in (None, NA)]
    return [found[0], times(found[1], len(reports))]


def _adds(layout: Layout, formula: Formula) -> bool:
    return all(adds_up(layout.by_key[reference.key]) for reference in formula.references)


def _year_sum(leaf: Leaf, formula: Formula, year: Year) -> Exact | str | None:
    def resolve(reference: Reference) -> Exact | str | None:
        line = leaf.layout.by_key.get(reference.key)
        return _since_january(leaf, line, year) if line is not None and not reference.shift else leaf.resolve(reference)

    return formula.exact(resolve)


def _since_january(leaf: Leaf, line: Line, year: Year) -> Exact | str | None:
    """What this period and those before it add up to, or their mean; of a line that does neither, its figure."""
    now = leaf.exact(line.key)
    if not adds_up(line) and not is_mean(line):
        return now
    if is_broken(line, year):
        return None
    given = [*_given(line, year), *([] if now in (None, NA) else [now])]
    if not given:
        return now
    return over(added(given), len(given)) if is_mean(line) else added(given)
