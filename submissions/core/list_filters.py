"""Filters of lists of tasks and reports by form and by year. Offers what the list itself has."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orgs.lists.filters import OfferedFilter

_ANY, _YEAR = r".+", r"(?:19|20)[0-9]{2}"


def form_filter(field: str) -> OfferedFilter:
    """One form of those in the list, named in the address by its number; `field` leads from a row to the form."""

    def forms(rows: QuerySet) -> list[tuple[str, str]]:
        found = rows.values_list(f"{field}__sort_order", f"{field}__code", f"{field}__title").distinct()
        return list({code: (code, f"{title} {code}") for _order, code, title in sorted(found)}.values())

    return OfferedFilter(field_name=f"{field}__code", label=_("Form"), offered=forms, kept=_ANY, empty_label=_("All forms"))


def year_filter(field: str) -> OfferedFilter:
    """The periods of one year, the newest year first; `field` leads from a row to the period."""

    def years(rows: QuerySet) -> list[tuple[str, str]]:
        found = {period.year for period in rows.values_list(field, flat=True).distinct()}
        return [(str(year), str(year)) for year in sorted(found, reverse=True)]

    found_by = {"field_name": field, "lookup_expr": "startswith"}
    return OfferedFilter(**found_by, label=_("Year"), offered=years, kept=_YEAR, empty_label=_("All years"))
