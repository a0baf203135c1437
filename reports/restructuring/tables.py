"""The list of changes of organizations, with its filters. The view passes in the rows of the officer's counties."""

import django_filters
import django_tables2 as tables
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orgs.choices import SuccessionKind
from orgs.lists.cells import lines, moment, quiet, words
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.filters import LONGEST_WORDS, ListFilter, choice, day
from orgs.lists.rows import in_order_of
from orgs.lists.tables import ListTable
from orgs.models import Succession, SuccessionEnd
from reports.restructuring.texts import units_of


class SuccessionFilter(ListFilter):
    """Changes by the units they name, kind, and the days on which they hold."""

    not_kept = ("q",)

    q = django_filters.CharFilter(label=_("Organization or note"), method="with_words", max_length=LONGEST_WORDS)
    kind = choice("kind", _("Kind of change"), SuccessionKind.choices, _("All kinds"))
    since = day(_("From"), "not_before")
    until = day(_("To"), "not_after")

    def with_words(self, rows: QuerySet[Succession], name: str, words: str) -> QuerySet[Succession]:
        for word in words.split():
            ends = SuccessionEnd.objects.filter(succession=OuterRef("pk"))
            named = Q(organization__name__icontains=word) | Q(organization__code__istartswith=word)
            rows = rows.filter(Exists(ends.filter(named)) | Q(note__icontains=word))
        return rows

    def not_before(self, rows: QuerySet[Succession], name: str, value) -> QuerySet[Succession]:
        return rows.filter(on__gte=value)

    def not_after(self, rows: QuerySet[Succession], name: str, value) -> QuerySet[Succession]:
        return rows.filter(on__lte=value)


class SuccessionTable(ListTable):
    """One row per change, the one that was entered last first."""

    number = ListColumn(
        _("Number"), accessor="pk", css="num", linkify=("reports:succession", {"number": tables.A("pk")}),
    )  # fmt: skip
    on = tables.DateColumn("Y-m-d", verbose_name=_("Day of the change"))
    kind = RowColumn(_("Kind of change"), css="nowrap")
    units = RowColumn(_("Organizations"))
    note = ListColumn(_("Note"), css="wrap2")
    recorded = RowColumn(_("Entered"), css="nowrap quiet")

    name = "changes of organizations"
    row_head = "number"
    size = 50
    sorts = {
        "number": ("pk",),
        "on": ("on",),
        "kind": (in_order_of("kind", SuccessionKind.values),),
        "note": ("note",),
        "recorded": ("recorded_at",),
    }
    empty_title = _("No organization has been changed yet.")
    empty_help = _("Choose organizations in the tree, and what happens to them.")

    def render_kind(self, record: Succession) -> str:
        return record.get_kind_display()

    def render_units(self, record: Succession) -> str:
        return lines(*units_of(record))

    def render_recorded(self, record: Succession) -> str:
        return words(moment(record.recorded_at), quiet(record.recorded_by.name)) if record.recorded_by else moment(None)
