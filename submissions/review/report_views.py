"""Views of one report, of one organization's reports, and of the county's exemptions."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orgs.accounts.access import COUNTY, REVIEWING, holds, organization_to_see
from orgs.lists.memory import opens_as_left
from orgs.moments import page_of_one_moment
from submissions.checking.later_findings import later_findings
from submissions.checking.validator import bench_for
from submissions.choices import Act
from submissions.core import access
from submissions.core.corrected_reports import corrections_of
from submissions.core.earlier_reports import open_report_sentences
from submissions.core.json_answers import refusals_as_pages
from submissions.core.texts import due_words, heads_of
from submissions.filling.sheet import sheet_of
from submissions.models import Submission, Version
from submissions.moves.hand_over_history import hand_overs_of
from submissions.review import report_page
from submissions.review.tables import ReportFilter, ReportTable
from submissions.states import why_not
from submissions.tasks import exemptions
from submissions.tasks.deadlines import due_notes
from submissions.tasks.forms import ExemptionForm
from submissions.tasks.progress import due_day

REVIEWS = 30  # lines of what was done with a report


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
    corrects: bool
    why_not_correct: str


@require_GET
@page_of_one_moment
def detail(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The version that counts (or the one asked for with ?version=N), beside last period and a year ago."""
    today = timezone.localdate()
    submission = access.submission_to_see(request.user, submission_id, today)
    versions = report_page.version_rows(submission.task.layout, report_page.versions_of(submission))
    shown = _version_shown(submission, [row.version for row in versions], request.GET.get("version", ""))
    bench = bench_for(submission.task, [submission.organization_id])
    sheet = sheet_of(submission, shown, bench)
    due, due_colour = due_words(due_day(submission, submission.task), today)
    context = {
        "submission": submission, "task": submission.task, "period": report_page.period_of(submission), "sheet": sheet,
        "shown": shown, "versions": versions, "reviews": report_page.reviews_of(submission)[:REVIEWS],
        "hand_overs": hand_overs_of(submission),
        "leans": open_report_sentences(submission),
        "findings": report_page.findings_of(shown) if shown and shown.sealed_at else (),
        "changed": {cell.key for row in versions if row.version == shown for cell in row.changes},
        "heads": heads_of(submission.task.form.frequency), "colour": report_page.colour_of(submission),
        "due": due, "due_colour": due_colour, "due_notes": due_notes(submission.task, submission),
        "doors": _doors(request, submission, today),
        "corrections": corrections_of(submission) if submission.task.has_corrections or submission.is_in_correction else (),
        "later": later_findings(bench, submission) if submission.task.has_corrections else (),
        "pick": f"{submission.pk}:{shown.number}:{submission.reviewer_org_id}" if shown else "",
    }  # fmt: skip
    return render(request, "submissions/review/report.html", context)


@require_GET
@opens_as_left(ReportTable.name, ReportFilter.kept())
@page_of_one_moment
def of_organization(request: HttpRequest, org_id: int) -> HttpResponse:
    """All reports of one organization, newest first."""
    organization = organization_to_see(request.user, org_id, timezone.localdate())
    filters = ReportFilter(request.GET, queryset=report_page.reports_of(organization))
    table = ReportTable(filters.qs, filters=filters).asked(request)
    context = {"organization": organization, "table": table, "rows": table.shown}
    return render(request, "submissions/review/of_organization.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def exempt(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The unit owes nothing this time; the reason stays readable."""
    submission = access.submission_to_exempt(request.user, submission_id, timezone.localdate())
    form = ExemptionForm(request.POST or None, initial={"approver": request.user.name})
    if form.is_valid():
        exemptions.exempt(submission=submission, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Exempted: %(unit)s.") % {"unit": submission.organization})
        return redirect("submissions:detail", submission.pk)
    context = {
        "submission": submission, "task": submission.task, "period": report_page.period_of(submission), "form": form,
        "why_not": why_not(Act.EXEMPT, submission.state),
    }  # fmt: skip
    return render(request, "submissions/review/exempt.html", context)


@require_POST
@refusals_as_pages
def lift(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The unit owes its report again."""
    submission = access.submission_to_exempt(request.user, submission_id, timezone.localdate())
    exemptions.lift(submission=submission, by=request.user, at=timezone.now())
    messages.success(
        request, _("The exemption of %(unit)s is lifted; its report is owed again.") % {"unit": submission.organization}
    )
    return redirect("submissions:detail", submission.pk)


def _version_shown(submission: Submission, versions: list[Version], number: str) -> Version | None:
    """The version of that number; else the standing one; else the newest."""
    wanted = next((version for version in versions if str(version.number) == number), None)
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
        corrects=holds(user, (*access.FILLING, *COUNTY), place, today),
        why_not_correct=_why_not_correct(submission),
    )


def _why_not_correct(submission: Submission) -> str:
    if submission.is_in_correction:
        return _("A correction of this report is under way; another one can be requested once it is decided.")
    return why_not(Act.CORRECT, submission.state)
