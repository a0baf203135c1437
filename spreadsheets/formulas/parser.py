"""Parses the text of a formula into a tree by operator rank, with the areas it refers to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

from spreadsheets.formulas.functions import FUNCTIONS
from spreadsheets.formulas.nodes import Call, Chain, Constant, Node, Pointer, Signed, Unknown
from spreadsheets.formulas.places import COLUMNS, ROWS, area_in, split_sheet
from spreadsheets.formulas.values import NAME, REF, Area, Fault, Matrix, Scalar, Uncomputable, number_in

LONGEST, DEEPEST = 8192, 64  # characters and levels that a spreadsheet allows
RANKS = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_SIGN_RANK = 6  # a sign binds closer than a power: -2^2 is 4
# What these give is decided by more than the cells named in the formula, so nobody knows what they depend on.
_ANYWHERE = ("INDIRECT", "OFFSET")
_SHAPED_BY_TEST = ("SUMIF", "AVERAGEIF")


class Names(Protocol):
    """The names that a formula may use besides cells."""

    def sheet(self, title: str) -> str | None:
        """The sheet's title as it is written in the workbook; None where there is no such sheet."""

    def defined(self, name: str, sheet: str) -> str | None:
        """The text of a defined name as seen from a sheet; None where there is no such name."""


@dataclass
class Parsed:
    """A parsed formula: its tree, the areas it reads, and whether it may read cells that it does not name."""

    node: Node
    areas: list[Area] = field(default_factory=list)
    looks_anywhere: bool = False
    is_subtotal: bool = False


def parse(text: str, sheet: str, names: Names) -> Parsed:
    """Parses a formula on a sheet, such as `SUM(A1:A3)` (without the equals sign).

    A part that cannot be read becomes an Unknown, which may read any cell.
    """
    parsed = Parsed(Unknown(text[:80]))
    try:
        parsed.node = _Reader(_tokens(text), sheet, names, parsed).whole()
    except Uncomputable:
        parsed.looks_anywhere = True
    return parsed


def _tokens(text: str) -> list[Token]:
    if len(text) > LONGEST:
        raise Uncomputable("a long formula")
    try:
        items = Tokenizer(f"={text}").items
    except (TokenizerError, IndexError, ValueError, AttributeError) as error:
        raise Uncomputable(text[:80]) from error
    return [token for token in items if token.type != Token.WSPACE]


