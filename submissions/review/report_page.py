"""Data of one report's page: figures beside earlier ones, versions and their differences, and the acts on it."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import QuerySet

from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.measures.document_measures import Leaf
from indicators.measures.history import Document
from indicators.periods import Period
from indicators.values.documents import NA
from indicators.values.number_parser import format_figure
from orgs.models import Organization, Placement
from orgs.tree.queries import counted_on
from submissions.core.check_context import Finding, label_of, read_finding
from submissions.core.earlier_reports import open_report_sentences
from submissions.core.texts import COLOURS
from submissions.core.unit_reports import UnitReports, reports_for
from submissions.models import Review, Submission, Version
from submissions.tasks.progress import is_late

MOST_CHANGES = 12  # lines of the panel beside the review table


@dataclass(frozen=True)
class ChangedCell:
    """One cell that differs between two documents, as texts."""

    key: str
    label: str
    code: str
    before: str
    after: str


@dataclass(frozen=True)
class VersionRow:
    """One version with what changed since the one before."""

    version: Version
    changes: tuple[ChangedCell, ...]

    @property
    def digest(self) -> str:
        return self.version.digest[:12]


@dataclass(frozen=True)
class ComparedFigure:
    """One flagged figure beside last period's, last year's, and the median of its neighbours."""

    label: str
    now: str
    previous: str
    last_year: str
    middle: str


@dataclass(frozen=True)
class Panel:
    """One unit's report as shown beside the reviewer's table."""

    submission: Submission
    version: Version | None
    changes: tuple[ChangedCell, ...]
    more_changes: int
    findings: tuple[Finding, ...]
    compared: tuple[ComparedFigure, ...]
    returned: Review | None
    leans: tuple[str, ...]  # on which earlier reports, not approved, its figures lean


def versions_of(submission: Submission) -> list[Version]:
    """The versions, newest first, with who saved and sealed them."""
    versions = Version.objects.filter(county_id=submission.county_id, submission=submission)
    return list(versions.select_related("saved_by", "sealed_by").order_by("-number"))


def version_rows(layout: Layout, versions: Sequence[Version]) -> list[VersionRow]:
    """Newest first; the first version has nothing before it to differ from."""
    before = {later.number: earlier for later, earlier in itertools.pairwise(versions)}
    return [
        VersionRow(
            version, changed_cells(layout, before[version.number].figures, version.figures) if version.number in before else ()
        )
        for version in versions
    ]


def changed_cells(layout: Layout, before: Document, after: Document) -> tuple[ChangedCell, ...]:
    """The typed cells that differ, in the order of the form."""
    return tuple(
        ChangedCell(
            line.key, label_of(layout, line.key), line.code, kind_of(line).text(before.get(line.key), line.decimals),
            kind_of(line).text(after.get(line.key), line.decimals),
        )
        for line in layout.typed
        if before.get(line.key) != after.get(line.key)
    )  # fmt: skip


def reviews_of(submission: Submission) -> QuerySet[Review]:
    """Everything that was done with the report, newest first."""
    reviews = Review.objects.filter(county_id=submission.county_id, submission=submission)
    return reviews.select_related("organization", "by", "version").order_by("-at", "-id")


def findings_of(version: Version | None) -> tuple[Finding, ...]:
    """The findings of the checks when the version was sealed."""
    return tuple(read_finding(data) for data in version.findings) if version else ()


def colour_of(submission: Submission) -> str:
    return COLOURS[submission.state]


def panel_of(submission: Submission, neighbours: bool = True) -> Panel:
    """The panel, in a constant number of queries; neighbours are the units under the same parent on the period's last day."""
    layout, version = submission.task.layout, submission.standing
    reports = reports_for(submission.task, [submission.organization_id])[submission.organization_id]
    findings, before = findings_of(version), reports.previous()
    changes = changed_cells(layout, before.figures, version.figures) if version and before else ()
    flagged = list(dict.fromkeys(finding.keys[0] for finding in findings if finding.keys))
    others = _neighbours(submission) if flagged and neighbours else []
    returned = reviews_of(submission).filter(act="return").first() if submission.times_returned else None
    return Panel(
        submission, version, changes[:MOST_CHANGES], len(changes[MOST_CHANGES:]), findings,
        tuple(_compared(layout, key, reports, version, others) for key in flagged), returned, tuple(open_report_sentences(submission)),
    )  # fmt: skip


def _neighbours(submission: Submission) -> list[Leaf]:
    day = submission.task.period.last_day
    parent = Placement.objects.filter(counted_on(day), organization_id=submission.organization_id).values("parent")
    brothers = Placement.objects.filter(counted_on(day), county_id=submission.county_id, parent__in=parent)
    rows = Submission.objects.filter(
        county_id=submission.county_id,
        task=submission.task,
        organization__in=brothers.values("organization"),
        standing__isnull=False,
    )
    figures = dict(rows.values_list("organization_id", "standing__figures"))
    reports = reports_for(submission.task, list(figures))
    return [reports[org_id].now(document) for org_id, document in figures.items()]


def _compared(layout: Layout, key: str, reports: UnitReports, version: Version, others: Sequence[Leaf]) -> ComparedFigure:
    line: Line = layout.by_key[key]

    def text(leaf: Leaf | None) -> str:
        return (kind_of(line).text(leaf.figure(key), line.decimals) if leaf else "") or "—"

    given = [Decimal(figure) for figure in (other.figure(key) for other in others) if figure not in (None, NA)]
    middle = format_figure(median(given), line.decimals) if given else "—"
    return ComparedFigure(
        label_of(layout, key), text(reports.now(version.figures)), text(reports.previous()), text(reports.year_ago()), middle
    )


def texts_of(submission: Submission, version: Version | None) -> dict[str, str]:
    """Figure key -> text of every line of the form, computed ones too."""
    layout = submission.task.layout
    reports = reports_for(submission.task, [submission.organization_id])[submission.organization_id]
    leaf = reports.now(version.figures if version else {})
    return {line.key: kind_of(line).text(leaf.figure(line.key), line.decimals) for line in layout.lines}


@dataclass(frozen=True)
class ReportRow:
    """One report in the list of an organization."""

    submission: Submission
    period: Period
    colour: str
    is_late: bool


def report_row(submission: Submission) -> ReportRow:
    return ReportRow(submission, period_of(submission), colour_of(submission), is_late(submission, submission.task))


def reports_of(organization: Organization) -> QuerySet[Submission]:
    """All reports one organization owes or owed, newest first; layouts and documents are not read."""
    reports = Submission.objects.filter(organization=organization).select_related("task__form", "reviewer_org")
    return reports.defer("task__layout").order_by("-task__due_on", "task__form__sort_order", "-pk")


def period_of(submission: Submission) -> Period:
    return submission.task.period
