"""Checks of corrections: each result differs from its base by its figures alone, and nothing else follows an approval."""

from collections.abc import Iterator

from django.db.models import Exists, F, Max, OuterRef
from django.utils.translation import gettext as _

from reports.verification.ledgers import name_of
from submissions.choices import OPEN_CORRECTION, Act, CorrectionState
from submissions.core.sealed_measures import leaning_on
from submissions.models import Correction, Review, Submission, Task, Version


def corrections_change_what_they_say() -> Iterator[str]:
    """The result is the next version after the base, sealed, with the figures of the correction and no others changed."""
    rows = Correction.objects.filter(state=CorrectionState.APPROVED).select_related("base", "result", *_NAMED).order_by("pk")
    for row in rows:
        figures = {key: figure for key, figure in {**row.base.figures, **row.changes}.items() if figure is not None}
        if row.result.figures != figures:
            yield _correction(row, _("its result is not its base with its figures"))
        if row.base.submission_id != row.submission_id or row.result.submission_id != row.submission_id:
            yield _correction(row, _("it rests on a version of another report"))
        if row.result.number != row.base.number + 1 or row.result.sealed_at is None:
            yield _correction(row, _("its result is not the sealed version after its base"))
        if not Review.objects.filter(submission_id=row.submission_id, version_id=row.result_id, act=Act.CORRECT).exists():
            yield _correction(row, _("its approval is not among the acts on the report"))


def approved_reports_change_by_corrections_alone() -> Iterator[str]:
    """Every sealed version after the one that was approved is the result of a correction, and the newest one stands."""
    approved = Review.objects.filter(act=Act.APPROVE, version__isnull=False)
    numbers = dict(approved.values_list("submission_id").annotate(number=Max("version__number")).order_by())
    for version in _without_correction():
        if version.number > numbers.get(version.submission_id, version.number):
            yield _("%(name)s version %(number)s came after the approval and stems from no correction.") % {
                "name": name_of(version.submission), "number": version.number,
            }  # fmt: skip
    for correction in _corrected_and_not_standing():
        yield _correction(correction, _("the report does not stand on its newest correction"))


def corrections_are_noted() -> Iterator[str]:
    """What lists and sums read of corrections agrees with them: under way at the report, approved at its task and later ones."""
    under_way = Exists(Correction.objects.filter(submission=OuterRef("pk"), state__in=OPEN_CORRECTION))
    rows = Submission.objects.annotate(under_way=under_way).exclude(is_in_correction=F("under_way"))
    for submission in rows.select_related("task__form", "organization").order_by("pk"):
        yield _("%(name)s: whether a correction is under way is noted wrongly.") % {"name": name_of(submission)}
    corrected = Task.objects.filter(pk__in=Correction.objects.filter(state=CorrectionState.APPROVED).values("submission__task"))
    for task in corrected.order_by("pk"):
        periods = [task.period, *leaning_on(task.period)]
        rows = Task.objects.filter(county_id=task.county_id, form_id=task.form_id, period__in=periods, has_corrections=False)
        for other in rows.select_related("form"):
            yield _("%(form)s %(period)s does not say that corrections stand in it.") % {
                "form": other.form.code, "period": other.period,
            }  # fmt: skip


_NAMED = ("submission__task__form", "submission__organization")


def _without_correction() -> Iterator[Version]:
    """Sealed versions of approved reports that are no result of a correction; the first one is never asked about."""
    results = Exists(Correction.objects.filter(result=OuterRef("pk"), state=CorrectionState.APPROVED))
    rows = Version.objects.filter(~results, sealed_at__isnull=False, number__gt=1, submission__approved_at__isnull=False)
    related = rows.select_related("submission__task__form", "submission__organization").defer("submission__task__layout")
    return related.order_by("pk").iterator(chunk_size=500)


def _corrected_and_not_standing() -> Iterator[Correction]:
    newer = Correction.objects.filter(
        submission=OuterRef("submission"), state=CorrectionState.APPROVED, number__gt=OuterRef("number")
    )
    rows = Correction.objects.filter(~Exists(newer), state=CorrectionState.APPROVED)
    yield from rows.exclude(submission__standing=F("result")).select_related(*_NAMED).order_by("pk")


def _correction(row: Correction, what: str) -> str:
    return _("%(name)s correction %(number)s: %(what)s.") % {
        "name": name_of(row.submission),
        "number": row.number,
        "what": what,
    }
