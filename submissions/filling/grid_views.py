"""The views of a township's grid: a clerk above the units fills several at once, each row its own report."""

import json
from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from submissions.checking.validator import bench_for
from submissions.core.conflicts import Conflict
from submissions.core.refusals import ActRefused
from submissions.core.texts import due_words, keys_help, script_words
from submissions.filling.access import GridToFill, grid_to_fill
from submissions.filling.draft_actions import save_draft
from submissions.filling.grid import FillGrid, grid_of, sheets_of
from submissions.filling.payload import BadBatch, Batch, Typed, read_form, read_loaded, read_typed
from submissions.filling.sheet import FormSheet, with_attempt
from submissions.filling.sheet_data import document_data, lines_data, shown_findings
from submissions.filling.submission_actions import submit
from submissions.models import Submission
from submissions.states import NotNow

ROWS = 40  # units on one page; 40 × 60 cells still open in well under a second


@dataclass
class Outcome:
    """The result of a POST: sentences per unit, unreadable texts, and the numbers of saved and sent reports."""

    notes: list[str] = field(default_factory=list)
    attempts: dict[int, tuple[Batch, Typed]] = field(default_factory=dict)
    saved: int = 0
    sent: int = 0


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, task_id: int, org_id: int) -> HttpResponse:
    """The page; its POST keeps every changed row of a page without script, and sends the rows that are ready where asked to."""
    grid_data = grid_to_fill(request.user, task_id, org_id, timezone.localdate())
    page = Paginator(grid_data.submissions, ROWS).get_page(request.GET.get("page"))
    outcome = _take(request, page) if request.method == "POST" else Outcome()
    for sentence in _outcome_sentences(outcome):
        messages.success(request, sentence)
    if request.method == "POST" and not outcome.notes:
        return redirect(request.get_full_path())
    return render(request, "submissions/filling/grid.html", _context(request, grid_data, page, outcome))


def _take(request: HttpRequest, page: Page) -> Outcome:
    outcome = Outcome()
    for submission in page:
        if f"revision-{submission.id}" in request.POST:
            _take_row(request, submission, outcome)
    return outcome


def _take_row(request: HttpRequest, submission: Submission, outcome: Outcome) -> None:
    batch = typed = None
    try:
        batch = _batch(request, submission)
        typed = read_typed(submission.task.layout, submission.unit_category, batch.texts)
        revision = _keep(request, submission, batch, typed, outcome)
        if request.POST.get("act") == "submit" and not typed.errors:
            _send_if_ready(request, submission, revision, outcome)
    except BadBatch as bad:
        outcome.notes.append(f"{submission.organization}: {bad}")
    except Conflict as conflict:
        outcome.notes.append(f"{submission.organization}: {conflict.sentence}")
    except (NotNow, ActRefused) as refusal:
        outcome.notes.append(f"{submission.organization}: {refusal.sentence}")
    if typed is not None and typed.errors:
        outcome.notes += [f"{submission.organization}: {sentence}" for sentence in typed.errors.values()]
        outcome.attempts[submission.id] = (replace(batch, texts={key: batch.texts[key] for key in typed.errors}), typed)


def _batch(request: HttpRequest, submission: Submission) -> Batch:
    """The fields of one row, as the page of this one report would send them."""
    loaded = read_loaded(request.POST.get("loaded", ""))
    fields = {
        "revision": request.POST[f"revision-{submission.id}"],
        "loaded": json.dumps(loaded.get(str(submission.id), {})),
        "on_behalf": request.POST.get("on_behalf", ""),
    }
    prefix = f"f-{submission.id}-"
    fields |= {name: text for name, text in request.POST.items() if name.startswith(prefix)}
    return read_form(fields, prefix)


def _keep(request: HttpRequest, submission: Submission, batch: Batch, typed: Typed, outcome: Outcome) -> int:
    if not typed.changes:
        return batch.revision
    version = save_draft(
        submission=submission, changes=typed.changes, revision=batch.revision, key="", by=request.user,
        at=timezone.now(), on_behalf=batch.on_behalf or _("no paper form named"),
    )  # fmt: skip
    outcome.saved += 1
    return version.revision


def _send_if_ready(request: HttpRequest, submission: Submission, revision: int, outcome: Outcome) -> None:
    """Send the row's report if it is ready; else the page shows what it lacks."""
    bench = bench_for(submission.task, [submission.organization_id])
    (sheet,) = sheets_of([submission], bench)
    if not sheet.blocked:
        submit(submission=submission, revision=revision, by=request.user, at=timezone.now())
        outcome.sent += 1


def _outcome_sentences(outcome: Outcome) -> list[str]:
    sentences = []
    if outcome.saved:
        sentences.append(ngettext("Saved: %(n)s unit.", "Saved: %(n)s units.", outcome.saved) % {"n": outcome.saved})
    if outcome.sent:
        sentences.append(
            ngettext("Sent for review: %(n)s unit.", "Sent for review: %(n)s units.", outcome.sent) % {"n": outcome.sent}
        )
    return sentences


def _context(request: HttpRequest, grid_data: GridToFill, page: Page, outcome: Outcome) -> dict:
    submissions = list(page)
    bench = bench_for(grid_data.task, [submission.organization_id for submission in submissions])
    sheets = [_as_left(sheet, outcome) for sheet in sheets_of(submissions, bench)]
    grid_shown = grid_of(grid_data.task.layout, sheets)
    period = grid_data.task.period
    due, due_colour = due_words(grid_data.task.due_on, timezone.localdate())
    return {
        "task": grid_data.task, "organization": grid_data.organization, "period": period, "due": due, "due_colour": due_colour,
        "grid": grid_shown, "page": page, "notes": outcome.notes, "on_behalf": request.POST.get("on_behalf", ""),
        "filled": _("Filled %(filled)s / %(all)s") % {"filled": grid_shown.filled, "all": grid_shown.typed},
        "percent": 100 * grid_shown.filled // grid_shown.typed if grid_shown.typed else 100,
        "ready": _ready(grid_shown), "keys_help": keys_help(), "page_data": _page_data(grid_shown),
        "loaded": json.dumps({row.submission_id: dict(row.sheet.texts) for row in grid_shown.open_rows}, ensure_ascii=False),
        "findings": [(row.name, shown_findings(row.sheet, with_blanks=False)) for row in grid_shown.open_rows],
    }  # fmt: skip


def _as_left(sheet: FormSheet, outcome: Outcome) -> FormSheet:
    """Cells that could not be read keep what was typed in them."""
    attempt = outcome.attempts.get(sheet.submission.id)
    return with_attempt(sheet, attempt[0].texts, attempt[1].readings, {}) if attempt else sheet


def _ready(grid_shown: FillGrid) -> str:
    return _("%(ready)s of %(open)s units still to send are ready.") % {
        "ready": len(grid_shown.ready_rows), "open": len(grid_shown.open_rows),
    }  # fmt: skip


def _page_data(grid_shown: FillGrid) -> dict:
    return {
        "words": script_words() | {"login": reverse("orgs:login")},
        "lines": lines_data(grid_shown.columns),
        "spelled": False,
        "documents": [
            document_data(row.sheet, reverse("submissions:save", args=[row.sheet.submission.id]), row.name)
            for row in grid_shown.open_rows
        ],
    }
