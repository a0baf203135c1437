"""Evaluates the rules on one document: each finding with its cells, its sentence and its cure. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from indicators.checks.finding_texts import cure, finding_sentence
from indicators.checks.rules import Rule
from indicators.choices import Severity
from indicators.formulas import Reference, VerdictState
from indicators.layout import Layout
from indicators.measures.history import Document, EarlierDocuments
from submissions.checking.explanations import why_not_enough
from submissions.core.check_context import Desk, Finding

__all__ = ["Finding", "explained", "findings_for", "required_rule"]

ORDER = {Severity.MANDATORY: 0, Severity.VERIFY: 1, Severity.HINT: 2}


def findings_for(
    layout: Layout,
    checks: Iterable[Rule],
    unit_category: str,
    figures: Document,
    earlier: EarlierDocuments,
    elsewhere: Document,
    explanations: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Everything the rules say about the document: mandatory first, then in the order of the lines.

    `elsewhere` are the figures of other forms that rules look at; `explanations` are the unit's words by rule key.
    """
    desk = Desk(layout, unit_category, figures, earlier, elsewhere)
    found = [finding for rule in checks for finding in _of_rule(desk, rule)]
    place = {line.key: number for number, line in enumerate(layout.lines)}
    found.sort(key=lambda finding: (ORDER[finding.severity], min((place.get(key, 0) for key in finding.keys), default=0)))
    return [explained(finding, explanations or {}) for finding in found]


def explained(finding: Finding, explanations: Mapping[str, str]) -> Finding:
    """The finding with what the unit says about it; a verify finding is settled only by a real explanation."""
    text = explanations.get(finding.check, "")
    needs = finding.severity == Severity.VERIFY and bool(why_not_enough(text))
    return replace(finding, explanation=text, needs_explanation=needs)


def required_rule(key: str) -> Rule:
    """The rule that a cell must be filled in, as a required line has it."""
    code, _colon, item = key.partition(":")
    return Rule(f"required:{key}", Severity.MANDATORY, required=Reference(code, item))


def _of_rule(desk: Desk, rule: Rule) -> list[Finding]:
    """Nothing where the unit is asked none of the rule's lines."""
    if not desk.shown.intersection(rule.keys):
        return []
    verdict = rule.judge(desk.resolve, asked=desk.asked, starts_year=not desk.earlier.year)
    if verdict.state not in (VerdictState.BROKEN, VerdictState.MISSING):
        return []
    keys = tuple(key for key in dict.fromkeys((*(one.key for one in verdict.missing), *rule.keys)) if key in desk.shown)
    sentence = finding_sentence(rule, verdict, desk.layout, desk.resolve)
    return [Finding(rule.key, rule.severity, keys, sentence, cure(rule, verdict, desk.layout))]
