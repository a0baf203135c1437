"""The remembered meanings of the heads of a place's tables, in words, for the page that lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from indicators.definitions import indicators_of
from orgs.models import Organization
from submissions.imports.tables.table_report import IS_OTHER, IS_OWN, LINE, UNIT
from submissions.models import HeadName


@dataclass(frozen=True)
class RememberedRow:
    """One remembered head; `means` is its meaning in words."""

    head: HeadName
    means: str


def remembered_heads(place: Organization) -> QuerySet[HeadName]:
    rows = HeadName.objects.filter(county_id=place.county_id, organization=place).select_related("form", "said_by")
    return rows.order_by("form__sort_order", "form__code", "text", "pk")


def remembered_rows(heads: Sequence[HeadName], place: Organization) -> list[RememberedRow]:
    """All remembered heads of the place, in two queries."""
    lines = {_target(head, LINE).partition(":")[0] for head in heads} - {""}
    units = {_target(head, UNIT) for head in heads} - {""}
    names = dict(indicators_of(place.county_id).filter(code__in=lines).values_list("code", "name")) if lines else {}
    rows = Organization.objects.filter(county_id=place.county_id, code__in=units)
    called = dict(rows.values_list("code", "name")) if units else {}
    return [RememberedRow(head, _words(head, names, called)) for head in heads]


def _target(head: HeadName, kind: str) -> str:
    return head.means.removeprefix(kind) if head.means.startswith(kind) else ""


def _words(head: HeadName, names: dict[str, str], called: dict[str, str]) -> str:
    if not head.means:
        return _("nothing: pass it over")
    if head.means in (IS_OWN, IS_OTHER):
        return _("names the unit of the row") if head.means == IS_OWN else _("names another unit")
    if unit := _target(head, UNIT):
        return _("%(name)s (%(code)s)") % {"name": called.get(unit, unit), "code": unit}
    code, _colon, item = _target(head, LINE).partition(":")
    if not code:
        return head.means
    name = f"{names.get(code, code)} · {item}" if item else names.get(code, code)
    return _("%(name)s (%(code)s)") % {"name": name, "code": code}
