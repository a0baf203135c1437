"""A definition that changes from a day: what it meant before is kept, and whether earlier figures count on (docs/decisions/226)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from indicators.definitions import FACTS
from indicators.loading.catalogue_rows import IndicatorRow
from indicators.models import FormerDefinition, Indicator
from orgs.loading.reports_affected import Reports, in_words, reports
from spreadsheets.tables import Problems

MEASURED = ("unit", "kind")  # with another one of these the figures before are other numbers
MEANING = ("definition", "numerator", "denominator", "formula", "condition", "org_rule", "period_rule")
_DAY = timedelta(days=1)


def refuse_wrong_days(
    definitions: Mapping[str, IndicatorRow], stored: Mapping[str, Indicator], owner_id: int | None, problems: Problems
) -> None:
    """A change holds from a day after all reports that were begun with the old meaning, and after every earlier change."""
    dated = {code: definition for code, definition in definitions.items() if definition.changed_from}
    asked = reports().of_indicators(dated, owner_id)
    for code, definition in dated.items():
        sentence = _against(definition, stored[code], asked.get(code, [])) if code in stored else _of_new(definition)
        if sentence:
            problems.add(definition.row, "changed_from", sentence)
    for definition in definitions.values():
        if definition.counts_on and not definition.changed_from:
            problems.add(definition.row, "counts_on", _("This belongs to a change from a day; write the day in changed_from."))


def keep_former(definitions: Mapping[str, IndicatorRow], stored: Mapping[str, Indicator], changes: dict[str, list]) -> None:
    """Keep the old meaning of what changes from a day, and put into the new one since when figures are comparable."""
    for code, definition in definitions.items():
        if definition.changed_from is None:
            continue
        indicator, day = stored[code], definition.changed_from
        former = _former_before(indicator, day)
        if former is None:
            former = FormerDefinition(
                indicator=indicator, until=day - _DAY, **{name: getattr(indicator, name) for name in FACTS}
            )
            former.save(force_insert=True)
            changes[f"{code}.changed_from"] = [None, day.isoformat()]
        definition.fields["comparable_since"] = former.comparable_since if definition.counts_on else day


def undated(
    definitions: Mapping[str, IndicatorRow], changes: Mapping[str, list], standing: Mapping[str, object]
) -> Iterator[str]:
    """The sentence for what means something else now, without a day, though reports with it stand."""
    codes = [
        code
        for code, definition in definitions.items()
        if code in standing and not definition.changed_from and any(f"{code}.{name}" in changes for name in MEANING)
    ]
    if codes:
        sentence = _(
            "%(codes)s: the definition changes without a day, so figures before and after stay one series. If they are not"
            " comparable, write in changed_from the day from which the new definition holds."
        )
        yield sentence % {"codes": ", ".join(codes)}


def _of_new(definition: IndicatorRow) -> str:
    return _("%(code)s is new and has nothing to change from; its first day belongs into valid_from.") % {
        "code": definition.code
    }


def _against(definition: IndicatorRow, indicator: Indicator, asked: list[Reports]) -> str:
    """The sentence against the change; "" where it may be made, or stands already."""
    day, last = definition.changed_from, _last_change(indicator)
    words = {"code": indicator.code, "day": day.isoformat()}
    differing = _differing(definition, indicator)
    is_recorded = _former_before(indicator, day) is not None
    if is_recorded and not differing and (last != day or _counts_on(indicator, day) == definition.counts_on):
        return ""
    if last and (day < last or (is_recorded and last != day)):
        sentence = _("%(code)s has changed again from %(last)s; a change from %(day)s can no longer be made before that one.")
        return sentence % (words | {"last": last.isoformat()})
    if indicator.valid_from and day <= indicator.valid_from:
        return _("%(code)s begins only on %(first)s; it can change from a later day.") % (
            words | {"first": indicator.valid_from.isoformat()}
        )
    if not is_recorded and not differing:
        return (
            _(
                "Nothing in this row differs from what %(code)s means already; write what it means from %(day)s on, or leave"
                " changed_from empty."
            )
            % words
        )
    if definition.counts_on and (name := _other_measure(definition, indicator, day)):
        sentence = _(
            "Figures of another %(what)s never count on: %(code)s would add up unlike numbers. Write “no” in counts_on."
        )
        return sentence % (words | {"what": Indicator._meta.get_field(name).verbose_name})
    begun = [one for one in asked if one.is_begun and one.last_day >= day]
    if begun:
        first = (max(one.last_day for one in begun) + _DAY).isoformat()
        sentence = _(
            "Reports that ask %(code)s in its old meaning are begun (%(reports)s), so it cannot change from %(day)s. The first"
            " day from which it can is %(first)s."
        )
        return sentence % (words | {"reports": in_words(begun), "first": first})
    return ""


def _last_change(indicator: Indicator) -> date | None:
    days = [former.until + _DAY for former in indicator.former_definitions.all()]
    return max(days, default=None)


def _former_before(indicator: Indicator, day: date) -> FormerDefinition | None:
    """The meaning that ended on the eve of the day."""
    return next((former for former in indicator.former_definitions.all() if former.until == day - _DAY), None)


def _counts_on(indicator: Indicator, day: date) -> bool:
    return indicator.comparable_since != day


def _differing(definition: IndicatorRow, indicator: Indicator) -> list[str]:
    return [name for name in FACTS if name in definition.fields and definition.fields[name] != getattr(indicator, name)]


def _other_measure(definition: IndicatorRow, indicator: Indicator, day: date) -> str | None:
    """The unit of measure or kind, where it is not that of before the change."""
    before = _former_before(indicator, day) or indicator
    return next((name for name in MEASURED if definition.fields[name] != getattr(before, name)), None)
