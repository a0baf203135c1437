"""Reads tokens into the tree of a formula; refuses with a sentence and a position.

    condition  = both { "or" both }
    both       = single { "and" single }
    single     = "not" single | comparison
    comparison = sum { ("<=" | ">=" | "<" | ">" | "==" | "!=") sum }
    sum        = product { ("+" | "-") product }
    product    = signed { ("*" | "/") signed }
    signed     = "-" signed | primary
    primary    = number | {CODE} | function "(" condition { "," condition } ")" | "(" condition ")"

Numbers and conditions are distinguished while reading: `({A} <= 3) + 1` and `{A} and {B}` are refused.
"""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.formulas import nodes
from indicators.formulas.lexer import FormulaError, Token, read_reference, tokens_of
from indicators.formulas.nodes import Node

DEEPEST = 50  # levels of brackets, functions, signs and `not` inside each other
FUNCTIONS = {
    "sum": (1, None),
    "min": (1, None),
    "max": (1, None),
    "coalesce": (1, None),
    "abs": (1, 1),
    "floor": (1, 1),
    "if": (3, 3),
}
_WORDS = ("and", "or", "not")


def read_tree(text: str) -> tuple[Node, tuple[Token, ...]]:
    """The tree with the tokens its spans count. Raises FormulaError."""
    reader = _ExpressionReader(tokens_of(text))
    if reader.token.kind == "end":
        raise FormulaError(_("There is nothing here; write a formula such as {A} <= {B}."), 1)
    tree = reader.condition()
    if reader.token.kind != "end":
        raise reader.unexpected()
    return tree, reader.tokens


class _ExpressionReader:
    def __init__(self, tokens: tuple[Token, ...]):
        self.tokens, self.at, self.depth = tokens, 0, 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.token
        self.at += 1
        return token

    def is_word(self, word: str) -> bool:
        return self.token.kind == "name" and self.token.text == word

    def unexpected(self) -> FormulaError:
        if self.token.kind == "end":
            return FormulaError(_("The formula ends too early."), self.token.position)
        return FormulaError(_("“%(text)s” cannot stand here.") % {"text": self.token.text[:40]}, self.token.position)

    def expect(self, sign: str) -> None:
        if self.token.kind != sign:
            why = _("“%(sign)s” is missing here.") % {"sign": sign}
            raise FormulaError(why, self.token.position)
        self.at += 1

    def condition(self) -> Node:
        return self._joined("or", self._both)

    def _both(self) -> Node:
        return self._joined("and", self._single)

    def _joined(self, word: str, part: Callable[[], Node]) -> Node:
        start = self.token
        parts = [part()]
        while self.is_word(word):
            self._must_be_condition(parts[-1], start, word)
            self.take()
            start = self.token
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        self._must_be_condition(parts[-1], start, word)
        return nodes.Joined(word, tuple(parts))

    def _single(self) -> Node:
        if not self.is_word("not"):
            return self._comparison()
        word = self.take()
        inner = self._deeper(word, self._single)
        self._must_be_condition(inner, word, "not")
        return nodes.Not(inner)

    def _comparison(self) -> Node:
        start, first = self.at, self._sum()
        operands, operators, spans = [first], [], [(start, self.at)]
        while self.token.kind in nodes.COMPARE:
            self._must_be_number(operands[-1], self.tokens[spans[-1][0]])
            operators.append(self.take().kind)
            start = self.at
            operands.append(self._sum())
            self._must_be_number(operands[-1], self.tokens[start])
            spans.append((start, self.at))
        return nodes.Comparison(tuple(operands), tuple(operators), tuple(spans)) if operators else first

    def _sum(self) -> Node:
        return self._chain(("+", "-"), self._product)

    def _product(self) -> Node:
        return self._chain(("*", "/"), self._signed)

    def _chain(self, signs: tuple[str, str], part: Callable[[], Node]) -> Node:
        start, first, rest = self.token, part(), []
        while self.token.kind in signs:
            self._must_be_number(first, start)
            sign, start = self.take().kind, self.token
            rest.append((sign, part()))
            self._must_be_number(rest[-1][1], start)
        return nodes.ComparisonChain(first, tuple(rest)) if rest else first

    def _signed(self) -> Node:
        if self.token.kind != "-":
            return self._primary()
        sign = self.take()
        inner = self._deeper(sign, self._signed)
        self._must_be_number(inner, sign)
        return nodes.Minus(inner)

    def _primary(self) -> Node:
        token = self.token
        if token.kind == "number":
            return nodes.Number(Decimal(self.take().text))
        if token.kind == "reference":
            return nodes.FigurePointer(read_reference(self.take()))
        if token.kind == "(":
            self.take()
            inner = self._deeper(token, self.condition)
            self.expect(")")
            return inner
        if token.kind == "name" and token.text not in _WORDS:
            return self._call(self.take())
        raise self.unexpected()

    def _call(self, name: Token) -> Node:
        if name.text not in FUNCTIONS:
            why = _("“%(name)s” is no function; the functions are %(known)s.")
            raise FormulaError(why % {"name": name.text[:40], "known": ", ".join(FUNCTIONS)}, name.position)
        self.expect("(")
        starts, arguments = [self.token], [self._deeper(name, self.condition)]
        while self.token.kind == ",":
            self.take()
            starts.append(self.token)
            arguments.append(self._deeper(name, self.condition))
        self.expect(")")
        least, most = FUNCTIONS[name.text]
        if len(arguments) < least or (most and len(arguments) > most):
            why = _("The number of values in “%(name)s()” must be %(count)s, not %(given)s.")
            raise FormulaError(why % {"name": name.text, "count": least, "given": len(arguments)}, name.position)
        if name.text == "if":
            return self._choice(name, arguments)
        for argument, start in zip(arguments, starts, strict=True):
            self._must_be_number(argument, start)
        return nodes.FormulaCall(name.text, tuple(arguments))

    def _choice(self, name: Token, arguments: list[Node]) -> Node:
        condition, chosen, other = arguments
        self._must_be_condition(condition, name, "if")
        if chosen.is_condition != other.is_condition:
            raise FormulaError(_("Both results of “if” must be numbers, or both conditions."), name.position)
        return nodes.IfNode(condition, chosen, other)

    def _deeper(self, token: Token, part: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            why = _("It is nested deeper than %(deepest)s levels.") % {"deepest": DEEPEST}
            raise FormulaError(why, token.position)
        node = part()
        self.depth -= 1
        return node

    def _must_be_number(self, node: Node, token: Token) -> None:
        if node.is_condition:
            raise FormulaError(_("A number is needed here, not a condition."), token.position)

    def _must_be_condition(self, node: Node, token: Token, word: str) -> None:
        if not node.is_condition:
            why = _("“%(word)s” needs a condition such as {A} <= {B}.") % {"word": word}
            raise FormulaError(why, token.position)
