"""Finds the rows of a table that break a relation printed under it, because a part of a figure was not reported."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.formulas import Formula, Reference, parse
from indicators.formulas.verdicts import BrokenRule, Verdict, VerdictState
from indicators.values.number_parser import round_half_up
from reports.figures.output.grid import Grid

_MOST_NAMED = 5
_OF_EACH = re.compile(
    r"[^=≤≥≠<>]+=.*\b(?!sum\b)[a-z]+\("
)  # 3=floor(1÷5): a sum of what was rounded or chosen is no such figure


Printed = tuple[Decimal | None, int]  # a figure as it is printed, with its decimals
Figures = Mapping[str, Printed]  # what relations call a figure (`A`, of another period `A@prev`) -> the figure


def breaks_of(relations: Mapping[str, str], rows: Iterable[tuple[str, Figures]]) -> dict[str, list[str]]:
    """Relation as printed -> the names of the rows whose printed figures break it; only those that are broken.

    `relations`: as printed -> expression; `rows`: name and figures of each. A relation is not checked in a row that lacks one
    of its figures, such as one of another period.
    """
    formulas = {text: parse(expression) for text, expression in relations.items()}
    found: dict[str, list[str]] = {}
    for name, figures in rows:
        for text, formula in formulas.items():
            if all(_called(one) in figures for one in formula.references) and _is_broken(formula, figures):
                found.setdefault(text, []).append(name)
    return found


def break_notes(breaks: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for text, rows in breaks.items():
        more = _(" and %(n)d more") % {"n": len(rows) - _MOST_NAMED} if len(rows) > _MOST_NAMED else ""
        if _OF_EACH.match(text):
            sentence = _(
                "%(relation)s holds but for %(rows)s%(more)s: it is computed for each unit and period, and added up there."
            )
        else:
            sentence = _(
                "%(relation)s holds but for %(rows)s%(more)s: its figures were not all reported there, or were reported so."
            )
        yield sentence % {"relation": text, "rows": "、".join(rows[:_MOST_NAMED]), "more": more}


def printed_rows(grid: Grid, names: Sequence[str]) -> Iterator[tuple[str, Figures]]:
    """The rows of a Grid by the names with which they are printed."""
    for name, row in zip(names, grid.rows, strict=True):
        found: dict[str, Printed] = {}
        for column, cell in zip(grid.columns, row.cells, strict=True):
            number = cell.number
            found[column.id or column.key] = (number, column.decimals)
            found.setdefault(column.key, (number, column.decimals))
        yield name, found


def _called(reference: Reference) -> str:
    return f"{reference.key}@{reference.shift}" if reference.shift else reference.key


def _is_broken(formula: Formula, figures: Figures) -> bool:
    """Whether the relation is broken.

    A blank beside given figures counts as 0 in a sum, and as 0 where it is the whole of a given part. A quotient, or figures
    that are all blank, break nothing.
    """
    is_sum = "==" in formula.text and not formula.divides
    has_any = any(figures[_called(reference)][0] is not None for reference in formula.references)
    verdict = _verdict(formula, figures, Decimal(0) if is_sum and has_any else None)
    if verdict.state == VerdictState.MISSING and not formula.divides:
        verdict = _verdict(formula, figures, Decimal(0))
    return verdict.state == VerdictState.BROKEN and (
        not verdict.broken or any(_differs(one, figures) for one in verdict.broken)
    )


def _verdict(formula: Formula, figures: Figures, blank: Decimal | None) -> Verdict:
    def number_of(reference: Reference) -> Decimal | None:
        number = figures[_called(reference)][0]
        return blank if number is None else number

    return formula.verdict(number_of)


def _differs(broken: BrokenRule, figures: Figures) -> bool:
    """Whether the sides differ by more than rounding. A whole that is one figure is compared at its own decimals."""
    if broken.operator != "==":
        return True
    for whole, parts in ((broken.left, broken.right), (broken.right, broken.left)):
        if len(whole.references) == 1:
            decimals = figures[_called(whole.references[0])][1]
            step = Decimal(1).scaleb(-decimals)
            return abs(round_half_up(parts.value, decimals) - whole.value) > (step if decimals else 0)
    return True
