"""The list of found organizations, with its filters. The view supplies what the person may see."""

from datetime import date

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orgs.choices import UnitCategory
from orgs.directory.search import FoundOrganization, matching, where_they_stand
from orgs.lists.cells import pill
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.filters import LONGEST_WORDS, ListFilter, choice
from orgs.lists.rows import in_order_of
from orgs.lists.tables import ListTable
from orgs.models import Organization
from orgs.tree.queries import standing_on


class SearchFilter(ListFilter):
    """Words and a category. Without words nothing is found, and neither is stored: a search is a question of the moment."""

    not_kept = ("q", "category")

    q = django_filters.CharFilter(
        label=_("Find an organization"),
        method="with_words",
        max_length=LONGEST_WORDS,
        widget=forms.TextInput(
            attrs={"type": "search", "size": 28, "autofocus": True, "placeholder": _("Name, code or pinyin initials")}
        ),
    )
    category = choice("unit_category", _("Unit category"), UnitCategory.choices, _("All categories"))

    def with_words(self, organizations: QuerySet[Organization], name: str, words: str) -> QuerySet[Organization]:
        return matching(organizations, words)

    def filter_queryset(self, queryset: QuerySet[Organization]) -> QuerySet[Organization]:
        return super().filter_queryset(queryset) if self.form.cleaned_data.get("q") else queryset.none()


class FoundTable(ListTable):
    """One row per organization found, with those above it, which distinguish two villages of one name."""

    organization = ListColumn(
        _("Organization"), accessor="organization__name",
        linkify=("orgs:organization", {"organization_id": tables.A("organization__pk")}),
    )  # fmt: skip
    code = ListColumn(_("Code"), accessor="organization__code", css="code")
    parent = ListColumn(_("Stands under"), accessor="parent__name", default="")
    category = ListColumn(_("Unit category"), accessor="unit_category")
    state = RowColumn(_("State"))

    name = "organizations found"
    few = -1
    sorts = {
        "organization": ("sort_order", "code"),
        "code": ("code",),
        "category": (in_order_of("unit_category", UnitCategory.values),),
    }

    def __init__(self, data: QuerySet[Organization], *, day: date, **more):
        super().__init__(data, **more)
        self.day = day
        above = standing_on(day).filter(organization=OuterRef("pk"))
        self.sorts = self.sorts | {
            "parent": tuple(Subquery(above.values(f"parent__{field}")[:1]) for field in ("sort_order", "code"))
        }
        self.columns["parent"].column.orderable = True

    def page_rows(self, records: list[Organization]) -> list[FoundOrganization]:
        return where_they_stand(records, self.day)

    def render_state(self, record: FoundOrganization) -> str:
        return pill(gettext("Active"), "is-green") if record.is_placed else pill(gettext("Closed or suspended"), "is-grey")
