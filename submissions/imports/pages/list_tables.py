"""The lists of uploaded files and of remembered heads, with their filters. Views supply the rows."""

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from orgs.lists.cells import code, lines, link, moment, pill, words
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.filters import ListFilter, WordsFilter
from orgs.lists.rows import in_order_of
from orgs.lists.tables import ListTable
from orgs.models import Organization
from submissions.core.list_filters import form_filter
from submissions.imports.pages.head_names_page import RememberedRow, remembered_rows
from submissions.imports.pages.upload_list import OPEN, UploadRow, upload_rows
from submissions.imports.report.import_report import UNCHANGED, FileVerdict
from submissions.models import HeadName, Upload

DROPPED = "dropped"
VERDICTS = (
    (FileVerdict.PREVIEW, _("To be confirmed")),
    (FileVerdict.PARTLY, _("Taken in partly")),
    (FileVerdict.ACCEPTED, _("Taken in")),
    (UNCHANGED, _("Without a change")),
    (FileVerdict.REFUSED, _("Cannot be taken in")),
    (DROPPED, _("Thrown away")),
)


class UploadFilter(ListFilter):
    """Files by name and by their state, in the words of their pills."""

    q = WordsFilter("name", label=_("File"))
    verdict = django_filters.ChoiceFilter(
        label=_("Verdict"), method="of_verdict", choices=VERDICTS, empty_label=_("All verdicts")
    )

    def of_verdict(self, uploads: QuerySet[Upload], name: str, verdict: str) -> QuerySet[Upload]:
        dropped = Q(verdict__in=OPEN, settled_at__isnull=False)
        return uploads.filter(dropped) if verdict == DROPPED else uploads.filter(~dropped, verdict=verdict)


class UploadTable(ListTable):
    """One row per file that the person uploaded, the newest first."""

    file = RowColumn(_("File"), css="name")
    verdict = RowColumn(_("Verdict"))
    said = RowColumn(_("In short"), css="sentence")
    put_at = RowColumn(_("Put in"), css="nowrap")
    act = RowColumn(_("Act"), css="acts", has_unseen_head=True)

    name = "uploads"
    size = 20
    sorts = {
        "file": ("name",),
        "verdict": (in_order_of("verdict", [verdict for verdict, _words in VERDICTS]), "settled_at"),
        "put_at": ("put_at",),
    }
    empty_title = _("No file has been put in yet.")
    empty_help = _("Download the form of an open task on the right, fill it in with Excel or WPS, save it and drop it above.")

    class Meta:
        attrs = {"class": "uploads"}

    def page_rows(self, records: list[Upload]) -> list[UploadRow]:
        return upload_rows(records)

    def render_file(self, record: UploadRow) -> SafeString:
        return link(_address(record), record.upload.name)

    def render_verdict(self, record: UploadRow) -> SafeString:
        return pill(record.pill, record.colour)

    def render_said(self, record: UploadRow) -> SafeString:
        subject = format_html("<strong>{}</strong>", record.subject) if record.subject else ""
        return lines(subject, record.upload.said)

    def render_put_at(self, record: UploadRow) -> str:
        return moment(record.upload.put_at, "%m-%d %H:%M")

    def render_act(self, record: UploadRow) -> SafeString:
        return format_html(
            '<a class="button is-small{}" href="{}">{}<span class="unseen"> {}</span></a>',
            " is-main" if record.is_open else "", _address(record), record.act, record.upload.name,
        )  # fmt: skip


class HeadFilter(ListFilter):
    """Remembered heads by their text and form."""

    q = WordsFilter("text", label=_("Head in the table"))
    form = form_filter("form")


class HeadTable(ListTable):
    """One row per head whose meaning a person gave, form by form."""

    form = RowColumn(_("Form"))
    text = ListColumn(_("Head in the table"), accessor="head__text", css="name")
    means = ListColumn(_("Means"))
    said_by = ListColumn(_("Said by"), accessor="head__said_by__name")
    said_at = RowColumn(_("When"), css="nowrap")
    act = tables.TemplateColumn(
        template_name="submissions/imports/_parts/forget_head.html", verbose_name=_("Act"), attrs={"td": {"class": "acts"}}
    )

    name = "remembered heads"
    row_head = "text"
    sorts = {
        "form": ("form__sort_order", "form__code"),
        "text": ("text",),
        "said_by": ("said_by__name",),
        "said_at": ("said_at",),
    }
    empty_title = _("Nothing is remembered yet.")
    empty_help = _("Once you say on a preview what a head means and take the file in, it stands here.")

    class Meta:
        attrs = {"class": "intake-table"}

    def __init__(self, data: QuerySet[HeadName], *, place: Organization, **more):
        self.place = place
        super().__init__(data, **more)

    def page_rows(self, records: list[HeadName]) -> list[RememberedRow]:
        return remembered_rows(records, self.place)

    def render_form(self, record: RememberedRow) -> SafeString:
        return words(record.head.form.title, code(record.head.form.code))

    def render_said_at(self, record: RememberedRow) -> str:
        return moment(record.head.said_at)


def _address(row: UploadRow) -> str:
    return reverse("submissions:upload", args=[row.upload.pk])
