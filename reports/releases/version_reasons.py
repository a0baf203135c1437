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


def reasons_for(versions: Collection[Version]) -> dict[int, VersionReason]:
    """Version -> who sealed it and when, and why: the reason of its correction, or of the last return before it."""
    acts = _newest_acts({version.submission_id for version in versions}, (Act.RETURN, Act.CORRECT))
    found = {}
    for version in versions:
        before = [review for review in acts.get(version.submission_id, ()) if _explains(review, version)]
        text = _reason(before[-1]) if before else ""
        found[version.pk] = VersionReason(text, version.sealed_by.name, version.sealed_at)
    return found


def _explains(review: Review, version: Version) -> bool:
    return review.version_id == version.pk if review.act == Act.CORRECT else review.at <= version.sealed_at


def reasons_gone(report_ids: Collection[int]) -> dict[int, VersionReason]:
    """Report -> why it counts no longer: the last act that took it back."""
    acts = _newest_acts(report_ids, _TAKING_AWAY)
    return {report: VersionReason(_reason(found[-1]), found[-1].by.name, found[-1].at) for report, found in acts.items()}


def _newest_acts(report_ids: Collection[int], acts: Collection[Act]) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = {}
    rows = Review.objects.filter(submission_id__in=report_ids, act__in=acts).select_related("by").order_by("at", "pk")
    for review in rows:
        found.setdefault(review.submission_id, []).append(review)
    return found


def _reason(review: Review) -> str:
    return "；".join(dict.fromkeys(filter(None, (review.reason, *review.cell_reasons.values()))))
