"""Why a report changed, who changed it and when: read from the versions and reviews of the writing side."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from submissions.choices import Act
from submissions.models import Review, Version


@dataclass(frozen=True)
class VersionReason:
    """`text` is "" where nobody gave a reason; `by`: a name."""

    text: str
    by: str
    at: datetime | None


NO_REASON = VersionReason("", "", None)
_TAKING_AWAY = (Act.RETURN, Act.WITHDRAW, Act.EXEMPT, Act.RELEASE)


def reasons_for(changes: Collection[tuple[Version | None, Version]]) -> dict[int, VersionReason]:
    """The later version of each pair -> who sealed it and when, and why: every return and correction between the two.

    What was returned and corrected before the earlier version was sealed is in it already, and explains nothing.
    """
    acts = _newest_acts({after.submission_id for _before, after in changes}, (Act.RETURN, Act.CORRECT))
    found = {}
    for before, after in changes:
        between = [review for review in acts.get(after.submission_id, ()) if _lies_between(review, before, after)]
        text = "；".join(dict.fromkeys(filter(None, map(_reason, between))))
        found[after.pk] = VersionReason(text, after.sealed_by.name, after.sealed_at)
    return found


def _lies_between(review: Review, before: Version | None, after: Version) -> bool:
    """A return names the version that went back, a correction the one that came of it."""
    if review.version is None:
        return False
    first, number = before.number if before else 0, review.version.number
    return first < number <= after.number if review.act == Act.CORRECT else first <= number < after.number


def reasons_gone(report_ids: Collection[int]) -> dict[int, VersionReason]:
    """Report -> why it counts no longer: the last act that took it back."""
    acts = _newest_acts(report_ids, _TAKING_AWAY)
    return {report: VersionReason(_reason(found[-1]), found[-1].by.name, found[-1].at) for report, found in acts.items()}


def _newest_acts(report_ids: Collection[int], acts: Collection[Act]) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = {}
    rows = (
        Review.objects.filter(submission_id__in=report_ids, act__in=acts).select_related("by", "version").order_by("at", "pk")
    )
    for review in rows:
        found.setdefault(review.submission_id, []).append(review)
    return found


def _reason(review: Review) -> str:
    return "；".join(dict.fromkeys(filter(None, (review.reason, *review.cell_reasons.values()))))
