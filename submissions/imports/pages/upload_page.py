"""The context of the preview's template: head, counts, parts, heads of a table, labels of its buttons."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from orgs.names.name_similarity import Certainty
from submissions.imports.pages import upload_list, upload_texts
from submissions.imports.pages.subjects import subject_of, subjects_of
from submissions.imports.report.import_report import FileResult, FileVerdict, ImportQuestion
from submissions.imports.tables.table_report import HeadChoice, ReportedHead
from submissions.models import Task, Upload

AGAIN = "head"  # ?head=ADDRESS: ask about it though it was understood
HEADS = 40  # asked about on one page
TEMPLATES = {part: f"submissions/imports/_parts/{part}.html" for part in upload_texts.PARTS}


@dataclass(frozen=True)
class HeadRow:
    """One head of a free table. `choices`: the options of its list, none if it is not asked about.

    `is_open`: nothing is proposed, so no option is selected. `change`: the address that asks about it.
    """

    head: ReportedHead
    id: str
    choices: tuple[HeadChoice, ...]
    sure: str
    colour: str
    is_open: bool
    change: str


@dataclass(frozen=True)
class UploadHeads:
    """The heads of a table: a page of those that need an answer, and the others."""

    open_rows: Page
    others: list[HeadRow]


def settled_context(upload: Upload, day: date) -> dict:
    """A file that was imported, refused or discarded: the sentence of that time, and the address of a fresh form."""
    is_refused = upload.verdict == FileVerdict.REFUSED
    tasks = list(upload_list.open_tasks(upload.organization, day)) if is_refused else []
    return _head_context(upload, upload.task) | {"subject": subjects_of([upload])[upload.pk]} | {
        "is_refused": is_refused, "is_settled": not is_refused, "is_open": False,
        "fresh": upload_list.fresh_forms(tasks, upload.organization, day),
    }  # fmt: skip


def refused_context(upload: Upload, result: FileResult, day: date) -> dict:
    return settled_context(upload, day) | {"fresh_url": upload_texts.fresh_url(result.fresh), "subject": subject_of(result)}


def open_context(request: HttpRequest, upload: Upload, result: FileResult, task: Task | None) -> dict:
    """The context of a file that waits to be confirmed."""
    counts = upload_texts.counts_of(result)
    heads = _heads(result, request.GET)
    chosen, parts = upload_texts.parts_of(result, task.layout if task else None, request.GET)
    questions = _beside_heads(result)
    return _head_context(upload, task, result) | {
        "is_open": True, "result": result, "subject": subject_of(result), "questions": questions,
        # A sentence that a question repeats is shown only at the question.
        "sentence": "" if any(question.sentence == result.sentence for question in questions) else result.sentence,
        "fresh_url": upload_texts.fresh_url(result.fresh), "counts": counts, "chosen": chosen,
        "unit": upload_texts.unit_in_query(result, request.GET),
        "parts": [_part(part) for part in parts],
        "tabs": _tabs(counts), "filters": _filters(counts, request.GET.get("filter", upload_texts.ALL)),
        "heads": heads, "mended": sorted(upload.mended.items()), "why_not": _why_not(counts, heads, result),
        "is_overtaken": any(unit.refused and unit.submission_id for unit in result.units),
    }  # fmt: skip


def _beside_heads(result: FileResult) -> list[ImportQuestion]:
    """The questions that are not about a head; those about heads are in the table of heads."""
    heads = {head.address for head in result.heads}
    return [question for question in result.questions if question.address not in heads]


def _part(part: upload_texts.UploadPart) -> dict:
    can_mend = part.key == upload_texts.ERRORS and any(sentence.is_mendable for sentence in part.page)
    return {"key": part.key, "title": part.title, "page": part.page, "template": TEMPLATES[part.key], "can_mend": can_mend}


def _head_context(upload: Upload, task: Task | None, result: FileResult | None = None) -> dict:
    pill, colour = upload_list.pill_of(upload, result)
    return {
        "upload": upload, "task": task, "period": task.period.label if task else "", "pill": pill, "colour": colour,
        "kind": upload_list.kind_words(upload.kind),
    }  # fmt: skip


def _why_not(counts: upload_texts.UploadCounts, heads: UploadHeads | None, result: FileResult) -> str:
    if counts.ready:
        return ""
    if _beside_heads(result):
        return _("Nothing can be taken in yet: answer the question first.")
    if heads and heads.open_rows.paginator.count:
        return _("Nothing can be taken in yet: say first what the heads mean.")
    if counts.errors:
        return _("Nothing can be taken in yet: mend the errors first.")
    return _("Nothing differs from what is stored.") if result.is_unchanged else ""


def _tabs(counts: upload_texts.UploadCounts) -> list[dict]:
    labels = {
        upload_texts.UNITS: (_("Units"), counts.units), upload_texts.ERRORS: (_("To be mended"), counts.errors),
        upload_texts.CHANGES: (_("Changes"), counts.changes), upload_texts.REMARKS: (_("Checks and notices"), counts.remarks),
    }  # fmt: skip
    return [{"key": key, "label": label, "count": count} for key, (label, count) in labels.items()]


def _filters(counts: upload_texts.UploadCounts, chosen: str) -> list[dict]:
    labels = {
        upload_texts.ALL: (_("All"), counts.units), upload_texts.READY: (_("Ready"), counts.ready),
        upload_texts.PROBLEMS: (_("With errors"), counts.problems), upload_texts.UNCHANGED: (_("Without a change"), counts.unchanged),
    }  # fmt: skip
    chosen = chosen if chosen in labels else upload_texts.ALL
    return [{"key": key, "label": label, "count": count, "is_chosen": key == chosen} for key, (label, count) in labels.items()]


def _heads(result: FileResult, query: QueryDict) -> UploadHeads | None:
    """Only heads that need an answer get a list of choices, because each list holds all units or all lines of the form."""
    if not result.heads:
        return None
    again = set(query.getlist(AGAIN))
    rows = [
        _head_row(head, number, is_asked=head.is_asked or head.address in again) for number, head in enumerate(result.heads, 1)
    ]
    open_rows = [row for row in rows if row.choices]
    page = Paginator(open_rows, HEADS).get_page(query.get("heads-page"))
    return UploadHeads(page, [row for row in rows if not row.choices])


def _head_row(head: ReportedHead, number: int, *, is_asked: bool) -> HeadRow:
    sure, colour = {
        Certainty.SURE: (_("Sure"), "is-green"), Certainty.LIKELY: (_("Likely; please confirm"), "is-amber"),
        Certainty.AMBIGUOUS: (_("Several are possible"), "is-amber"), Certainty.NONE: (_("Not understood"), "is-grey"),
    }[head.certainty]  # fmt: skip
    if head.is_chosen:
        sure, colour = _("You said so"), "is-green"
    is_open = not head.means and not head.is_chosen and head.certainty in (Certainty.AMBIGUOUS, Certainty.NONE)
    change = f"?{urlencode({AGAIN: head.address})}"
    return HeadRow(head, f"head-{number}", head.choices if is_asked else (), sure, colour, is_open, change)
