"""Indicators, forms and layouts for tests, with the defaults of a plain quarterly count."""

from datetime import UTC, datetime

from indicators.checks.rules import Rule
from indicators.choices import Frequency, Kind, OrgRule
from indicators.kinds.registry import KINDS
from indicators.layout import Layout, Line
from indicators.models import BreakdownItem, Check, Form, FormLine, Indicator

AT = datetime(2026, 10, 8, 1, 0, tzinfo=UTC)


def line(code: str, **given) -> Line:
    """One line of a layout without a database."""
    kind = given.get("kind", Kind.FLOW)
    ratio = bool(given.get("numerator"))
    defaults = {
        "item": "", "dimension": 0, "name": f"指标{code}", "unit": "家", "kind": Kind.RATIO if ratio else kind,
        "org_rule": OrgRule.RATIO if ratio else OrgRule.SUM, "period_rule": KINDS[kind].period_rule, "decimals": 0,
        "direction": "none", "na_allowed": True, "negative_allowed": False, "required": False, "section": "", "part_of": "",
        "breakdown_is_complete": False, "numerator": "", "denominator": "", "formula": "", "condition": "", "definition": "",
        "unit_categories": (),
    }  # fmt: skip
    return Line(**{**defaults, "code": code, **given})


def layout(*lines: Line) -> Layout:
    return Layout(lines)


def items_of(code: str, *names: str, dimension: int = 0, **given) -> list[Line]:
    """An indicator's line with the lines of its items."""
    return [line(code, **given), *(line(code, item=name, dimension=dimension, **given) for name in names)]


def make_indicator(code: str, *, items: tuple[str, ...] = (), **given) -> Indicator:
    """A stored indicator; a numerator makes it a ratio in %."""
    kind = given.pop("kind", Kind.RATIO if given.get("numerator") else Kind.FLOW)
    defaults = {
        "name": f"指标{code}", "domain": "coverage", "unit": "%" if kind == Kind.RATIO else "家", "kind": kind,
        "org_rule": OrgRule.RATIO if kind == Kind.RATIO else OrgRule.SUM, "period_rule": KINDS[kind].period_rule,
        "decimals": 1 if kind == Kind.RATIO else 0, "frequency": Frequency.QUARTER,
    }  # fmt: skip
    indicator = Indicator.objects.create(code=code, **{**defaults, **given})
    BreakdownItem.objects.bulk_create(
        BreakdownItem(indicator=indicator, name=name, position=position) for position, name in enumerate(items)
    )
    return indicator


def make_form(code: str = "季01表", codes: tuple[str, ...] = ("A", "B"), *, required: tuple[str, ...] = (), **given) -> Form:
    """A stored form over indicators, made where they do not exist yet, in the order of `codes`."""
    defaults = {"title": f"{code}基层表", "frequency": Frequency.QUARTER}
    form = Form.objects.create(code=code, **{**defaults, **given})
    known = {indicator.code: indicator for indicator in Indicator.objects.filter(code__in=codes)}
    for position, indicator_code in enumerate(codes, start=1):
        indicator = known.get(indicator_code) or make_indicator(indicator_code)
        FormLine.objects.create(form=form, indicator=indicator, position=position, is_required=indicator_code in required)
    return form


def make_check(form: Form, expression: str, severity: str = "mandatory", message: str = "") -> Check:
    return Check.objects.create(owner_id=form.owner_id, form=form, expression=expression, severity=severity, message=message)


def rule_named(rules: tuple[Rule, ...], key: str) -> Rule:
    return next(rule for rule in rules if rule.key == key)
