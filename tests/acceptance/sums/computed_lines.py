"""Computed lines drawn by chance, each as a formula text and as what it means in plain fractions. Imports nothing of ours.

Three layers: the first over typed figures, each further one over all below it. Products, sums, division by numbers, if, min, max,
coalesce, abs, floor, the period before, the year to date.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from random import Random

NA = "NA"
Number = Fraction | str | None
Document = dict[str, Number]  # figure key -> value; {} where none stands
Documents = list[Document]  # of the year, up to now
Meaning = Callable[[Documents], Number]
LAYERS = (("P1", "P2", "P3"), ("Q1", "Q2"), ("T1", "T2"))
TYPED = {"A": 0, "B": 2, "D": 4, "S": 0}  # code -> decimals
_HIGHEST_DEGREE = 9  # of a product in typed figures: more has no room


class Year(list):
    """Documents of a year with the last one of the year before it, where that was asked too."""

    def __init__(self, documents: Documents, year_before: Document):
        super().__init__(documents)
        self.year_before = year_before


def previous(documents: Documents) -> Document:
    """The document of the period before."""
    return documents[-2] if len(documents) > 1 else getattr(documents, "year_before", {})


@dataclass(frozen=True)
class Drawn:
    """`degree`: how many typed figures are multiplied at most; `goes_back`: it looks at other periods."""

    text: str
    means: Meaning
    degree: int = 0
    goes_back: bool = False


def drawn_lines(dice: Random) -> dict[str, Drawn]:
    """Code -> computed line, each layer over those below."""
    known = {code: Drawn(f"{{{code}}}", _typed(code), 1) for code in TYPED}
    lines: dict[str, Drawn] = {}
    for codes in LAYERS:
        made = {code: _short(dice, known) for code in codes}
        lines |= made
        known |= {code: Drawn(f"{{{code}}}", line.means, line.degree, line.goes_back) for code, line in made.items()}
    return lines


def _short(dice: Random, known: dict[str, Drawn]) -> Drawn:
    while True:
        found = _expression(dice, known, dice.choice((1, 2, 2, 3)))
        if len(found.text) <= 480 and 1 <= found.degree <= _HIGHEST_DEGREE and "{" in found.text:
            return found


def _typed(code: str) -> Meaning:
    return lambda documents: documents[-1].get(code) if documents else None


def _expression(dice: Random, known: dict[str, Drawn], depth: int) -> Drawn:
    if depth == 0:
        return _leaf(dice, known)
    kind = dice.choice(("+", "-", "*", "*", "/", "/", "sum", "min", "max", "coalesce", "if", "abs", "floor", "minus"))
    left, right = _expression(dice, known, depth - 1), _expression(dice, known, depth - 1)
    both = left.goes_back or right.goes_back
    if kind == "/":
        text, number = _divisor(dice)
        return Drawn(f"({left.text} / {text})", _all_given(lambda value: value / number, left), left.degree, left.goes_back)
    if kind in ("abs", "floor", "minus"):
        act = {"abs": abs, "floor": lambda value: Fraction(floor(value)), "minus": lambda value: -value}[kind]
        text = f"-({left.text})" if kind == "minus" else f"{kind}({left.text})"
        return Drawn(text, _all_given(act, left), left.degree, left.goes_back)
    if kind == "*":
        return Drawn(
            f"{_inside(left.text)} * {_inside(right.text)}",
            _all_given(lambda a, b: a * b, left, right),
            left.degree + right.degree,
            both,
        )
    degree = max(left.degree, right.degree)
    if kind in "+-":
        act = (lambda a, b: a + b) if kind == "+" else (lambda a, b: a - b)
        return Drawn(f"({left.text} {kind} {right.text})", _all_given(act, left, right), degree, both)
    if kind == "if":
        return _choice(dice, left, right)
    return Drawn(f"{kind}({left.text}, {right.text})", _any_given(kind, left, right), degree, both)


def _inside(text: str) -> str:
    return f"({text})"


def _leaf(dice: Random, known: dict[str, Drawn]) -> Drawn:
    if dice.random() < 0.2:
        text = dice.choice(("2", "0.5", "7", "0.125", "(1 / 3)", "12"))
        value = _constant(text)
        return Drawn(text, lambda _documents: value)
    code = dice.choice(list(known))
    line = known[code]
    shift = dice.choice(("", "", "", "prev", "ytd"))
    if not shift or line.goes_back:
        return line
    if shift == "prev":
        return Drawn(f"{{{code}@prev}}", _of_last(line.means), line.degree, True)
    if code == "S":  # a stock: its year to date is what it is
        return Drawn("{S@ytd}", line.means, 1)
    return Drawn(f"{{{code}@ytd}}", _to_date(line.means), line.degree, True)


def _constant(text: str) -> Fraction:
    return Fraction(1, 3) if "/" in text else Fraction(text)


def _divisor(dice: Random) -> tuple[str, Fraction]:
    text = dice.choice(("2", "3", "6", "7", "12", "0.4", "30", "(2 * 3)", "1.25", "100", "9"))
    return text, Fraction(6) if "*" in text else Fraction(text)


def _of_last(means: Meaning) -> Meaning:
    return lambda documents: means([previous(documents)]) if previous(documents) else None


def _to_date(means: Meaning) -> Meaning:
    """What was given this year, if something is given now; an earlier document is taken by itself."""

    def to_date(documents: Documents) -> Number:
        now = means(documents)
        if now is None or now == NA:
            return now
        before = [means([document]) for document in documents[:-1] if document]
        return now + sum(value for value in before if value is not None and value != NA)

    return to_date


def _all_given(act: Callable[..., Fraction], *parts: Drawn) -> Meaning:
    """不适用 wins over missing, missing over numbers."""

    def means(documents: Documents) -> Number:
        values = [part.means(documents) for part in parts]
        if NA in values:
            return NA
        return None if None in values else act(*values)

    return means


def _any_given(name: str, *parts: Drawn) -> Meaning:
    def means(documents: Documents) -> Number:
        values = [part.means(documents) for part in parts]
        given = [value for value in values if value is not None and value != NA]
        if not given:
            return NA if NA in values else None
        return {"sum": sum, "min": min, "max": max, "coalesce": lambda found: found[0]}[name](given)

    return means


def _choice(dice: Random, left: Drawn, right: Drawn) -> Drawn:
    """if(left / right > limit, left, right): a quotient in a condition is exact too."""
    limit = dice.choice(("0", "1", "0.75"))
    text = f"if({_inside(left.text)} / {_inside(right.text)} > {limit}, {left.text}, {right.text})"

    def means(documents: Documents) -> Number:
        pair = left.means(documents), right.means(documents)
        if NA in pair:
            return NA
        if None in pair or not pair[1]:
            return None
        return pair[0] if pair[0] / pair[1] > Fraction(limit) else pair[1]

    return Drawn(text, means, max(left.degree, right.degree), left.goes_back or right.goes_back)


def drawn_document(dice: Random) -> dict[str, int | str | Fraction]:
    """Typed figures, some missing, some 不适用, some as large as they come."""
    document = {}
    for code, decimals in TYPED.items():
        most = 10**15 - 1 if dice.random() < 0.05 else 1000
        value = Fraction(dice.randint(0, most * 10**decimals), 10**decimals)
        document[code] = dice.choice([value] * 8 + [NA, None, Fraction(0)])
    return {code: value for code, value in document.items() if value is not None} or {"A": Fraction(1)}
