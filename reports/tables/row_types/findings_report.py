"""R13: the findings of the checks on the current reports, with the comments of units and reviewers, as rows of a Grid."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from indicators.catalogue.queries import checks_for
from indicators.checks.rules import Rule
from indicators.choices import Severity
from indicators.kinds.registry import kind_of
from indicators.layout import Layout
from indicators.printed.definitions import spelled
from indicators.values.documents import NA
from indicators.values.number_parser import format_figure
from orgs.tree.former_names import former_names_of
from reports.figures.output.cells import APPROVED
from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.figures.sums.aggregation import THEN
from reports.tables.subjects.export_context import ExportContext
from submissions.choices import STANDING, State
from submissions.core.check_context import Finding, label_of, read_finding
from submissions.models import Review, Submission, Task, Version
from submissions.tasks.progress import placed_below, standing_paths

ReviewsByReport = Mapping[int, Sequence[Review]]


def listed_findings(tasks: Sequence[Task], occasion: ExportContext) -> Grid:
    """A row per unit and broken check, in the county's order; the first row counts them by severity."""
    rows: list[FigureRow] = []
    severities: Counter[str] = Counter()
    for task in tasks:
        rules = {rule.key: rule for rule in checks_for(task.layout, task.form, task.county_id)}
        reports = _reports(task, occasion)
        reviews = _reviews([report.pk for report in reports])
        for report in reports:
            for finding in map(read_finding, report.standing.findings):
                severities[finding.severity] += 1
                rows.append(_row(report, finding, rules.get(finding.check), reviews))
    total = "、".join(f"{severity.label} {severities[severity]}" for severity in Severity)
    head = FigureRow(occasion.org.code, occasion.org.name, "total", (_text(""), _text(total), *(_text(""),) * 5), 0)
    notes = () if rows else (_("The checks found nothing in the reports that stand."),)
    return Grid(
        str(occasion.period), occasion.org.code, occasion.basis, "period", occasion.tree, _columns(), (head, *rows), notes,
        len(rows) + 1,
    )  # fmt: skip


def _columns() -> tuple[FigureColumn, ...]:
    names = {
        "form": _("Form number"),
        "severity": _("Severity"),
        "formula": _("Check"),
        "values": _("Figures"),
        "said": _("What was found"),
        "explanation": _("Explanation of the unit"),
        "review": _("Opinion of the reviewer"),
    }
    return tuple(FigureColumn(key, None, name, "", 0, "flow", is_text=True) for key, name in names.items())


def _reports(task: Task, occasion: ExportContext) -> list[Submission]:
    day: date = task.period.last_day
    path = standing_paths(occasion.org.id, [day]).get(day)
    states = [State.APPROVED] if occasion.basis == APPROVED else STANDING
    rows = task.submissions.filter(placed_below(path, day) if path else Q(pk__in=()), state__in=states)
    rows = rows.exclude(standing__findings=[]).select_related("organization", "standing", "task")
    reports = list(rows.order_by("organization__sort_order", "organization__code", "organization_id"))
    if occasion.tree == THEN:
        former = former_names_of([report.organization_id for report in reports])
        for report in reports:
            report.organization = former.as_called(report.organization, day)
    return reports


def _reviews(submission_ids: Sequence[int]) -> ReviewsByReport:
    """Submission id -> its reviews that give a reason, the newest first."""
    found: dict[int, list[Review]] = {}
    for review in Review.objects.filter(submission_id__in=submission_ids).order_by("-at", "-id"):
        if review.reason or review.cell_reasons:
            found.setdefault(review.submission_id, []).append(review)
    return found


def _row(report: Submission, finding: Finding, rule: Rule | None, reviews: ReviewsByReport) -> FigureRow:
    layout = report.task.layout
    texts = (
        report.task.form.code,
        finding.severity_label,
        _formula(rule, layout),
        "；".join(_figures(report.standing, finding, layout)),
        finding.sentence,
        finding.explanation,
        _opinion(finding, reviews.get(report.pk, ())),
    )
    return FigureRow(report.organization.code, report.organization.name, "unit", tuple(map(_text, texts)), 1)


def _formula(rule: Rule | None, layout: Layout) -> str:
    """The formula with names for codes.

    "" for a finding without one (a cell that must be filled) or with a check removed since.
    """
    if rule is None or rule.formula is None:
        return ""
    return spelled(rule.formula.text, {line.code: line.name for line in layout.lines})


def _figures(version: Version, finding: Finding, layout: Layout) -> Iterator[str]:
    for key in finding.keys:
        figure, line = version.figures.get(key), layout.by_key.get(key)
        text = (
            format_figure(figure, 0)
            if figure == NA
            else kind_of(line).text(figure, line.decimals)
            if line
            else str(figure or "")
        )
        text = text or _("not reported")
        yield f"{label_of(layout, key)}＝{text}"


def _opinion(finding: Finding, reviews: Sequence[Review]) -> str:
    """The latest reason given for one of the finding's cells; else the latest reason for the whole report."""
    for review in reviews:
        for key in finding.keys:
            if review.cell_reasons.get(key):
                return review.cell_reasons[key]
    return next((review.reason for review in reviews if review.reason), "")


def _text(text: str) -> FigureCell:
    return FigureCell(None, text)
