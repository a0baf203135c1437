"""Tables of a county's own definitions: what they may change and lean on, what of the common ones is refused, either way round."""

import pytest

from audit.models import Event
from indicators.catalogue.adoption import adopt_form
from indicators.loading.catalogue import load_catalogue
from indicators.loading.checks import load_checks
from indicators.loading.forms import load_forms
from indicators.models import Check, Form, Indicator
from orgs.accounts.accounts import system_operator
from spreadsheets.tables import TableProblems
from tests.factories.indicators import AT, make_check, make_form, make_indicator
from tests.factories.orgs import a_county
from tests.indicators.loading.tables import lines_of, table_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def county(db):
    return a_county("C", name="云岭县")


@pytest.fixture
def other(db):
    return a_county("D", name="柳河县")


def indicator(code, **given):
    return {"code": code, "name_zh": f"指标{code}", "unit": "件", "kind": "flow", "domain": "member", **given}


def line(form, code):
    return {"form": form, "title": "县表", "frequency": "quarter", "indicator_code": code}


def rule(form, expression, severity="hint"):
    return {"form": form, "expression": expression, "severity": severity}


def load(loader, *rows, owner=None):
    return loader(table_of(*rows), by=system_operator(), at=AT, owner=owner)


def refused(loader, *rows, owner=None) -> str:
    before = [list(model.objects.order_by("pk").values()) for model in (Indicator, Form, Check)]
    with pytest.raises(TableProblems) as problems:
        load(loader, *rows, owner=owner)
    assert [list(model.objects.order_by("pk").values()) for model in (Indicator, Form, Check)] == before
    return "\n".join(lines_of(problems.value))


def test_own_indicators_lean_on_common_ones_and_on_each_other(county):
    make_indicator("A")
    load(load_catalogue, indicator("X"), indicator("Y", formula="A+X"), indicator("P", part_of="A"), owner=county)
    assert Indicator.objects.filter(owner=county).count() == 3
    assert Indicator.objects.get(code="P").part_of.owner is None
    assert load(load_catalogue, indicator("X"), indicator("Y", formula="A+X"), indicator("P", part_of="A"), owner=county).plan
    assert Event.objects.filter(kind="catalogue.loaded").values_list("chain", flat=True).get() == county.pk


def test_two_counties_give_one_code_to_different_things(county, other):
    load(load_catalogue, indicator("X", unit="所"), owner=county)
    load(load_catalogue, indicator("X", unit="人", kind="stock"), owner=other)
    load(load_catalogue, indicator("X", unit="间"), owner=county)
    assert set(Indicator.objects.values_list("owner__code", "unit")) == {("C", "间"), ("D", "人")}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (indicator("A"), "2: code: A is a common indicator"),
        (indicator("a"), "differs from A only by capital"),
        (indicator("Y", formula="Q"), "formula"),
        (indicator("Y", formula="{Z}+A"), "No indicator has the code Z."),
        (indicator("Y", part_of="Z"), "No other indicator has the code Z."),
    ],
)
def test_what_a_county_cannot_load(county, other, row, words):
    make_indicator("A")
    make_indicator("Z", owner=other)
    lines = refused(load_catalogue, row, owner=county)
    assert words in lines
    assert other.name not in lines


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (indicator("X"), "2: code: X is an own indicator of 云岭县、柳河县; give the common one another code"),
        (
            indicator("Y", formula="X + A"),
            "2: formula: X is an own indicator of 云岭县、柳河县; a common one leans on common ones only",
        ),
        (indicator("Y", condition="{X} >= 1", org_rule="count_if"), "condition: X is an own indicator"),
        (indicator("Y", kind="ratio", unit="%", numerator="X", denominator="A"), "numerator: X is an own indicator"),
        (indicator("Y", part_of="X"), "part_of: X is an own indicator"),
        (indicator("Y", validation="Y<=X"), "validation: X is an own indicator"),
    ],
)
def test_what_is_common_never_leans_on_an_own_one(county, other, row, words):
    make_indicator("A")
    make_indicator("X", owner=county)
    make_indicator("X", owner=other)
    lines = refused(load_catalogue, row)
    assert words in lines
    assert lines.count("X is an own") == 1


