"""The texts around the figures of a table, always in Chinese: period, organization, day, name of the person who fills it."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from indicators.periods import Period
from orgs.models import User
from reports.external.bindings.bindings import (
    AS_PRINTED,
    DATE,
    LAST_DAY,
    MONTHS,
    OF_PERIOD,
    ORGANIZATION,
    PERIOD_LABEL,
    PLACES,
    TO_DATE,
    YEAR,
    Binding,
)
from reports.external.filling.answers import FillContext
from reports.external.names.printed_periods import months_label, to_date_label

CHINESE = "zh-hans"  # whatever language the page has: the table belongs to the upper level


def text_value(binding: Binding, occasion: FillContext, by: User, at: datetime) -> str | None:
    """The whole text for the cell; None where the printed text stays, or where there is no such period."""
    if binding.what == AS_PRINTED:
        return None
    places = [(found["what"] or binding.what, found["period"] or binding.period) for found in PLACES.finditer(binding.pattern)]
    places = places or [(binding.what, binding.period)]
    if any(what in OF_PERIOD and occasion.shifted(period) is None for what, period in places):
        return None
    with override(CHINESE):
        texts = [_text(what, occasion.shifted(period), occasion, by, at) for what, period in places]
    if not PLACES.search(binding.pattern):
        return texts[0]
    remaining = iter(texts)
    return PLACES.sub(lambda _found: next(remaining), binding.pattern)


def _text(what: str, period: Period, occasion: FillContext, by: User, at: datetime) -> str:
    if what == ORGANIZATION:
        return occasion.org.name
    if what == DATE:
        return date_format(timezone.localdate(at), "DATE_FORMAT")
    if what in OF_PERIOD:
        return {
            PERIOD_LABEL: period.label,
            YEAR: str(period.year),
            MONTHS: months_label(period),
            TO_DATE: to_date_label(period.last_day),
            LAST_DAY: date_format(period.last_day, "DATE_FORMAT"),
        }[what]
    return by.name
