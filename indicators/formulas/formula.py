"""A parsed formula: computes, judges, and spells itself with names. Parsed once per text and process."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from indicators.formulas.lexer import Token, read_reference
from indicators.formulas.nodes import Node
from indicators.formulas.parser import read_tree
from indicators.formulas.references import Reference, Resolve
from indicators.formulas.verdicts import Verdict, judge, references_in
from indicators.values.documents import NA
from indicators.values.exact_numbers import Exact, as_decimal

_SPACED = {"+", "-", "*", "/", "<=", ">=", "<", ">", "==", "!=", ",", "and", "or", "not"}  # a bracket after these stands off
_SHOWN = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠", "*": "×", "/": "÷"}


@dataclass(frozen=True, eq=False)
class Formula:
    """`references`: each once, in the order written. `is_condition`: a check, not a number."""

    text: str
    tree: Node
    tokens: tuple[Token, ...]
    references: tuple[Reference, ...]

    @property
    def is_condition(self) -> bool:
        return self.tree.is_condition

    @property
    def divides(self) -> bool:
        return any(token.kind == "/" for token in self.tokens)

    def compute(self, resolve: Resolve) -> Decimal | str | None:
        """The number as a Decimal, cut far behind the point where it does not end; else as `exact`."""
        value = self.exact(resolve)
        return value if value is None or value == NA else as_decimal(value)

    def exact(self, resolve: Resolve) -> Exact | str | None:
        """The number; for a condition 1 or 0. "NA" where something is 不适用, None where it cannot be known or divides by 0."""
        value = self.tree.value(resolve)
        return int(value) if isinstance(value, bool) else value

    def verdict(self, resolve: Resolve, asked: Container[str] | None = None) -> Verdict:
        """Judges a condition; see verdicts. `asked`: the figure keys this unit's document may hold, None = all."""
        return judge(self.tree, resolve, asked)

    def spelled(self, name_of: Callable[[Reference], str], span: tuple[int, int] | None = None) -> str:
        """As people read it: names for references, ≤ × ÷ for signs; the whole or the tokens from..to of `span`."""
        start, end = span or (0, len(self.tokens) - 1)
        text, before = "", "("
        for token in self.tokens[start:end]:
            close = before == "(" or (token.kind in ("(", ")", ",") and before not in _SPACED)
            text += ("" if close else " ") + _word(token, name_of)
            before = token.text if token.kind == "name" else token.kind
        return text


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """Raises FormulaError with a sentence and a position."""
    tree, tokens = read_tree(text)
    return Formula(text, tree, tokens, references_in(tree))


def _word(token: Token, name_of: Callable[[Reference], str]) -> str:
    if token.kind == "reference":
        return name_of(read_reference(token))
    return _SHOWN.get(token.kind, token.text)
