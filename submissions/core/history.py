"""Earlier reports of units, and their reports on other forms: standing versions only, for many units at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from indicators.layout import Layout
from indicators.measures.history import Document, EarlierDocuments
from indicators.periods import Period
from submissions.choices import State
from submissions.models import Submission, Task


@dataclass(frozen=True)
class EarlierByBasis:
    """Earlier reports of one unit: all standing ones, and the approved ones."""

    standing: EarlierDocuments
    approved: EarlierDocuments


def earlier_for(task: Task, organization_ids: Collection[int]) -> dict[int, EarlierDocuments]:
    """Organization id -> EarlierDocuments for the task's form and period, in one query; an entry for every id given."""
    return {org_id: earlier.standing for org_id, earlier in earlier_by_basis(task, organization_ids).items()}


def earlier_by_basis(task: Task, organization_ids: Collection[int]) -> dict[int, EarlierByBasis]:
    """Organization id -> EarlierByBasis, in one query: approved reports depend on approved ones only."""
    period = task.period
    standing: dict[int, dict[Period, Document]] = {}
    approved: dict[int, dict[Period, Document]] = {}
    rows = Submission.objects.filter(
        county_id=task.county_id,
        organization_id__in=organization_ids,
        task__form_id=task.form_id,
        task__period__in=leaned_on(period),
        standing__isnull=False,
    )
    for org_id, of, state, figures in rows.values_list("organization_id", "task__period", "state", "standing__figures"):
        standing.setdefault(org_id, {})[of] = figures
        if state == State.APPROVED:
            approved.setdefault(org_id, {})[of] = figures
    return {
        org_id: EarlierByBasis(
            earlier_from(period, standing.get(org_id, {}), task.layout),
            earlier_from(period, approved.get(org_id, {}), task.layout),
        )
        for org_id in organization_ids
    }


def earlier_from(period: Period, documents: Mapping[Period, Document], layout: Layout | None = None) -> EarlierDocuments:
    """The documents by period, as EarlierDocuments; without the figures that are not comparable with those of `layout`."""
    last_year, year = period.same_last_year(), period.year_to_date()[:-1]
    broken = _broken_lines(layout) if layout else {}
    return EarlierDocuments(
        previous=_comparable(period.previous(), documents, broken),
        year=tuple(_comparable(one, documents, broken) for one in year),
        same_last_year=_comparable(last_year, documents, broken) if last_year else None,
        broken_year=frozenset(key for key, since in broken.items() if year and year[0].last_day < since),
    )


def _broken_lines(layout: Layout) -> dict[str, date]:
    """Key -> the first day whose figures are comparable, for lines whose definition changed."""
    return {line.key: date.fromisoformat(line.comparable_since) for line in layout.lines if line.comparable_since}


def _comparable(period: Period, documents: Mapping[Period, Document], broken: Mapping[str, date]) -> Document | None:
    """The document without the figures of periods that ended before their definition of now."""
    document = documents.get(period)
    left_out = {key for key, since in broken.items() if period.last_day < since}
    if document is None or left_out.isdisjoint(document):
        return document
    return {key: figure for key, figure in document.items() if key not in left_out}


def leaned_on(period: Period) -> set[Period]:
    """The earlier periods that a report of this one may refer to."""
    last_year = period.same_last_year()
    return {period.previous(), *period.year_to_date()[:-1], *([last_year] if last_year else [])}
