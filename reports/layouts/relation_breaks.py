"""Which rows of a table break a relation printed under it: figures of which a part was not reported. Pure; changes no figure."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.formulas import Formula, Reference, parse
from indicators.formulas.verdicts import Broken, State
from indicators.values import round_half_up
from reports.grid import Grid

_MOST_NAMED = 5


def breaks_of(relations: Mapping[str, str], grid: Grid, names: Sequence[str]) -> dict[str, list[str]]:
    """Relation as printed -> the names of the rows whose printed figures break it; only those that are broken.

    `relations`: as printed -> expression. What speaks of another period is not judged: its figures do not stand in the table.
    """
    formulas = {text: parse(expression) for text, expression in relations.items()}
    judged = {text: formula for text, formula in formulas.items() if not any(one.shift for one in formula.references)}
    found: dict[str, list[str]] = {}
    for name, figures in zip(names, _figures(grid), strict=True):
        for text, formula in judged.items():
            if _is_broken(formula, figures):
                found.setdefault(text, []).append(name)
    return found


def break_notes(breaks: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for text, rows in breaks.items():
        more = _(" and %(n)d more") % {"n": len(rows) - _MOST_NAMED} if len(rows) > _MOST_NAMED else ""
        said = _("%(relation)s holds but for %(rows)s%(more)s: not all of its figures were reported there.")
        yield said % {"relation": text, "rows": "、".join(rows[:_MOST_NAMED]), "more": more}


def _figures(grid: Grid) -> Iterator[dict[str, tuple[Decimal | None, int]]]:
    """Per row: what relations call a column -> its printed number and decimals."""
    for row in grid.rows:
        found: dict[str, tuple[Decimal | None, int]] = {}
        for column, cell in zip(grid.columns, row.cells, strict=True):
            number = None if cell.value is None else Decimal(cell.text)
            found[column.id or column.key] = (number, column.decimals)
            found.setdefault(column.key, (number, column.decimals))
        yield found


def _is_broken(formula: Formula, figures: dict[str, tuple[Decimal | None, int]]) -> bool:
    """A blank beside given figures counts as nothing in a sum; of a quotient, and where all is blank, nothing is broken."""
    is_sum = "==" in formula.text and not formula.divides
    has_any = any(figures[reference.key][0] is not None for reference in formula.references)
    blank = Decimal(0) if is_sum and has_any else None

    def number_of(reference: Reference) -> Decimal | None:
        number = figures[reference.key][0]
        return blank if number is None else number

    verdict = formula.verdict(number_of)
    return verdict.state == State.BROKEN and (not verdict.broken or any(_differs(one, figures) for one in verdict.broken))


def _differs(broken: Broken, figures: dict[str, tuple[Decimal | None, int]]) -> bool:
    """More than rounding does: a whole that is one figure is compared at its own decimals."""
    if broken.operator != "==":
        return True
    for whole, parts in ((broken.left, broken.right), (broken.right, broken.left)):
        if len(whole.references) == 1:
            decimals = figures[whole.references[0].key][1]
            step = Decimal(1).scaleb(-decimals)
            return abs(round_half_up(parts.value, decimals) - whole.value) > (step if decimals else 0)
    return True
