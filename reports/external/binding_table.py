"""The table classes of two lists: the bindings of an upper table, and the upper tables. Views supply the rows."""

from collections.abc import Sequence

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.rows import Counted
from orgs.lists.tables import ListTable
from reports.external.binding_page import BindingShown, BindingsShown
from reports.models import UpperTable

PLACE = ("show", "page", "sort", "per_page")  # the parts of an address that say which binding of the list is meant


class BindingTable(ListTable):
    """One row per bound or proposed cell, sheet by sheet in the order of the table. Its data are addresses of cells."""

    cell = RowColumn(_("Cell of the table"))
    heads = ListColumn(_("Its heads"))
    unit = ListColumn(_("Unit"))
    indicator = ListColumn(_("Indicator"))
    item = ListColumn(_("Item"), default="")
    period = ListColumn(_("Period"), default="")
    view = ListColumn(_("Time covered"), default="")
    state = tables.TemplateColumn(
        template_name="reports/external/_parts/binding_state.html",
        verbose_name=_("State"),
        attrs={"td": {"class": "nowrap"}},
        extra_context=lambda table: {"table": table},
    )

    name = "bindings"
    size = 100
    sorts = {
        "cell": (Counted("place"),),
        **{
            name: (Counted(name), Counted("place"))
            for name in ("heads", "unit", "indicator", "item", "period", "view", "state")
        },
    }
    empty_title = _("None of this kind.")

    class Meta:
        attrs = {"class": "upper-bindings"}

    def __init__(self, listed: BindingsShown, *, table: UpperTable, **more):
        self.listed, self.table = listed, table
        super().__init__(listed.addresses, **more)

    @property
    def place(self) -> list[tuple[str, str]]:
        asked = self.request.GET
        return [("show", self.listed.shown), *((name, asked[name]) for name in PLACE[1:] if asked.get(name))]

    def page_rows(self, records: Sequence[str]) -> list[BindingShown]:
        return self.listed.rows(records)

    def render_cell(self, record: BindingShown) -> SafeString:
        address = reverse("reports:upper_table", args=[self.table.id])
        return format_html(
            '<a href="{}?sheet={}&amp;cell={}#{}">{}</a>', address, record.sheet, record.cell, record.cell, record.address
        )


class UpperTableTable(ListTable):
    """One row per upper level's table, with its newest edition.

    Its data are what `tables_of` reads, of one county or several.
    """

    table = ListColumn(_("Table"), accessor="name", linkify=("reports:upper_table", {"table_id": tables.A("id")}))
    county = ListColumn(_("County"), accessor="county__name")
    edition = ListColumn(_("Edition"), css="num")
    put_at = RowColumn(_("Taken in"), css="nowrap")
    acts = RowColumn(_("Acts"), css="nowrap")

    name = "upper tables"
    sorts = {
        "table": ("name",),
        "county": ("county__sort_order", "county__code"),
        "edition": ("edition",),
        "put_at": ("put_at",),
    }
    empty_title = _("No table has been taken in yet.")
    empty_help = _("Send the blank table that the upper level sent down; its heads are matched with your units and indicators.")

    def render_put_at(self, record: UpperTable) -> str:
        return date_format(timezone.localtime(record.put_at), "DATETIME_FORMAT")

    def render_acts(self, record: UpperTable) -> SafeString:
        acts = (
            (" is-main", reverse("reports:upper_fill", args=[record.id]), gettext("Fill")),
            ("", reverse("reports:upper_table", args=[record.id]), gettext("Bindings")),
            ("", reverse("reports:upper_history", args=[record.id]), gettext("Editions")),
        )
        return format_html_join(" ", '<a class="button is-small{}" href="{}">{}</a>', acts)
