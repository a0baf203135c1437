"""From which day on figures of a line may be compared: its own definition and those of all that it is computed from."""

from collections.abc import Mapping

from indicators.formulas import parse
from indicators.kinds.registry import kind_of
from indicators.layout import Line


def comparable_since(line: Line, lines: Mapping[str, Line]) -> str:
    """The latest day on which the meaning of the line, or of an input of it among `lines`, broke; "" where none did."""
    found, waiting = {line.key: line}, [line]
    while waiting:
        inputs = {lines[key] for key in _inputs(waiting.pop()) if key in lines and key not in found}
        found |= {one.key: one for one in inputs}
        waiting += inputs
    return max(one.comparable_since for one in found.values())


def _inputs(line: Line) -> set[str]:
    return {reference.key for text in kind_of(line).formulas(line) for reference in parse(text).references}
