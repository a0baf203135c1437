"""The sentence for what a rule found: the figures with names and units, the rule, what to do."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.checks.rules import Rule
from indicators.choices import Severity
from indicators.formulas import BrokenRule, Reference, Resolve, Side, Verdict, VerdictState
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.values.documents import NA
from indicators.values.exact_numbers import as_decimal
from indicators.values.number_parser import format_figure, round_half_up

_BROKEN = {
    "<=": gettext_lazy("%(left)s is greater than %(right)s"),
    "<": gettext_lazy("%(left)s is not less than %(right)s"),
    ">=": gettext_lazy("%(left)s is less than %(right)s"),
    ">": gettext_lazy("%(left)s is not greater than %(right)s"),
    "==": gettext_lazy("%(left)s is not equal to %(right)s; the difference is %(difference)s"),
    "!=": gettext_lazy("%(left)s is equal to %(right)s"),
}
_SHIFTED = {
    "": "%(name)s",
    "prev": gettext_lazy("%(name)s (last period)"),
    "ytd": gettext_lazy("%(name)s (year to date)"),
    "same_last_year": gettext_lazy("%(name)s (same period last year)"),
}
_EARLIER = {
    "prev": gettext_lazy("last period %(amount)s, %(moved)s"),
    "same_last_year": gettext_lazy("same period last year %(amount)s, %(moved)s"),
}
_CURES = {
    Severity.MANDATORY: gettext_lazy("Check both figures and correct the wrong one; the form cannot be submitted like this."),
    Severity.VERIFY: gettext_lazy("Correct the figure, or explain in a sentence why it is so."),
    Severity.HINT: gettext_lazy("Please look at the figure once more; nothing need be done if it is right."),
}


def name_in(layout: Layout, reference: Reference) -> str:
    """`ORG-003 已建立党组织`, `CERT-002 期末持证:初级`, with words for another period."""
    line = layout.by_key.get(reference.key)
    name = reference.key if line is None else f"{line.code} {line.name}" + (f":{line.item}" if line.item else "")
    return shifted(name, reference.shift)


def shifted(name: str, shift: str) -> str:
    """The name with words for the period it is taken from."""
    return _SHIFTED[shift] % {"name": name}


def spelled(rule: Rule, layout: Layout) -> str:
    """The rule in words: the county's own message where there is one, else the formula."""
    if rule.message:
        return rule.message
    if rule.formula is None:
        return _("%(name)s must be filled in") % {"name": name_in(layout, rule.required)}
    if rule.key.startswith("items"):
        total, *items = rule.references
        return f"{name_in(layout, total)} = {_items_together(tuple(items), rule)}"
    return rule.formula.spelled(lambda reference: name_in(layout, reference))


def finding_sentence(rule: Rule, verdict: Verdict, layout: Layout, resolve: Resolve) -> str:
    """What is wrong, with the figures. Only for a verdict that is broken or missing something."""
    if verdict.state == VerdictState.MISSING:
        return _with_message(_missing(verdict, layout, resolve), rule)
    if rule.message and is_against_earlier(rule):
        return _with_message(_against_earlier(rule, layout, resolve), rule)
    if not verdict.broken:
        figures = _("; ").join(_named_figure(reference, layout, resolve) for reference in rule.references)
        sentence = _("The rule “%(rule)s” does not hold: %(figures)s")
        return _("%(sentence)s.") % {"sentence": sentence % {"rule": spelled(rule, layout), "figures": figures}}
    return _with_message(_("; ").join(_comparison(broken, rule, layout) for broken in verdict.broken), rule)


def cure(rule: Rule, verdict: Verdict, layout: Layout) -> str:
    """What to do about it."""
    if verdict.state == VerdictState.MISSING:
        answers = [answers for one in verdict.missing if (answers := _answers(one, layout))]
        if answers and len(answers) == len(verdict.missing):
            return _("Fill it in: %(answers)s.") % {"answers": _(" or ").join(answers[0])}
        return _("Fill it in: 0 where there is none, N/A where it does not apply.")
    return str(_CURES[Severity(rule.severity)])


def _answers(reference: Reference, layout: Layout) -> tuple[str, ...]:
    """The words that its line takes instead of a number; none where it takes numbers."""
    line = layout.by_key.get(reference.key)
    return kind_of(line).answers() if line is not None else ()


def is_against_earlier(rule: Rule) -> bool:
    """True for a rule that holds one figure of this period against the same figure of earlier ones."""
    shifts = {reference.shift for reference in rule.references}
    return rule.formula is not None and len(rule.keys) == 1 and "" in shifts and bool(shifts & _EARLIER.keys())


