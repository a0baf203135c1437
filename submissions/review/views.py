"""The reviewers' views: what waits, the units of a township, passing one or many, sending back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orgs.accounts.access import REVIEWING, Refused, require_role
from orgs.lists.filters import LONGEST_WORDS
from orgs.lists.memory import opens_as_left
from orgs.lists.tables import SIZES
from orgs.models import Organization
from orgs.moments import page_of_one_moment
from submissions.core import access
from submissions.core.confirmation import ask, is_sure
from submissions.core.conflicts import Conflict, already_acted
from submissions.core.json_answers import refusals_as_pages, sentence_of
from submissions.core.refusals import ActRefused
from submissions.core.texts import due_words
from submissions.core.year_to_date import covers_year
from submissions.models import Submission
from submissions.moves.hand_over_history import recent_hand_overs
from submissions.review import pages, report_page
from submissions.review.actions import approve as approve_report
from submissions.review.actions import send_back as send_report_back
from submissions.review.tables import InboxFilter, InboxTable, UnitFilter, UnitTable
from submissions.states import NotNow
from submissions.tasks.forms import ReturnForm


@require_GET
@opens_as_left(InboxTable.name, InboxFilter.kept())
@page_of_one_moment
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for this person, by task and township."""
    today = timezone.localdate()
    require_role(request.user, REVIEWING, today)
    levels = pages.levels_of(request.user, today)
    filters = InboxFilter(request.GET, queryset=pages.waiting_at(levels))
    rows = pages.inbox_of(filters.qs)
    table = InboxTable(rows, filters=filters).asked(request)
    context = {
        "table": table, "rows": table.shown, "total": sum(row.count for row in rows),
        "hand_overs": recent_hand_overs(levels, today),
    }  # fmt: skip
    return render(request, "submissions/review/inbox.html", context)


@require_GET
@opens_as_left(UnitTable.name, UnitFilter.kept())
@page_of_one_moment
def review(request: HttpRequest, task_id: int, org_id: int) -> HttpResponse:
    """The units of a township by state, with the one chosen beside them."""
    today = timezone.localdate()
    task = access.task_to_see(request.user, task_id, today)
    top = access.place_in(request.user, task, org_id, today)
    levels = pages.levels_of(request.user, today)
    counts, total = pages.counts_of(task, top, levels)
    tab = request.GET.get("tab", "")
    if tab not in pages.TABS:
        tab = pages.WAITING if counts[pages.WAITING] else pages.ALL
    asked = pages.Review(task, top, tab, levels, ticks_clean=request.GET.get("select") == "clean")
    filters = UnitFilter(request.GET, queryset=pages.units_of(asked))
    table = UnitTable(filters.qs, filters=filters, review=asked).asked(request)
    rows = table.shown
    chosen = table.chosen = pages.picked(rows, request.GET.get("unit", ""))
    due, due_colour = due_words(task.due_on, today, total.owed)
    if chosen:
        chosen.submission.task = task
    context = {
        "task": task, "period": task.period, "top": top, "tab": tab, "tabs": _tabs(counts), "counts": counts,
        "table": table, "rows": rows, "chosen": chosen, "panel": report_page.panel_of(chosen.submission) if chosen else None,
        "picks": sum(bool(row.pick) for row in rows), "due": due, "due_colour": due_colour,
        "before": pages.beside(rows, chosen, -1), "after": pages.beside(rows, chosen, 1),
        "next_waiting": pages.next_waiting(rows, chosen),
        "clean_here": sum(bool(row.pick) and row.is_clean for row in rows),
        "total": total,
    }  # fmt: skip
    return render(request, "submissions/review/review.html", context)


