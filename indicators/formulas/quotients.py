"""Finds a figure divided by a figure: what units divide each for itself has no sum."""

from indicators.formulas import nodes
from indicators.formulas.nodes import Node
from indicators.formulas.references import Reference
from indicators.formulas.verdicts import children_of, references_in


def divisor_in(node: Node) -> tuple[Reference, ...]:
    """What a figure of the formula is divided by; empty where nothing but numbers divides.

    A condition answers 1 or 0 and `floor` a whole number, whatever is divided inside them.
    """
    if node.is_condition or (isinstance(node, nodes.FormulaCall) and node.name == "floor"):
        return ()
    if isinstance(node, nodes.ComparisonChain):
        for sign, part in node.rest:
            if sign == "/" and references_in(part):
                return references_in(part)
    for part in children_of(node):
        found = divisor_in(part)
        if found:
            return found
    return ()