def _against_earlier(rule: Rule, layout: Layout, resolve: Resolve) -> str:
    """`PM-001 党员总数 51 名；上期 87 名，减少 36 名（41.4%）`: the figures that a clerk compares, instead of the formula."""
    now = next(reference for reference in rule.references if not reference.shift)
    line, figure = layout.by_key.get(now.key), resolve(now)
    decimals, unit = (line.decimals, line.unit) if line else (0, "")
    texts = [_named_figure(now, layout, resolve)]
    for reference in rule.references:
        before = resolve(reference)
        if reference.shift in _EARLIER and before not in (None, NA):
            amount, moved = _amount(Decimal(before), decimals, unit), _moved(Decimal(before), Decimal(figure), decimals, unit)
            texts.append(_EARLIER[reference.shift] % {"amount": amount, "moved": moved})
    return _("; ").join(texts)


def _moved(before: Decimal, now: Decimal, decimals: int, unit: str) -> str:
    if now == before:
        return _("unchanged")
    sentence = _("%(amount)s more") if now > before else _("%(amount)s fewer")
    change = sentence % {"amount": _amount(abs(now - before), decimals, unit)}
    if before <= 0:
        return change
    percent = format_figure(abs(now - before) * 100 / before, 1)
    return _("%(said)s (%(percent)s%%)") % {"said": change, "percent": percent}


def _with_message(sentence: str, rule: Rule) -> str:
    if rule.message:
        return _("%(sentence)s. Rule: %(rule)s.") % {"sentence": sentence, "rule": rule.message.rstrip("。.")}
    return _("%(sentence)s.") % {"sentence": sentence}


def _missing(verdict: Verdict, layout: Layout, resolve: Resolve) -> str:
    missing = _(", ").join(name_in(layout, reference) for reference in verdict.missing)
    if not verdict.given:
        return _("%(missing)s must be filled in") % {"missing": missing}
    given = _(", ").join(_named_figure(reference, layout, resolve) for reference in verdict.given)
    return _("%(missing)s must be filled in, because %(given)s is given") % {"missing": missing, "given": given}


def _comparison(broken: BrokenRule, rule: Rule, layout: Layout) -> str:
    lines = [layout.by_key.get(reference.key) for reference in (*broken.left.references, *broken.right.references)]
    known = [line for line in lines if line is not None]
    decimals = _decimals(broken, known)
    difference = _amount(abs(broken.left.value - broken.right.value), decimals, _common_unit(known))
    return _BROKEN[broken.operator] % {
        "left": _side(broken.left, decimals, rule, layout),
        "right": _side(broken.right, decimals, rule, layout),
        "difference": difference,
    }


def _side(side: Side, decimals: int, rule: Rule, layout: Layout) -> str:
    """`ORG-003 已建立党组织 23 家`; `A + B (25 家)` for a longer side; `100` for a plain number."""
    lines = [layout.by_key.get(reference.key) for reference in side.references]
    amount = _amount(side.value, decimals, _common_unit([line for line in lines if line is not None]))
    if not side.references:
        return amount
    together = _items_together(side.references, rule)
    text = together or rule.formula.spelled(lambda reference: name_in(layout, reference), side.span)
    is_one = side.span[1] - side.span[0] == 1
    return f"{text} {amount}" if is_one else _("%(expression)s (%(amount)s)") % {"expression": text, "amount": amount}


def _items_together(references: tuple[Reference, ...], rule: Rule) -> str:
    """The items of a breakdown by their own names, which is shorter than each with its indicator's; "" for any other side."""
    if not rule.key.startswith("items") or not all(reference.item for reference in references):
        return ""
    return _("the items %(items)s together") % {"items": _(", ").join(reference.item for reference in references)}


def _named_figure(reference: Reference, layout: Layout, resolve: Resolve) -> str:
    line = layout.by_key.get(reference.key)
    figure = resolve(reference)
    if figure is None:
        amount = _("not reported")
    elif figure == NA:
        amount = _("N/A")
    elif line is not None and kind_of(line).is_word:
        amount = kind_of(line).text(figure, 0)
    else:
        amount = _amount(as_decimal(figure), line.decimals if line else 0, line.unit if line else "")
    return f"{name_in(layout, reference)} {amount}"


def _amount(value: Decimal, decimals: int, unit: str) -> str:
    """Printed at `decimals` places, as a whole number where it is one."""
    text = format_figure(value, 0 if value == value.to_integral_value() else decimals)
    return f"{text}{unit}" if unit in ("%", "‰") else f"{text} {unit}".rstrip()


def _common_unit(lines: list[Line]) -> str:
    units = {line.unit for line in lines}
    return units.pop() if len(units) == 1 else ""


_MOST_DECIMALS = 6


def _decimals(broken: BrokenRule, lines: list[Line]) -> int:
    """The lines' decimals; more where rounding would make a broken rule look kept (100.04 > 100)."""
    fewest = max((line.decimals for line in lines), default=2)
    for places in range(fewest, _MOST_DECIMALS):
        if round_half_up(broken.left.value, places) != round_half_up(broken.right.value, places):
            return places
    return max(fewest, _MOST_DECIMALS)
