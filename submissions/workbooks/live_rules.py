"""The checks of a form as formulas beside its cells, which warn while a person types; the system checks again on import.

Pure.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.checks.finding_texts import shifted
from indicators.checks.rules import Rule
from indicators.choices import Severity
from indicators.formulas import VerdictState
from indicators.formulas.in_cells import Addressed, NotWritable, is_broken
from indicators.layout import Layout
from spreadsheets.write.entry_controls import FORMULA_LITERAL
from submissions.core.check_context import Desk, label_of
from submissions.workbooks.styles import DOUBTFUL, NOTICED, WRONG

SIGNS = {Severity.MANDATORY: WRONG, Severity.VERIFY: DOUBTFUL, Severity.HINT: NOTICED}
_ORDER = tuple(SIGNS)
_WIDELY_SAID = 3  # a rule over more figures warns only at its first one


@dataclass(frozen=True)
class LiveRule:
    """A rule with a formula that is TRUE if it is broken, and the figure keys of the cells where it warns."""

    rule: Rule
    broken: str
    keys: tuple[str, ...]
    sentence: str

    @property
    def sign(self) -> str:
        return SIGNS[Severity(self.rule.severity)]

    @property
    def text(self) -> str:
        """The text of the warning, its sign first."""
        return f"{self.sign} {self.sentence}"[: FORMULA_LITERAL - 2]

    @property
    def formula(self) -> str:
        return warn(self.broken, self.text)

    def is_broken(self, desk: Desk) -> bool:
        """Whether the document of the context breaks the rule."""
        return self.rule.formula.verdict(desk.resolve, desk.asked).state == VerdictState.BROKEN


def live_rules(
    rules: Iterable[Rule],
    shown: Collection[str],
    cell_of: Addressed,
    na: str,
    sentence_of: Callable[[Rule], str],
    *,
    starts_year: bool,
) -> list[LiveRule]:
    """The rules that use only cells of the sheet, the most serious first.

    Left out: rules that a blank cell breaks, which is not wrong yet, and rules about a sign, which every cell checks by itself.
    """
    found = []
    for rule in rules:
        if rule.formula is None or rule.is_sign or (rule.within_year and starts_year) or not set(rule.keys) <= set(shown):
            continue
        try:
            broken = is_broken(rule.formula.tree, cell_of, na)
        except NotWritable:
            continue
        keys = rule.keys if len(rule.keys) <= _WIDELY_SAID else rule.keys[:1]
        found.append(LiveRule(rule, broken, keys, sentence_of(rule)))
    return sorted(found, key=lambda live: _ORDER.index(Severity(live.rule.severity)))


def rule_sentence(rule: Rule, layout: Layout) -> str:
    """The rule in the words of a warning: names without codes, which are in the same table."""
    if rule.key.startswith("divisor:"):
        name = layout.by_key[rule.key.partition(":")[2]].name
        return _("%(name)s: its denominator is 0, its numerator is not") % {"name": name}
    if rule.message:
        return rule.message
    return rule.formula.spelled(lambda reference: shifted(label_of(layout, reference.key), reference.shift))


def warn(condition: str, text: str) -> str:
    return f'IF({condition},{quoted(text + "　")},"")'


def fitting(formulas: Sequence[str], most: int) -> list[str]:
    """As many of the formulas as fit into `most` characters when joined by &."""
    found, length = [], 0
    for formula in formulas:
        length += len(formula) + 1
        if length > most:
            break
        found.append(formula)
    return found


def quoted(text: str) -> str:
    """A text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'
