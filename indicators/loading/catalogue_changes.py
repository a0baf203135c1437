"""Sentences for what a catalogue changed in indicators that were there."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from indicators.loading.columns import CATALOGUE, SEVERITIES
from indicators.models import Indicator
from orgs.loading.change_texts import changed, gone_and_come
from orgs.loading.columns import LoaderColumn

_COLUMNS: dict[str, LoaderColumn] = {column.name: column for column in CATALOGUE}
# Fields whose column is called otherwise.
_OF_FIELD = {
    **_COLUMNS,
    "name": _COLUMNS["name_zh"],
    "unit_categories": _COLUMNS["org_kinds"],
    "items": _COLUMNS["disaggregation"],
}
_FIELDS = {"items", "checks", "changed_from", *(field.name for field in Indicator._meta.fields)}


def changes_in_words(changes: Mapping[str, list], stored: Mapping[str, Indicator]) -> Iterator[str]:
    """`changes`: {"CODE.field": [old, new]}, as the audit has them."""
    for key, (old, new) in changes.items():
        code, _dot, field = key.rpartition(".")
        if key in stored or code not in stored or field not in _FIELDS or field == "comparable_since":
            continue  # a code may contain a dot: E001.mean is a new indicator, not a field of E001
        subject = f"{code} {stored[code].name}"
        if field == "items":
            yield from _items(subject, old, new)
        elif field == "changed_from":
            yield _("%(subject)s: the definition changes from %(day)s.") % {"subject": subject, "day": new}
        elif field == "checks":
            yield changed(subject, _("checks"), [_rule(one) for one in old], [_rule(one) for one in new])
        else:
            column = _OF_FIELD.get(field)
            label = column.label if column else Indicator._meta.get_field(field).verbose_name
            yield changed(subject, label, old, new, column.words if column else None)


def _items(subject: str, old: list[str], new: list[str]) -> Iterator[str]:
    """An item that is gone is asked no more; its figures stay in their reports."""
    gone, come = gone_and_come(old, new)
    if come:
        yield _("%(subject)s: breakdown items added: %(items)s.") % {"subject": subject, "items": "、".join(come)}
    if gone:
        yield _("%(subject)s: breakdown items ended: %(items)s.") % {"subject": subject, "items": "、".join(gone)}
    if not gone and not come:
        yield changed(subject, _COLUMNS["disaggregation"].label, old, new)


def _rule(check: tuple[str, str]) -> str:
    expression, severity = check
    return f"{expression} ({SEVERITIES.label(severity)})"
