"""Exceptions for a refused write, each with a sentence for people."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from indicators.choices import Severity
from submissions.core.check_context import Finding


class ActRefused(Exception):
    """The act breaks a rule; `sentence` says where, what, which rule and what to do."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class NotReady(ActRefused):
    """The report cannot be sent as it stands; `findings` are all that the checks say, those that stop it first."""

    def __init__(self, findings: Sequence[Finding]):
        super().__init__(_sentence(findings))
        self.findings = list(findings)


def _sentence(findings: Sequence[Finding]) -> str:
    mandatory = sum(finding.severity == Severity.MANDATORY for finding in findings)
    silent = sum(finding.needs_explanation for finding in findings)
    first = next(finding for finding in findings if finding.blocks)
    return _("Not sent: %(mandatory)s to correct, %(silent)s to explain. First: %(said)s %(cure)s") % {
        "mandatory": mandatory, "silent": silent, "said": first.sentence, "cure": first.cure,
    }  # fmt: skip
