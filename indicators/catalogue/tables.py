"""The tables of the catalogue and of the forms. Knows what a row shows, not who may see it."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from indicators.catalogue.pages import category_names
from indicators.domains import domain_name
from indicators.models import Form, Indicator


class IndicatorTable(tables.Table):
    """One row per indicator: code, name, what it is counted in, and whether it is switched on."""

    code = tables.Column(_("Code"), attrs={"td": {"class": "code nowrap"}})
    name = tables.Column(
        _("Indicator"), linkify=("indicators:indicator", {"indicator_id": tables.A("pk")}), attrs={"td": {"class": "wrap2"}}
    )
    domain = tables.Column(_("Domain"))
    unit = tables.Column(_("Unit of measure"))
    kind = tables.Column(_("Kind"))
    frequency = tables.Column(_("Frequency"))
    form_count = tables.Column(_("On forms"), attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    owner = tables.TemplateColumn(
        template_name="indicators/catalogue/_parts/owner_pill.html", verbose_name=_("Whose"), attrs={"td": {"class": "nowrap"}}
    )
    is_enabled = tables.TemplateColumn(
        template_name="indicators/catalogue/_parts/indicator_state.html", verbose_name=_("State")
    )

    class Meta:
        model = Indicator
        fields = ()
        sequence = ("code", "name", "domain", "unit", "kind", "frequency", "form_count", "owner", "is_enabled")
        template_name = "django_tables2/table.html"
        empty_text = _("No indicator matches. Clear the filters, or load a catalogue.")

    def render_domain(self, value: str) -> str:
        return domain_name(value)


class FormTable(tables.Table):
    """One row per form: its number and title, how often, who fills it, until when it holds."""

    code = tables.Column(_("Form number"), order_by=("sort_order",), attrs={"td": {"class": "nowrap"}})
    title = tables.Column(_("Title"), linkify=("indicators:form", {"form_id": tables.A("pk")}))
    frequency = tables.Column(_("Frequency"))
    unit_categories = tables.Column(_("Filled by"), orderable=False, empty_values=(), attrs={"td": {"class": "wrap2"}})
    owner = tables.TemplateColumn(
        template_name="indicators/catalogue/_parts/owner_pill.html", verbose_name=_("Whose"), attrs={"td": {"class": "nowrap"}}
    )
    line_count = tables.Column(_("Number of indicators"), attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    valid_until = tables.TemplateColumn(
        template_name="indicators/catalogue/_parts/form_validity.html", verbose_name=_("Valid until")
    )

    class Meta:
        model = Form
        fields = ()
        sequence = ("code", "title", "frequency", "unit_categories", "owner", "line_count", "valid_until")
        template_name = "django_tables2/table.html"
        empty_text = _("There is no form yet. Lay one out, or load the ready forms.")
        order_by = ("code",)

    def render_unit_categories(self, record: Form) -> str:
        return category_names(record.unit_categories)
