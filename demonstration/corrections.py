"""Two corrections of approved reports of the demonstration: one that was approved, one that waits for the township."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from demonstration.people import FIRST_TOWNSHIP
from demonstration.quarters import BASIC, EXPLAINED
from indicators.kinds.registry import kind_of
from indicators.periods import Period
from indicators.values.documents import NA
from orgs.models import Organization, User
from orgs.tree.queries import branch_on, placement_on
from submissions.checking.validator import bench_for
from submissions.choices import State
from submissions.core.refusals import NotReady
from submissions.corrections.actions import approve_correction, request_correction
from submissions.corrections.documents import corrected_version, unexplained
from submissions.models import Correction, Submission


def correct_two(county: Organization, period: Period, now: datetime) -> None:
    """Of the first township's basic form of a quarter that is over; asked on behalf of the village by the township's clerk."""
    clerk, reviewer, officer = (User.objects.get(username=name) for name in ("zhendang", "shenhe", "zuzhibu"))
    reports = _approved(county, period)
    approved = _request(next(reports), "台账复核时发现漏登两件", "镇党建办台账第12页", clerk, now - timedelta(days=6))
    if approved is not None:
        approve_correction(correction=approved, by=reviewer, at=now - timedelta(days=5))
        approve_correction(correction=approved, by=officer, at=now - timedelta(days=4))
    _request(next(reports), "填报时误将上季数字抄入", "村党支部会议记录", clerk, now - timedelta(days=1))


def _approved(county: Organization, period: Period) -> Iterator[Submission]:
    township = Organization.objects.get(county=county, code=FIRST_TOWNSHIP)
    day: date = period.last_day
    units = branch_on(placement_on(township.pk, day).path, day).values("organization_id")
    rows = Submission.objects.filter(
        county=county, task__form__code=BASIC, task__period=period, state=State.APPROVED, organization_id__in=units,
        organization__unit_category="village",
    )  # fmt: skip
    return rows.select_related("task__form", "standing", "organization").order_by("organization__sort_order", "pk").iterator()


def _request(report: Submission, reason: str, evidence: str, by: User, at: datetime) -> Correction | None:
    """Two more of the first flow of which the rules of the form allow two more."""
    bench = bench_for(report.task, [report.organization_id])
    for line in report.task.layout.typed:
        figure = report.standing.figures.get(line.key)
        if not kind_of(line).adds_over_time(line) or line.decimals or figure in (None, NA):
            continue
        changes = {line.key: figure + 2}
        try:
            silent = unexplained(bench, report, corrected_version(report, report.standing, changes, {}))
        except NotReady:
            continue
        return request_correction(
            submission=report, version_number=report.standing.number, changes=changes, reason=reason, evidence=evidence,
            explanations={finding.check: EXPLAINED for finding in silent}, on_behalf="盖章申请函", by=by, at=at,
        )  # fmt: skip
    return None
