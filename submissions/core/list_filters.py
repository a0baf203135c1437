"""Filters that lists of tasks and reports share: a form, a year."""

import django_filters
from django.utils.translation import gettext_lazy as _

from indicators.models import Form
from submissions.models import Task


def form_filter(field: str) -> django_filters.ModelChoiceFilter:
    """One form, named in the address by its number."""
    forms = Form.objects.order_by("sort_order", "code")
    return django_filters.ModelChoiceFilter(
        field_name=field, label=_("Form"), queryset=forms, to_field_name="code", empty_label=_("All forms")
    )


def year_filter(field: str) -> django_filters.ChoiceFilter:
    """The periods of one year; `field` is the period."""
    return django_filters.ChoiceFilter(
        field_name=field, lookup_expr="startswith", label=_("Year"), choices=_years, empty_label=_("All years")
    )


def _years() -> list[tuple[str, str]]:
    """The years of which anything was asked, the newest first."""
    years = {period.year for period in Task.objects.order_by().values_list("period", flat=True).distinct()}
    return [(str(year), str(year)) for year in sorted(years, reverse=True)]
