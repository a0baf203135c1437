"""Filters of lists: words, choices, days. A value that cannot be read filters nothing and is reported on the page."""

import re
from collections.abc import Callable, Sequence
from typing import ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orgs.web.day_input import DayInput

LONGEST_WORDS = 60


class ListFilter(django_filters.FilterSet):
    """The filters of one list, shown in the toolbar above it. `not_kept`: filters that are not remembered."""

    not_kept: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def kept(cls) -> tuple[str, ...]:
        """The names of the filters that are remembered for the person."""
        return tuple(name for name in cls.base_filters if name not in cls.not_kept)

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter leaves out any row."""
        self.errors  # noqa: B018 - reads the form
        return any(value not in (None, "", False) for value in self.form.cleaned_data.values())


class WordsFilter(django_filters.CharFilter):
    """Keeps rows in which every word is in one of the fields; capital and small letters are equal."""

    def __init__(self, *fields: str, label: str):
        super().__init__(label=label, max_length=LONGEST_WORDS)
        self.fields = fields

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        for word in (value or "").split():
            queryset = queryset.filter(_anywhere(self.fields, word))
        return queryset


def _anywhere(fields: Sequence[str], word: str) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found


class OfferedFilter(django_filters.ChoiceFilter):
    """A choice among the values that the rows of the list have, and no others. `offered`: those rows -> (value, label).

    `kept`: what is asked for in this shape stays a choice where no row has it any more: a reviewer who approved the last report of
    a form finds an empty list, not a refusal. Nothing else does.
    """

    def __init__(self, *, offered: Callable[[QuerySet], Sequence[tuple[str, str]]], kept: str = "", **more):
        super().__init__(choices=(), **more)
        self.offered, self.kept = offered, kept

    @property
    def field(self) -> forms.Field:
        if not self.extra["choices"]:
            self.extra["choices"] = self._choices()
        return super().field

    def _choices(self) -> list[tuple[str, str]]:
        known = dict(self.offered(self.parent.queryset.order_by()))
        if self.kept:
            name = next(name for name, one in self.parent.filters.items() if one is self)
            asked = (self.parent.data.get(name) or "")[:LONGEST_WORDS]
            if re.fullmatch(self.kept, asked):
                known.setdefault(asked, asked)
        return list(known.items())


def choice(field: str, label: str, choices: Sequence | Callable, every: str) -> django_filters.ChoiceFilter:
    """A filter with one of several values; `every` is the label without a choice (all roles)."""
    return django_filters.ChoiceFilter(field_name=field, label=label, choices=choices, empty_label=every)


def day(label: str, method: str) -> django_filters.DateFilter:
    """A filter with a day as YYYY-MM-DD; `method` of the filters applies it."""
    error = _("The day cannot be read. Write it as YYYY-MM-DD, for example 2026-09-30.")
    return django_filters.DateFilter(
        label=label, method=method, widget=DayInput, input_formats=["%Y-%m-%d"], error_messages={"invalid": error}
    )


def ticked(label: str, method: str) -> django_filters.BooleanFilter:
    """A checkbox; `method` of the filters applies True or False, ticked or not."""
    return django_filters.BooleanFilter(label=label, method=method, widget=forms.CheckboxInput)
