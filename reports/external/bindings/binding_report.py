"""Bindings as the operator's command prints and reads them: unit, indicator, item, period and view of each cell in full."""

from collections.abc import Mapping
from dataclasses import asdict

from django.utils.translation import gettext as _

from orgs.models import Organization
from reports.external.bindings.bindings import FIGURE, BadBinding, Binding, as_json, from_json
from reports.external.bindings.scale import is_unit_of_measure
from reports.figures.plan.rows import CATEGORY

_WRITTEN_OUT = ("unit", "indicator", "item", "unit_of_measure")


def printed(bindings: Mapping[str, Binding], county: Organization, doubts: Mapping[str, str]) -> dict[str, dict]:
    """The stored bindings, each with its unit (a code; the county's for the whole), indicator, item, period and view added.

    `unit_of_measure` is the table's own where it differs from the indicator's. The key `said` gives the reason why a likely
    binding is not sure.
    """
    kept = as_json(bindings)
    return {address: kept[address] | _written_out(one, county, doubts.get(address, "")) for address, one in bindings.items()}


def _written_out(one: Binding, county: Organization, doubt: str) -> dict:
    if one.kind != FIGURE:
        return dict.fromkeys(("unit", "indicator", "item", "view")) | {"period": asdict(one)["period"]}
    code, _colon, item = one.key.partition(":")
    parts = {"unit": one.org or county.code, "indicator": code, "item": item or None, "period": one.period, "view": one.view}
    parts |= {"unit_of_measure": one.unit} if one.unit else {}
    return parts | ({"said": doubt} if doubt and one.is_likely else {})


def read_printed(cells: object, county: Organization) -> dict[str, Binding]:
    """Reads what `printed` wrote, or bindings in their stored form.

    Raises BadBinding, also where both forms are present and contradict each other.
    """
    if not isinstance(cells, dict):
        return from_json(cells)
    return from_json({address: _kept(address, given, county) for address, given in cells.items()})


def _kept(address: str, given: object, county: Organization) -> object:
    if not isinstance(given, dict):
        return given
    kept = {name: value for name, value in given.items() if name not in (*_WRITTEN_OUT, "said")}
    if given.get("kind") != FIGURE:
        return {name: value for name, value in kept.items() if value is not None}
    kept |= _key(address, given) | _org(address, given, county)
    if measure := given.get("unit_of_measure") or _old_measure(given):
        kept["unit"] = measure
    return kept


def _key(address: str, given: Mapping) -> dict:
    code, item = given.get("indicator"), given.get("item")
    if not code:
        return {}
    key = f"{code}:{item}" if item else code
    if given.get("key", key) != key:
        raise BadBinding(_different(address, "key", given["key"], "indicator", key))
    return {"key": key}


def _org(address: str, given: Mapping, county: Organization) -> dict:
    unit = given.get("unit")
    if not unit or _old_measure(given):
        return {}
    org = "" if unit == county.code and given.get("by", "") != CATEGORY else unit
    if given.get("org", org) not in (org, unit):
        raise BadBinding(_different(address, "org", given["org"], "unit", unit))
    return {"org": given.get("org", org)}


def _old_measure(given: Mapping) -> str:
    """Reads the older form, in which `unit` was the table's own unit of measure, such as 万元."""
    unit = given.get("unit")
    return unit if isinstance(unit, str) and is_unit_of_measure(unit) else ""


def _different(address: str, one: str, value: object, other: str, other_value: object) -> str:
    sentence = _(
        "%(address)s: “%(one)s” says %(said)s and “%(other)s” says %(told)s; write the same in both, or leave one out."
    )
    return sentence % {"address": address, "one": one, "said": str(value)[:40], "other": other, "told": str(other_value)[:40]}
