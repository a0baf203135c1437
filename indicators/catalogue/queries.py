"""Page-sized reads of definitions: the lines of a form, its rules, the catalogue."""

from dataclasses import replace
from datetime import date

from django.db.models import Prefetch, Q

from indicators.catalogue.comparability import comparable_since
from indicators.checks.rules import Rule, fitting, implied_rules, rule_of, without_repeats
from indicators.definitions import checks_of, indicator_on, indicators_in_use, indicators_of
from indicators.formulas import parse
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.models import BreakdownItem, Check, Form, FormLine, Indicator


def valid_on(day: date, prefix: str = "") -> Q:
    """The condition on an indicator that its definition holds on the day. `prefix`: the way to it, such as `indicator__`."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    return begun & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day}))


def layout_of(form: Form, on: date | None = None, *, county_id: int | None = None) -> Layout:
    """The form's lines as they stand now, the items of a breakdown after their indicator; last the derived ones: what can
    be computed from them though the form does not print it. Four queries, one more where something is computed.

    `on`: as for a task of a period that ends on the day: without the indicators that do not hold then, the others with what
    they mean then. `county_id`: also with
    what this county computes of its own; of an own form its owner's without it.
    """
    lines = (
        FormLine.objects.filter(valid_on(on, "indicator__") if on else Q(), form=form)
        .order_by("position", "id")
        .select_related("indicator", "indicator__part_of")
        .prefetch_related(
            Prefetch("indicator__breakdown_items", BreakdownItem.objects.order_by("dimension", "position")),
            "indicator__former_definitions",
        )
    )
    printed = [line for form_line in lines for line in _lines_of(form_line, on)]
    found = [*printed, *_derived({line.key for line in printed}, on, county_id or form.owner_id)]
    by_key = {line.key: line for line in found}
    return Layout(tuple(replace(line, comparable_since=comparable_since(line, by_key)) for line in found))


def codes_left_out(form: Form, on: date) -> list[str]:
    """The indicators of the form whose definition does not hold on the day, in their order."""
    lines = FormLine.objects.filter(form=form).exclude(valid_on(on, "indicator__")).order_by("position", "id")
    return list(lines.values_list("indicator__code", flat=True))


def checks_for(layout: Layout, form: Form, county_id: int | None = None) -> tuple[Rule, ...]:
    """The form's own rules as they are now, those of its indicators whose figures are all on it, and the implied ones.

    `county_id`: with the rules of this county on a common form.
    """
    seen = checks_of(county_id or form.owner_id)
    checks = list(seen.filter(Q(form=form) | Q(indicator__code__in=layout.codes)).order_by("indicator__code", "position", "id"))
    own = [_rule(check) for check in checks if check.form_id]
    of_indicators = fitting((_rule(check) for check in checks if check.indicator_id), layout)
    return without_repeats((*own, *of_indicators, *implied_rules(layout)))


def _derived(keys: set[str], on: date | None, county_id: int | None) -> list[Line]:
    """Computed indicators whose every input is among the keys, and what is computed from those in turn."""
    computed = list(
        indicators_in_use(county_id)
        .filter(~Q(numerator="") | ~Q(formula=""), valid_on(on) if on else Q())
        .exclude(code__in=keys)
        .select_related("part_of")
        .prefetch_related("former_definitions")
    )
    computed = [indicator_on(indicator, on) for indicator in computed] if on else computed
    found: list[Line] = []
    ready = [indicator for indicator in computed if inputs_of(indicator) <= keys]
    while ready:
        for indicator in ready:
            keys = keys | {indicator.code}
            found.append(line_of(indicator))
        ready = [indicator for indicator in computed if indicator.code not in keys and inputs_of(indicator) <= keys]
    return sorted(found, key=lambda line: line.code)


def line_of(indicator: Indicator) -> Line:
    """A computed indicator as a line that no form prints."""
    return _line(FormLine(indicator=indicator), "", 0, is_derived=True)


def inputs_of(indicator: Indicator) -> set[str]:
    """The figure keys a computed indicator is made of."""
    texts = kind_of(indicator).formulas(indicator)
    return {reference.key for text in texts for reference in parse(text).references}


def _rule(check: Check) -> Rule:
    return rule_of(check.expression, check.severity, check.message)


def _lines_of(form_line: FormLine, on: date | None) -> list[Line]:
    if on:
        form_line.indicator = indicator_on(form_line.indicator, on)
    indicator = form_line.indicator
    items = [] if indicator.numerator or indicator.formula else indicator.breakdown_items.all()
    return [_line(form_line, "", 0), *(_line(form_line, item.name, item.dimension) for item in items)]


def _line(form_line: FormLine, item: str, dimension: int, *, is_derived: bool = False) -> Line:
    indicator: Indicator = form_line.indicator
    return Line(
        code=indicator.code,
        item=item,
        dimension=dimension,
        name=indicator.name,
        unit=indicator.unit,
        kind=indicator.kind,
        # What is counted is whether the whole meets the condition; its items simply add.
        org_rule=kind_of(indicator).item_rule(indicator) if item else indicator.org_rule,
        period_rule=indicator.period_rule,
        decimals=indicator.decimals,
        direction=indicator.direction,
        na_allowed=indicator.na_allowed,
        negative_allowed=indicator.negative_allowed,
        required=form_line.is_required and not item,
        section=form_line.section,
        part_of="" if item or indicator.part_of is None else indicator.part_of.code,
        breakdown_is_complete=indicator.breakdown_is_complete,
        numerator="" if item else indicator.numerator,
        denominator="" if item else indicator.denominator,
        formula="" if item else indicator.formula,
        condition="" if item else indicator.condition,
        definition="" if item else indicator.definition,
        unit_categories=form_line.unit_categories,
        is_derived=is_derived,
        comparable_since=indicator.comparable_since.isoformat() if indicator.comparable_since else "",
    )


def known_figures(county_id: int | None) -> dict[str, set[str]]:
    """Code -> names of its items, for every common indicator and those of the county."""
    indicators = indicators_of(county_id)
    known: dict[str, set[str]] = {code: set() for code in indicators.values_list("code", flat=True)}
    items = BreakdownItem.objects.filter(indicator__in=indicators)
    for code, name in items.values_list("indicator__code", "name"):
        known[code].add(name)
    return known


def definitions_by_code(county_id: int | None) -> dict[str, Indicator]:
    """Code -> indicator, common or the county's, for rules that ask how a figure is computed."""
    return {indicator.code: indicator for indicator in indicators_of(county_id)}
