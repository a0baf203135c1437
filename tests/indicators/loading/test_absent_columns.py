"""A column that the file does not have leaves what stands, whatever it is; what follows from another column follows it."""

import pytest

from indicators.loading.catalogue import load_catalogue
from indicators.loading.checks import load_checks
from indicators.loading.columns import CATALOGUE
from indicators.loading.forms import load_forms
from indicators.models import BreakdownItem, Check, Form, FormLine, Indicator
from orgs.accounts.accounts import system_operator
from tests.factories.indicators import AT, make_check, make_form, make_indicator
from tests.indicators.loading.tables import table_of

pytestmark = pytest.mark.django_db
FULL = {
    "code": "X", "name_zh": "指标X", "unit": "元", "kind": "flow", "name_en": "Ex", "source": "来源", "domain": "member",
    "disaggregation": "甲;乙|丙;丁", "org_kinds": "village;community", "frequency": "month", "validation": "decimal(2)>=0;X<=W[E]",
    "org_rule": "mean", "period_rule": "last", "decimals": "3", "direction": "down", "na_allowed": "0", "part_of": "W",
    "definition": "口径", "valid_from": "2026-01-01", "valid_to": "2026-12-31",
}  # fmt: skip
COMPUTED = {
    "code": "X", "name_zh": "指标X", "unit": "%", "kind": "ratio", "numerator": "W", "denominator": "V", "validation": "0<=x<=100",
    "decimals": "2", "org_rule": "ratio",
}  # fmt: skip
NEEDED = ("code", "name_zh", "unit", "kind")
OTHERS = [{"code": code, "name_zh": code, "unit": "元", "kind": "flow"} for code in ("W", "V")]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def load(*rows):
    return load_catalogue(table_of(*rows), by=system_operator(), at=AT)


def standing(code: str = "X"):
    indicator = Indicator.objects.get(code=code)
    items = list(BreakdownItem.objects.filter(indicator=indicator).order_by("position").values_list("dimension", "name"))
    checks = list(Check.objects.filter(indicator=indicator).order_by("position").values_list("expression", "severity"))
    return [getattr(indicator, field.attname) for field in Indicator._meta.fields], items, checks


@pytest.mark.parametrize("absent", [column.name for column in CATALOGUE if column.name not in NEEDED])
@pytest.mark.parametrize("full", [FULL, COMPUTED], ids=["typed", "computed"])
def test_any_one_column_may_be_absent(full, absent):
    load(*OTHERS)
    load(full)
    before = standing()
    loaded = load({name: text for name, text in full.items() if name != absent})
    assert (standing(), loaded.changed) == (before, 0)


@pytest.mark.parametrize("full", [FULL, COMPUTED, {**OTHERS[0], "code": "X", "formula": "{W} + 2 * {V}"}])
def test_all_but_the_needed_ones_may_be_absent(full):
    load(*OTHERS)
    load(full)
    before = standing()
    assert load({name: full[name] for name in NEEDED}).unchanged == 1
    assert standing() == before


def test_what_follows_from_a_rule_follows_a_new_one():
    load({**OTHERS[0], "validation": "int>=0"})
    load({**OTHERS[0], "validation": "decimal(2)>=0"})
    assert Indicator.objects.get(code="W").decimals == 2
    load({**OTHERS[0], "validation": "decimal(2)>=0", "decimals": "4"})
    load({**OTHERS[0], "validation": "int>=0"})
    assert Indicator.objects.get(code="W").decimals == 4


def test_an_unused_indicator_may_become_another_kind_and_its_rule_follows():
    load(OTHERS[0])
    load({**OTHERS[0], "kind": "stock"})
    assert Indicator.objects.get(code="W").period_rule == "last"


def line(code="A", **given):
    return {"form": "季01表", "title": "基层表", "frequency": "quarter", "indicator_code": code, **given}


FORM = [
    line("A", section="一", required="1", unit_categories="village;community"),
    line("B", section="二", required="0", unit_categories="village"),
]


@pytest.mark.parametrize("absent", ["section", "required", "unit_categories"])
def test_lines_of_a_form_keep_what_is_not_stated(absent):
    for code in ("A", "B", "C"):
        make_indicator(code)
    load_forms(table_of(*FORM), by=system_operator(), at=AT)
    before = _lines()
    rows = [{name: text for name, text in row.items() if name != absent} for row in FORM]
    assert load_forms(table_of(*rows), by=system_operator(), at=AT).unchanged == 1
    assert _lines() == before


def test_a_new_line_asks_everybody_who_fills_the_form():
    for code in ("A", "B", "C"):
        make_indicator(code)
    load_forms(table_of(*FORM), by=system_operator(), at=AT)
    loaded = load_forms(table_of(line("A"), line("C"), line("B")), by=system_operator(), at=AT)
    assert _lines() == (
        ("village", "community"),
        [("A", "一", True, ()), ("C", "", False, ()), ("B", "二", False, ("village",))],
    )
    assert loaded.changes == ("季01表 基层表: asks C too.",)


def test_a_restricted_line_of_a_form_for_everybody_narrows_nothing():
    form = make_form("季01表", ("A", "B"))
    FormLine.objects.filter(form=form, indicator__code="A").update(unit_categories="village")
    rows = [{**line(code), "title": form.title} for code in ("A", "B")]
    load_forms(table_of(*rows), by=system_operator(), at=AT)
    assert _lines() == ((), [("A", "", False, ("village",)), ("B", "", False, ())])


def _lines():
    lines = FormLine.objects.order_by("position").values_list("indicator__code", "section", "is_required", "unit_categories")
    return Form.objects.get().unit_categories, list(lines)


def test_a_rule_keeps_its_message():
    make_check(make_form("季01表", ("A", "B")), "{A} <= {B}", "verify", "请说明")
    row = {"form": "季01表", "expression": "{A}<={B}", "severity": "hint"}
    loaded = load_checks(table_of(row), by=system_operator(), at=AT)
    assert Check.objects.values_list("severity", "message").get() == ("hint", "请说明")
    assert loaded.changes == ("季01表: {A}<={B}: Severity Verify → Hint.",)
    load_checks(table_of({**row, "message": ""}), by=system_operator(), at=AT)
    assert Check.objects.get().message == ""
