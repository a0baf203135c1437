"""The context of the fill page's template: table, head, findings, data for the script."""

import json
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.models import Form
from submissions.choices import Act, State
from submissions.core.earlier_reports import open_report_sentences
from submissions.core.texts import COLOURS, due_words, heads_of, keys_help, script_words
from submissions.filling.sheet import FormSheet
from submissions.filling.sheet_data import document_data, lines_data, shown_findings
from submissions.models import Review, Submission, Version
from submissions.tasks.deadlines import due_notes
from submissions.tasks.progress import due_day


@dataclass(frozen=True)
class FillPageHead:
    """The texts above and beside the table."""

    state_colour: str
    due: str
    due_colour: str
    due_notes: list[str]
    saved: str
    imprint: str
    count: str
    filled: str
    percent: int


@dataclass(frozen=True)
class Returned:
    """Why the report came back, and from whom."""

    reason: str
    who: str
    cells: dict[str, str]


def fill_context(sheet: FormSheet, *, today: date, with_blanks: bool, on_behalf: str | None) -> dict:
    """`with_blanks`: spell out the empty required cells; `on_behalf`: the paper form named so far, None for the unit's own clerk."""
    submission = sheet.submission
    task = submission.task
    period = task.period
    return {
        "sheet": sheet, "submission": submission, "task": task, "period": period,
        "head": _head(sheet, today), "heads": heads_of(period.frequency),
        "shown_findings": shown_findings(sheet, with_blanks=with_blanks),
        "loaded": json.dumps(dict(sheet.texts), ensure_ascii=False),
        "page_data": {
            "words": script_words() | {"login": reverse("orgs:login")},
            "lines": lines_data(sheet.lines),
            "spelled": with_blanks,
            "documents": [document_data(sheet, reverse("submissions:save", args=[submission.id]))],
        },
        "keys_help": keys_help(), "on_behalf": on_behalf, "leans": open_report_sentences(submission),
    }  # fmt: skip


def return_of(submission: Submission) -> Returned | None:
    """The last return, as long as the correction is owed; else None."""
    if submission.state != State.RETURNED:
        return None
    reviews = Review.objects.filter(county_id=submission.county_id, submission=submission, act=Act.RETURN)
    review = reviews.select_related("by", "organization").order_by("-at").first()
    if review is None:
        return None
    who = f"{review.organization} {review.by} {_stamp(review.at)}"
    return Returned(review.reason, who, review.cell_reasons)


def _head(sheet: FormSheet, today: date) -> FillPageHead:
    due, due_colour = due_words(due_day(sheet.submission, sheet.submission.task), today)
    typed = len(sheet.typed)
    return FillPageHead(
        state_colour=COLOURS[State(sheet.submission.state)], due=due, due_colour=due_colour, saved=_saved(sheet.version),
        due_notes=due_notes(sheet.submission.task, sheet.submission),
        imprint=_imprint(sheet.submission.task.form), count=_count(len(sheet.lines), typed),
        filled=_("Filled %(filled)s / %(all)s") % {"filled": sheet.filled, "all": typed},
        percent=100 * sheet.filled // typed if typed else 100,
    )  # fmt: skip


def _saved(version: Version | None) -> str:
    if version is None or version.pk is None:
        return ""
    return _("Last saved %(at)s by %(by)s") % {"at": _stamp(version.saved_at), "by": version.saved_by}


def _count(lines: int, typed: int) -> str:
    sentence = _("%(lines)s lines, %(typed)s to fill in, %(computed)s computed")
    return "\u3000" + sentence % {"lines": lines, "typed": typed, "computed": lines - typed}


def _imprint(form: Form) -> str:
    """表号、制定机关、文号、有效期至 as on the printed form."""
    parts = [_("Form number: %(code)s") % {"code": form.code}]
    if form.issuer:
        parts.append(_("Issued by: %(issuer)s") % {"issuer": form.issuer})
    if form.document_number:
        parts.append(_("Document number: %(number)s") % {"number": form.document_number})
    if form.valid_until:
        parts.append(_("Valid until: %(day)s") % {"day": form.valid_until.isoformat()})
    return "\u3000".join(parts)


def _stamp(at) -> str:
    return timezone.localtime(at).strftime("%m-%d %H:%M")
