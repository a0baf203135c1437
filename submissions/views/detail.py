"""One report as everyone sees it, one organization's reports, and the county's exemptions. Never writes a figure."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orgs.access import COUNTY, REVIEWING, holds, organization_to_see
from orgs.moments import page_of_one_moment
from submissions import access, unit_pages
from submissions.actions import exempting
from submissions.earlier_reports import said_of
from submissions.forms import ReasonForm
from submissions.hand_overs import hand_overs_of
from submissions.judging import bench_for
from submissions.kinds import Act
from submissions.models import Submission, Version
from submissions.sheet_words import due_words, heads_of
from submissions.sheets import sheet_of
from submissions.states import why_not
from submissions.views.answers import refusals_as_pages

ROWS = 30


@dataclass(frozen=True)
class Doors:
    """What this person may do with the report, and why a button cannot be pressed now ("" = it can)."""

    fills: bool
    reviews: bool
    exempts: bool
    why_not_fill: str
    why_not_withdraw: str
    why_not_review: str
    why_not_exempt: str
    why_not_lift: str


@require_GET
@page_of_one_moment
def detail(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The version that counts (or the one asked for with ?version=N), beside last period and a year ago."""
    today = timezone.localdate()
    submission = access.submission_to_see(request.user, submission_id, today)
    versions = unit_pages.version_rows(submission.task.layout, unit_pages.versions_of(submission))
    shown = _version_shown(submission, [row.version for row in versions], request.GET.get("version", ""))
    sheet = sheet_of(submission, shown, bench_for(submission.task, [submission.organization_id]))
    due, due_colour = due_words(submission.task.due_on, today)
    context = {
        "submission": submission, "task": submission.task, "period": unit_pages.period_of(submission), "sheet": sheet,
        "shown": shown, "versions": versions, "reviews": unit_pages.reviews_of(submission)[:ROWS], "hand_overs": hand_overs_of(submission),
        "leans": said_of(submission),
        "findings": unit_pages.findings_of(shown) if shown and shown.sealed_at else (),
        "changed": {cell.key for row in versions if row.version == shown for cell in row.changes},
        "heads": heads_of(submission.task.form.frequency), "colour": unit_pages.colour_of(submission),
        "due": due, "due_colour": due_colour, "doors": _doors(request, submission, today),
        "pick": f"{submission.pk}:{shown.number}:{submission.reviewer_org_id}" if shown else "",
    }  # fmt: skip
    return render(request, "submissions/submission_detail.html", context)


@require_GET
@page_of_one_moment
def of_organization(request: HttpRequest, org_id: int) -> HttpResponse:
    """All reports of one organization, newest first."""
    organization = organization_to_see(request.user, org_id, timezone.localdate())
    page = Paginator(unit_pages.reports_of(organization), ROWS).get_page(request.GET.get("page"))
    context = {"organization": organization, "page": page, "rows": [unit_pages.report_row(report) for report in page]}
    return render(request, "submissions/of_organization.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def exempt(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The unit owes nothing this time; the reason stays readable."""
    submission = access.submission_to_exempt(request.user, submission_id, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        exempting.exempt(submission=submission, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Exempted: %(unit)s.") % {"unit": submission.organization})
        return redirect("submissions:detail", submission.pk)
    context = {
        "submission": submission, "task": submission.task, "period": unit_pages.period_of(submission), "form": form,
        "why_not": why_not(Act.EXEMPT, submission.state),
    }  # fmt: skip
    return render(request, "submissions/submission_exempt.html", context)


@require_POST
@refusals_as_pages
def lift(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The unit owes its report again."""
    submission = access.submission_to_exempt(request.user, submission_id, timezone.localdate())
    exempting.lift(submission=submission, by=request.user, at=timezone.now())
    messages.success(
        request, _("The exemption of %(unit)s is lifted; its report is owed again.") % {"unit": submission.organization}
    )
    return redirect("submissions:detail", submission.pk)


def _version_shown(submission: Submission, versions: list[Version], asked: str) -> Version | None:
    """The one asked for by number; else the standing one; else the newest."""
    wanted = next((version for version in versions if str(version.number) == asked), None)
    standing = next((version for version in versions if version.pk == submission.standing_id), None)
    return wanted or standing or (versions[0] if versions else None)


def _doors(request: HttpRequest, submission: Submission, today) -> Doors:
    user, place, state = request.user, submission.organization_id, submission.state
    return Doors(
        fills=holds(user, access.FILLING, place, today),
        reviews=holds(user, REVIEWING, place, today),
        exempts=holds(user, COUNTY, place, today),
        why_not_fill=why_not(Act.SAVE, state),
        why_not_withdraw=why_not(Act.WITHDRAW, state),
        why_not_review=why_not(Act.RETURN, state) or access.why_not_reviewing(user, submission, today),
        why_not_exempt=why_not(Act.EXEMPT, state),
        why_not_lift=why_not(Act.UNEXEMPT, state),
    )
