"""The reviewers' lists: what waits, the units of a township, the reports of one organization. Views pass in the rows."""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from orgs.choices import UnitCategory
from orgs.lists.cells import DASH, code, link, moment, pill, quiet, words
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.filters import ListFilter, WordsFilter, choice
from orgs.lists.rows import Counted, in_order_of
from orgs.lists.tables import ListTable
from submissions.choices import State
from submissions.core.list_filters import form_filter, year_filter
from submissions.core.texts import review_due_words
from submissions.models import Submission
from submissions.review.pages import IN_COUNTY_ORDER, PLACE, Review, ReviewRow, WaitingReport, remark_of, review_rows
from submissions.review.report_page import ReportRow, report_row

CHECKED, CLEAN, CURRENT = mark_safe(" checked"), mark_safe(" data-clean"), mark_safe(' aria-current="true"')


class InboxFilter(ListFilter):
    """Waiting reports by form and year."""

    form = form_filter("task__form")
    year = year_filter("task__period")


class UnitFilter(ListFilter):
    """The units of one place by words and category: of the moment, for the next place has others."""

    not_kept = ("q", "category")

    q = WordsFilter("organization__name", "organization__code", label=_("Unit"))
    category = choice("unit_category", _("Unit category"), UnitCategory.choices, _("All categories"))


class ReportFilter(ListFilter):
    """The reports of one organization by form, year and state: of the moment, for the next organization has others."""

    not_kept = ("form", "year", "state")

    form = form_filter("task__form")
    year = year_filter("task__period")
    state = choice("state", _("State"), State.choices, _("All states"))


class InboxTable(ListTable):
    """One row per task and organization above the units; what is due first stands first. Takes rows that were read."""

    form = RowColumn(_("Form"))
    period = ListColumn(_("Period"), accessor="period__label", css="nowrap")
    organization = ListColumn(_("Organization"))
    count = ListColumn(_("Waiting"), css="num")
    clean = ListColumn(_("Without findings"), css="num")
    since = RowColumn(_("Waiting since"), css="nowrap quiet")
    due = RowColumn(_("Due"), css="nowrap")

    name = "inbox"
    sorts = {
        "form": ("task__form__sort_order", "task__form__code"),
        "period": ("period__last_day",),
        "organization": ("organization__sort_order", "organization__code"),
        "count": ("count",),
        "clean": ("clean",),
        "since": ("since",),
        "due": ("due_on",),
    }
    empty_title = _("Nothing waits for your review.")
    empty_help = _("Reports stand here as soon as a unit sends them.")

    @property
    def empty_link(self) -> tuple[str, str]:
        return reverse("submissions:tasks"), gettext("See who has not sent yet")

    def render_form(self, record: WaitingReport) -> str:
        address = reverse("submissions:review", args=[record.task.pk, record.organization.pk])
        return words(link(address, record.task.form.title), code(record.task.form.code))

    def render_since(self, record: WaitingReport) -> str:
        return moment(record.since)

    def render_due(self, record: WaitingReport) -> str:
        if record.review_due_on is None:
            return record.task.due_on.isoformat()
        return pill(*review_due_words(record.review_due_on, record.task.due_on, timezone.localdate()))


