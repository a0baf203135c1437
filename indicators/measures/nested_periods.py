"""Finds a figure of another period that is itself computed from other periods.

A unit's document is computed with its earlier ones beside it, an earlier one from itself alone: what it looked back at in its
turn is not at hand, and the answer would be a blank that nobody notices. So such a formula is refused when it is made.
"""

from collections.abc import Mapping

from indicators.formulas import Reference, parse
from indicators.kinds.kind import Defined
from indicators.kinds.registry import kind_of


def nested_in(text: str, by_key: Mapping[str, Defined]) -> tuple[Reference, Reference] | None:
    """The reference of a formula to another period, and the one that its figure looks back with; None where there is none."""
    for reference in parse(text).references:
        line = by_key.get(reference.key)
        if line is not None and _goes_back(reference, line):
            behind = look_back_of(line, by_key)
            if behind is not None:
                return reference, behind
    return None


def look_back_of(line: Defined, by_key: Mapping[str, Defined]) -> Reference | None:
    """The first reference to another period by which the line is computed, itself or through its inputs."""
    waiting, seen = [line], set()
    while waiting:
        one = waiting.pop()
        for text in kind_of(one).formulas(one):
            for reference in parse(text).references:
                found = by_key.get(reference.key)
                if found is not None and _goes_back(reference, found):
                    return reference
                if found is not None and reference.key not in seen:
                    seen.add(reference.key)
                    waiting.append(found)
    return None


def total_look_back_of(line: Defined, by_key: Mapping[str, Defined]) -> Reference | None:
    """The same of a computed running total, whose part of the period is its total less the one before."""
    return look_back_of(line, by_key) if kind_of(line).is_running else None


def _goes_back(reference: Reference, line: Defined) -> bool:
    return bool(reference.shift) and (reference.shift != "ytd" or kind_of(line).adds_over_time(line))
