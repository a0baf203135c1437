"""Two text columns with a meaning: a period, and the categories of units a definition is for."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from indicators.periods import BadPeriod, Period, read_period
from orgs.choices import UnitCategory


class ValueAttribute(DeferredAttribute):
    """An attribute that converts a value when it is set, not only when it is read from the database."""

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class PeriodField(models.CharField):
    """A period: `indicators.periods.Period` in Python, its canonical text (2026Q3) in the column. Looked up by either.

    A period that a person wrote otherwise (2026年第三季度) is understood and kept in its canonical text.
    """

    descriptor_class = ValueAttribute
    empty_strings_allowed = False  # a row without one has None until it gets one, not a text that is no period

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return None if value is None else read_period(value)

    def to_python(self, value):
        if value is None or isinstance(value, Period) or hasattr(value, "resolve_expression"):
            return value
        try:
            return read_period(str(value))
        except BadPeriod as problem:
            raise ValidationError(str(problem), code="invalid") from problem

    def get_prep_value(self, value):
        """The text to compare with: what names no period is compared as it stands, so that nothing is found."""
        return None if value is None else str(value)

    def value_to_string(self, obj):
        return str(self.value_from_object(obj))


class UnitCategoriesField(models.CharField):
    """Categories of units in the order of `orgs.choices.UnitCategory`, a tuple, empty for all; a text joined with ";" in the column.

    Whoever asks about them has the definition in hand already, and none is ever looked up by them (decision 203).
    """

    descriptor_class = ValueAttribute

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault("default", ())
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return None if value is None else _split(value)

    def to_python(self, value):
        if value is None or hasattr(value, "resolve_expression"):
            return value
        given = _split(value) if isinstance(value, str) else value
        return _ordered(given)

    def get_prep_value(self, value):
        return None if value is None else ";".join(self.to_python(value))

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))


def as_recorded(value):
    """A value as the audit keeps it: categories as their text."""
    return ";".join(value) if isinstance(value, tuple) else value


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


_PLACE = {category.value: place for place, category in enumerate(UnitCategory)}


def _ordered(given) -> tuple[str, ...]:
    """Each once, in the order of the list of categories. Raises ValidationError for a word that is none of them."""
    unknown = [category for category in given if category not in _PLACE]
    if unknown:
        raise ValidationError(_("“%(category)s” is not a category of units.") % {"category": unknown[0]}, code="invalid")
    return tuple(sorted(set(given), key=_PLACE.__getitem__))
