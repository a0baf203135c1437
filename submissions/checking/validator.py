"""Prepares what checking documents needs (rules, history, other forms) once for many units of a task."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from indicators.catalogue.queries import checks_for
from indicators.checks.rules import Rule, without_repeats
from indicators.layout import Layout
from indicators.measures.history import Document, EarlierDocuments
from indicators.periods import Period
from submissions.checking.findings import Finding, findings_for, required_rule
from submissions.core.nil_report import asked_under_nil, filled_as_nil
from submissions.core.unit_reports import UnitReports, elsewhere_for, reports_for
from submissions.models import Submission, Task


@dataclass(frozen=True)
class Bench:
    """The rules of a task's form as they are now, with each unit's earlier documents and figures of other forms."""

    layout: Layout
    rules: tuple[Rule, ...]
    period: Period
    reports: dict[int, UnitReports]
    elsewhere: dict[int, Document]

    def reports_of(self, submission: Submission) -> UnitReports:
        """The unit's reports of this form, through which every cell of it is read."""
        return self.reports.get(submission.organization_id) or UnitReports(self.period, self.layout)

    def earlier_of(self, submission: Submission) -> EarlierDocuments:
        return self.reports_of(submission).earlier

    def filled(self, submission: Submission, figures: Document, nil_report: bool) -> Document:
        """The document as it would be sent: with the cells that a nil report answers."""
        if not nil_report:
            return figures
        return filled_as_nil(self.layout, submission.unit_category, figures, self.earlier_of(submission))

    def findings(
        self, submission: Submission, figures: Document, explanations: Mapping[str, str], nil_report: bool
    ) -> list[Finding]:
        """What the rules say about the document as it would be sent; a nil report still owes what it cannot answer."""
        rules, category = self.rules, submission.unit_category
        if nil_report:
            owed = (required_rule(line.key) for line in asked_under_nil(self.layout, category))
            rules = without_repeats((*rules, *owed))
        filled = self.filled(submission, figures, nil_report)
        elsewhere = self.elsewhere.get(submission.organization_id, {})
        return findings_for(self.layout, rules, category, filled, self.earlier_of(submission), elsewhere, explanations)


def bench_for(task: Task, organization_ids: Collection[int]) -> Bench:
    """In three queries, more where a rule looks at another form; however many units. `task.form` is read where not there."""
    layout = task.layout
    rules = checks_for(layout, task.form, task.county_id)
    foreign = {reference.code for rule in rules for reference in rule.references} - layout.codes
    reports = reports_for(task, organization_ids)
    return Bench(layout, rules, task.period, reports, elsewhere_for(task, organization_ids, foreign))
