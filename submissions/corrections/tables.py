"""The list of corrections, and its filters. Views pass in the rows."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from orgs.lists.cells import code, link, moment, pill, words
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.filters import ListFilter, WordsFilter, choice
from orgs.lists.rows import in_order_of
from orgs.lists.tables import ListTable
from submissions.choices import CorrectionState
from submissions.core.list_filters import form_filter, year_filter
from submissions.corrections.states import COLOURS
from submissions.models import Correction


class CorrectionFilter(ListFilter):
    """Corrections by unit, form, year and state."""

    not_kept = ("q",)

    q = WordsFilter("submission__organization__name", "submission__organization__code", label=_("Unit"))
    form = form_filter("submission__task__form")
    year = year_filter("submission__task__period")
    state = choice("state", _("State"), CorrectionState.choices, _("All states"))


class CorrectionTable(ListTable):
    """One row per correction, the newest first."""

    unit = RowColumn(_("Unit"), css="wrap2")
    form = RowColumn(_("Form"))
    period = ListColumn(_("Period"), accessor="submission__task__period__label", css="nowrap")
    cells = RowColumn(_("Cells"), css="num")
    reason = ListColumn(_("Reason"), css="wrap2")
    state = RowColumn(_("State"))
    requested = RowColumn(_("Requested at"), css="nowrap quiet")
    reviewer = ListColumn(_("With"), accessor="reviewer_org", css="quiet", default="")

    name = "corrections"
    row_head = "unit"
    size = 30
    sorts = {
        "unit": ("submission__organization__sort_order", "submission__organization__code"),
        "form": ("submission__task__form__sort_order", "submission__task__form__code"),
        "period": ("submission__task__period",),
        "reason": ("reason",),
        "state": (in_order_of("state", CorrectionState.values),),
        "requested": ("requested_at",),
        "reviewer": ("reviewer_org__sort_order", "reviewer_org__code"),
    }
    empty_title = _("No correction has been requested.")
    empty_help = _("A correction of an approved report is requested on the page of the report.")

    def render_unit(self, record: Correction) -> str:
        return link(reverse("submissions:correction", args=[record.pk]), str(record.submission.organization))

    def render_form(self, record: Correction) -> str:
        form = record.submission.task.form
        return words(form.title, code(form.code))

    def render_cells(self, record: Correction) -> str:
        return str(len(record.changes))

    def render_state(self, record: Correction) -> str:
        return pill(record.get_state_display(), COLOURS[record.state])

    def render_requested(self, record: Correction) -> str:
        return words(moment(record.requested_at), record.requested_by.name)
