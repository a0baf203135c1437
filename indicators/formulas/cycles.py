"""Finds a formula that leads back to itself, by codes."""

from collections.abc import Iterable, Mapping

from indicators.formulas.formula import parse


def inputs_now(texts: Iterable[str]) -> set[str]:
    """The codes that formulas need of this period. A figure of an earlier period exists already and closes no circle."""
    return {reference.code for text in texts if text for reference in parse(text).references if reference.shift in ("", "ytd")}


def circle_in(inputs: Mapping[str, set[str]]) -> list[str]:
    """Codes that lead in a circle, the first repeated at the end; empty where there is none."""
    finished: set[str] = set()
    for start in inputs:
        trail: list[str] = []
        waiting = [(start, False)]
        while waiting:
            code, is_left = waiting.pop()
            if is_left:
                finished.add(trail.pop())
            elif code in trail:
                return [*trail[trail.index(code) :], code]
            elif code not in finished:
                trail.append(code)
                waiting.append((code, True))
                waiting += [(other, False) for other in sorted(inputs.get(code, ()))]
    return []
