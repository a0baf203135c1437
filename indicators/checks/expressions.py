"""Reads a rule that a person wrote: a condition over figures that exist. The same for loaders and pages."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from indicators.checks.rules import Rule, rule_of
from indicators.formulas import FormulaError, Reference
from indicators.kinds.kind import Defined
from indicators.measures.nested_periods import nested_in


class NotARule(ValueError):
    """The text is no rule; the message is a sentence for people."""


def read_rule(
    expression: str,
    severity: str,
    message: str,
    known: Mapping[str, Collection[str]] | None,
    defined: Mapping[str, Defined] | None = None,
) -> Rule:
    """`known`: code -> its items; None where the rule was read before, so that its figures are known to exist. `defined`: how
    each indicator is computed. Raises NotARule."""
    try:
        rule = rule_of(expression, severity, message)
    except FormulaError as error:
        raise NotARule(str(error)) from error
    if not rule.formula.is_condition:
        raise NotARule(_("This is a number; a rule compares, such as {A} <= {B}."))
    if not rule.formula.references:
        raise NotARule(_("This rule looks at no figure; write {CODE}."))
    for reference in rule.formula.references if known is not None else ():
        if reference.code not in known:
            raise NotARule(_("No indicator has the code %(code)s.") % {"code": reference.code})
        if reference.item and reference.item not in known[reference.code]:
            raise NotARule(_("%(code)s has no item “%(item)s”.") % {"code": reference.code, "item": reference.item})
    nested = nested_in(expression, defined or {})
    if nested:
        raise NotARule(nested_sentence(*nested))
    return rule


def nested_sentence(reference: Reference, behind: Reference) -> str:
    return _(
        "%(reference)s would be blank: %(code)s is itself computed from another period (%(behind)s), and no report further back"
        " is at hand. Take %(code)s of this period, or write out what it is computed from."
    ) % {"reference": reference, "code": reference.key, "behind": behind}
