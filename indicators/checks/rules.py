"""The rules that judge a document: a form's own, its indicators', and those the definitions imply."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256

from indicators.choices import Severity
from indicators.formulas import Formula, Reference, Resolve, Verdict, VerdictState, parse
from indicators.formulas.verdicts import HOLDS, NOT_APPLICABLE
from indicators.kinds.kind import DefaultCheck
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.values.documents import NA, Figure


@dataclass(frozen=True)
class Rule:
    """`key` never changes: explanations are kept under it. A rule has a formula, or a figure it requires."""

    key: str
    severity: str
    message: str = ""  # in the county's own words; "" = made from the formula
    formula: Formula | None = None
    required: Reference | None = None
    within_year: bool = False  # compares with the period before, and starts anew in January
    asks: bool = True  # a figure given may ask for one that is missing (the pair rule)
    is_sign: bool = False  # `{CODE} >= 0`, on nearly every line

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        return self.formula.references if self.formula else (self.required,)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The figure keys whose cells the rule is about."""
        return tuple(dict.fromkeys(reference.key for reference in self.references))

    def judge(self, resolve: Resolve, *, asked: Container[str], starts_year: bool) -> Verdict:
        """`asked`: the figure keys this unit is asked on this form; `starts_year`: no earlier period of the year."""
        if self.within_year and starts_year:
            return NOT_APPLICABLE
        if self.is_sign and _is_not_negative(resolve(self.formula.references[0])):
            return HOLDS  # 1,200 of these took 35 ms through the formula, on every save
        if self.formula:
            verdict = self.formula.verdict(resolve, asked)
            return verdict if self.asks or verdict.state != VerdictState.MISSING else NOT_APPLICABLE
        if self.required.key in asked and resolve(self.required) is None:
            return Verdict(VerdictState.MISSING, missing=(self.required,))
        return NOT_APPLICABLE


def _is_not_negative(figure: Figure | None) -> bool:
    return figure is None or figure == NA or figure >= 0


def rule_of(expression: str, severity: str, message: str = "") -> Rule:
    """A written rule; its key stays the same however often it is loaded. Raises FormulaError."""
    formula = parse(expression)
    same = "".join(token.text for token in formula.tokens)
    return Rule("rule:" + sha256(same.encode()).hexdigest()[:12], severity, message, formula)


@lru_cache(maxsize=256)
def implied_rules(layout: Layout) -> tuple[Rule, ...]:
    """The rules that the definitions of a layout's lines imply."""
    items: dict[str, list[Line]] = {}
    for line in layout.lines:
        if line.item:
            items.setdefault(line.code, []).append(line)
    return tuple(rule for line in layout.lines for rule in _implied_by(line, layout, items.get(line.code, [])))


def fitting(rules: Iterable[Rule], layout: Layout) -> tuple[Rule, ...]:
    """The rules whose every figure is on the layout."""
    return tuple(rule for rule in rules if all(key in layout.by_key for key in rule.keys))


def without_repeats(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The first of each key, and of each formula: a form's own severity goes before the catalogue's."""
    first: dict[str, Rule] = {}
    written: set[str] = set()
    for rule in rules:
        text = "".join(token.text for token in rule.formula.tokens) if rule.formula else rule.key
        if rule.key not in first and text not in written:
            first[rule.key] = rule
            written.add(text)
    return tuple(first.values())


def _implied_by(line: Line, layout: Layout, items: list[Line]) -> Iterable[Rule]:
    kind = kind_of(line)
    if kind.is_divided(line):
        yield from _of_ratio(line, layout)
    if line.is_computed:
        return
    if line.required and not line.item:
        yield Rule(f"required:{line.key}", Severity.MANDATORY, required=Reference(line.code, line.item))
    yield from (_default(check, line) for check in kind.cell_checks(line))
    if line.item:
        return
    if line.part_of and line.part_of in layout.by_key:
        yield _implied("part", line, f"{{{line.code}}} <= {{{line.part_of}}}")
    yield from (_default(check, line) for check in kind.history_checks(line))
    yield from _of_breakdown(line, items)


def _of_breakdown(line: Line, items: list[Line]) -> Iterable[Rule]:
    """A complete breakdown adds up to its total in every dimension; of another no item exceeds its total."""
    if not line.breakdown_is_complete:
        if not line.negative_allowed:
            yield from (_implied("item", item, f"{{{item.key}}} <= {{{line.code}}}", asks=False) for item in items)
        return
    for dimension in dict.fromkeys(item.dimension for item in items):
        inside = ", ".join(f"{{{item.key}}}" for item in items if item.dimension == dimension)
        yield _implied(f"items{dimension}", line, f"{{{line.code}}} == sum({inside})")


def _of_ratio(line: Line, layout: Layout) -> Iterable[Rule]:
    """Something out of nothing is an error: a numerator above 0 with a denominator of 0."""
    known = (*parse(line.numerator).references, *parse(line.denominator).references)
    if all(reference.key in layout.by_key for reference in known):
        top, bottom = f"({line.numerator})", f"({line.denominator})"
        yield _implied("divisor", line, f"coalesce({bottom}, 1) != 0 or coalesce({top}, 0) == 0")


def _default(check: DefaultCheck, line: Line) -> Rule:
    return _implied(check.name, line, check.expression, check.severity, within_year=check.within_year, is_sign=check.is_sign)


def _implied(kind: str, line: Line, expression: str, severity: str = Severity.MANDATORY, **more: bool) -> Rule:
    return Rule(f"{kind}:{line.key}", severity, formula=parse(expression), **more)
