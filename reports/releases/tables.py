"""The list of releases."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orgs.lists.cells import code, link, moment, pill, words
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.filters import ListFilter, WordsFilter, ticked
from orgs.lists.tables import ListTable
from reports.models import Release
from reports.releases.queries import light
from submissions.core.list_filters import year_filter


class ReleaseFilter(ListFilter):
    """Releases by words, by the year of their period, only those in force."""

    q = WordsFilter("title", "organization__name", "organization__code", "layout", "form", label=_("Title or organization"))
    year = year_filter("period")
    in_force = ticked(_("only the edition in force"), "only_in_force")

    def only_in_force(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        return queryset.filter(is_replaced=False) if value else queryset


class ReleaseTable(ListTable):
    """One row per release, the newest first; editions that were replaced stay in the list."""

    number = RowColumn(_("Number"), css="nowrap")
    title = ListColumn(_("Title of the release"), css="wrap2")
    organization = ListColumn(_("Organization"), accessor="organization__name", css="wrap2")
    period = ListColumn(_("Period"), accessor="period__label", css="nowrap")
    printed = RowColumn(_("Printed layout"), css="nowrap")
    edition = RowColumn(_("Edition"), css="nowrap")
    issued = RowColumn(_("Issued"), css="nowrap")

    name = "releases"
    sorts = {
        "number": ("year", "serial"),
        "title": ("title",),
        "organization": ("organization__sort_order", "organization__code"),
        "period": ("period",),
        "printed": ("layout", "form"),
        "edition": ("edition",),
        "issued": ("issued_at",),
    }
    empty_title = _("Nothing has been issued yet.")
    empty_help = _("Choose a printed table, look at it, then issue it.")

    def render_number(self, record: Release) -> SafeString:
        return link(reverse("reports:release", args=[record.pk]), record.number)

    def render_printed(self, record: Release) -> SafeString:
        return words(record.layout, code(record.form) if record.form else "")

    def render_edition(self, record: Release) -> SafeString:
        state = pill(gettext("replaced"), "is-grey") if record.is_replaced else pill(gettext("in force"), "is-green")
        return words(gettext("Edition %(n)d") % {"n": record.edition}, state)

    def render_issued(self, record: Release) -> str:
        return f"{moment(record.issued_at)} {record.issued_by.name}"


def listed_releases(releases: QuerySet[Release]) -> QuerySet[Release]:
    """The rows of the list, newest first, each with whether a next edition replaced it."""
    following = Release.objects.filter(county_id=OuterRef("county_id"), previous_id=OuterRef("pk"))
    return light(releases).annotate(is_replaced=Exists(following)).order_by("-issued_at", "-pk")
