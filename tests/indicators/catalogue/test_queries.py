"""The lines of a form as they are frozen, and the rules read from the form and its indicators."""

import pytest

from indicators.catalogue.queries import checks_for, layout_of
from indicators.layout import read_layout
from indicators.models import BreakdownItem, Check, FormLine, Indicator
from tests.factories.indicators import make_check, make_form, make_indicator

pytestmark = pytest.mark.django_db


def test_items_follow_their_indicator_dimension_by_dimension():
    indicator = make_indicator("P", items=("初级", "高级"), breakdown_is_complete=True)
    BreakdownItem.objects.create(indicator=indicator, dimension=1, name="专职", position=0)
    layout = layout_of(make_form(codes=("A", "P", "B"), required=("P",)))
    assert [line.key for line in layout.lines] == ["A", "P", "P:初级", "P:高级", "P:专职", "B"]
    assert [line.dimension for line in layout.lines] == [0, 0, 0, 0, 1, 0]
    assert [line.required for line in layout.lines] == [False, True, False, False, False, False]


def test_a_computed_indicator_has_no_items_to_type():
    make_indicator("R", numerator="{A}", denominator="{B}", items=("x",))
    make_indicator("F", formula="{A} - {B}", items=("x",))
    layout = layout_of(make_form(codes=("A", "B", "R", "F")))
    assert [line.key for line in layout.lines] == ["A", "B", "R", "F"]
    assert [line.key for line in layout.typed] == ["A", "B"]


def test_what_can_be_computed_is_measured_though_not_printed():
    make_indicator("RATE", numerator="{A}", denominator="{B}")
    make_indicator("TWICE", formula="{RATE} * 2")
    make_indicator("OTHER", numerator="{A}", denominator="{C}")
    make_indicator("OFF", numerator="{A}", denominator="{B}", is_enabled=False)
    layout = layout_of(make_form(codes=("A", "B")))
    assert [(line.code, line.is_derived) for line in layout.lines] == [
        ("A", False),
        ("B", False),
        ("RATE", True),
        ("TWICE", True),
    ]
    assert [line.code for line in layout.printed] == ["A", "B"]


def test_a_line_may_ask_some_units_only():
    form = make_form(codes=("A", "B"))
    FormLine.objects.filter(indicator__code="B").update(unit_categories="village;community")
    layout = layout_of(form)
    assert [line.code for line in layout.asked_of("township")] == ["A"]
    assert [line.code for line in layout.asked_of("village")] == ["A", "B"]


def test_part_of_is_named_by_code():
    whole = make_indicator("ALL")
    make_indicator("OF", part_of=whole)
    assert [line.part_of for line in layout_of(make_form(codes=("ALL", "OF"))).lines] == ["", "ALL"]


def test_a_layout_survives_being_frozen():
    make_indicator("P", items=("初级",))
    layout = layout_of(make_form(codes=("P", "A")))
    assert read_layout(layout.to_text()).lines == layout.lines


def test_the_number_of_queries_does_not_grow_with_lines(django_assert_num_queries):
    small, large = make_form("S", ("A",)), make_form("L", tuple(f"X{number}" for number in range(30)))
    for form in (small, large):
        with django_assert_num_queries(4):
            layout_of(form)


def test_rules_of_the_form_of_its_indicators_and_implied():
    form = make_form(codes=("A", "B"), required=("A",))
    make_check(form, "{A} <= {B}", "verify", "甲不大于乙")
    make_check(form, "{A} <= {ELSEWHERE}", "hint")
    a = Indicator.objects.get(code="A")
    Check.objects.create(indicator=a, expression="{A} <= {B@prev} * 2", severity="hint")
    Check.objects.create(indicator=a, expression="{A} <= {NOT_HERE}", severity="mandatory")
    Check.objects.create(indicator=a, expression="{A}<={B}", severity="mandatory")
    rules = checks_for(layout_of(form), form)
    assert [(rule.severity, rule.formula.text if rule.formula else rule.key) for rule in rules] == [
        ("verify", "{A} <= {B}"),
        ("hint", "{A} <= {ELSEWHERE}"),
        ("hint", "{A} <= {B@prev} * 2"),
        ("mandatory", "required:A"),
        ("mandatory", "{A} >= 0"),
        ("mandatory", "{B} >= 0"),
    ]
    assert rules[0].message == "甲不大于乙"
