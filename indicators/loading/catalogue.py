"""Loads a catalogue: definition records with their breakdowns and checks. All or nothing, idempotent."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.definitions import indicators_of, own_checks, own_indicators, owners_of_codes
from indicators.domains import NO_DOMAIN
from indicators.fields import as_recorded
from indicators.formulas import Reference, parse
from indicators.formulas.cycles import circle_in, inputs_now
from indicators.loading.catalogue_changes import changes_in_words
from indicators.loading.catalogue_rows import IndicatorRow, read_definitions, soften_ranges
from indicators.loading.columns import CATALOGUE
from indicators.loading.dated_changes import keep_former, refuse_wrong_days, undated
from indicators.loading.formula_limits import refuse_beyond_limits
from indicators.loading.other_owners import refuse_of_other_owners
from indicators.loading.redefinition import refuse_redefined
from indicators.loading.stored_rows import standing_texts
from indicators.models import BreakdownItem, Check, Indicator
from orgs.loading.columns import named_table
from orgs.loading.reports_affected import Reports, in_words, reports
from orgs.loading.result import Loaded
from orgs.models import Organization, User
from spreadsheets.tables import Problems, Table, TableRow

FORMULA_COLUMNS = ("numerator", "denominator", "formula", "condition")


@transaction.atomic
def load_catalogue(
    table: Table, *, by: User, at: datetime, since: date | None = None, owner: Organization | None = None
) -> Loaded:
    """Add and change the indicators of the table; others stay. Raises TableProblems; then nothing changed.

    `owner`: the county whose own they are; they may lean on common ones. Without one they are common and lean on common ones only.
    An indicator that is no party work comes switched off; one that is there keeps its switch. `since`: the day from which a
    new one holds, where the file says none. Unit of measure and kind of what has figures change only from a day (`changed_from`).
    """
    table = named_table(table, CATALOGUE)
    problems = table.problems()
    owner_id = owner.pk if owner else None
    indicators = indicators_of(owner_id).select_related("part_of").prefetch_related("breakdown_items", "checks")
    indicators = indicators.prefetch_related("former_definitions")
    stored = {indicator.code: indicator for indicator in indicators}
    elsewhere = {} if owner else owners_of_codes(own_indicators())
    definitions = read_definitions(_rows(table, stored, since), {*stored, *elsewhere}, problems)
    refuse_of_other_owners(definitions, stored, owner, elsewhere, problems)
    soften_ranges(definitions, _kinds(definitions, stored))
    _check_references(definitions, stored, problems)
    refuse_redefined(definitions, stored, since, owner_id, problems)
    refuse_wrong_days(definitions, stored, owner_id, problems)
    refuse_beyond_limits(definitions, stored, owner_id, problems)
    if owner is None:
        _refuse_spoiling_own(definitions, stored, problems)
    problems.raise_if_any()
    changes = _write(definitions, stored, owner)
    if changes:
        record("catalogue.loaded", by=by, at=at, county_id=owner_id, subject="catalogue", data=changes)
    undecided = _without_domain(definitions, stored, changes) if "domain" in table.columns else []
    return _answer(definitions, stored, changes, undecided, owner_id)


def _refuse_spoiling_own(definitions: dict[str, IndicatorRow], stored: dict[str, Indicator], problems: Problems) -> None:
    """Refuses a common definition that would make a county's own formula or rule blank."""
    own: dict[int, dict[str, Indicator]] = {county_id: {} for county_id in own_checks().values_list("owner_id", flat=True)}
    for indicator in own_indicators().select_related("part_of").prefetch_related("breakdown_items", "checks"):
        own.setdefault(indicator.owner_id, {})[indicator.code] = indicator
    for county_id, indicators in own.items():
        if not len(problems):
            refuse_beyond_limits(definitions, {**indicators, **stored}, county_id, problems)


def _kinds(definitions: dict[str, IndicatorRow], stored: dict[str, Indicator]) -> dict[str, str]:
    kinds = {code: indicator.kind for code, indicator in stored.items()}
    return kinds | {code: definition.fields["kind"] for code, definition in definitions.items()}


def _rows(table: Table, stored: dict[str, Indicator], since: date | None) -> Iterator[TableRow]:
    """A column that the file does not have leaves what stands; a new indicator holds from `since`."""
    known = {*stored, *(row["code"] for row in table)}
    new = {"valid_from": since.isoformat()} if since else {}
    for row in table:
        indicator = stored.get(row["code"])
        yield row.beside(standing_texts(indicator, known) if indicator else new)


