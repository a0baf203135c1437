"""Effects of a change of the tree on stored reports: which would have no place, which count elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orgs.tree.dependants import PlacedReport
from orgs.tree.place_changes import span_on
from orgs.tree.placements import ONE_DAY, PlacementSpan
from orgs.tree.report_places import last_span
from orgs.tree.spans import names_of

Places = Mapping[int, Sequence[PlacementSpan]]


class ReportsUnplaced(ValidationError):
    """Organizations would have no place on the last day of a period they reported on: one sentence each, with the way out."""

    def __init__(self, reports: Mapping[int, PlacedReport], names: Mapping[int, str]):
        self.organizations = tuple(reports)
        self.sentences = tuple(_unplaced(report, names[org]) for org, report in reports.items())
        super().__init__(list(self.sentences))


def refuse_unplaced(reports: Iterable[PlacedReport], before: Places, after: Places, *, may_keep: bool = False) -> None:
    """A report of an organization that stands nowhere on the period's last day would be in nobody's sum.

    `may_keep`: it counts where the organization stood last; only where it never stood before, that is refused.
    """
    lost: dict[int, PlacedReport] = {}
    for report in reports:
        stood = span_on(before[report.organization], report.day)
        if may_keep and last_span(after, report.organization, report.day):
            continue
        if stood and not span_on(after[report.organization], report.day):
            lost[report.organization] = report  # the latest of its days counts
    if lost:
        raise ReportsUnplaced(lost, names_of(lost))


def _unplaced(report: PlacedReport, name: str) -> str:
    sentence = _(
        "%(name)s has a report for %(period)s (%(form)s), which counts where the unit stands on %(day)s; it would stand nowhere. "
        "Let its place last until %(day)s or later: close it from %(next)s on (--from %(next)s). "
        "If it did end earlier, enter that with the command restructure; its report then goes on counting where it stood."
    )
    words = {"name": name, "period": report.period, "form": report.form, "day": report.day.isoformat()}
    return sentence % {**words, "next": (report.day + ONE_DAY).isoformat()}


def touched_reports(
    reports: Iterable[PlacedReport], before: Places, after: Places, counties: Mapping[int, int]
) -> list[PlacedReport]:
    """The reports sent in or approved that count under others now: within their county, or in a district or line of it."""

    def line(places: Places, org: int, day: date) -> list[tuple]:
        steps, county = [], counties[org]
        while org is not None and (span := span_on(places.get(org, ()), day)):
            steps.append((org, span.district, span.line))
            org = None if org == county else span.parent
        return steps

    sent_in = (report for report in reports if report.is_sent_in)
    return [
        report
        for report in sent_in
        if line(before, report.organization, report.day) != line(after, report.organization, report.day)
    ]