class UnitTable(ListTable):
    """One row per unit of a place and task, to be ticked where it is this person's turn."""

    pick = RowColumn(_("Tick"), has_unseen_head=True)
    unit = RowColumn(_("Unit"), css="wrap2")
    state = RowColumn(_("State"))
    sent = RowColumn(_("Sent at"), css="nowrap quiet")
    version = RowColumn(_("Version"))
    returned = RowColumn(_("Returned"), css="quiet")
    findings = RowColumn(_("Findings"))
    remark = RowColumn(_("Remark"), css="quiet wrap2")

    name = "units to review"
    row_head = "unit"
    size = 30
    few = 10
    sorts = {
        "unit": IN_COUNTY_ORDER,
        "state": (in_order_of("state", State.values),),
        "sent": ("submitted_at",),
        "version": ("standing__number",),
        "returned": ("times_returned",),
        "findings": (Counted("to_read"), Counted("hints")),
    }
    empty_title = _("No unit is in this state.")
    empty_as_filtered = True

    class Meta:
        row_attrs = {"class": lambda record, table: "is-selected" if record is table.chosen else ""}

    def __init__(self, data: QuerySet[Submission], *, review: Review, **more):
        self.review = review
        self.chosen: ReviewRow | None = None
        super().__init__(data, **more)

    def page_rows(self, records: list[Submission]) -> list[ReviewRow]:
        return review_rows(records, self.review)

    @property
    def empty_link(self) -> tuple[str, str]:
        return "?tab=all", gettext("See all units")

    @property
    def here(self) -> str:
        """Tab, page, order and filters as they stand in the address, to be found again after an act."""
        return urlencode(self.place)

    @property
    def place(self) -> list[tuple[str, str]]:
        asked = self.request.GET
        beside = [(name, asked[name]) for name in PLACE[2:] if asked.get(name)]
        return [("tab", self.review.tab), ("page", str(self.page.number)), *beside]

    def render_pick(self, record: ReviewRow) -> str:
        if not record.pick:
            return ""
        unit = record.submission.organization
        return format_html(
            '<input type="checkbox" name="pick" value="{}" aria-label="{}"{}{}>',
            record.pick,
            gettext("Pass %(unit)s") % {"unit": unit},
            CHECKED if self.review.ticks_clean and record.is_clean else "",
            CLEAN if record.is_clean else "",
        )

    def render_unit(self, record: ReviewRow) -> str:
        unit = record.submission
        name = format_html(
            '<a data-unit href="?{}&amp;unit={}"{}>{}</a>',
            self.here, unit.pk, CURRENT if record is self.chosen else "", unit.organization,
        )  # fmt: skip
        return words(name, quiet(record.township) if record.township else "")

    def render_state(self, record: ReviewRow) -> str:
        return state_pills(record.submission, record.colour)

    def render_sent(self, record: ReviewRow) -> str:
        return _sent(record.submission.submitted_at, record.is_late, "%m-%d %H:%M")

    def render_version(self, record: ReviewRow) -> str:
        standing = record.submission.standing
        return f"v{standing.number}" if standing else ""

    def render_returned(self, record: ReviewRow) -> str:
        times = record.submission.times_returned
        return ngettext("%(n)s time", "%(n)s times", times) % {"n": times} if times else DASH

    def render_findings(self, record: ReviewRow) -> str:
        if not record.submission.standing:
            return quiet(DASH)
        return gettext("no findings") if record.is_clean else record.findings

    def render_remark(self, record: ReviewRow) -> str:
        return format_html('<span title="{}">{}</span>', record.submission.exempt_reason, remark_of(record))


class ReportTable(ListTable):
    """One row per report that an organization owes or owed, the newest first."""

    form = RowColumn(_("Form"))
    period = ListColumn(_("Period"), accessor="period__label", css="nowrap")
    due = RowColumn(_("Due"), css="nowrap")
    state = RowColumn(_("State"))
    sent = RowColumn(_("First sent"), css="nowrap")
    returned = ListColumn(_("Times returned"), accessor="submission__times_returned", css="num")
    reviewer = ListColumn(_("With"), accessor="submission__reviewer_org", css="quiet", default="")

    name = "reports of an organization"
    size = 30
    sorts = {
        "form": ("task__form__sort_order", "task__form__code"),
        "period": ("task__period",),
        "due": ("task__due_on",),
        "state": (in_order_of("state", State.values),),
        "sent": ("first_submitted_at",),
        "returned": ("times_returned",),
        "reviewer": ("reviewer_org__sort_order", "reviewer_org__code"),
    }
    empty_title = _("No report has been asked of this organization yet.")
    empty_help = _("When the organization department opens a task, the report to fill in stands here.")

    def page_rows(self, records: list[Submission]) -> list[ReportRow]:
        return [report_row(report) for report in records]

    def render_form(self, record: ReportRow) -> str:
        form = record.submission.task.form
        return words(link(reverse("submissions:detail", args=[record.submission.pk]), form.title), code(form.code))

    def render_due(self, record: ReportRow) -> str:
        return record.submission.task.due_on.isoformat()

    def render_state(self, record: ReportRow) -> str:
        return state_pills(record.submission, record.colour)

    def render_sent(self, record: ReportRow) -> str:
        return _sent(record.submission.first_submitted_at, record.is_late)


def state_pills(submission: Submission, colour: str) -> str:
    """The state, and beside it that a correction is under way: the report stays approved meanwhile."""
    state = pill(submission.get_state_display(), colour)
    return words(state, pill(gettext("In correction"), "is-amber") if submission.is_in_correction else "")


def _sent(at: datetime | None, is_late: bool, shape: str = "%Y-%m-%d %H:%M") -> str:
    return words(moment(at, shape), pill(gettext("Late"), "is-amber") if is_late else "")