def _check_references(definitions: dict[str, IndicatorRow], stored: dict[str, Indicator], problems: Problems) -> None:
    """Wholes and items that are named must exist, and nothing may be computed from itself."""
    items = {code: {item.name for item in indicator.breakdown_items.all()} for code, indicator in stored.items()}
    items |= {code: {name for _dimension, name in definition.items} for code, definition in definitions.items()}
    for definition in definitions.values():
        if definition.part_of and (definition.part_of not in items or definition.part_of == definition.code):
            problems.add(
                definition.row, "part_of", _("No other indicator has the code %(code)s.") % {"code": definition.part_of}
            )
        for column in FORMULA_COLUMNS:
            for reference in _references(definition.fields[column]):
                if reference.item and reference.item not in items.get(reference.code, {reference.item}):
                    sentence = _("%(code)s has no item “%(item)s”.")
                    problems.add(definition.row, column, sentence % {"code": reference.code, "item": reference.item})
    _refuse_circles(definitions, stored, problems)


def _references(text: str) -> tuple[Reference, ...]:
    return parse(text).references if text else ()


def _refuse_circles(definitions: dict[str, IndicatorRow], stored: dict[str, Indicator], problems: Problems) -> None:
    texts = {code: (indicator.numerator, indicator.denominator, indicator.formula) for code, indicator in stored.items()}
    wholes = {code: {indicator.part_of.code} for code, indicator in stored.items() if indicator.part_of_id}
    for code, definition in definitions.items():
        texts[code] = tuple(definition.fields[column] for column in ("numerator", "denominator", "formula"))
        wholes[code] = {definition.part_of} - {""}
    for column, inputs in (("formula", {code: inputs_now(own) for code, own in texts.items()}), ("part_of", wholes)):
        circle = circle_in(inputs)
        if circle:
            row = next((definitions[code].row for code in circle if code in definitions), 0)
            problems.add(row, column, _("This leads in a circle: %(circle)s.") % {"circle": " → ".join(circle)})


def _write(definitions: dict[str, IndicatorRow], stored: dict[str, Indicator], owner: Organization | None) -> dict[str, list]:
    """Write what differs; answers {"CODE.field": [old, new]} and, for a new one, {"CODE": [None, name]}."""
    changes: dict[str, list] = {}
    added = [definition for code, definition in definitions.items() if code not in stored]
    last = max((indicator.sort_order for indicator in stored.values()), default=0)
    made = Indicator.objects.bulk_create(
        Indicator(
            owner=owner, code=definition.code, is_enabled=not definition.is_switched_off, sort_order=order, **definition.fields
        )
        for order, definition in enumerate(added, start=last + 1)
    )
    everything = {**stored, **{indicator.code: indicator for indicator in made}}
    for indicator in made:
        changes[indicator.code] = [None, indicator.name]
    keep_former(definitions, stored, changes)
    for code, definition in definitions.items():
        if code in stored:
            _change_fields(stored[code], definition, changes)
    _write_wholes(definitions, everything, changes)
    _write_items(definitions, everything, changes)
    _write_checks(definitions, everything, changes)
    return changes


def _change_fields(indicator: Indicator, definition: IndicatorRow, changes: dict[str, list]) -> None:
    differing = {name: new for name, new in definition.fields.items() if getattr(indicator, name) != new}
    for name, new in differing.items():
        changes[f"{indicator.code}.{name}"] = [as_recorded(getattr(indicator, name)), as_recorded(new)]
    if differing:
        Indicator.objects.filter(pk=indicator.pk).update(**differing)


def _write_wholes(definitions: dict[str, IndicatorRow], everything: dict[str, Indicator], changes: dict[str, list]) -> None:
    codes = {indicator.pk: code for code, indicator in everything.items()}
    for code, definition in definitions.items():
        indicator = everything[code]
        old = codes.get(indicator.part_of_id, "")
        if old != definition.part_of:
            changes[f"{code}.part_of"] = [old, definition.part_of]
            whole = everything[definition.part_of] if definition.part_of else None
            Indicator.objects.filter(pk=indicator.pk).update(part_of=whole)


def _write_items(definitions: dict[str, IndicatorRow], everything: dict[str, Indicator], changes: dict[str, list]) -> None:
    new_items: list[BreakdownItem] = []
    for code, definition in definitions.items():
        indicator = everything[code]
        old = sorted((item.position, item.dimension, item.name) for item in _related(indicator, "breakdown_items"))
        new = [(position, dimension, name) for position, (dimension, name) in enumerate(definition.items)]
        if old != new:
            if old:
                indicator.breakdown_items.all().delete()
            changes[f"{code}.items"] = [[name for *_place, name in old], [name for *_place, name in new]]
            new_items += [
                BreakdownItem(indicator=indicator, position=place, dimension=part, name=name) for place, part, name in new
            ]
    BreakdownItem.objects.bulk_create(new_items)


