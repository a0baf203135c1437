"""Translates the short-hand of a catalogue's `validation`, `numerator` and `denominator` into formulas and checks. Pure.

| short-hand | becomes |
|---|---|
| int, int>=0, decimal, decimal(2)>=0 | decimals, and whether a negative is allowed |
| sum(dis)=total | a complete breakdown |
| computed:A-B; if A>=80 then floor(A/5) else 0 | a formula |
| A<=B[E], A=B[prev]+C-D[E], 3<=x<=5[W], expect 1 per month[W] | a check: [E] mandatory, [W] verify |
| anything else | stays to be read by people |

`CODE{item}`, `CODE[prev]`, `CODE[ytd]`, `CODE[cum]` (the year to date) and plain `CODE` are figures.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from indicators.choices import Severity
from indicators.formulas import Formula, FormulaError, Reference, parse

_PIECES = re.compile(r";(?![^()]*\))")  # not the ones inside brackets
_NUMBER = re.compile(r"(int|decimal(?:\((\d)\))?)(>=0)?")
_EXPECTED = re.compile(r"expect\s*(?:>=)?\s*(\d+) per (week|month|quarter|half|year)")
_CHOICE = re.compile(r"if (.+) then (.+) else (.+)")
_RANGE = re.compile(r"(?:(-?[\d.]+)(<=?))?x(?:(<=?|>=?)(-?[\d.]+))?")
_SHIFTS = {"prev": "prev", "ytd": "ytd", "cum": "ytd", "same_last_year": "same_last_year"}
_SEVERITIES = {"[E]": Severity.MANDATORY, "[W]": Severity.VERIFY, "[H]": Severity.HINT}
DECIMALS_OF_DECIMAL = 2


@dataclass
class Rules:
    """What a validation text says; `kept` are the pieces that no formula can say."""

    decimals: int | None = None
    negative_allowed: bool | None = None
    breakdown_is_complete: bool = False
    formula: str = ""
    part_of: str = ""
    checks: list[tuple[str, str]] = field(default_factory=list)  # expression, severity
    kept: list[str] = field(default_factory=list)


def read_rules(code: str, validation: str, frequency: str, known: Collection[str], *, is_part: bool) -> Rules:
    """`known`: every code there is; `is_part`: the name says "of which", so that a plain A<=B means part of B."""
    rules = Rules()
    for piece in filter(None, (piece.strip() for piece in _PIECES.split(validation))):
        text, severity = (piece[:-3], _SEVERITIES[piece[-3:]]) if piece[-3:] in _SEVERITIES else (piece, "")
        if not (_take_kind_of_number(text, rules) or _take_formula(text, known, rules)):
            check = _check(code, text, severity, frequency, known)
            if check is None:
                rules.kept.append(piece)
            elif is_part and _whole_of(code, check):
                rules.part_of = _whole_of(code, check)
            else:
                rules.checks.append(check)
    return rules


def translated(text: str, known: Collection[str]) -> str:
    """`4*CERT-002{初级}+CERT-003[prev]` -> `4*{CERT-002:初级}+{CERT-003@prev}`; what stands in braces already stays."""
    codes = "|".join(re.escape(code) for code in sorted(known, key=len, reverse=True))
    figure = re.compile(
        r"(?P<ready>(?<![\w\]])\{[^{}]*\})"
        rf"|(?<!\w)(?P<code>{codes or '(?!)'}|[A-Z][A-Z0-9]*-[0-9]+)(?!\w)"
        r"(?:\{(?P<item>[^{}]*)\})?(?:\[(?P<shift>prev|ytd|cum|same_last_year)\])?"
    )
    return figure.sub(_braced, text)


def _braced(match: re.Match) -> str:
    if match["ready"]:
        return match["ready"]
    return str(Reference(match["code"], match["item"] or "", _SHIFTS.get(match["shift"], "")))


def _take_kind_of_number(text: str, rules: Rules) -> bool:
    if text == "sum(dis)=total":
        rules.breakdown_is_complete = True
        return True
    number = _NUMBER.fullmatch(text)
    if not number:
        return False
    name, places, not_below = number.groups()
    rules.decimals = 0 if name == "int" else int(places or DECIMALS_OF_DECIMAL)
    rules.negative_allowed = not not_below
    return True


def _take_formula(text: str, known: Collection[str], rules: Rules) -> bool:
    choice = _CHOICE.fullmatch(text)
    if choice:
        text = f"computed:if({', '.join(choice.groups())})"
    if not text.startswith("computed:"):
        return False
    formula = _parsed(translated(text.removeprefix("computed:"), known), known)
    if formula is None or formula.is_condition:
        return False
    rules.formula = _of_items(formula)
    return True


def _of_items(formula: Formula) -> str:
    """A sum over items alone takes those given: the empty items of a complete breakdown are none."""
    if not all(reference.item for reference in formula.references) or any(token.kind in "-(/" for token in formula.tokens[:-1]):
        return formula.text
    return "sum(" + ", ".join(formula.text.split("+")) + ")"


def _check(code: str, text: str, severity: str, frequency: str, known: Collection[str]) -> tuple[str, str] | None:
    expected = _EXPECTED.fullmatch(text)
    if expected:
        return (f"{{{code}}} >= {expected[1]}", severity or Severity.VERIFY) if expected[2] == frequency else None
    limits = _RANGE.fullmatch(text)
    if limits:
        return _range(code, limits, severity)
    formula = _parsed(re.sub(r"(?<![<>=!])=(?!=)", " == ", translated(text, known)), known)
    if formula is None or not formula.is_condition:
        return None
    return _total_first(formula), severity or Severity.VERIFY


def _range(code: str, limits: re.Match, severity: str) -> tuple[str, str] | None:
    """`0<=x<=100`; one-sided without a mark it is only worth a question."""
    least, low, high, most = limits.groups()
    left = f"{least} {low} " if low else ""
    right = f" {high} {most}" if high else ""
    if not (low or high):
        return None
    return f"{left}{{{code}}}{right}", severity or (Severity.MANDATORY if low and high else Severity.VERIFY)


def _total_first(formula: Formula) -> str:
    """`A + B == T` -> `T == A + B`: the language takes the left side of == for the total (the pair rule)."""
    left, sign, right = formula.text.partition(" == ")
    if sign and len(parse(left).references) > 1 and len(parse(right).references) == 1:
        return f"{right} == {left}"
    return formula.text


def _whole_of(code: str, check: tuple[str, str]) -> str:
    expression, severity = check
    plain = re.fullmatch(r"\{([^{}@:]+)\}<=\{([^{}@:]+)\}", expression)
    return plain[2] if plain and plain[1] == code and severity == Severity.MANDATORY else ""


def _parsed(text: str, known: Collection[str]) -> Formula | None:
    """The formula, when the text is one and every code in it exists."""
    try:
        formula = parse(text)
    except FormulaError:
        return None
    return formula if all(reference.code in known for reference in formula.references) else None
