"""The list of a county's own layouts."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orgs.lists.cells import link, moment, pill
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.rows import Counted
from orgs.lists.tables import ListTable
from reports.models import CountyLayout


class CountyLayoutTable(ListTable):
    """One row per layout, by code; retired layouts stay in the list."""

    code = RowColumn(_("Code"))
    title = ListColumn(_("Title"), accessor="definition__title", css="wrap2")
    columns_printed = RowColumn(_("Columns"), css="num")
    saved = RowColumn(_("Saved"), css="nowrap")
    state = RowColumn(_("State"))
    act = tables.TemplateColumn(template_name="reports/tables/_parts/layout_retire.html", verbose_name="")

    name = "county layouts"
    sorts = {
        "code": ("code",),
        "title": (Counted("definition__title"),),
        "saved": ("saved_at",),
        "state": ("is_retired",),
    }
    empty_title = _("None yet.")
    empty_help = _("Begin one with a ready layout or a form, then change its title, columns and heads.")

    def render_code(self, record: CountyLayout) -> SafeString:
        return link(reverse("reports:layout", args=[record.county_id, record.id]), record.code)

    def render_columns_printed(self, record: CountyLayout) -> int:
        return len(record.definition["parts"][0]["columns"])

    def render_saved(self, record: CountyLayout) -> str:
        return f"{moment(record.saved_at)} {record.saved_by.name}"

    def render_state(self, record: CountyLayout) -> SafeString:
        return pill(gettext("Retired"), "is-grey") if record.is_retired else pill(gettext("Offered"), "is-green")