def _write_checks(definitions: dict[str, IndicatorRow], everything: dict[str, Indicator], changes: dict[str, list]) -> None:
    new_checks: list[Check] = []
    for code, definition in definitions.items():
        indicator = everything[code]
        old = [
            (check.expression, check.severity)
            for check in sorted(_related(indicator, "checks"), key=lambda check: check.position)
        ]
        new = [(expression, str(severity)) for expression, severity in definition.checks]
        if old != new:
            if old:
                indicator.checks.all().delete()
            changes[f"{code}.checks"] = [old, new]
            new_checks += [
                Check(
                    owner_id=indicator.owner_id, indicator=indicator, expression=expression, severity=severity, position=place
                )
                for place, (expression, severity) in enumerate(new)
            ]
    Check.objects.bulk_create(new_checks)


def _related(indicator: Indicator, name: str) -> list:
    """Prefetched rows of a stored indicator; none of one made just now."""
    return list(getattr(indicator, name).all()) if name in getattr(indicator, "_prefetched_objects_cache", {}) else []


def _answer(
    definitions: dict[str, IndicatorRow],
    stored: dict[str, Indicator],
    changes: dict[str, list],
    undecided: list[str],
    owner_id: int | None,
) -> Loaded:
    named = {key if key in definitions else key.rpartition(".")[0] for key in changes}
    added = [code for code in definitions if code not in stored]
    changed = [code for code in definitions if code in stored and code in named]
    asked = reports().of_indicators(changed, owner_id)
    return Loaded(
        _("Indicators"), len(added), len(changed), len(definitions) - len(added) - len(changed),
        made=tuple(_("%(code)s %(name)s: new.") % {"code": code, "name": definitions[code].fields["name"]} for code in added),
        changes=tuple(changes_in_words(changes, stored)),
        touched=tuple(_touched(asked)),
        notes=(
            *_notes(definitions, added, undecided), *_waiting(asked), *undated(definitions, changes, _standing(asked)),
        ),
    )  # fmt: skip


def _without_domain(definitions: dict[str, IndicatorRow], stored: dict[str, Indicator], changes: dict[str, list]) -> list[str]:
    """New without a domain, or left without one by this file."""
    return [
        code
        for code, definition in definitions.items()
        if definition.fields["domain"] == NO_DOMAIN and (code not in stored or f"{code}.domain" in changes)
    ]


def _notes(definitions: dict[str, IndicatorRow], added: list[str], undecided: list[str]) -> Iterator[str]:
    off = sum(definitions[code].is_switched_off for code in added)
    if off:
        yield _("Switched off because they are no party work: %(count)d.") % {"count": off}
    if undecided:
        sentence = _("The cell domain is empty of %(codes)s; they stand among the other indicators until it says one.")
        yield sentence % {"codes": ", ".join(undecided)}
    kept = [code for code, definition in definitions.items() if definition.kept]
    if kept:
        pieces = sum(len(definition.kept) for definition in definitions.values())
        sentence = _("Rules that stay as text because no formula can say them: %(count)d (%(codes)s).")
        yield sentence % {"count": pieces, "codes": ", ".join(kept)}


def _touched(asked: dict[str, list[Reports]]) -> Iterator[str]:
    """Reports keep the lines they were opened with."""
    standing = _standing(asked)
    if standing:
        sentence = _(
            "Reports already sent in or approved that hold %(codes)s (%(reports)s) keep the lines they were opened with."
        )
        yield sentence % {"codes": ", ".join(standing), "reports": in_words(one for own in standing.values() for one in own)}


def _standing(asked: dict[str, list[Reports]]) -> dict[str, list[Reports]]:
    return {code: own for code, found in asked.items() if (own := [one for one in found if one.is_standing])}


def _waiting(asked: dict[str, list[Reports]]) -> Iterator[str]:
    """A task that nobody has begun can still take the change over; it does not by itself."""
    tasks = {
        f"{one.form} {one.period}": None for reports_of_code in asked.values() for one in reports_of_code if not one.is_begun
    }
    if tasks:
        sentence = _("Tasks opened and not begun by anybody (%(tasks)s) take the change over when open_task is run again.")
        yield sentence % {"tasks": ", ".join(tasks)}
