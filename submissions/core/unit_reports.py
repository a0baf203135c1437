"""A unit's reports on one form, period by period: the only source of a cell's figure from a report.

A cell of this period, of the one before, of a year ago and of the year to date is read from its own report, with the lines that
were asked then and with what that report leans on in turn. A reading that leaves the earlier reports out would show a ratio of the
year as one of the quarter, beside the same ratio of the year on another page.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from indicators.kinds.registry import kind_of
from indicators.layout import Layout
from indicators.measures.document_measures import Leaf
from indicators.measures.history import Document, EarlierDocuments
from indicators.periods import Period
from submissions.choices import State
from submissions.core.history import EarlierByBasis, earlier_from, leaned_on
from submissions.models import Submission, Task


@dataclass(frozen=True)
class UnitReports:
    """One unit's standing documents of one form by period, each with its lines."""

    period: Period  # of the report that is looked at
    layout: Layout  # its lines
    documents: Mapping[Period, Document] = field(default_factory=dict)  # period -> what stands
    layouts: Mapping[Period, Layout] = field(default_factory=dict)  # period -> the lines that were asked
    approved: Mapping[Period, Document] = field(default_factory=dict)  # period -> what stands and is approved

    @property
    def earlier(self) -> EarlierDocuments:
        """The earlier documents that the present report depends on."""
        return earlier_from(self.period, self.documents, self.layout)

    @property
    def earlier_by_basis(self) -> EarlierByBasis:
        """Like `earlier`, and only the approved ones: those that an approved report depends on."""
        return EarlierByBasis(self.earlier, earlier_from(self.period, self.approved, self.layout))

    def now(self, figures: Document) -> Leaf:
        """The report looked at, with these figures in it: a draft, a version, or a document as it would be sent."""
        return Leaf(self.layout, figures, self.earlier)

    def previous(self) -> Leaf | None:
        return self.at(self.period.previous())

    def year_ago(self) -> Leaf | None:
        last_year = self.period.same_last_year()
        return self.at(last_year) if last_year else None

    def this_year(self) -> list[Leaf | None]:
        """The earlier periods of the year in order; None where nothing stood."""
        return [self.at(period) for period in self.period.year_to_date()[:-1]]

    def at(self, period: Period) -> Leaf | None:
        """The report of another period as it stood then; None where there was none."""
        document = self.documents.get(period)
        if document is None:
            return None
        layout = self.layouts.get(period, self.layout)
        return Leaf(layout, document, earlier_from(period, self.documents, layout))


def reports_for(task: Task, organization_ids: Collection[int]) -> dict[int, UnitReports]:
    """Organization id -> its reports of the task's form, in two queries. Every id asked for is answered."""
    period = task.period
    wanted = _looked_at(period, task.layout)
    tasks = Task.objects.filter(county_id=task.county_id, form_id=task.form_id, period__in=wanted)
    layouts = {other.period: other.layout for other in tasks}
    documents: dict[int, dict[Period, Document]] = defaultdict(dict)
    approved: dict[int, dict[Period, Document]] = defaultdict(dict)
    rows = Submission.objects.filter(
        county_id=task.county_id, organization_id__in=organization_ids, task__form_id=task.form_id, task__period__in=wanted,
        standing__isnull=False,
    )  # fmt: skip
    for org_id, of, state, figures in rows.values_list("organization_id", "task__period", "state", "standing__figures"):
        documents[org_id][of] = figures
        if state == State.APPROVED:
            approved[org_id][of] = figures
    return {
        org_id: UnitReports(period, task.layout, documents[org_id], layouts, approved[org_id]) for org_id in organization_ids
    }


def _looked_at(period: Period, layout: Layout) -> set[Period]:
    """The periods that this report depends on; where its lines look back, also those that the reports beside it depend on."""
    found = leaned_on(period)
    if any("@" in text for line in layout.lines for text in kind_of(line).formulas(line)):
        found |= {behind for one in found for behind in leaned_on(one)}
    return found


def elsewhere_for(task: Task, organization_ids: Collection[int], codes: Collection[str]) -> dict[int, Document]:
    """Organization id -> figures of these indicators that stand on other forms for the same period. Nothing is read without codes."""
    if not codes:
        return {}
    others = Task.objects.filter(county_id=task.county_id, period=task.period).exclude(pk=task.pk).order_by("pk")
    found: dict[int, Document] = {}
    for other in others:
        keys = [line.key for line in other.layout.lines if line.code in codes]
        if not keys:
            continue
        reports = reports_for(other, organization_ids)
        rows = Submission.objects.filter(
            county_id=task.county_id, organization_id__in=organization_ids, task=other, standing__isnull=False
        )
        for org_id, figures in rows.values_list("organization_id", "standing__figures"):
            leaf = reports[org_id].now(figures)
            wanted = ((key, leaf.exact(key)) for key in keys)
            found.setdefault(org_id, {}).update({key: figure for key, figure in wanted if figure is not None})
    return found