def test_a_common_definition_does_not_make_blank_what_a_county_computes(county):
    make_indicator("A")
    make_indicator("B")
    make_indicator("X", formula="{B@prev}", owner=county)
    assert "would be blank" in refused(load_catalogue, indicator("B", formula="{A@prev}"))
    Indicator.objects.filter(code="X").delete()
    make_check(make_form("县表", ("B",), owner=county), "{B} <= {B@prev}")
    assert "县表" in refused(load_catalogue, indicator("B", formula="{A@prev}"))


def test_a_countys_form_asks_common_and_own_indicators(county, other):
    make_indicator("A", is_enabled=False)
    make_indicator("X", is_enabled=False, owner=county)
    make_indicator("Z", owner=other)
    loaded = load(load_forms, line("县表", "A"), line("县表", "X"), owner=county)
    assert Form.objects.get().owner == county
    assert dict(Indicator.objects.values_list("code", "is_enabled")) == {"A": False, "X": True, "Z": True}
    assert any("X" in note for note in loaded.notes)
    assert "No indicator has the code Z" in refused(load_forms, line("县表", "Z"), owner=county)
    load(load_forms, line("县表", "Z"), owner=other)
    assert Form.objects.filter(code="县表").count() == 2
    assert "县表 is the number of a form of" in refused(load_forms, line("县表", "A"))


def test_a_common_form_is_changed_for_a_county_after_it_is_adopted_only(county):
    common = make_form("季01表", ("A", "B"))
    assert "adopt_form 季01表 --org C" in refused(load_forms, line("季01表", "A"), owner=county)
    edition = adopt_form(form=common, county=county, by=system_operator(), at=AT)
    load(load_forms, line("季01表", "B"), owner=county)
    assert list(edition.lines.values_list("indicator__code", flat=True)) == ["B"]
    loaded = load(load_forms, line("季01表", "A"))
    assert loaded.notes[-1] == "Own editions of counties stay as they are: 季01表 云岭县."
    assert list(common.lines.values_list("indicator__code", flat=True)) == ["A"]
    assert list(edition.lines.values_list("indicator__code", flat=True)) == ["B"]


def test_a_common_form_never_asks_an_own_indicator(county):
    make_indicator("X", owner=county)
    assert "X is an own indicator of 云岭县; a common form asks common ones only" in refused(load_forms, line("季01表", "X"))


def test_own_rules_stand_beside_the_common_ones(county, other):
    common = make_form("季01表", ("A", "B"))
    make_check(common, "{A} <= {B}", "mandatory")
    load(load_checks, rule("季01表", "{A} >= 0"), rule("季01表", "{A} <= {B}", "mandatory"), owner=county)
    assert list(Check.objects.order_by("pk").values_list("expression", "owner__code")) == [
        ("{A} <= {B}", None),
        ("{A} >= 0", "C"),
    ]
    assert "has this rule already" in refused(load_checks, rule("季01表", "{A} <= {B}", "hint"), owner=county)
    load(load_checks, rule("季01表", "{A} >= 0", "verify"), owner=county)
    load(load_checks, rule("季01表", "{A} >= 0", "hint"), owner=other)
    load(load_checks, rule("季01表", "{A} >= 0", "mandatory"))
    assert set(Check.objects.filter(expression="{A} >= 0").values_list("owner__code", "severity")) == {
        ("C", "verify"), ("D", "hint"), (None, "mandatory"),
    }  # fmt: skip


def test_rules_of_an_edition_and_of_anothers_form(county, other):
    common = make_form("季01表", ("A", "B"))
    make_check(common, "{A} <= {B}", "mandatory")
    edition = adopt_form(form=common, county=county, by=system_operator(), at=AT)
    load(load_checks, rule("季01表", "{A} <= {B}", "hint"), owner=county)
    assert edition.checks.get().severity == "hint"
    assert common.checks.get().severity == "mandatory"
    make_form("县表", ("A",), owner=county)
    assert "县表 is a form of 云岭县; load its rules with --org." in refused(load_checks, rule("县表", "{A} >= 0"))
    lines = refused(load_checks, rule("县表", "{A} >= 0"), owner=other)
    assert "No form has the number 县表" in lines
    assert county.name not in lines
