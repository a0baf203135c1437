"""The lists of tasks and of one task's organizations, with how far each has come. Views pass in the rows."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orgs.lists.cells import code, link, pill, quiet, words
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.filters import ListFilter, WordsFilter
from orgs.lists.rows import Counted
from orgs.lists.tables import ListTable
from orgs.models import Organization
from submissions.core.list_filters import form_filter, year_filter
from submissions.models import Task
from submissions.tasks.pages import TaskChildRow, TaskRow, child_rows, task_rows
from submissions.tasks.progress import Place, Progress


class TaskFilter(ListFilter):
    """Tasks of a form, of a year."""

    form = form_filter("form")
    year = year_filter("period")


class ChildFilter(ListFilter):
    """Organizations by words."""

    q = WordsFilter("name", "code", label=_("Organization"))


class CountColumn(ListColumn):
    """One count of `row.progress`. `color`: of a count that is not 0."""

    def __init__(self, label: str, count: str, *, color: str = "", css: str = "", **more):
        super().__init__(label, accessor=f"progress__{count}", css=f"num {css}".strip(), head="breaks", **more)
        if color:
            self.attrs["td"] = {"class": lambda value: f"num {color}" if value else "num"}


def _missing_class(value: int, record: TaskRow | TaskChildRow) -> str:
    """Red once it is due."""
    return "num" if not value else "num is-red" if record.due_colour == "is-red" else "num is-amber"


class ProgressTable(ListTable):
    """The counts that stand in every list of progress (decision 184)."""

    expected = CountColumn(_("Expected"), "expected")
    submitted = CountColumn(_("Sent in"), "submitted")
    rate = CountColumn(_("Reporting rate"), "submitted_rate")
    on_time = CountColumn(_("Of which on time"), "on_time")
    late = CountColumn(_("Late"), "late", color="is-amber")
    returned = CountColumn(_("Returned"), "returned", color="is-amber")
    missing = CountColumn(_("Not sent"), "missing")
    approved = CountColumn(_("Approved"), "approved")
    exempt = CountColumn(_("Exempt"), "exempt", css="quiet")

    missing.attrs["td"] = {"class": _missing_class}
    sorts = {
        **{name: (Counted(f"progress__{name}"),) for name in (
            "expected", "submitted", "on_time", "late", "returned", "missing", "approved", "exempt",
        )},
        "rate": (Counted("progress__submitted_share"),),
    }  # fmt: skip


class TaskTable(ProgressTable):
    """One row per task that the organization or somebody below it was asked, the newest first."""

    form = RowColumn(_("Form"), css="has-title")
    period = ListColumn(_("Period"), accessor="period__label", css="nowrap")
    due = RowColumn(_("Due"), css="nowrap")
    acts = RowColumn(_("Acts"), css="nowrap")

    name = "tasks"
    size = 20
    sorts = ProgressTable.sorts | {
        "form": ("form__sort_order", "form__code"),
        "period": ("period",),
        "due": ("due_on",),
    }
    empty_title = _("No form has been asked here yet.")
    empty_help = _("The organization department opens a task; it then stands here with its due date.")

    class Meta:
        sequence = ("form", "period", "due", "...", "acts")

    def __init__(self, data: QuerySet[Task], *, top: Organization, day: date, **more):
        self.top, self.day = top, day
        super().__init__(data, **more)

    def page_rows(self, records: list[Task]) -> list[TaskRow]:
        return task_rows(records, self.top, self.day)

    def render_form(self, record: TaskRow) -> str:
        address = reverse("submissions:task_at", args=[record.task.pk, self.top.pk])
        return words(link(address, record.task.form.title), code(record.task.form.code), _in_correction(record.progress))

    def render_due(self, record: TaskRow) -> str:
        return words(record.task.due_on.isoformat(), pill(record.due, record.due_colour))

    def render_acts(self, record: TaskRow) -> str:
        return link(reverse("submissions:review", args=[record.task.pk, self.top.pk]), gettext("Units"))


class ChildTable(ProgressTable):
    """One row per organization right below `top`, in the county's order, under the total and what `top` answers itself."""

    organization = RowColumn(_("Organization"), css="wrap2")
    acts = RowColumn(_("Acts"), css="nowrap")

    name = "organizations of a task"
    sorts = ProgressTable.sorts | {"organization": ("sort_order", "code")}
    empty_title = _("No organization stands below this one on the last day of the period.")
    empty_help = _("Go back to the list of tasks.")

    class Meta:
        sequence = ("organization", "...", "acts")
        pinned_row_attrs = {"class": lambda record: "is-total" if record.is_total else ""}

    def __init__(
        self, data: QuerySet[Organization], *, task: Task, counts: Mapping[Place, Progress], above: Sequence[TaskChildRow],
        due_colour: str, **more,
    ):  # fmt: skip
        self.task, self.counts, self.above, self.due_colour = task, counts, above, due_colour
        super().__init__(data, **more)

    def get_top_pinned_data(self) -> Sequence[TaskChildRow]:
        return self.above

    def page_rows(self, records: list[Organization]) -> list[TaskChildRow]:
        return child_rows(records, self.task, self.counts, self.due_colour)

    def render_organization(self, record: TaskChildRow) -> str:
        name = record.name
        if record.is_inner:
            name = link(reverse("submissions:task_at", args=[self.task.pk, record.organization.pk]), record.name)
        elif record.submission_id:
            name = link(reverse("submissions:detail", args=[record.submission_id]), record.name)
        return words(name, _in_correction(record.progress, is_unit=record.submission_id is not None))

    def render_acts(self, record: TaskChildRow) -> str:
        if record.organization is None:
            return ""
        if not record.is_inner:
            return record.state or quiet(gettext("not expected"))
        args = [self.task.pk, record.organization.pk]
        units = link(reverse("submissions:review", args=args), gettext("Units"))
        if not record.progress.owed:
            return units
        return format_html("{} · {}", units, link(reverse("submissions:chase", args=args), gettext("Remind")))


def _in_correction(progress: Progress, *, is_unit: bool = False) -> str:
    """有修订待审: corrections under way below; of one unit that it is 修订中. All of them stay approved."""
    if not progress.in_correction:
        return ""
    if is_unit:
        return pill(gettext("In correction"), "is-amber")
    return pill(gettext("Corrections waiting: %(n)s") % {"n": progress.in_correction}, "is-amber")
