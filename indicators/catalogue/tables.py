"""The lists of indicators and of forms. Views pass in the rows."""

import django_tables2 as tables
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indicators.catalogue.pages import category_names
from indicators.choices import Frequency, Kind
from indicators.domains import DOMAINS, domain_name
from indicators.models import Form, Indicator
from orgs.lists.cells import pill, quiet, words
from orgs.lists.columns import ListColumn, RowColumn
from orgs.lists.rows import in_order_of
from orgs.lists.tables import ListTable


def owner_pill(record: Indicator | Form) -> str:
    """Whether a definition is common, a county's own, or its edition of a common form."""
    if getattr(record, "adopted_from_id", None):
        return pill(gettext("Own edition"), "is-blue")
    return pill(gettext("Of the county alone"), "is-blue") if record.owner_id else pill(gettext("Common"), "is-grey")


class IndicatorTable(ListTable):
    """One row per indicator: code, name, what it is counted in, and whether it is switched on. Takes them with `form_count`."""

    code = ListColumn(_("Code"), css="code nowrap")
    indicator = ListColumn(
        _("Indicator"), accessor="name", css="wrap2", linkify=("indicators:indicator", {"indicator_id": tables.A("pk")})
    )
    domain = ListColumn(_("Domain"))
    unit = ListColumn(_("Unit of measure"))
    kind = ListColumn(_("Kind"))
    frequency = ListColumn(_("Frequency"))
    form_count = ListColumn(_("On forms"), css="num")
    owner = RowColumn(_("Whose"), css="nowrap")
    is_enabled = RowColumn(_("State"))

    name = "indicators"
    sorts = {
        "code": ("code",),
        "indicator": ("sort_order", "code"),
        "domain": (in_order_of("domain", DOMAINS), "domain"),
        "unit": ("unit",),
        "kind": (in_order_of("kind", Kind.values),),
        "frequency": (in_order_of("frequency", Frequency.values),),
        "form_count": ("form_count",),
        "owner": ("owner", "sort_order", "code"),
        "is_enabled": ("-is_enabled",),
    }
    empty_title = _("No indicator matches.")
    empty_as_filtered = True
    empty_help = _("Look for other words, or load a catalogue.")

    def render_domain(self, value: str) -> str:
        return domain_name(value)

    def render_owner(self, record: Indicator) -> str:
        return owner_pill(record)

    def render_is_enabled(self, record: Indicator) -> str:
        return pill(gettext("Switched on"), "is-green") if record.is_enabled else pill(gettext("Switched off"), "is-grey")


class FormTable(ListTable):
    """One row per form: its number and title, how often, who fills it, until when it holds. Takes them with counts."""

    code = ListColumn(_("Form number"), css="nowrap")
    title = ListColumn(_("Title"), linkify=("indicators:form", {"form_id": tables.A("pk")}))
    frequency = ListColumn(_("Frequency"))
    unit_categories = RowColumn(_("Filled by"), css="wrap2")
    owner = RowColumn(_("Whose"), css="nowrap")
    line_count = ListColumn(_("Number of indicators"), css="num")
    valid_until = RowColumn(_("Valid until"))

    name = "forms"
    sorts = {
        "code": ("sort_order", "code"),
        "title": ("title",),
        "frequency": (in_order_of("frequency", Frequency.values),),
        "owner": ("owner", "sort_order", "code"),
        "line_count": ("line_count",),
        "valid_until": ("valid_until",),
    }
    empty_title = _("No form is found.")
    empty_as_filtered = True
    empty_help = _("Lay one out, or load the ready forms.")

    def render_owner(self, record: Form) -> str:
        return owner_pill(record)

    def render_unit_categories(self, record: Form) -> str:
        return category_names(record.unit_categories)

    def render_valid_until(self, record: Form) -> str:
        until = record.valid_until.isoformat() if record.valid_until else quiet(gettext("until further notice"))
        expired = pill(gettext("Expired"), "is-red") if record.is_expired else ""
        return words(until, expired, pill(gettext("Retired"), "is-grey") if record.is_retired else "")
