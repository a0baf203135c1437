"""Filters of the catalogue and of the list of forms."""

import django_filters
from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from indicators.catalogue import pages
from indicators.choices import Frequency, Kind
from indicators.domains import DOMAINS
from indicators.models import Form, Indicator
from orgs.lists.filters import LONGEST_WORDS, ListFilter, OfferedFilter, WordsFilter, choice

ON, OFF = "on", "off"
VALID, EXPIRED = "valid", "expired"


def domains_offered(indicators: QuerySet[Indicator]) -> list[tuple[str, str]]:
    """The domains of the program, and others that one of the indicators has."""
    own = indicators.exclude(domain__in=DOMAINS).order_by("domain").values_list("domain", flat=True).distinct()
    return [*DOMAINS.items(), *((domain, domain) for domain in own if domain)]


class CatalogueFilter(ListFilter):
    """Indicators by words, domain, kind and whether they are switched on. Where words are looked for, matching codes come first."""

    q = django_filters.CharFilter(label=_("Code or name"), method="with_words", max_length=LONGEST_WORDS)
    domain = OfferedFilter(field_name="domain", label=_("Domain"), offered=domains_offered, empty_label=_("All domains"))
    kind = choice("kind", _("Kind"), Kind.choices, _("All kinds"))
    state = django_filters.ChoiceFilter(
        label=_("State"), method="switched", empty_label=_("On and off"),
        choices=[(ON, _("Switched on")), (OFF, _("Switched off"))],
    )  # fmt: skip

    def with_words(self, indicators: QuerySet[Indicator], name: str, words: str) -> QuerySet[Indicator]:
        by_code = Case(When(code__istartswith=words, then=0), default=1)
        return pages.matching(indicators, words).order_by(by_code, *indicators.query.order_by)

    def switched(self, indicators: QuerySet[Indicator], name: str, state: str) -> QuerySet[Indicator]:
        return indicators.filter(is_enabled=state == ON)


class FormFilter(ListFilter):
    """Forms by words, how often they are asked and whether they still are. Takes forms with `is_expired` and `is_retired`."""

    q = WordsFilter("code", "title", label=_("Form number or title"))
    frequency = choice("frequency", _("Frequency"), Frequency.choices, _("All frequencies"))
    state = django_filters.ChoiceFilter(
        label=_("State"), method="in_state", empty_label=_("In use or not"),
        choices=[(VALID, _("In use")), (EXPIRED, _("No longer in use"))],
    )  # fmt: skip

    def in_state(self, forms: QuerySet[Form], name: str, state: str) -> QuerySet[Form]:
        is_over = Q(is_expired=True) | Q(is_retired=True)
        return forms.filter(is_over if state == EXPIRED else ~is_over)
