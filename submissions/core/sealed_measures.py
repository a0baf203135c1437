"""Updates the packed measures of sealed versions: packs a new one, and packs again those that depend on a changed one."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from indicators.layout import Layout
from indicators.measures.document_measures import pack
from indicators.measures.history import Document
from indicators.measures.vectors import TooLarge
from indicators.periods import Period
from submissions.core.history import EarlierByBasis, earlier_by_basis
from submissions.core.packed_measures import Packed, kept_as, packed_of
from submissions.core.refusals import ActRefused
from submissions.core.summary_stamps import mark_changed
from submissions.models import Submission, Task, Version


def measures_of(layout: Layout, unit_category: str, figures: Document, earlier: EarlierByBasis) -> Packed:
    """The packed measures of a document about to be sealed."""
    try:
        return pack_by_basis(layout, unit_category, figures, earlier)
    except TooLarge as too_large:
        raise ActRefused(
            _("A computed figure is too large to be added up: %(said)s. Correct the figures it is made of.")
            % {"said": too_large}
        ) from too_large


def pack_by_basis(layout: Layout, unit_category: str, figures: Document, earlier: EarlierByBasis) -> Packed:
    """A document's measures over all standing reports and over the approved ones. Raises TooLarge."""
    measures = pack(layout, unit_category, figures, earlier.standing)
    if earlier.approved == earlier.standing:
        return Packed(measures)
    return packed_of(measures, pack(layout, unit_category, figures, earlier.approved))


def leans_on_earlier(layout: Layout) -> bool:
    """True where a measure of one period changes with another: parts of running totals, formulas over time."""
    return any(
        kind_of(line).is_running or "@" in f"{line.numerator}{line.denominator}{line.formula}{line.condition}"
        for line in layout.lines
    )


def remeasure_later(task: Task, organization_ids: Collection[int]) -> None:
    """Pack again the units' standing versions of later periods of the same form that lean on this one.

    After every act: what is sent in, approved, returned or withdrawn here changes what a later report is worth.
    """
    tasks = Task.objects.filter(county_id=task.county_id, form_id=task.form_id, period__in=leaning_on(task.period))
    for other in tasks:
        if leans_on_earlier(other.layout):
            _remeasure(other, organization_ids)


def _remeasure(task: Task, organization_ids: Collection[int]) -> None:
    rows = Submission.objects.filter(
        county_id=task.county_id, task=task, organization_id__in=organization_ids, standing__isnull=False
    ).select_related("standing")
    submissions = list(rows)
    earlier = earlier_by_basis(task, [submission.organization_id for submission in submissions])
    changed = []
    for submission in submissions:
        version = submission.standing
        fresh = measures_of(task.layout, submission.unit_category, version.figures, earlier[submission.organization_id])
        if fresh != kept_as(version.measures, version.approved_measures):
            Version.objects.filter(county_id=task.county_id, pk=version.pk).update(**fresh._asdict())
            changed.append(submission.organization_id)
    if changed:
        mark_changed(task, changed)


def leaning_on(period: Period) -> list[Period]:
    """The periods whose figures may refer to this one: the next, the rest of the year, the same of next year."""
    rest, one = [], period.next()
    while one.year == period.year:
        rest.append(one)
        one = one.next()
    next_year = Period(period.year + 1, period.number, period.frequency)
    return list(dict.fromkeys([period.next(), *rest, next_year]))
