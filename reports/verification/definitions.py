"""Definitions over time: each says since when its figures are comparable, and no two kinds of figures are one series."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from indicators.models import FormerDefinition, Indicator
from submissions.choices import STANDING
from submissions.models import Submission, Task


def definitions_follow_their_days() -> Iterator[str]:
    """After each change figures are comparable from its day on, or since as long ago as before it."""
    formers = FormerDefinition.objects.select_related("indicator").order_by("indicator_id", "until")
    by_indicator: dict[Indicator, list[FormerDefinition]] = {}
    for former in formers:
        by_indicator.setdefault(former.indicator, []).append(former)
    for indicator, own in by_indicator.items():
        later: list[date | None] = [former.comparable_since for former in own[1:]] + [indicator.comparable_since]
        for former, since in zip(own, later, strict=True):
            if since not in (former.comparable_since, former.until + timedelta(days=1)):
                sentence = _("%(code)s: the definition up to %(until)s is followed by one comparable since %(since)s.")
                yield sentence % {"code": indicator.code, "until": former.until, "since": since}


def unlike_figures_are_apart() -> Iterator[str]:
    """Reports of one county that count in another unit of measure or kind are not of one series."""
    seen: dict[tuple[int, str, str], tuple[str, str]] = {}
    standing = Submission.objects.filter(state__in=STANDING).values("task_id")
    tasks = Task.objects.filter(pk__in=standing).order_by("pk")
    for task in tasks.iterator():
        for line in (one for one in task.layout.lines if not one.item):
            counted = (line.unit, line.kind)
            before = seen.setdefault((task.county_id, line.code, line.comparable_since), counted)
            if before != counted:
                sentence = _("%(period)s: %(code)s is counted as %(now)s, but as %(before)s in the same series.")
                words = {"now": " ".join(counted), "before": " ".join(before)}
                yield sentence % {"period": task.period, "code": line.code, **words}
