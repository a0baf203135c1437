"""Cuts the text of a formula into tokens and refuses, with a sentence and a position, what the language does not have."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.formulas.references import SHIFTS, Reference

LONGEST = 2000  # characters of a formula
LONGEST_INTEGER, LONGEST_FRACTION = 15, 10  # digits of a number written in a formula

_SPACE = re.compile(r"\s+")
_BRACES = re.compile(r"\{([^{}]*)\}")
_CODE = re.compile(r"\w[\w.\-]{0,39}")
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?(?![\w.])", re.ASCII)
_NAME = re.compile(r"[A-Za-z_]+(?![\w.])", re.ASCII)
_SIGN = re.compile(r"<=|>=|==|!=|[-+*/<>(),]")
_WORD = re.compile(r"[\w.]+|.", re.DOTALL)


class FormulaError(ValueError):
    """The text is no formula; the message is a sentence for people. `position` counts characters from 1."""

    def __init__(self, sentence: str, position: int):
        super().__init__(_("Character %(position)s: %(sentence)s") % {"position": position, "sentence": sentence})
        self.position = position


@dataclass(frozen=True)
class Token:
    """`kind`: number, reference, name, end, or the sign itself."""

    kind: str
    text: str
    start: int  # from 0

    @property
    def position(self) -> int:
        return self.start + 1


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens with an `end` after the last. Raises FormulaError."""
    if len(text) > LONGEST:
        raise FormulaError(_("A formula has at most %(longest)s characters.") % {"longest": LONGEST}, LONGEST + 1)
    found, at = [], 0
    while at < len(text):
        space = _SPACE.match(text, at)
        if space:
            at = space.end()
            continue
        token = _token_at(text, at)
        found.append(token)
        at += len(token.text)
    return (*found, Token("end", "", len(text)))


def read_reference(token: Token) -> Reference:
    """`{CODE:item@prev}` -> Reference. Raises FormulaError for a code, item or period that cannot be."""
    inside, _at, shift = token.text[1:-1].partition("@")
    code, colon, item = (part.strip() for part in inside.partition(":"))
    shift = shift.strip()
    if not _CODE.fullmatch(code):
        raise FormulaError(_("“%(text)s” names no indicator; write {CODE}.") % {"text": token.text[:40]}, token.position)
    if bool(colon) != bool(item) or len(item) > 100:
        raise FormulaError(_("“%(text)s” names no item; write {CODE:item}.") % {"text": token.text[:40]}, token.position)
    if ("@" in token.text) and shift not in SHIFTS:
        known = ", ".join(f"@{name}" for name in SHIFTS)
        why = _("“@%(shift)s” is no period; the periods are %(known)s.")
        raise FormulaError(why % {"shift": shift[:40], "known": known}, token.position)
    return Reference(code, item, shift)


def _token_at(text: str, at: int) -> Token:
    if text[at] == "{":
        braces = _BRACES.match(text, at)
        if not braces:
            raise FormulaError(_("The brace “{” is never closed."), at + 1)
        return Token("reference", braces.group(), at)
    number = _NUMBER.match(text, at)
    if number:
        if len(number.group(1)) > LONGEST_INTEGER or len(number.group(2) or "") > LONGEST_FRACTION:
            why = _("A number has at most %(before)s digits before and %(after)s after the point.")
            raise FormulaError(why % {"before": LONGEST_INTEGER, "after": LONGEST_FRACTION}, at + 1)
        return Token("number", number.group(), at)
    name = _NAME.match(text, at)
    if name:
        return Token("name", name.group(), at)
    sign = _SIGN.match(text, at)
    if sign:
        return Token(sign.group(), sign.group(), at)
    raise FormulaError(_unknown(_WORD.match(text, at).group()), at + 1)


def _unknown(word: str) -> str:
    if word == "=":
        return _("Write “==” for “is equal to”.")
    if word[0].isdigit():
        return _("“%(text)s” is not a number here; write digits with at most one point.") % {"text": word[:40]}
    return _(
        "“%(text)s” is not known here. A formula has {CODE}, numbers, + - * /, <= >= < > == !=, and or not, "
        "sum min max abs if coalesce floor."
    ) % {"text": word[:40]}