class _Reader:
    def __init__(self, tokens: Sequence[Token], sheet: str, names: Names, parsed: Parsed, depth: int = 0):
        self.tokens, self.at, self.depth = tokens, 0, depth
        self.sheet, self.names, self.parsed = sheet, names, parsed

    @property
    def token(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> Token:
        token = self.token
        if token is None:
            raise Uncomputable("a formula that ends too early")
        self.at += 1
        return token

    def whole(self) -> Node:
        node = self.expression(0)
        if self.token is not None:
            raise Uncomputable(self.token.value)
        return node

    def expression(self, least: int) -> Node:
        """Parses operands joined by operators of at least this rank."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Uncomputable("a formula nested too deep")
        left, rank_of_left = self._operand(), None
        while (rank := self._rank()) is not None and rank > least:
            sign = self.take().value
            right = self.expression(rank)
            if rank_of_left == rank:
                left.rest.append((sign, right))
            else:
                left, rank_of_left = Chain(left, [(sign, right)]), rank
        self.depth -= 1
        return left

    def _rank(self) -> int | None:
        token = self.token
        return RANKS.get(token.value) if token is not None and token.type == Token.OP_IN else None

    def _operand(self) -> Node:
        token = self.take()
        if token.type == Token.OP_PRE:
            node: Node = Signed(token.value, self.expression(_SIGN_RANK))
        elif token.type == Token.OPERAND:
            node = self._plain(token)
        elif token.type == Token.PAREN and token.subtype == Token.OPEN:
            node = self.expression(0)
            self._close(Token.PAREN)
        elif token.type == Token.FUNC and token.subtype == Token.OPEN:
            node = self._call(token.value[:-1].upper())
        elif token.type == Token.ARRAY and token.subtype == Token.OPEN:
            node = Constant(Matrix(tuple(map(tuple, self._array()))))
        else:
            raise Uncomputable(token.value)
        while self.token is not None and self.token.type == Token.OP_POST:
            node = Signed(self.take().value, node)
        return node

    def _close(self, kind: str) -> None:
        token = self.take()
        if token.type != kind or token.subtype != Token.CLOSE:
            raise Uncomputable(token.value)

    def _call(self, name: str) -> Node:
        arguments = tuple(self._arguments())
        if name in _ANYWHERE:
            self.parsed.looks_anywhere = True
        self.parsed.is_subtotal = self.parsed.is_subtotal or name == "SUBTOTAL"
        if name in _SHAPED_BY_TEST and len(arguments) == 3:
            arguments = (*arguments[:2], self._shaped(arguments[2], arguments[0]))
        function, least, most = FUNCTIONS.get(name, (None, 0, 0))
        if function is None or not least <= len(arguments) <= most:
            return Unknown(f"{name}()")
        return Call(function, arguments)

    def _shaped(self, added: Node, tested: Node) -> Node:
        """The added area of SUMIF in the shape of the tested area, whatever area is written for it."""
        if not (isinstance(added, Pointer) and isinstance(tested, Pointer)):
            return added
        height, width = tested.area.shape
        bottom, right = added.area.top + height - 1, added.area.left + width - 1
        area = Area(added.area.sheet, added.area.top, added.area.left, min(bottom, ROWS), min(right, COLUMNS))
        self.parsed.areas.append(area)
        return Pointer(area)

    def _arguments(self) -> Iterator[Node]:
        """Parses the arguments up to the closing bracket; nothing between two commas is a blank."""
        if self._is(Token.FUNC, Token.CLOSE):
            self.take()
            return
        while True:
            is_left_out = self._is(Token.SEP, Token.ARG) or self._is(Token.FUNC, Token.CLOSE)
            yield Constant(None) if is_left_out else self.expression(0)
            token = self.take()
            if token.type == Token.FUNC and token.subtype == Token.CLOSE:
                return
            if token.type != Token.SEP or token.subtype != Token.ARG:
                raise Uncomputable(token.value)

    def _is(self, kind: str, subtype: str) -> bool:
        return self.token is not None and self.token.type == kind and self.token.subtype == subtype

    def _array(self) -> list[list[Scalar]]:
        """Parses an array such as {1,2;3,4}: constants alone, rows of equal length."""
        rows: list[list[Scalar]] = [[]]
        while True:
            sign = "-" if self.token is not None and self.token.type == Token.OP_PRE and self.take().value == "-" else ""
            rows[-1].append(_constant(self.take(), sign))
            token = self.take()
            if token.type == Token.ARRAY:
                break
            if token.subtype == Token.ROW:
                rows.append([])
        if len({len(row) for row in rows}) != 1:
            raise Uncomputable("an array of uneven rows")
        return rows

    def _plain(self, token: Token) -> Node:
        if token.subtype != Token.RANGE:
            return Constant(_constant(token))
        text = token.value.lstrip("@")
        if text.endswith("#REF!"):
            return Constant(REF)
        title, place = split_sheet(text)
        sheet = self.names.sheet(title) if title else self.sheet
        if sheet is None:
            return Constant(REF)
        area = area_in(place, sheet)
        if area is None:
            return self._named(place, sheet)
        self.parsed.areas.append(area)
        return Pointer(area)

    def _named(self, name: str, sheet: str) -> Node:
        """Parses the text of a defined name as a formula of its own."""
        text = self.names.defined(name, sheet)
        if text is None:
            if not name.replace("_", "").replace(".", "").isalnum():
                raise Uncomputable(name)
            return Constant(NAME)
        if self.depth > DEEPEST // 2:
            raise Uncomputable("names that name each other")
        return _Reader(_tokens(text), sheet, self.names, self.parsed, self.depth + DEEPEST // 8).whole()


def _constant(token: Token, sign: str = "") -> Scalar:
    if token.type != Token.OPERAND:
        raise Uncomputable(token.value)
    if token.subtype == Token.NUMBER:
        number = number_in(token.value)
        return -number if sign else Decimal(number)
    if token.subtype == Token.TEXT:
        return token.value[1:-1].replace('""', '"')
    if token.subtype == Token.LOGICAL:
        return token.value.upper() == "TRUE"
    if token.subtype == Token.ERROR:
        return Fault(token.value.upper())
    raise Uncomputable(token.value)
