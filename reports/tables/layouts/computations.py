"""How the computed lines of a form are calculated, as expressions over its other figures."""

from collections.abc import Iterable

from indicators.kinds.registry import kind_of
from indicators.layout import Line

_PER_HUNDRED = {"%": " * 100", "‰": " * 1000"}  # the factor of a quotient, by the unit of the rate


def computations(lines: Iterable[Line]) -> tuple[str, ...]:
    """The calculation of each computed line of a layout, as an expression over the others."""
    return tuple(f"{{{line.key}}} == {computation(line)}" for line in lines if line.is_computed and not line.item)


def computation(line: Line) -> str:
    """The calculation of a computed line as an expression over its figures."""
    if not kind_of(line).is_divided(line):
        return line.formula
    quotient = f"{_bracketed(line.numerator)} / {_bracketed(line.denominator)}"
    return quotient + _PER_HUNDRED.get(line.unit, "")


def _bracketed(expression: str) -> str:
    """The expression in brackets, unless it is one single figure."""
    return expression if expression.count("{") == 1 and expression.strip().endswith("}") else f"({expression})"
