"""The pages of releases: the list, one release, its file, issuing and the next edition with their effect shown first, checking."""

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orgs.lists.memory import opens_as_left
from orgs.moments import page_of_one_moment
from reports.figures.plan.query_plan import BadQuestion
from reports.releases.access import may_issue, release_to_see, releases_to_see, require_issuing
from reports.releases.authenticity import check_file, releases_of_text
from reports.releases.draft import ReleaseDraft, draft_of
from reports.releases.forms import CheckForm, IssueForm
from reports.releases.issuing import NotIssued, issue
from reports.releases.orders import ReleaseOrder, next_order
from reports.releases.packages import Damaged
from reports.releases.pages import effect_page, release_page
from reports.releases.reprinting import reprint
from reports.releases.tables import ReleaseFilter, ReleaseTable, listed_releases
from reports.releases.texts import authenticity_sentence
from reports.scope.kept_period import kept_period
from reports.scope.page_scope import seeing_posts
from reports.tables.export import NothingToExport
from reports.tables.pages import ExportPage, wanted

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD"])
@opens_as_left(ReleaseTable.name, ReleaseFilter.kept())
@page_of_one_moment
def releases(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    seeing_posts(request.user, today)
    filters = ReleaseFilter(request.GET, listed_releases(releases_to_see(request.user, today)))
    table = ReleaseTable(filters.qs, filters=filters).asked(request)
    return render(request, "reports/releases/releases.html", {"table": table})


@require_http_methods(["GET", "HEAD"])
@page_of_one_moment
def release(request: HttpRequest, release_id: int) -> HttpResponse:
    """One release: its facts and digest, its editions, what changed since."""
    today = timezone.localdate()
    found = release_to_see(request.user, release_id, today)
    context = {"page": release_page(found), "may_issue": may_issue(request.user, found.organization, today)}
    return render(request, "reports/releases/release.html", context)


@require_POST
def release_file(request: HttpRequest, release_id: int) -> HttpResponse:
    """The very bytes that were issued."""
    now = timezone.now()
    found = release_to_see(request.user, release_id, timezone.localdate(now))
    try:
        content = reprint(found, by=request.user, at=now)
    except Damaged as refusal:
        messages.error(request, refusal.sentence)
        return redirect("reports:release", found.pk)
    headers = {"Content-Disposition": content_disposition_header(True, found.file_name)}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@page_of_one_moment
def release_issue(request: HttpRequest) -> HttpResponse:
    """GET shows what would be issued for the choice of the export page; POST issues it."""
    now = timezone.now()
    today = timezone.localdate(now)
    posts = seeing_posts(request.user, today)
    asked = wanted(request.POST if request.method == "POST" else request.GET, request.user, posts, today, kept_period(request))
    require_issuing(request.user, asked.organization, today)
    context = {"asked": asked, "organization": asked.organization, "fields": asked.fields, "refused": asked.refused}
    if asked.refused:
        return render(request, "reports/releases/issue.html", context, status=400)
    return _issue_page(request, _order(asked), context, now)


@require_http_methods(["GET", "HEAD", "POST"])
@page_of_one_moment
def release_next(request: HttpRequest, release_id: int) -> HttpResponse:
    """The same for the next edition of a release."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = release_to_see(request.user, release_id, today)
    require_issuing(request.user, found.organization, today)
    order = next_order(found, title="", note="", accepts_open=False)
    return _issue_page(request, order, {"organization": found.organization, "before": found}, now)


@require_http_methods(["GET", "HEAD", "POST"])
def release_check(request: HttpRequest) -> HttpResponse:
    """核验: POST with a file or a number says which release it is."""
    today = timezone.localdate()
    seeing_posts(request.user, today)
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context = {"form": form, "is_answered": request.method == "POST" and form.is_valid()}
    if context["is_answered"]:
        seen, file = releases_to_see(request.user, today), form.cleaned_data["file"]
        if file is not None:
            answer = check_file(file.read(), file.name, seen)
            context |= {"answer": answer, "sentence": authenticity_sentence(answer)}
        else:
            context["found"] = releases_of_text(form.cleaned_data["text"], seen)
    return render(request, "reports/releases/check.html", context, status=400 if form.errors else 200)


def _order(asked: ExportPage) -> ReleaseOrder:
    """The title is a proposal: of the one form that was chosen, else of the layout."""
    subject = next((form.title for form in asked.forms if form.code == asked.form), asked.definition.title)
    title = f"{asked.organization.name}{asked.period.label}{subject}"
    return ReleaseOrder(asked.definition, asked.form, asked.period, asked.organization, asked.options, title)


def _issue_page(request: HttpRequest, order: ReleaseOrder, context: dict, now: datetime) -> HttpResponse:
    form, refused = None, []
    if request.method == "POST":
        form = IssueForm(request.POST)
        if form.is_valid():
            try:
                made = issue(replace(order, **form.cleaned_data), by=request.user, at=now)
            except (NotIssued, NothingToExport, BadQuestion) as refusal:
                refused = [str(refusal)]
            else:
                _say_issued(request, made.release.number, is_new=made.is_new)
                return redirect("reports:release", made.release.pk)
    try:
        draft = draft_of(order, by=request.user, at=now)
    except (NothingToExport, BadQuestion) as error:
        return render(request, "reports/releases/issue.html", context | {"refused": [str(error)]}, status=400)
    form = _shown_again(request, draft) if form else IssueForm(draft=draft, title=order.title)
    context |= {"page": effect_page(draft), "form": form, "refused": refused}
    return render(request, "reports/releases/issue.html", context, status=400 if form.is_bound else 200)


def _shown_again(request: HttpRequest, draft: ReleaseDraft) -> IssueForm:
    """What was typed, beside the effect as it is now: a second click means this one."""
    data = request.POST.copy()
    data["seen"] = draft.previous.number if draft.previous else ""
    return IssueForm(data, draft=draft)


def _say_issued(request: HttpRequest, number: str, *, is_new: bool) -> None:
    if is_new:
        messages.success(request, _("Release %(number)s is issued.") % {"number": number})
    else:
        messages.info(request, _("Release %(number)s says this already; nothing was issued.") % {"number": number})
