"""How the computed lines of a form are calculated, as expressions over its other figures."""

from collections.abc import Iterable

from indicators.kinds.registry import kind_of
from indicators.layout import Line

_PER_HUNDRED = {"%": " * 100", "‰": " * 1000"}  # a rate's unit says what its quotient is multiplied with


def computations(lines: Iterable[Line]) -> tuple[str, ...]:
    """How the computed lines of a layout come about, as expressions over the others."""
    return tuple(f"{{{line.key}}} == {computation(line)}" for line in lines if line.is_computed and not line.item)


def computation(line: Line) -> str:
    """A computed line as an expression over the figures it is made of."""
    if not kind_of(line).is_divided(line):
        return line.formula
    quotient = f"{_bracketed(line.numerator)} / {_bracketed(line.denominator)}"
    return quotient + _PER_HUNDRED.get(line.unit, "")


def _bracketed(expression: str) -> str:
    """Brackets around anything but one single figure."""
    return expression if expression.count("{") == 1 and expression.strip().endswith("}") else f"({expression})"
