"""Refuses a catalogue that would give figures that stand another unit of measure or kind, and says the dated way."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from indicators.loading.catalogue_rows import IndicatorRow
from indicators.loading.columns import KINDS
from indicators.models import Indicator
from orgs.loading.reports_affected import Reports, in_words, reports
from orgs.names.name_similarity import folded
from spreadsheets.tables import Problems

FROZEN = ("unit", "kind")  # what a figure means without them changing beside it


def refuse_redefined(
    definitions: Mapping[str, IndicatorRow],
    stored: Mapping[str, Indicator],
    since: date | None,
    owner_id: int | None,
    problems: Problems,
) -> None:
    """A figure typed in 件 does not become one in 万件: the old indicator ends, another code begins (docs/decisions/152)."""
    redefined = {
        code: names
        for code, definition in definitions.items()
        if code in stored
        and not definition.changed_from
        and (names := [name for name in FROZEN if _differs(stored[code], definition, name)])
    }
    asked = reports().of_indicators(redefined, owner_id)
    begun = {code: [one for one in found if one.is_begun] for code, found in asked.items()}
    for code, names in redefined.items():
        for name in names if begun.get(code) else ():
            sentence = _sentence(stored[code], definitions[code], name, begun[code], since)
            problems.add(definitions[code].row, name, sentence)


def _differs(indicator: Indicator, definition: IndicatorRow, name: str) -> bool:
    """An empty cell names no other unit of measure; that it is needed is reported elsewhere."""
    new = str(definition.fields[name])
    return bool(new) and folded(str(getattr(indicator, name))) != folded(new)


def _sentence(indicator: Indicator, definition: IndicatorRow, name: str, begun: list[Reports], since: date | None) -> str:
    """What stands, and the way with its days: from `since`, or from the day after the last period that holds figures."""
    last = max(one.last_day for one in begun)
    first = since if since and since > last else last + timedelta(days=1)
    words = {
        "code": indicator.code,
        "old": _shown(name, getattr(indicator, name)),
        "new": _shown(name, definition.fields[name]),
        "reports": in_words(begun),
        "first": first.isoformat(),
        "last": (first - timedelta(days=1)).isoformat(),
    }
    return (
        _(
            "%(code)s has figures in %(old)s (%(reports)s); as %(new)s they would say something else, and sums over time would mix"
            " both. If it is counted in %(new)s from a day on, write that day in changed_from, %(first)s at the earliest: figures"
            " before it stay as they are. If it becomes another indicator, leave this row as it is and give it valid_to %(last)s;"
            " add the new definition as an indicator with a code of its own and valid_from %(first)s, and put it on the form."
        )
        % words
    )


def _shown(name: str, value: object) -> str:
    return KINDS.label(str(value)) if name == "kind" else str(value)
