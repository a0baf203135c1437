"""Writes a formula the way a spreadsheet computes it, with the same answer for what is missing or 不适用.

A cell holds a number, nothing, or a text; the text `na` in it means 不适用, any other text counts as nothing. Functions are
those that Excel, WPS and LibreOffice all have: IF, AND, OR, NOT, ISNUMBER, IFERROR, SUM, MIN, MAX, ABS, INT.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indicators.formulas import nodes
from indicators.formulas.nodes import Node
from indicators.formulas.references import Reference

# Reference -> the address of its cell; None = there is no cell that holds it.
Addressed = Callable[[Reference], str | None]
_SIGNS = {"==": "=", "!=": "<>"}
_RECKONED = re.compile(r"[-+*/]|\b(ABS|INT)\(")


class NotWritable(ValueError):
    """The formula needs a figure that is in no cell of the sheet."""


@dataclass(frozen=True)
class CellFormulaText:
    """`text` computes the value where every condition of `given` holds; it is 不适用 where not and one of `na` holds.

    `passes_over`: it may be given though a part of it is 不适用, as a sum is.
    """

    text: str
    given: tuple[str, ...] = ()
    na: tuple[str, ...] = ()
    passes_over: bool = False

    @property
    def is_given(self) -> str:
        return _all(self.given)

    @property
    def is_na(self) -> str:
        return _any(self.na)

    @property
    def na_alone(self) -> tuple[str, ...]:
        """Conditions that are all false where the value is given; then the other parts may be missing."""
        if not (self.passes_over and self.na):
            return self.na
        return (f"IFERROR(AND(NOT({self.is_given}),{self.is_na}),FALSE)",)


def written(tree: Node, cell_of: Addressed, na: str) -> CellFormulaText:
    """Raises NotWritable."""
    return _CellFormulaWriter(cell_of, na).node(tree)


def answered(value: CellFormulaText, na: str, otherwise: str) -> str:
    """The value itself; the text `na` where it is 不适用, the text `otherwise` where it cannot be known."""
    text = f'IF({value.is_given},{value.text},"{otherwise}")' if value.given else value.text
    if value.na:
        text = f'IF({value.is_given},{value.text},IF({value.is_na},"{na}","{otherwise}"))'
    return f'IFERROR({text},"{otherwise}")'


def is_broken(tree: Node, cell_of: Addressed, na: str) -> str:
    """A condition -> the formula that is TRUE where it is known not to hold. Raises NotWritable."""
    writer, broken = _CellFormulaWriter(cell_of, na), []
    for part in _judged_alone(tree):
        value = writer.node(part)
        broken.append(f"IFERROR(AND({','.join((*value.given, f'NOT({value.text})'))}),FALSE)")
    return _any(broken)


def _judged_alone(tree: Node) -> list[Node]:
    """The parts of a condition that are each judged by themselves, as `verdicts` does: of `and`, and of a <= b <= c."""
    if isinstance(tree, nodes.Joined) and tree.word == "and":
        return [inner for part in tree.parts for inner in _judged_alone(part)]
    if isinstance(tree, nodes.Comparison):
        pairs = zip(tree.operators, pairwise(tree.operands), pairwise(tree.spans), strict=True)
        return [nodes.Comparison(operands, (sign,), spans) for sign, operands, spans in pairs]
    return [tree]


class _CellFormulaWriter:
    def __init__(self, cell_of: Addressed, na: str):
        self.cell_of, self.na = cell_of, na

    def node(self, node: Node) -> CellFormulaText:
        match node:
            case nodes.Number(number):
                return CellFormulaText(f"{number:f}")
            case nodes.FigurePointer(reference):
                return self._pointer(reference)
            case nodes.ComparisonChain(first, rest):
                return self._chain(first, rest)
            case nodes.Minus(of):
                value = self.node(of)
                return replace(value, text=f"(-{value.text})")
            case nodes.Comparison():
                return self._compared(node)
            case nodes.Joined(word, parts):
                return self._joined(word, [self.node(part) for part in parts])
            case nodes.Not(of):
                value = self.node(of)
                return replace(value, text=f"NOT({value.text})")
            case nodes.IfNode():
                return self._choice(self.node(node.condition), self.node(node.chosen), self.node(node.other))
        return self._call(node.name, [self.node(argument) for argument in node.arguments])

    def _pointer(self, reference: Reference) -> CellFormulaText:
        cell = self.cell_of(reference)
        if cell is None:
            raise NotWritable(str(reference))
        return CellFormulaText(cell, (f"ISNUMBER({cell})",), (f'{cell}="{self.na}"',))

    def _chain(self, first: Node, rest: Sequence[tuple[str, Node]]) -> CellFormulaText:
        """A divisor of 0 is an error in a sheet, which `answered` and `is_broken` take for what cannot be known."""
        values = [self.node(first), *(self.node(node) for _sign, node in rest)]
        text = values[0].text + "".join(f"{sign}{value.text}" for (sign, _node), value in zip(rest, values[1:], strict=True))
        return CellFormulaText(f"({text})", *_together(values))

    def _compared(self, node: nodes.Comparison) -> CellFormulaText:
        values = [self.node(operand) for operand in node.operands]
        pairs = [
            f"{left.text}{_SIGNS.get(sign, sign)}{right.text}"
            for sign, (left, right) in zip(node.operators, pairwise(values), strict=True)
        ]
        return CellFormulaText(_all(pairs) if len(pairs) > 1 else f"({pairs[0]})", *_together(values))

    def _joined(self, word: str, parts: Sequence[CellFormulaText]) -> CellFormulaText:
        """Known where every part is, and where one alone decides."""
        given, na = _together(parts)
        deciding = [_decided(part, part.text if word == "or" else f"NOT({part.text})") for part in parts]
        text = _any(deciding) if word == "or" else f"NOT({_any(deciding)})"
        if any(map(_may_fail, parts)):
            text = f"IF({_any(deciding)},{'TRUE' if word == 'or' else 'FALSE'},{word.upper()}({','.join(part.text for part in parts)}))"
        return CellFormulaText(text, (_any((_all(given), *deciding)),), na, passes_over=True)

    def _choice(self, condition: CellFormulaText, chosen: CellFormulaText, other: CellFormulaText) -> CellFormulaText:
        def of(true: str, false: str) -> str:
            return f"IF({condition.text},{true},{false})"

        branch_given = of(chosen.is_given, other.is_given)
        if _may_fail(condition):
            branch_given = f"IFERROR(IF({condition.is_given},{branch_given},FALSE),FALSE)"
        return CellFormulaText(
            of(chosen.text, other.text),
            (*condition.given, branch_given),
            (
                *condition.na_alone,
                f"IFERROR(AND({condition.is_given},{of(_any(chosen.na_alone), _any(other.na_alone))}),FALSE)",
            ),
        )

    def _call(self, name: str, values: Sequence[CellFormulaText]) -> CellFormulaText:
        if name in ("abs", "floor"):
            function = {"abs": "ABS", "floor": "INT"}[name]
            return replace(values[0], text=f"{function}({values[0].text})")
        any_given = (_any([value.is_given for value in values]),)
        na = tuple(condition for value in values for condition in value.na)
        if name == "coalesce":
            text = values[-1].text
            for value in reversed(values[:-1]):
                text = f"IF({value.is_given},{value.text},{text})"
            return CellFormulaText(text, any_given, na, True) if all(value.given for value in values) else CellFormulaText(text)
        # A text or a blank standing alone in a cell is passed over by SUM, MIN and MAX; inside anything longer it is not.
        if name == "sum":
            values = [value if _is_cell(value) or not value.given else _or_nothing(value) for value in values]
        elif any(value.given and not _is_cell(value) for value in values):
            raise NotWritable(name)
        text = f"{name.upper()}({','.join(value.text for value in values)})"
        return CellFormulaText(text, any_given, na, True) if all(value.given for value in values) else CellFormulaText(text)


def _or_nothing(value: CellFormulaText) -> CellFormulaText:
    """A part of a sum that is longer than a cell counts only where all of it is given, as a blank cell does."""
    return CellFormulaText(f"IF({value.is_given},{value.text},0)", value.given, value.na)


def _may_fail(value: CellFormulaText) -> bool:
    """Whether it computes with its cells: a text in a sum and a divisor of 0 are errors, and spread even where nothing hangs on them."""
    return bool(_RECKONED.search(value.text))


def _decided(part: CellFormulaText, condition: str) -> str:
    """Whether a part of `and`, `or` alone decides: it is known, and the condition holds."""
    decided = _all((*part.given, condition))
    return f"IFERROR({decided},FALSE)" if _may_fail(part) else decided


def _is_cell(value: CellFormulaText) -> bool:
    return value.given == (f"ISNUMBER({value.text})",) and "(" not in value.text


def _together(values: Iterable[CellFormulaText]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    values = list(values)
    given = dict.fromkeys(condition for value in values for condition in value.given)
    return tuple(given), tuple(dict.fromkeys(condition for value in values for condition in value.na_alone))


def _all(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})" if conditions else "TRUE"


def _any(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})" if conditions else "FALSE"
