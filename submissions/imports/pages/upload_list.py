"""Texts of the list of uploads and of one upload's head: verdict, kind, next act, and the address of a fresh form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from orgs.models import Organization, User
from submissions.choices import UNIT_TURN
from submissions.core.texts import due_words
from submissions.imports.pages.subjects import subjects_of
from submissions.imports.report.import_report import UNCHANGED, FileResult, FileVerdict
from submissions.imports.report.recognition import FORM, TABLE
from submissions.models import Task, Upload
from submissions.tasks.pages import has_units_below, tasks_asking
from submissions.workbooks.stamps import Shape

WAITING = (FileVerdict.PREVIEW, FileVerdict.PARTLY)
OPEN = (*WAITING, UNCHANGED)
FRESH = 6  # forms beside the upload page; a place rarely has more open at once


@dataclass(frozen=True)
class UploadRow:
    """One upload of the list; `act` is the text of its button, `subject` its subject."""

    upload: Upload
    pill: str
    colour: str
    act: str
    is_open: bool
    subject: str = ""


@dataclass(frozen=True)
class FreshForm:
    """An open task with the workbooks to fill for it: (address, words)."""

    title: str
    period: str
    due: str
    due_colour: str
    links: tuple[tuple[str, str], ...]


def recent_uploads(user: User) -> QuerySet[Upload]:
    """The person's uploads, newest first, without their content."""
    return Upload.objects.filter(put_by=user).defer("content", "mended", "heads").order_by("-put_at", "-id")


def waiting_uploads(user: User) -> int:
    """How many of the person's files wait to be confirmed."""
    return Upload.objects.filter(put_by=user, verdict__in=WAITING, settled_at__isnull=True).count()


def upload_rows(uploads: Sequence[Upload]) -> list[UploadRow]:
    """The rows of the list; one query for all subjects."""
    subjects = subjects_of(uploads)
    return [replace(upload_row(upload), subject=subjects[upload.pk]) for upload in uploads]


def upload_row(upload: Upload) -> UploadRow:
    pill, colour = pill_of(upload)
    is_open = is_waiting(upload)
    return UploadRow(upload, pill, colour, _("Look and confirm") if is_open else _("Look"), is_open)


def is_waiting(upload: Upload) -> bool:
    return upload.settled_at is None and upload.verdict in WAITING


def has_content(upload: Upload) -> bool:
    """Whether the upload is open and readable, so that a preview is possible."""
    return upload.settled_at is None and upload.verdict in OPEN


def pill_of(upload: Upload, result: FileResult | None = None) -> tuple[str, str]:
    """The verdict in words, and the colour of its pill. `result`: of reading the file again, if that was done."""
    verdict = result.kept_verdict if result and upload.verdict in (FileVerdict.PREVIEW, UNCHANGED) else upload.verdict
    if verdict in OPEN and upload.settled_at is not None:
        return _("Thrown away"), "is-grey"
    return {
        FileVerdict.PREVIEW: (_("To be confirmed"), "is-blue"),
        UNCHANGED: (_("Without a change"), "is-grey"),
        FileVerdict.ACCEPTED: (_("Taken in"), "is-green"),
        FileVerdict.PARTLY: (_("Taken in partly"), "is-amber"),
        FileVerdict.REFUSED: (_("Cannot be taken in"), "is-red"),
    }[verdict]


def kind_words(kind: str) -> str:
    """The kind of a file in words, for its head; for a refused file the sentence names it."""
    return {FORM: _("our own form"), TABLE: _("a table of your own making")}.get(kind, "")


def open_tasks(place: Organization, day: date) -> QuerySet[Task]:
    """The tasks for files uploaded at the place: open today, with a report in the unit's hands; newest first."""
    is_open = Q(closes_on__isnull=True) | Q(closes_on__gte=day)
    return tasks_asking(place, day, UNIT_TURN).filter(is_open, opens_on__lte=day)


def offered(tasks: Sequence[Task]) -> list[tuple[int, str]]:
    """(id, words) of the tasks to choose from."""
    return [(task.pk, f"{task.form.title} · {task.period.label}") for task in tasks]


def fresh_forms(tasks: Sequence[Task], place: Organization, day: date) -> list[FreshForm]:
    """The workbooks to fill, for the unit itself or for the units below the place; two queries whatever their number."""
    shapes = _shapes_below() if has_units_below(place, day) else ((Shape.UNIT, _("Excel form")),)
    return [_fresh(task, place, day, shapes) for task in tasks[:FRESH]]


def _shapes_below() -> tuple[tuple[Shape, str], ...]:
    return ((Shape.GRID, _("Excel: units on one sheet")), (Shape.SHEETS, _("Excel: a sheet per unit")))


def _fresh(task: Task, place: Organization, day: date, shapes: Sequence[tuple[Shape, str]]) -> FreshForm:
    due, due_colour = due_words(task.due_on, day)
    address = reverse("submissions:workbook", args=[task.pk, place.pk])
    links = tuple((f"{address}?shape={shape.value}", words) for shape, words in shapes)
    return FreshForm(task.form.title, task.period.label, due, due_colour, links)