@require_POST
@refusals_as_pages
def approve(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Pass the version that was shown, at the level that was shown."""
    submission, version_number = _shown(request, submission_id, request.POST.get("pick", ""))
    approve_report(submission=submission, version_number=version_number, by=request.user, at=timezone.now())
    messages.success(request, _passed_words(submission))
    return redirect(_next(request, submission))


@require_POST
def approve_many(request: HttpRequest, task_id: int, org_id: int) -> HttpResponse:
    """Pass every ticked version; what was changed meanwhile is named and left alone."""
    today = timezone.localdate()
    task = access.task_to_see(request.user, task_id, today)
    top = access.place_in(request.user, task, org_id, today, REVIEWING)
    texts = request.POST.getlist("pick")[: SIZES[-1]]
    choice = pages.chosen_together(task, texts)
    back = _list_address(request, task.pk, top.pk)
    if not choice.together:
        messages.error(request, pages.why_none_together(choice))
        return redirect(back)
    if not is_sure(request):
        return _ask_to_pass(request, task, top, choice, back)
    refusals = {text: _pass_picked(request, text) for text in choice.together}
    refused = [refusal for refusal in refusals.values() if refusal]
    if passed := [text for text, refusal in refusals.items() if not refusal]:
        messages.success(request, _passed_together_words(passed, top))
    for sentence in (*refused, *pages.left_out_words(choice)):
        messages.error(request, sentence)
    return redirect(back)


def _ask_to_pass(request: HttpRequest, task, top, choice: pages.Together, back: str) -> HttpResponse:
    """The confirmation page before many reports are passed: how many, whose, and who is left out."""
    count = len(choice.together)
    question = ngettext("Pass the report of %(n)s unit?", "Pass the reports of %(n)s units?", count) % {"n": count}
    names = _(", ").join(choice.names)
    effects = [
        _("%(title)s, %(period)s: %(names)s.") % {"title": task.form.title, "period": task.period.label, "names": names},
        _("Each is passed in the version you saw; where a unit changed it meanwhile, it is left alone and named."),
        *pages.left_out_words(choice),
    ]
    return ask(
        request, question=question, effects=effects,
        act=ngettext("Pass %(n)s report", "Pass %(n)s reports", count) % {"n": count},
        address=reverse("submissions:approve_many", args=[task.pk, top.pk]), back=back, crumb=task.form.title,
        fields=[*(("pick", text) for text in choice.together), *((name, request.POST.get(name, "")) for name in pages.PLACE)],
    )  # fmt: skip


def _list_address(request: HttpRequest, task_id: int, org_id: int, unit: str = "") -> str:
    """The list as the person left it: tab, page, order and filters, and the unit to open next."""
    place = {name: request.POST.get(name, "")[:LONGEST_WORDS] for name in pages.PLACE}
    kept = place | {
        "tab": place["tab"] if place["tab"] in pages.TABS else "",
        "page": place["page"] if _is_number(place["page"]) else "",
        "unit": unit if _is_number(unit) else "",
    }
    query = urlencode({name: text for name, text in kept.items() if text})
    address = reverse("submissions:review", args=[task_id, org_id])
    return f"{address}?{query}" if query else address


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def send_back(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Return the report with a reason for all, or one per cell."""
    today = timezone.localdate()
    submission = access.submission_to_review(request.user, submission_id, today)
    layout = submission.task.layout
    standing = submission.standing
    initial = {"version": standing.number if standing else 1, "level": submission.reviewer_org_id}
    form = ReturnForm(request.POST or None, layout=layout, category=submission.unit_category, initial=initial)
    if form.is_valid():
        _refuse_other_level(submission, form.cleaned_data["level"])
        send_report_back(
            submission=submission, version_number=form.cleaned_data["version"], reason=form.cleaned_data["reason"],
            cell_reasons=form.cell_reasons, by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Sent back for correction: %(unit)s.") % {"unit": submission.organization})
        return redirect("submissions:review", submission.task_id, initial["level"])
    panel = report_page.panel_of(submission)
    context = {
        "submission": submission, "task": submission.task, "period": report_page.period_of(submission), "form": form,
        "lines": _lines_to_return(submission, form), "panel": panel, "colour": report_page.colour_of(submission),
    }  # fmt: skip
    return render(request, "submissions/review/return.html", context)


def _lines_to_return(submission: Submission, form: ReturnForm) -> list[dict]:
    """Every line of the form with its figure and the field for what is wrong with it."""
    layout = submission.task.layout
    texts = report_page.texts_of(submission, submission.standing)
    flagged = {key: finding for finding in report_page.findings_of(submission.standing) for key in finding.keys}
    return [
        {
            "line": line, "text": texts.get(line.key, ""), "field": form.cell_field(line.key), "finding": flagged.get(line.key),
            "covers_year": covers_year(layout, line),
        }
        for line in layout.asked_of(submission.unit_category)
    ]  # fmt: skip


def _pass_picked(request: HttpRequest, text: str) -> str:
    """Pass one ticked report; "" or the sentence why it was left alone."""
    pick = pages.read_pick(text)
    submission_id = pick[0] if pick else 0
    try:
        submission, version_number = _shown(request, submission_id, text)
        approve_report(submission=submission, version_number=version_number, by=request.user, at=timezone.now())
    except (NotNow, ActRefused, Conflict) as refusal:
        unit = Submission.objects.select_related("organization").get(pk=submission_id).organization
        return f"{unit}: {sentence_of(refusal)}"
    return ""


def _shown(request: HttpRequest, submission_id: int, text: str) -> tuple[Submission, int]:
    """The report a reviewer's page showed, and the version; Conflict where another level has it by now."""
    pick = pages.read_pick(text)
    if pick is None or pick[0] != submission_id:
        raise Refused(_("The page did not say which version was seen."))
    today = timezone.localdate()
    _refuse_other_level(access.submission_to_see_as_reviewer(request.user, submission_id, today), pick[2])
    return access.submission_to_approve(request.user, submission_id, today), pick[1]


def _refuse_other_level(submission: Submission, level: int) -> None:
    if submission.reviewer_org_id not in (None, level):
        raise already_acted(submission)


def _passed_together_words(picks: list[str], top: Organization) -> str:
    """How many were passed; where a level above still has to approve them, that too: they are not among the approved yet."""
    ids = [pick[0] for text in picks if (pick := pages.read_pick(text))]
    if Submission.objects.filter(pk__in=ids, reviewer_org__isnull=False).exists():
        sentence = ngettext(
            "Passed %(n)s report of %(place)s; it waits for the next level now.",
            "Passed %(n)s reports of %(place)s; they wait for the next level now.",
            len(picks),
        )
    else:
        sentence = ngettext("Passed %(n)s report of %(place)s.", "Passed %(n)s reports of %(place)s.", len(picks))
    return sentence % {"n": len(picks), "place": top}


def _passed_words(submission: Submission) -> str:
    names = {"unit": submission.organization, "form": submission.task.form.title}
    if submission.reviewer_org_id is None:
        return _("Approved and locked: %(unit)s · %(form)s.") % names
    return _("Passed on to the next level: %(unit)s · %(form)s.") % names


def _next(request: HttpRequest, submission: Submission) -> str:
    """Back to the township's list where the button was there, with the unit beside it that came after the one just done."""
    place = request.POST.get("back", "")
    if _is_number(place):
        return _list_address(request, submission.task_id, int(place), request.POST.get("next", ""))
    return reverse("submissions:detail", args=[submission.pk])


def _tabs(counts: dict[str, int]) -> list[dict]:
    labels = {
        pages.WAITING: _("Waiting for me"),
        pages.CLEAN: _("Without findings"),
        pages.RETURNED: _("Returned"),
        pages.MISSING: _("Not sent"),
        pages.PASSED: _("With another level"),
        pages.APPROVED: _("Approved"),
        pages.EXEMPT: _("Exempt"),
        pages.ALL: _("All"),
    }
    return [{"key": tab, "label": labels[tab], "count": counts[tab]} for tab in pages.TABS]
