"""Finds figures that depend on cells that could not be read; they get no finding, so that one bad cell gives one finding.

Pure.
"""

from collections.abc import Collection, Sequence

from indicators.checks.rules import Rule
from indicators.formulas import parse
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from submissions.core.check_context import Finding

_NOW = ("", "ytd")  # shifts of references that need this period's figure


def leaning_on(layout: Layout, unread: Collection[str]) -> set[str]:
    """Keys of the unread figures and of all that are computed from them, in any number of steps."""
    found, size = set(unread), -1
    computed = [line for line in layout.lines if line.is_computed] if found else []
    while len(found) != size:
        size = len(found)
        found |= {line.key for line in computed if not found.isdisjoint(_inputs(line))}
    return found


def inputs_of(finding: Finding, rules: Sequence[Rule]) -> set[str]:
    """The keys of this period to which the finding's rule refers."""
    keys = {
        reference.key for rule in rules if rule.key == finding.check for reference in rule.references if reference.shift in _NOW
    }
    return keys or set(finding.keys)


def _inputs(line: Line) -> set[str]:
    texts = kind_of(line).formulas(line)
    return {reference.key for text in texts for reference in parse(text).references if reference.shift in _NOW}
